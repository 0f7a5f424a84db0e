"""A kind of question that doesn't exist.

The finding names the nearest one that exists, and the others if they are few. A question
is `one` (one answer), `scale` (one answer, in order) or `many` (several).

To put it right, correct the spelling, or add what is missing.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "unknown-kind-of-question"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
GOOD = "kind: scale"
BAD = "kind: scales"
