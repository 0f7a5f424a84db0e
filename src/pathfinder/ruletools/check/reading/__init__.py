"""Slips in the files themselves, before any of it means something.

One module holds one check: see `pathfinder.ruletools.check`.
"""
