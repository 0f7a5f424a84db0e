"""A text where a day must stand.

To put it right, write year, month and day like "2026-11-22", in quotes.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "not-a-date"
SEVERITY = Severity.ERROR
FILE = "help_lines.yaml"
GOOD = 'seen_on: "2026-11-22"'
BAD = 'seen_on: "22 November 2026"'
