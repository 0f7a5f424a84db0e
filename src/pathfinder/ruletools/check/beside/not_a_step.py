"""A step of a migration that does nothing, or two things at once.

To put it right, make one step of each: `rename`, `map`, `drop` or `ask_again`.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "not-a-step"
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
  - version: "0.2.0"
    because: The question got a clearer name.
    steps: [{rename: housing, drop: housing}]
"""
