"""A region that help_lines.yaml doesn't hold.

The finding names the nearest one that exists, and the others if they are few. What stands
for all other countries can't be the default.

To put it right, correct the spelling, or add what is missing.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "unknown-region"
SEVERITY = Severity.ERROR
FILE = "help_lines.yaml"
GOOD = "default: us"
BAD = "default: uss"
