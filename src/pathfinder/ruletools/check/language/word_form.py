"""An entry of words.yaml that isn't made of plain words.

Patterns mean nothing there: each form is written out.

To put it right, write letters and digits, with one space, hyphen or apostrophe between
words.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "word-form"
SEVERITY = Severity.ERROR
FILE = "words.yaml"
INSTEAD_OF = None
GOOD = """\
words:
  - {avoid: [loser], say: person, because: It judges.}
judgement: We chose these words.
"""
BAD = """\
words:
  - {avoid: ['lo*ser'], say: person, because: It judges.}
judgement: We chose these words.
"""
