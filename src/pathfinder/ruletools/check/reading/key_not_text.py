"""A key that isn't text: a number, a truth value, a list or a mapping.

To put it right, put it in quotes if it is meant as text.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "key-not-text"
SEVERITY = Severity.ERROR
FILE = "factors/needs.yaml"
GOOD = "by_region: {us: A few words for the States., elsewhere: A few words for you.}"
BAD = "by_region: {us: A few words for the States., 1: A few words for you.}"
