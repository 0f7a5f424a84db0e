"""A number that YAML programs read in different ways, without quotes.

1.0 may become 1, 010 may become 8, and 1:30 may become 90.

To put it right, put it in quotes if it is text, such as a version or a telephone number.
Whole numbers are written plainly, like 3 or -3.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "unquoted-number"
SEVERITY = Severity.ERROR
FILE = "ruleset.yaml"
GOOD = 'version: "1.0.0"'
BAD = "version: 1.0"
