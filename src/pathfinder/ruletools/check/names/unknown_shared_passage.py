"""A passage that paths.yaml doesn't hold under `shared`.

The finding names the nearest one that exists, and the others if they are few.

To put it right, correct the spelling, or add what is missing.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "unknown-shared-passage"
SEVERITY = Severity.ERROR
FILE = "paths.yaml"
GOOD = "first_moves: [call-today]"
BAD = "first_moves: [call-todai]"
