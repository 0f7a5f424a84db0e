"""A case expects an effect that doesn't exist.

The finding names the nearest one that exists, and the others if they are few.

To put it right, correct the spelling, or add what is missing.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "unknown-effect"
SEVERITY = Severity.ERROR
FILE = "cases/a-few-drinks.yaml"
INSTEAD_OF = "first_path: groups"
GOOD = """first_path: groups
  to_check_effects: []"""
BAD = """first_path: groups
  to_check_effects: [gat]"""
