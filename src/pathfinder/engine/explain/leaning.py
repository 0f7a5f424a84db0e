"""Which of two paths a person's answers lean to.

Why this module exists: two paths side by side say what they are; a person wants to
know which of them their own answers speak for, and how clearly.

It must not recommend one over the first path: that place is the decision's.
"""

from __future__ import annotations

from typing import NamedTuple

from pathfinder.engine.decision import Decision, SetAside
from pathfinder.engine.explain.contrast import Weight, fits_of, weights
from pathfinder.engine.question import Answers
from pathfinder.engine.ruleset import RuleSet


class Leaning(NamedTuple):
    """`to`: the path that the answers lean to, or None. `aside`: those that a gate sets aside.

    `for_it` is what leans to it, `for_other` what leans the other way, strongest first;
    without a lean, `for_it` leans to the first path named. `points` is the distance.
    """

    to: str | None
    aside: tuple[SetAside, ...]
    points: int
    for_it: tuple[Weight, ...]
    for_other: tuple[Weight, ...]


def leaning(
    rules: RuleSet, answers: Answers, decision: Decision, first: str, second: str
) -> Leaning:
    """Which of the two paths these answers lean to.

    A path that is set aside is never leant to while the other is open. Within one
    point of each other, as everywhere, two paths fit about equally well.
    """
    aside = tuple(entry for entry in decision.set_aside if entry.path in (first, second))
    closed = {entry.path for entry in aside}
    fits = fits_of(rules, answers, decision)
    points = fits[first].points - fits[second].points
    if len(closed) == 1:
        to: str | None = second if first in closed else first
    elif closed or abs(points) <= 1:
        to = None
    else:
        to = first if points > 0 else second
    ahead, behind = (second, first) if to == second else (first, second)
    found = weights(fits[ahead].told, fits[behind].told)
    return Leaning(
        to,
        aside,
        abs(points),
        tuple(weight for weight in found if weight.points > 0),
        tuple(weight for weight in found if weight.points < 0),
    )
