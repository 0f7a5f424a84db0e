"""A whole number that is too large or too small.

Points go from -3 to 3: more would let one answer outweigh all others. A count of `derived`
goes up to the number of answers there are.

To put it right, choose a number within the range.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "out-of-range"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
GOOD = "none: {stay: 3, because: You have no home.}"
BAD = "none: {stay: 5, because: You have no home.}"
