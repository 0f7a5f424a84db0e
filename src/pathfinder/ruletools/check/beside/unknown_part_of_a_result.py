"""A part of a result that statements of checks.yaml don't know.

To put it right, take one of the parts that the finding names.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "unknown-part-of-a-result"
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
      - {one_step_worse: {home: down}, never_lowers: [safe_levl]}
"""
