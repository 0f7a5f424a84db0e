"""One of the words yes, no, on, off, y or n without quotes, or true or false in capitals.

Some YAML programs read these as true or false: an answer "no" would become false.

To put it right, put the word in quotes if it is text. Where a truth value is meant, write
`true` or `false`.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "unquoted-word"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
INSTEAD_OF = "none: Nowhere"
GOOD = 'none: "No"'
BAD = "none: No"
