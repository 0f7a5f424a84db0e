"""An `ask_when` that names a question which is asked later.

When the earlier question comes up, the later one has no answer yet.

To put it right, change `order` in ruleset.yaml, or let `ask_when` name an earlier one.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "asks-later"
SEVERITY = Severity.ERROR
FILE = "factors/needs.yaml"
GOOD = """    ask_when: {none: [{substances: none}]}
    can_change: true"""
BAD = """    ask_when: {home: none}
    can_change: true"""
