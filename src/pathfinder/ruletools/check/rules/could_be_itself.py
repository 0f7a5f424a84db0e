"""An answer that people could come to from that same answer.

To put it right, take it out of `instead_of`, or correct `answer`.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "could-be-itself"
SEVERITY = Severity.ERROR
FILE = "factors/needs.yaml"
INSTEAD_OF = """\
    can_change: true
"""
GOOD = """\
    can_change: true
    could_be: [{answer: mild, instead_of: [severe], if: it got lighter}]
"""
BAD = """\
    can_change: true
    could_be: [{answer: mild, instead_of: [mild], if: it got lighter}]
"""
