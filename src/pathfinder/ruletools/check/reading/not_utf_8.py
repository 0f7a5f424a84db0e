"""The file isn't UTF-8 text: it was saved in another encoding, or it is no text at all.

To put it right, save it as UTF-8 (most editors have it under "Save as").
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "not-utf-8"
SEVERITY = Severity.ERROR
FILE = "supports.yaml"
GOOD = "title: Meetings online"
BAD = b"title: Meetings \xe9n ligne"
