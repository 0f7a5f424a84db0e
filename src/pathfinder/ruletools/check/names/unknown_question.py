"""A question that no factor file asks.

The finding names the nearest one that exists, and the others if they are few.

To put it right, correct the spelling, or add what is missing.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "unknown-question"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
GOOD = "when: {severity: risky, home: steady}"
BAD = "when: {severity: risky, hoem: steady}"
