"""A question with fewer than two answers.

To put it right, add answers, or take the question out.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "too-few-answers"
SEVERITY = Severity.ERROR
FILE = "factors/needs.yaml"
GOOD = "answers: {cravings: Cravings, conflict: Quarrels, none: None of these}"
BAD = "answers: {none: None of these}"
