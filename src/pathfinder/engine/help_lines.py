"""Which help lines a person is shown: those of their country, by kind of need.

Why this module exists: alerts, the result, and `pathfinder help-lines` must
name the same numbers for the same place, and never none at all.

It must not print, and it must not guess a country from the machine.
"""

from __future__ import annotations

from collections.abc import Sequence

from pathfinder.engine.ruleset import HelpLine, Region, RuleSet

EMERGENCY = "emergency"


def region_of(rules: RuleSet, text: str) -> Region:
    """The region that `text` names, by id, name or alias. Unknown: `rules.elsewhere`.

    Case, spaces, dots and dashes don't matter. No text at all is the default region.
    """
    wanted = _plain(text) or _plain(rules.default_region)
    for region in rules.regions:
        if wanted in map(_plain, (region.id, region.name, *region.aliases)):
            return region
    return rules.elsewhere


def _plain(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def lines_for(rules: RuleSet, region: Region | str, kinds: Sequence[str]) -> tuple[HelpLine, ...]:
    """The region's lines of these kinds, in the order of `kinds`, each once.

    A region without such a line falls back on its emergency line, and a region
    without that one on the line for "elsewhere".
    """
    here = region if isinstance(region, Region) else region_of(rules, region)
    return (
        _of_kinds(here, kinds)
        or _of_kinds(here, (EMERGENCY,))
        or _of_kinds(rules.elsewhere, (EMERGENCY,))
    )


def _of_kinds(region: Region, kinds: Sequence[str]) -> tuple[HelpLine, ...]:
    found: dict[str, HelpLine] = {}
    for kind in kinds:
        found.update({line.id: line for line in region.lines if kind in line.kinds})
    return tuple(found.values())
