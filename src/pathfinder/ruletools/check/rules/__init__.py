"""Rules for nobody or for everybody, twins, rows, points and examples.

One module holds one check: see `pathfinder.ruletools.check`.
"""
