"""A case expects a scope that doesn't exist: it is `adult` or `under_18`.

The finding names the nearest one that exists, and the others if they are few.

To put it right, correct the spelling, or add what is missing.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "unknown-scope"
SEVERITY = Severity.ERROR
FILE = "cases/a-few-drinks.yaml"
INSTEAD_OF = "first_path: groups"
GOOD = """first_path: groups
  scope: adult"""
BAD = """first_path: groups
  scope: adults"""
