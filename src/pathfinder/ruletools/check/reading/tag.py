"""A YAML tag, written with "!".

Tags can make a YAML program run code or change a type. Nothing here needs them.

To put it right, take it out. Put quotes around a text that begins with "!".
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "tag"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
GOOD = "because: You need a safe place."
BAD = "because: !text You need a safe place."
