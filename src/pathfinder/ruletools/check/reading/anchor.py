"""A YAML anchor, written with "&".

An anchor lets another place of the file borrow a value: a reader of that place wouldn't
see what it says.

To put it right, take it out, and write the value where it is used. A passage of
paths.yaml that is used in several places can stand under `shared`.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "anchor"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
GOOD = "because: You need a safe place."
BAD = "because: &reason You need a safe place."
