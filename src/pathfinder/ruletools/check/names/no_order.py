"""An order test, `at_least` or `at_most`, on a question whose answers have no order.

Only a `scale` has an order, the one in which its answers are written.

To put it right, name the answers: `{age_group: [adult]}`. If they do have an order, make
the question a `scale`.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "no-order"
SEVERITY = Severity.ERROR
FILE = "factors/needs.yaml"
GOOD = "when: {age_group: adult}"
BAD = "when: {age_group: {at_least: adult}}"
