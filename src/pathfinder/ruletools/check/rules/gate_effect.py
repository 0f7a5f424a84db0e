"""A gate with no effect, with two, or with words that belong to the other one.

A gate either asks for a least level of care (`at_least`), or takes paths out
(`set_aside`, with `opens_when` and `alongside`).

To put it right, keep one of the two. If both are meant, write two gates.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "gate-effect"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
GOOD = """\
    at_least: residential
"""
BAD = """\
    at_least: residential
    set_aside: [talks]
"""
