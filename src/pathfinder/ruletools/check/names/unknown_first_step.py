"""A first step that steps.yaml doesn't hold.

The finding names the nearest one that exists, and the others if they are few.

To put it right, correct the spelling, or add what is missing.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "unknown-first-step"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
GOOD = "first: safe-place"
BAD = "first: safe-palce"
