"""The same name twice in one list.

To put it right, keep one.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "repeated"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
GOOD = "paths: [talks]"
BAD = "paths: [talks, talks]"
