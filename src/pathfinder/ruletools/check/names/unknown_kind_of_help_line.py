"""A kind of help line that doesn't exist.

The finding names the nearest one that exists, and the others if they are few.

To put it right, correct the spelling, or add what is missing.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "unknown-kind-of-help-line"
SEVERITY = Severity.ERROR
FILE = "steps.yaml"
GOOD = "lines: [emergency]"
BAD = "lines: [emergancy]"
