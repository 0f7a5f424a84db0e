"""A support that supports.yaml doesn't hold.

The finding names the nearest one that exists, and the others if they are few.

To put it right, correct the spelling, or add what is missing.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "unknown-support"
SEVERITY = Severity.ERROR
FILE = "factors/needs.yaml"
GOOD = "support: online"
BAD = "support: onlin"
