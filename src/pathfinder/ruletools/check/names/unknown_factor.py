"""A factor that ruleset.yaml doesn't list.

The finding names the nearest one that exists, and the others if they are few.

To put it right, correct the spelling, or add what is missing.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "unknown-factor"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
GOOD = "factor: home"
BAD = "factor: hoem"
