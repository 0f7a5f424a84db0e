"""The factor that a file names isn't the name of the file.

To put it right, rename one of the two.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "factor-name"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
GOOD = "factor: home"
BAD = "factor: needs"
