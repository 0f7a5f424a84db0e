"""A row of a fit table that gives a reason, and no path any points.

The reason would never be told.

To put it right, give points, or write `{}`.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "row-without-points"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
GOOD = "none: {stay: 3, because: You have no home.}"
BAD = "none: {because: You have no home.}"
