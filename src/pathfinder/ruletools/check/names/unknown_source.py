"""A source that sources.yaml doesn't hold.

The finding names the nearest one that exists, and the others if they are few.

To put it right, correct the spelling, or add what is missing.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "unknown-source"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
GOOD = "sources: [{id: book, section: Home}]"
BAD = "sources: [{id: bok, section: Home}]"
