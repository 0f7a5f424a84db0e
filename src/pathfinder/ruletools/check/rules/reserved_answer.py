"""`unsure` or `skip` among the answers of a question.

Every question takes these two already.

To put it right, take it out. To give it other words, write them under `unsure:` or `skip:`
beside `answers:`.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "reserved-answer"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
GOOD = "steady: A steady place}"
BAD = "steady: A steady place, skip: Not now}"
