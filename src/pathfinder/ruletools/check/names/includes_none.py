"""`includes: none`, which never holds: `none` says that nothing of the list is so.

To put it right, write `{substances: none}`.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "includes-none"
SEVERITY = Severity.ERROR
FILE = "factors/needs.yaml"
GOOD = "when: {substances: {includes: opioids}, frequency: every_day}"
BAD = "when: {substances: {includes: none}, frequency: every_day}"
