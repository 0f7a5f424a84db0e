"""A text without a word in it.

To put it right, write the text, or leave the key out if it may be.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "empty-text"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
GOOD = "because: You need a safe place."
BAD = 'because: " "'
