"""An id in another form than its kind has.

Rules, paths, levels, steps, supports, alerts, sources and help lines are written
`like-this`; questions, answers, factors and rows of the comparison `like_this`. Small
letters and digits only.

To put it right, rename it here and wherever it is named.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "id-form"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
GOOD = "id: steady-home"
BAD = "id: Steady_Home"
