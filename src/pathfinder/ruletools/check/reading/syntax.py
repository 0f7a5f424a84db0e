"""The file can't be read as YAML from this place on.

Most often a quotation mark or a bracket isn't closed, the indentation doesn't fit the line
above, or a text holds ": " and stands without quotes. The slip is at the place named or
just above it.

To put it right, compare the line with a similar one that holds. Nothing behind the place
could be read, so other findings may follow.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "syntax"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
GOOD = "set_aside: [stay]"
BAD = "set_aside: [stay"
