"""A comment that allows a finding where there is none.

It would hide the next slip at this place. What keeps a rule set from being read, such as
an unknown name, can't be allowed at all.

To put it right, take the comment out.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "allow-nothing"
SEVERITY = Severity.WARNING
FILE = "factors/home.yaml"
INSTEAD_OF = "because: You need a safe place."
GOOD = """\
# pathfinder: allow avoided-word because it is the title of the book
    because: A book on relapse says so."""
BAD = """\
# pathfinder: allow avoided-word because it is the title of the book
    because: You need a safe place."""
