"""The ranking as bars, each with its number and what that number means in words.

Why this module exists: points may be negative, so a bar has a direction. All bars of
a page share one scale and one zero line, or their lengths would say nothing.

It must not rank: order and points are the decision's.
"""

from __future__ import annotations

from typing import NamedTuple

from pathfinder.engine.decision import Decision, Ranked
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages import handout_messages
from pathfinder.pages.phrases import level_words


class Bar(NamedTuple):
    """One path. `start` and `length` are percent of the width that all bars share."""

    name: str
    level: str
    points: str
    fit: str
    below_zero: bool
    start: float
    length: float


class Bars(NamedTuple):
    """The ranked paths in their order. `zero` is where the zero line stands, in percent."""

    rows: tuple[Bar, ...]
    zero: float
    meaning: str


def bars(rules: RuleSet, decision: Decision) -> Bars:
    """The bars of a decision with at least one ranked path."""
    points = [entry.points for entry in decision.ranked]
    lowest, highest = min(0, *points), max(0, *points)
    # Where every path has no points, there is a line and no bar.
    unit = 100 / (highest - lowest or 1)
    zero = -lowest * unit
    return Bars(
        rows=tuple(
            Bar(
                name=f"{entry.rank}. {rules.path_by_id[entry.path].name}",
                level=level_words(rules, entry.level),
                points=handout_messages.points(entry.points),
                fit=fit_words(entry),
                below_zero=entry.points < 0,
                start=round(zero + min(0, entry.points) * unit, 2),
                length=round(abs(entry.points) * unit, 2),
            )
            for entry in decision.ranked
        ),
        zero=round(zero, 2),
        meaning=handout_messages.BAR_MEANS_BOTH_WAYS if lowest < 0 else handout_messages.BAR_MEANS,
    )


def fit_words(entry: Ranked) -> str:
    """What the points of a path come to, beside those of the others."""
    if not entry.for_ and not entry.against:
        return handout_messages.OPEN
    if entry.rank == 1:
        return handout_messages.BEST
    if entry.about_equal_to_top:
        return handout_messages.AS_WELL
    if entry.points > 0:
        return handout_messages.LESS
    return handout_messages.AGAINST if entry.points < 0 else handout_messages.EVEN
