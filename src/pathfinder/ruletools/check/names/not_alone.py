"""`none`, `unsure` or `skip` beside another answer.

To put it right, keep one of the two.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "not-alone"
SEVERITY = Severity.ERROR
FILE = "factors/needs.yaml"
GOOD = "fires: {substances: [opioids], frequency: every_day}"
BAD = "fires: {substances: [opioids, none], frequency: every_day}"
