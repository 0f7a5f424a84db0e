"""A key that means nothing where it stands.

The finding names the nearest one that exists, and the others if they are few. A key that
is misspelt would otherwise be a rule that lacks something, without a word.

To put it right, correct the spelling, or add what is missing.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "unknown-key"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
GOOD = "because: Less is enough for you."
BAD = "becuase: Less is enough for you."
