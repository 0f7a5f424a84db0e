"""A question that is asked only when it has been answered.

To put it right, let `ask_when` name an earlier question.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "asks-itself"
SEVERITY = Severity.ERROR
FILE = "factors/needs.yaml"
GOOD = "ask_when: {severity: {answered: false}}"
BAD = "ask_when: {severity_signs: {answered: false}}"
