"""A value of another kind than the key takes: a list for a text, a number for a mapping.

The finding says what stands there and what was expected.

To put it right, write it in the form that docs/rule-format.md shows for this key.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "wrong-type"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
GOOD = "because: You need a safe place."
BAD = "because: [You need a safe place.]"
