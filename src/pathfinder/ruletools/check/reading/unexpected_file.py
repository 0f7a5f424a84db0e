"""A file in the folder that belongs to no rule set.

It wouldn't be read. Most often its name is misspelt.

To put it right, rename it, or move it elsewhere.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "unexpected-file"
SEVERITY = Severity.ERROR
FILE = "suports.yaml"
INSTEAD_OF = None
GOOD = None
BAD = """\
supports: []
"""
