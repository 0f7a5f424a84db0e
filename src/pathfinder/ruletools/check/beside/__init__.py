"""Files beside the rules, which decide nothing: statements to prove, and migrations.

One module holds one check: see `pathfinder.ruletools.check`.
"""
