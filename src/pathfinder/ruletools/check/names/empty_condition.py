"""A condition that asks nothing.

It would hold for everybody.

To put it right, name a question and an answer.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "empty-condition"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
GOOD = "when: {home: {at_most: unsafe}}"
BAD = "when: {}"
