"""An approach that a path can't have.

The finding names the nearest one that exists, and the others if they are few. It is
`twelve-step`, `secular` or `either`.

To put it right, correct the spelling, or add what is missing.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "unknown-approach"
SEVERITY = Severity.ERROR
FILE = "paths.yaml"
GOOD = "approach: secular"
BAD = "approach: seculer"
