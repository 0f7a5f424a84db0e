"""A key that must be there isn't.

Each alert rule, first-step rule and gate needs `fires` and `quiet`: a person for whom it
fires, and one for whom it doesn't. Each source needs `publisher` and `year`.

To put it right, add the key. docs/rule-format.md shows all that an entry needs.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "missing-key"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
GOOD = """\
    check: Is my home safe?
"""
BAD = ""
