"""What a rule set rests on, and whether it is still up to date.

One module holds one check: see `pathfinder.ruletools.check`.
"""
