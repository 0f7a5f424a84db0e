"""A rule, a row or a text that says nothing about where it comes from.

Everything that is said to people rests on a source, or on a judgement that we own.

To put it right, add `sources: [{id: …, section: …}]`. If no source says so, add
`judgement:` with one sentence on what was decided, and why.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "no-grounds"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
GOOD = """\
    because: Call a shelter today.
    judgement: Sleep comes first.
"""
BAD = """\
    because: Call a shelter today.
"""
