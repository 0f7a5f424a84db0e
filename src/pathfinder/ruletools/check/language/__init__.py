"""Words that a person in distress can read.

One module holds one check: see `pathfinder.ruletools.check`.
"""
