"""A migration that drops the answer to a question which is still asked.

To put it right, write `ask_again` if the old answer no longer fits, or take the step out.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "still-asked"
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
    steps: [{drop: home}]
"""
