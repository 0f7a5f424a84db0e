"""A comment that should allow a finding, and doesn't say why, or can't be read.

The form is `# pathfinder: allow CODE because REASON`. Behind a value it counts for its own
line, on a line of its own for the next line that says something. Each comment allows one
finding at one place.

To put it right, give the reason, so that the next reader can judge it, or take the comment
out.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "allow-without-reason"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
INSTEAD_OF = "because: You need a safe place."
GOOD = """\
# pathfinder: allow avoided-word because it is the title of the book
    because: A book on relapse says so."""
BAD = """\
# pathfinder: allow avoided-word
    because: A book on relapse says so."""
