"""A list of answers for a question that takes several.

It could mean any of them, or all of them and nothing else.

To put it right, write `{includes_any: […]}`, or two conditions under `all:`.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "use-includes-any"
SEVERITY = Severity.ERROR
FILE = "factors/needs.yaml"
GOOD = "when: {substances: {includes: opioids}, frequency: every_day}"
BAD = "when: {substances: [opioids, alcohol], frequency: every_day}"
