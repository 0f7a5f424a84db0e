"""A statement of checks.yaml that promises nothing.

`must` holds what is to be proved: what comes out for somebody, what never lowers or changes
a result, or what is reached.

To put it right, write one of the forms that the finding names, or take the statement out.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "no-statement"
SEVERITY = Severity.ERROR
FILE = "checks.yaml"
INSTEAD_OF = None
GOOD = """\
statements:
  - id: nowhere-to-sleep
    says: Whoever has nowhere to sleep is told of a safe place.
    must:
      - {when: {home: none}, then: {first: [safe-place]}}
"""
BAD = """\
statements:
  - id: nowhere-to-sleep
    says: Whoever has nowhere to sleep is told of a safe place.
    must:
      - {when: {home: none}}
"""
