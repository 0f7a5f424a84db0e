"""`unsure` or `skip` named in a condition.

Both are unknown, and so is an answer that was left out: a rule can't tell them apart.

To put it right, write `{home: {answered: false}}`.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "use-answered"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
GOOD = "when: {severity: risky, home: steady}"
BAD = "when: {severity: risky, home: unsure}"
