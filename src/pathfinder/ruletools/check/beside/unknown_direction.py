"""A direction of a scale other than `up` or `down`, in a statement of checks.yaml.

Up goes to the answers that are written later.

To put it right, write the one that is worse for the person.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "unknown-direction"
SEVERITY = Severity.ERROR
FILE = "checks.yaml"
INSTEAD_OF = None
GOOD = """\
statements:
  - id: worse-means-no-less
    says: A worse home never means less care.
    must:
      - {one_step_worse: {home: down}, never_lowers: [safe_level]}
"""
BAD = """\
statements:
  - id: worse-means-no-less
    says: A worse home never means less care.
    must:
      - {one_step_worse: {home: dwn}, never_lowers: [safe_level]}
"""
