"""Mappings or lists nested deeper than 20 levels.

No rule needs that, and nobody could read it aloud.

To put it right, look for a bracket too many, or divide the rule.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "too-deep"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
GOOD = "when: {severity: severe, home: none}"
BAD = "when: " + "{any: [" * 11 + "{home: none}" + "]}" * 11
