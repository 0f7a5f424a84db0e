"""Readings for a question that takes several answers.

Gates can't read a list as one answer.

To put it right, take the readings out, and let the gate's own condition say it.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "reading-many"
SEVERITY = Severity.ERROR
FILE = "factors/needs.yaml"
GOOD = """\
    answers: {alcohol: Alcohol, opioids: Opioids, cannabis: Cannabis, none: None of these}
"""
BAD = """\
    answers: {alcohol: Alcohol, opioids: Opioids, cannabis: Cannabis, none: None of these}
    readings: [{id: no-substances}]
"""
