"""A question that takes several answers and is worked out from another.

A count gives one answer, never several.

To put it right, take `derived` out, or make the question a `scale`.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "derived-many"
SEVERITY = Severity.ERROR
FILE = "factors/needs.yaml"
GOOD = """\
    ask_when: {severity: {answered: false}}
"""
BAD = """\
    derived: {from: substances, counts: {cravings: 0}}
"""
