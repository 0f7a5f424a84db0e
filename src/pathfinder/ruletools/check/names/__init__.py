"""Names, ids and forms: what a rule may say, and in which words.

One module holds one check: see `pathfinder.ruletools.check`.
"""
