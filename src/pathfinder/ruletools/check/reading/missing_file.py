"""A file that every rule set needs isn't there, or a factor that ruleset.yaml lists has none.

To put it right, write the file, or correct its name. docs/rule-format.md lists the files.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "missing-file"
SEVERITY = Severity.ERROR
FILE = "supports.yaml"
INSTEAD_OF = None
GOOD = """\
supports:
  - {id: online, title: Meetings online, text: You can join., judgement: It saves a trip.}
"""
BAD = None
