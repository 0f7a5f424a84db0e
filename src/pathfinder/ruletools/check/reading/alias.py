"""A YAML alias, written with "*": a value borrowed from elsewhere in the file.

A few lines of aliases can stand for billions of values, and nobody can read a rule aloud
that isn't written out.

To put it right, write the value out.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "alias"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
GOOD = "because: You need a safe place."
BAD = "because: *reason"
