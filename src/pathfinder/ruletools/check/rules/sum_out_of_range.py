"""A fit table by a `many` question, in which some choice adds up beyond 3 or -3 for a path.

Each chosen answer counts, so somebody could gain more by one question than any other gives.

To put it right, lower the points of the answers that the finding names.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "sum-out-of-range"
SEVERITY = Severity.ERROR
FILE = "factors/needs.yaml"
GOOD = "alcohol: {talks: 1, because: You drink.}"
BAD = "alcohol: {talks: 3, because: You drink.}"
