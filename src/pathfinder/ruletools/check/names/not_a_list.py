"""One answer without brackets, for a question that takes several.

To put it right, write it as a list: `[opioids]`. Only `none`, `unsure` and `skip` may stand
alone.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "not-a-list"
SEVERITY = Severity.ERROR
FILE = "factors/needs.yaml"
GOOD = "fires: {substances: [opioids], frequency: every_day}"
BAD = "fires: {substances: opioids, frequency: every_day}"
