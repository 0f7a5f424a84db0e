"""A date without quotes.

Some YAML programs turn it into a date of their own kind, others leave it as text.

To put it right, put it in quotes.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "unquoted-date"
SEVERITY = Severity.ERROR
FILE = "help_lines.yaml"
GOOD = 'seen_on: "2026-11-22"'
BAD = "seen_on: 2026-11-22"
