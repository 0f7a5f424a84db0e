"""The file holds nothing but comments, or nothing at all.

To put it right, fill it as docs/rule-format.md shows for its name.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "empty"
SEVERITY = Severity.ERROR
FILE = "supports.yaml"
INSTEAD_OF = None
GOOD = """\
supports:
  - {id: online, title: Meetings online, text: You can join from home., judgement: It saves a trip.}
"""
BAD = """\
# nothing yet
"""
