"""The same key stands twice in one mapping.

YAML programs silently keep one of the two, and don't agree which.

To put it right, keep the one that is meant. If it was meant for the next entry of a list,
that entry lacks its "- ".
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "duplicate-key"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
GOOD = """\
    because: Call a shelter today.
"""
BAD = """\
    because: Call a shelter today.
    because: Call one tonight.
"""
