"""A key or an item of a list without a value.

To put it right, write the value, or take the line out. A value on the next line must be
indented more than its key.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "no-value"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
GOOD = "because: You need a safe place."
BAD = "because:"
