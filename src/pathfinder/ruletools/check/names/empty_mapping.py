"""A case that expects nothing.

To put it right, write what must come out for this person, such as `first_path`.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "empty-mapping"
SEVERITY = Severity.ERROR
FILE = "cases/a-few-drinks.yaml"
GOOD = """\
  first_path: groups
"""
BAD = """\
  {}
"""
