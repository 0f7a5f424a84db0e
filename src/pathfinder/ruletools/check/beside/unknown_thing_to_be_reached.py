"""A kind of thing of which a statement can't promise that somebody reaches each.

To put it right, take one of those that the finding names.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "unknown-thing-to-be-reached"
SEVERITY = Severity.ERROR
FILE = "checks.yaml"
INSTEAD_OF = None
GOOD = """\
statements:
  - id: every-path-for-somebody
    says: Every path comes first for somebody.
    must:
      - {somebody_for_each: paths}
"""
BAD = """\
statements:
  - id: every-path-for-somebody
    says: Every path comes first for somebody.
    must:
      - {somebody_for_each: pahs}
"""
