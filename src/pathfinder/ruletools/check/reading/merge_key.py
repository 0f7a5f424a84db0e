"""A YAML merge key, "<<".

It copies keys from elsewhere, so that a rule isn't whole where it stands.

To put it right, write the keys out.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "merge-key"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
GOOD = "because: You need a safe place."
BAD = """because: You need a safe place.
    <<: {check: Is it so?}"""
