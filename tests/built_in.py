"""The built-in rules, loaded once in each process of tests: few tests need to read them anew."""

from __future__ import annotations

from pathfinder import load_rules

RULES = load_rules()
