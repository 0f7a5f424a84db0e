"""Which path stands first, for a whole crowd: points added up and compared in binary.

Why this module exists: whether a path is first hangs on every other path. The proofs need
that as one wire for each two paths, which grows with the square of their number. A crowd
is known person by person, so here each path's points are added up once, and one pass over
the paths keeps the best so far. Tests hold it equal to `decide`, person by person.

It must not know a condition, or an answer.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Final, NamedTuple

from pathfinder.engine.ruleset import Path, RuleSet
from pathfinder.ruletools.verify.circuit import add_to

Mask = int
"""Bit n stands for person n of the crowd."""

Sum = Sequence[Mask]
"""A number for each person in binary, the lowest digit first."""


class Standing(NamedTuple):
    """One path for everybody: whether it is ranked, two levels too high, and its points.

    The points of all paths are moved up by the same amount, so that none lies below 0.
    """

    path: Path
    ranked: Mask
    above: Mask
    points: Sum


class Before(NamedTuple):
    """What may stand between people and a path, for everybody.

    `standing`: path -> for whom a barrier stands before it. `shut`: path -> for whom it can't
    be the compromise.
    """

    standing: Mapping[str, Mask]
    shut: Mapping[str, Mask]


Terms = Sequence[tuple[int, int]]
"""What adds to a path, in the order of the wires: the wire, and its weight."""

_AT_ONCE: Final = 24
"""So many terms are added up without a look at what other paths share of them."""


class Sums:
    """Adds up points for a crowd. Paths that are alike share most of what adds to them, so a
    sum is cut in halves, at the same wires for every path, and each half is added up once."""

    def __init__(self, carried: Mapping[int, Mask], ones: Mask) -> None:
        self._carried = carried
        self._ones = ones
        self._known: dict[tuple[tuple[int, int], ...], list[Mask]] = {}

    def of(self, terms: Terms, least: int) -> list[Mask]:
        """The sum of the weights of those who carry each wire, moved up by `least`.

        `least` is the amount by which the weights below 0 can pull any sum down, as a number
        of 0 or more.
        """
        end = max((wire for wire, _ in terms), default=0) + 1
        end = 1 << end.bit_length()  # the same for nearly all, so that they are cut alike
        for_ = self._half(tuple((w, n) for w, n in terms if n > 0), 0, end)
        against = self._half(tuple((w, -n) for w, n in terms if n < 0), 0, end)
        moved = [self._ones if least >> at & 1 else 0 for at in range(least.bit_length())]
        return _less(_plus(for_, moved), against, self._ones)

    def _half(self, terms: tuple[tuple[int, int], ...], start: int, end: int) -> list[Mask]:
        if terms not in self._known:
            if len(terms) <= _AT_ONCE or end - start < 2:
                digits = _summed((self._carried[wire], weight) for wire, weight in terms)
            else:
                middle = (start + end) // 2
                cut = bisect_left(terms, (middle, 0))
                digits = _plus(
                    self._half(terms[:cut], start, middle), self._half(terms[cut:], middle, end)
                )
            self._known[terms] = digits
        return self._known[terms]


def _plus(one: Sum, other: Sum) -> list[Mask]:
    long, short = (one, other) if len(one) >= len(other) else (other, one)
    if not short:
        return list(long)
    digits: list[Mask] = []
    carry = 0
    for place, mine in enumerate(long):
        theirs = short[place] if place < len(short) else 0
        differ = mine ^ theirs
        digits.append(differ ^ carry)
        carry = (mine & theirs) | (carry & differ)
    return [*digits, carry] if carry else digits


def _summed(terms: Iterable[tuple[Mask, int]]) -> list[Mask]:
    """The sum of weights above 0: in each digit, three become one there and one in the next."""
    columns: list[list[Mask]] = []
    for carried, weight in terms:
        for place in range(weight.bit_length()):
            if weight >> place & 1:
                _put(columns, place, carried)
    digits: list[Mask] = []
    while len(digits) < len(columns):
        place = len(digits)
        column = columns[place]
        while len(column) > 2:
            one, two, three = column.pop(), column.pop(), column.pop()
            differ = one ^ two
            column.append(differ ^ three)
            _put(columns, place + 1, (one & two) | (differ & three))
        if len(column) == 2:
            _put(columns, place + 1, column[0] & column[1])
        digits.append(column[0] ^ column[1] if len(column) == 2 else column[0] if column else 0)
    return digits


def _put(columns: list[list[Mask]], place: int, carried: Mask) -> None:
    while len(columns) <= place:
        columns.append([])
    if carried:
        columns[place].append(carried)


def _less(one: Sum, other: Sum, ones: Mask) -> list[Mask]:
    """The first number less the second, which is never greater."""
    digits: list[Mask] = []
    borrow = 0
    for place, mine in enumerate(one):
        theirs = other[place] if place < len(other) else 0
        digits.append(mine ^ theirs ^ borrow)
        borrow = (~mine & ones & (theirs | borrow)) | (theirs & borrow)
    return digits


def more(one: Sum, other: Sum, ones: Mask) -> Mask:
    """For whom the first number is the greater one."""
    found, same = 0, ones
    for place in range(max(len(one), len(other)) - 1, -1, -1):
        mine = one[place] if place < len(one) else 0
        theirs = other[place] if place < len(other) else 0
        found |= same & mine & ~theirs
        same &= ~(mine ^ theirs)
    return found


class Top(NamedTuple):
    """Path id -> for whom it stands first, and for whom it fits about as well as the first."""

    first: dict[str, Mask]
    about_equal: dict[str, Mask]


def top(rules: RuleSet, standings: Sequence[Standing], ones: Mask) -> Top:
    """What stands at the top. Ties go to the lower level, then to file order."""
    order = sorted(standings, key=lambda each: rules.level_rank[each.path.level])
    near = {each.path.id: each.ranked & ~each.above for each in standings}
    best, most = _best([(each, near[each.path.id]) for each in order], ones)
    left = ones
    for who in best.values():
        left &= ~who
    far: Mapping[str, Mask] = {}
    if left:
        far, most_far = _best([(e, e.ranked & e.above & left) for e in order], ones)
        most = _either(left, most_far, most)
    equal: dict[str, Mask] = {}
    for each in standings:
        raised = list(each.points)
        add_to(raised, ones, rules.about_equal_within)
        equal[each.path.id] = near[each.path.id] & ~more(most, raised, ones)
    first = {each.path.id: best[each.path.id] | far.get(each.path.id, 0) for each in standings}
    return Top(first, equal)


def _best(
    entries: Sequence[tuple[Standing, Mask]], ones: Mask
) -> tuple[dict[str, Mask], list[Mask]]:
    """For each path, for whom it has the most points of those they may get; and how many.

    Of several with as many, the first one has it.
    """
    best: dict[str, Mask] = {}
    most: list[Mask] = []
    found = 0
    for entry, may in entries:
        better = may & (more(entry.points, most, ones) | ~found)
        for path in best:
            best[path] &= ~better
        best[entry.path.id] = better
        most = _either(better, entry.points, most)
        found |= may
    return best, most


def _either(who: Mask, one: Sum, other: Sum) -> list[Mask]:
    """The first number for some, the second for all others."""
    long = max(len(one), len(other))
    mine = [*one, *[0] * (long - len(one))]
    theirs = [*other, *[0] * (long - len(other))]
    return [(a & who) | (b & ~who) for a, b in zip(mine, theirs, strict=True)]


def compromises(
    rules: RuleSet,
    standings: Sequence[Standing],
    first: Mapping[str, Mask],
    before: Before,
    outpatient: Mask,
    ones: Mask,
) -> dict[str, Mask]:
    """Path id -> for whom it is the safest path that can be begun, where the first one can't.

    `outpatient`: who needs professional care, so that peer groups alone are no compromise.
    """
    ranks = rules.level_rank
    barred = 0
    for path, who in first.items():
        barred |= who & before.standing.get(path, 0)
    found: dict[str, Mask] = {}
    looking = 0
    for rank in range(len(rules.levels) - 1, -1, -1):
        floor = ones if rank > 0 else ~outpatient
        here = [each for each in standings if ranks[each.path.level] == rank]
        open_ = [(e, looking & floor & ~before.shut.get(e.path.id, 0)) for e in here]
        for path, who in _best(open_, ones)[0].items():
            found[path] = who
            looking &= ~who
        for each in here:  # below this level, those whose first path is of it look, too
            looking |= first[each.path.id] & barred
    return found


def otherwise(
    old: RuleSet,
    new: RuleSet,
    before: Sequence[Standing],
    after: Sequence[Standing],
    ones: Mask,
) -> Mask:
    """For whom two paths that they have under both rule sets stand in another order."""
    now = {each.path.id: each for each in after}
    both = [(each, now[each.path.id]) for each in before if each.path.id in now]
    who = 0
    for (one, one_now), (two, two_now) in combinations(both, 2):
        have = one.ranked & two.ranked & one_now.ranked & two_now.ranked & ~who
        if have:
            who |= have & (_stands(old, one, two, ones) ^ _stands(new, one_now, two_now, ones))
    return who


def _stands(rules: RuleSet, one: Standing, two: Standing, ones: Mask) -> Mask:
    """For whom the one would stand before the other, if both are ranked."""
    mine, theirs = rules.level_rank[one.path.level], rules.level_rank[two.path.level]
    order = rules.paths
    if mine < theirs or (mine == theirs and order.index(one.path) < order.index(two.path)):
        ahead = ones & ~more(two.points, one.points, ones)
    else:
        ahead = more(one.points, two.points, ones)
    return (two.above & ~one.above) | (ahead & ~(one.above ^ two.above))
