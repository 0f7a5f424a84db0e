"""An answer that its question doesn't have.

The finding names the nearest one that exists, and the others if they are few.

To put it right, correct the spelling, or add what is missing.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "unknown-answer"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
GOOD = "when: {severity: risky, home: steady}"
BAD = "when: {severity: risky, home: stedy}"
