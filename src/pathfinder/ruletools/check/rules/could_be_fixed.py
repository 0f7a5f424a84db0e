"""`could_be` of a question whose answer nobody can change.

To put it right, add `can_change: true` if people can come to another answer. If they
can't, take `could_be` out.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "could-be-fixed"
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
    could_be: [{answer: mild, instead_of: [severe], if: it got lighter}]
"""
