"""A case expects a rule or reading to check that doesn't exist.

The finding names the nearest one that exists, and the others if they are few.

To put it right, correct the spelling, or add what is missing.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "unknown-rule-or-reading"
SEVERITY = Severity.ERROR
FILE = "cases/a-few-drinks.yaml"
INSTEAD_OF = "first_path: groups"
GOOD = """first_path: groups
  to_check: []"""
BAD = """first_path: groups
  to_check: [risky-is-les]"""
