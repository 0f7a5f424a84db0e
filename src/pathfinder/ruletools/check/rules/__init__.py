"""The checks: one module each, with its family, its manual page and its example.

A module here is listed in `pathfinder.ruletools.check.registry`.
"""
