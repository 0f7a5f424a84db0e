"""A test that conditions don't know.

The finding names the nearest one that exists, and the others if they are few. The tests are
`at_least`, `at_most`, `includes`, `includes_any` and `answered`.

To put it right, correct the spelling, or add what is missing.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "unknown-test"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
GOOD = "when: {home: {at_most: unsafe}}"
BAD = "when: {home: {at_mots: unsafe}}"
