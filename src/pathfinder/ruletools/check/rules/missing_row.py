"""A fit table without a row for one of the answers.

A row that was forgotten would look like one that says nothing.

To put it right, add the row. If the answer speaks neither for nor against any path, write
`{}`.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "missing-row"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
GOOD = """\
      unsafe: {}
"""
BAD = ""
