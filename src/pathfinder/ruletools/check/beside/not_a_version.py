"""A version of migrations.yaml that can't be put in order.

To put it right, write numbers with points between them, like "0.2.0", in quotes.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "not-a-version"
SEVERITY = Severity.ERROR
FILE = "migrations.yaml"
INSTEAD_OF = None
GOOD = """\
migrations:
  - version: "0.2.0"
    because: The question got a clearer name.
    steps: [{rename: housing, to: home}]
"""
BAD = """\
migrations:
  - version: "second"
    because: The question got a clearer name.
    steps: [{rename: housing, to: home}]
"""
