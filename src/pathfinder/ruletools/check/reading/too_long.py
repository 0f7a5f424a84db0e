"""A text of more than 4,000 characters.

To put it right, look for a quotation mark that isn't closed where it should be.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "too-long"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
GOOD = "because: You need a safe place."
BAD = "because: " + "You need a safe place. " * 200
