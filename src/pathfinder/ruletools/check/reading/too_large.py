"""The file is larger than 1 MiB.

The whole of the built-in rules takes a fifth of that. A larger file is no rule file, or
one that nobody can keep.

To put it right, look at what got into it.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "too-large"
SEVERITY = Severity.ERROR
FILE = "supports.yaml"
GOOD = """\
supports:
"""
BAD = "# " + "x" * 1024 * 1024 + "\nsupports:\n"
