"""A list without an item, where at least one is needed.

To put it right, fill it, or leave the key out if it may be.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "empty-list"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
GOOD = "set_aside: [stay]"
BAD = "set_aside: []"
