"""A text that YAML cuts off at " #", where a comment would begin.

Half of the sentence would be lost without a word.

To put it right, put the text in quotes. If a comment is meant, write "# " with a space.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "cut-text"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
INSTEAD_OF = "because: You need a safe place."
GOOD = 'because: "You need a #1 place."'
BAD = "because: You need a #1 place."
