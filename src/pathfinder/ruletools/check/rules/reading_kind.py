"""A reading that doesn't say which answers it is about, or says two things at once.

A reading stands in for no answer (`{severity: {answered: false}}`), or it corrects answers
that others contradict (`{severity: [risky, mild], …}`).

To put it right, add one of the two to its `when`.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "reading-kind"
SEVERITY = Severity.ERROR
FILE = "factors/needs.yaml"
GOOD = """when: {severity: {answered: false}}
        because"""
BAD = """when: {frequency: every_day}
        because"""
