"""An id that something else of its kind has already.

Rules, readings and fit tables share one set of ids, over all factor files. The finding
says where the id stands first.

To put it right, rename one of the two.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "duplicate-id"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
GOOD = "id: steady-home"
BAD = "id: no-safe-home"
