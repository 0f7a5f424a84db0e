"""A question that `order` of ruleset.yaml doesn't list, so that it would never be asked.

To put it right, add it to `order`, at the place where it should be asked.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "not-in-order"
SEVERITY = Severity.ERROR
FILE = "ruleset.yaml"
GOOD = "order: [age_group, substances, frequency, severity, severity_signs, home]"
BAD = "order: [age_group, substances, frequency, severity, severity_signs]"
