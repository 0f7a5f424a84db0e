"""Every possible answer to a question, or one for each kind that somebody tells apart.

Why this module exists: how firm a result is, whether a condition can ever hold, how many
sets of answers there are and what a change does all go through "every answer". They must
go through the same ones.

It must not know which conditions matter: whoever asks brings them. "Not sure" and "prefer
not to say" are none of the answers here.

    >>> by_itself = every_answer(("beer", "wine", "none"), many=True)
    >>> [answer for answer, _ in possible(by_itself)]
    [('none',), ('wine',), ('beer',), ('beer', 'wine')]
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import product
from math import comb, prod
from typing import NamedTuple

from pathfinder.engine.conditions import Leaf
from pathfinder.engine.question import NONE

_NUMBERED = ("two_with", "exactly")
"""Conditions for which it matters how many are chosen of those that they accept."""


class Alike(NamedTuple):
    """The answers of one question, those together that nothing tells apart.

    `numbers`: it matters how many of a group are chosen, and not only whether any is.
    `none` stands in no group: of a `many`, it can't be chosen with others.
    """

    answers: tuple[str, ...]
    many: bool
    groups: tuple[tuple[str, ...], ...]
    numbers: bool


def every_answer(answers: Sequence[str], *, many: bool) -> Alike:
    """Each answer is a kind of its own."""
    groups = tuple((answer,) for answer in answers if not many or answer != NONE)
    return Alike(tuple(answers), many, groups, numbers=False)


def alike(
    answers: Sequence[str],
    leaves: Collection[Leaf],
    *,
    many: bool,
    counted: bool = False,
    apart: Collection[str] = (),
) -> Alike:
    """The answers that each of `leaves` takes alike, together; those of `apart` by themselves.

    `counted`: something is worked out from how many are chosen. The leaves are of this
    question.
    """
    groups: dict[tuple[object, ...], tuple[str, ...]] = {}
    for answer in answers:
        if not many or answer != NONE:
            key = (
                answer if answer in apart else None,
                *(answer in leaf.accepts for leaf in leaves),
            )
            groups[key] = (*groups.get(key, ()), answer)
    numbers = counted or any(leaf.op in _NUMBERED for leaf in leaves)
    return Alike(tuple(answers), many, tuple(groups.values()), numbers)


def possible(told: Alike) -> Iterator[tuple[tuple[str, ...], int]]:
    """One answer of each kind, in the order of the options, and how many answers it stands for."""
    if not told.many:
        yield from (((group[0],), len(group)) for group in told.groups)
        return
    if NONE in told.answers:
        yield (NONE,), 1
    for sizes in product(*(_sizes(group, numbers=told.numbers) for group in told.groups)):
        chosen = {
            option
            for group, (size, _) in zip(told.groups, sizes, strict=True)
            for option in group[:size]
        }
        if chosen:
            answer = tuple(option for option in told.answers if option in chosen)
            yield answer, prod(ways for _, ways in sizes)


def smallest_first(told: Alike) -> Iterator[tuple[str, ...]]:
    """The answers of `possible`, those with the fewest options first; made as they are taken.

    >>> list(smallest_first(every_answer(("beer", "wine", "none"), many=True)))
    [('none',), ('beer',), ('wine',), ('beer', 'wine')]
    """
    if not told.many:
        yield from (group[:1] for group in told.groups)
        return
    if NONE in told.answers:
        yield (NONE,)
    limits = [len(group) if told.numbers else 1 for group in told.groups]
    for total in range(1, sum(limits) + 1):
        for sizes in adding_up(limits, total):
            taken = zip(told.groups, sizes, strict=True)
            chosen = {option for group, size in taken for option in group[:size]}
            yield tuple(option for option in told.answers if option in chosen)


def adding_up(limits: Sequence[int], total: int) -> Iterator[tuple[int, ...]]:
    """Every way to take `total`, at most so many of each, most of the earlier ones first."""
    if not limits:
        yield ()
        return
    left = sum(limits[1:])
    for here in range(min(limits[0], total), max(total - left, 0) - 1, -1):
        for rest in adding_up(limits[1:], total - here):
            yield (here, *rest)


def how_many(told: Alike) -> int:
    """How many answers `possible` gives, without going through them."""
    if not told.many:
        return len(told.groups)
    several = prod(1 + (len(group) if told.numbers else 1) for group in told.groups)
    return several - 1 + (NONE in told.answers)


def _sizes(group: tuple[str, ...], *, numbers: bool) -> list[tuple[int, int]]:
    """How many of a group may stand for the rest, and in how many ways each comes about."""
    if numbers:
        return [(size, comb(len(group), size)) for size in range(len(group) + 1)]
    return [(0, 1), (1, 2 ** len(group) - 1)]
