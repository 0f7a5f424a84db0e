"""A migration that comes after a later one, or that is for rules which aren't there yet.

Migrations are taken in turn, from the version under which a session was kept.

To put it right, put the oldest first. If the rules changed, raise `version` in
ruleset.yaml, too.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "version-order"
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
  - version: "7.0.0"
    because: The question got a clearer name.
    steps: [{rename: housing, to: home}]
"""
