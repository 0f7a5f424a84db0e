"""An alert that steps.yaml doesn't hold.

The finding names the nearest one that exists, and the others if they are few.

To put it right, correct the spelling, or add what is missing.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "unknown-alert"
SEVERITY = Severity.ERROR
FILE = "factors/needs.yaml"
GOOD = "alert: call-emergency"
BAD = "alert: call-emergancy"
