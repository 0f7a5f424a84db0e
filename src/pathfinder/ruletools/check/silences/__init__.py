"""Comments that allow a finding.

One module holds one check: see `pathfinder.ruletools.check`.
"""
