"""More than 50,000 values in one file.

To put it right, look at what got into it. Rules can be divided among factor files.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "too-many"
SEVERITY = Severity.ERROR
FILE = "supports.yaml"
GOOD = """\
supports:
"""
BAD = "supports:\n" + "  - 1\n" * 50_001
