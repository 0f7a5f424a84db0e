"""A second document in one file, after a line "---".

Only one would be read.

To put it right, take the line out, or move what follows into a file of its own.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "second-document"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
GOOD = """\
notes:
"""
BAD = """\
---
notes:
"""
