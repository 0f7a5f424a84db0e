"""A character that can't be seen: a control code, or one that turns text around.

In a terminal such a character can wipe the screen or make a sentence say its opposite.

To put it right, take it out. It often comes along when text is pasted from elsewhere.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "hidden-character"
SEVERITY = Severity.ERROR
FILE = "supports.yaml"
GOOD = "title: Meetings online"
BAD = 'title: "Meetings\\u202e online"'
