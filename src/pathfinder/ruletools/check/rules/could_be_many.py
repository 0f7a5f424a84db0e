"""`could_be` of a question that takes several answers.

One of several answers doesn't stand in the place of another.

To put it right, take `could_be` out.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "could-be-many"
SEVERITY = Severity.ERROR
FILE = "factors/needs.yaml"
GOOD = """\
    answers: {cravings: Cravings, conflict: Quarrels, none: None of these}
"""
BAD = """\
    answers: {cravings: Cravings, conflict: Quarrels, none: None of these}
    can_change: true
    could_be: [{answer: none, instead_of: [conflict], if: you had peace}]
"""
