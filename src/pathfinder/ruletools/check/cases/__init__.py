"""Whole people, and what none of them reaches.

One module holds one check: see `pathfinder.ruletools.check`.
"""
