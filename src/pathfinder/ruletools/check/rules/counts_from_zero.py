"""Counts of a `derived` question that leave out the smallest number.

Somebody who chooses little would get no answer at all.

To put it right, let one answer count from 0.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "counts-from-zero"
SEVERITY = Severity.ERROR
FILE = "factors/needs.yaml"
GOOD = "counts: {risky: 0, mild: 1, severe: 2}"
BAD = "counts: {mild: 1, severe: 2}"
