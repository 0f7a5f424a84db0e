"""A test or a count for several answers, on a question that takes one.

To put it right, name the answer: `{home: unsafe}`. `derived` can count only the choices of
a `many` question.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "not-many"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
GOOD = "when: {home: {at_most: unsafe}}"
BAD = "when: {home: {includes: unsafe}}"
