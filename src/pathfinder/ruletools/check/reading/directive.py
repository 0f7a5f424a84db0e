"""A line that begins with "%", above the content.

To put it right, take the line out, and the line "---" with it.
"""

from pathfinder.ruletools.check.diagnostic import Severity

CODE = "directive"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
GOOD = "factor: home"
BAD = """%YAML 1.2
---
factor: home"""
