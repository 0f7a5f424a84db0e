"""Two paths weighed against each other: which of the person's answers lean to which.

Why this module exists: "why not residential?" and "this one or that one?" are the
same question, asked of two paths. The answers that put one before the other are
found in the points that rank them, so their sum is the distance in the ranking.

It must not weigh what a gate has decided: `why_not` says when a gate stands before points.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pathfinder.engine.decision import Decision, Reason
from pathfinder.engine.fit import Fit, fit_paths
from pathfinder.engine.question import Answers
from pathfinder.engine.ruleset import RuleSet


class Weight(NamedTuple):
    """One answer's lean: what it gives to the path ahead, and what to the one behind.

    `reason` is told from the side where the answer has a say: what speaks against
    the path that falls behind, or else what speaks for the one ahead.
    """

    reason: Reason
    ahead: int
    behind: int

    @property
    def points(self) -> int:
        """By how much it favours the path ahead; negative where it favours the other."""
        return self.ahead - self.behind

    @property
    def against(self) -> bool:
        """Whether it is told as what speaks against a path, and not for the other one."""
        return self.reason.points < 0


def fits_of(rules: RuleSet, answers: Answers, decision: Decision) -> dict[str, Fit]:
    """Points and reasons of every path, those set aside included."""
    return fit_paths(rules, answers, decision.view)


def weights(ahead: Iterable[Reason], behind: Iterable[Reason]) -> tuple[Weight, ...]:
    """The answers that tell two paths apart, strongest first, by all that is told of each.

    Positive and negative weights together add up to the distance in points.
    """
    # A `many` answer gives a row for each, so a table and its answer name one weight.
    mine, theirs = _by_answer(ahead), _by_answer(behind)
    found = []
    for key in dict.fromkeys((*mine, *theirs)):
        near, far = mine.get(key, ()), theirs.get(key, ())
        points, other = sum(r.points for r in near), sum(r.points for r in far)
        if points != other:
            told = _told_from(_strongest(near), _strongest(far), points > other)
            found.append(Weight(told, points, other))
    return tuple(sorted(found, key=lambda weight: -abs(weight.points)))


_Answer = tuple[str, str | None]


def _by_answer(reasons: Iterable[Reason]) -> dict[_Answer, tuple[Reason, ...]]:
    """What one answer says about one path: mostly one reason, now and then two."""
    found: dict[_Answer, tuple[Reason, ...]] = {}
    for reason in reasons:
        key = (reason.rule, reason.answer)
        found[key] = (*found.get(key, ()), reason)
    return found


def _strongest(reasons: Sequence[Reason]) -> Reason | None:
    return max(reasons, key=lambda reason: abs(reason.points), default=None)


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
