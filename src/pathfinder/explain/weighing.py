"""Two paths weighed against each other: which of the person's answers lean to which.

Why this module exists: "why not residential?" and "this one or that one?" are the
same question, asked of two paths. The answers that put one before the other are
found in the points that rank them, so their sum is the distance in the ranking.

It must not weigh what a gate has decided: `why_not` says when a gate stands before points.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pathfinder.answers import check_answers
from pathfinder.model import RuleSet
from pathfinder.ranking import Fit, fit_paths
from pathfinder.result import Decision, Reason


class Weight(NamedTuple):
    """One answer's lean: by so many points it favours the one path over the other.

    `reason` is told from the side where the answer has a say: what speaks against
    the path that falls behind, or else what speaks for the one ahead.
    """

    reason: Reason
    points: int


def fits_of(rules: RuleSet, answers: Mapping[str, object], decision: Decision) -> dict[str, Fit]:
    """Points and reasons of every path, those set aside included."""
    return fit_paths(rules, check_answers(rules, answers), decision.view)


def weights(ahead: Fit, behind: Fit) -> tuple[Weight, ...]:
    """The answers that favour one path over the other, strongest first.

    Positive and negative weights together add up to the distance in points.
    """
    # A `many` answer gives a reason a row, so a table and its answer name one weight.
    mine = {(reason.rule, reason.answer): reason for reason in ahead.told}
    theirs = {(reason.rule, reason.answer): reason for reason in behind.told}
    found = []
    for key in dict.fromkeys((*mine, *theirs)):
        near = mine[key].points if key in mine else 0
        far = theirs[key].points if key in theirs else 0
        if near != far:
            found.append(Weight(_told_from(mine.get(key), theirs.get(key), near > far), near - far))
    return tuple(sorted(found, key=lambda weight: -abs(weight.points)))


def fewest(leaning: Sequence[Weight], enough: int) -> tuple[Weight, ...]:
    """The fewest of the weights, all positive, that come to `enough` points together.

    Taking the strongest first is the smallest set: no other of its size weighs more.
    """
    taken: list[Weight] = []
    left = enough
    for weight in leaning:
        if left <= 0:
            break
        taken.append(weight)
        left -= weight.points
    return tuple(taken)


def _told_from(ahead: Reason | None, behind: Reason | None, leans_ahead: bool) -> Reason:
    loser, winner = (behind, ahead) if leans_ahead else (ahead, behind)
    if loser is not None and loser.points < 0:
        return loser
    chosen = winner or loser
    assert chosen is not None
    return chosen
