"""A name or phrase of words.yaml that holds none of the words to avoid.

It would spare nothing. Most often a form is misspelt.

To put it right, correct it, or take it out.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "spares-nothing"
SEVERITY = Severity.ERROR
FILE = "words.yaml"
INSTEAD_OF = None
GOOD = """\
words:
  - {avoid: [loser], say: person, because: It judges.}
judgement: We chose these words.
names: [Loser Street]
"""
BAD = """\
words:
  - {avoid: [loser], say: person, because: It judges.}
judgement: We chose these words.
names: [Winner Street]
"""
