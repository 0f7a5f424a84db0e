"""What a change did to a crowd: each kind of change, for how many, and one of them.

Why this module exists: the same sums are made of people who are drawn, of the cases of a rule
set and of an agency's own answers, and the page, the data and the worked people all speak of
these kinds.

It must not know a rule, or word anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Final, NamedTuple

from pathfinder.engine.question import Answer
from pathfinder.ruletools.diff.population import Mask

MOVES: Final = ("first_path", "safe_level", "hold", "compromise")
"""Parts of which everybody gets one: a change goes from one to another."""

COMES_AND_GOES: Final = (
    "first", "alerts", "paths", "told", "about_equal", "supports", "notes", "moves", "barriers",
    "helps", "to_check",
)  # fmt: skip
"""Parts of which people get several: each comes or goes by itself."""

ORDERED: Final = ("first", "alerts")
"""Those of them whose order is told: two that were there before may change places."""

ORDER: Final = "order"
"""The part for the order of the paths, of which a change is told without saying which two."""

AS_BEFORE: Final = "one order"
ANOTHER: Final = "another"

PARTS: Final = (
    "first_path", "safe_level", "alerts", "first", "paths", "hold", "supports", "moves", "notes",
    "compromise", "barriers", "helps", ORDER, "about_equal", "told", "to_check",
)  # fmt: skip
"""In the order in which they are told: what bears on safety comes first."""

LESS_CARE: Final = "less_care"
MORE_CARE: Final = "more_care"
LOSES: Final = {"alerts": "alert", "first": "first_step", "paths": "safe_path"}
DIRECTIONS: Final = (LESS_CARE, MORE_CARE, *LOSES.values())
"""Less care: a first path of a lower level, or a lower safe level. More care: a higher one of
these, and none lower. The others lose one."""


class PartRow(NamedTuple):
    """One kind of change, and the plainest person found for whom it is felt.

    `old` is None for what comes, `new` for what goes. Of a part that is ordered, both stand
    where two have changed places: see `turned`. `whose` names a real person; it is empty for one
    who was drawn. `care` is -1 where it is less care, 1 where it is more.
    """

    part: str
    old: str | None
    new: str | None
    sets: int
    whose: str
    person: Mapping[str, Answer]
    care: int


class Tally(NamedTuple):
    """What a change does to one crowd. `touched`: part -> for how many it differs."""

    sets: int
    any: int
    touched: Mapping[str, int]
    directions: Mapping[str, int]
    rows: tuple[PartRow, ...]


def added(tallies: Iterable[Tally]) -> Tally:
    """Several crowds as one.

    Of each kind of change, the real person with the fewest answers stays, or who was drawn first.
    """
    sets = any_ = 0
    touched = dict.fromkeys(PARTS, 0)
    directions = dict.fromkeys(DIRECTIONS, 0)
    rows: dict[tuple[str, str | None, str | None], PartRow] = {}
    for tally in tallies:
        sets, any_ = sets + tally.sets, any_ + tally.any
        for part, number in tally.touched.items():
            touched[part] += number
        for name, number in tally.directions.items():
            directions[name] += number
        for row in tally.rows:
            kind = row.part, row.old, row.new
            before = rows.get(kind)
            if before is None:
                rows[kind] = row
            else:
                plainer = row if row.whose and len(row.person) < len(before.person) else before
                rows[kind] = plainer._replace(sets=before.sets + row.sets)
    order = {part: at for at, part in enumerate(PARTS)}
    told = sorted(rows.values(), key=lambda row: (order[row.part], row.care, -row.sets))
    return Tally(sets, any_, touched, directions, tuple(told))


def lowest(who: Mask) -> int:
    return (who & -who).bit_length() - 1


Change = tuple[str | None, str | None, Mask]


def turned(old: Iterable[str], new: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each two that stand in both and have changed places, as they stood."""
    place = {name: at for at, name in enumerate(new)}
    for one, other in combinations([name for name in old if name in place], 2):
        if place[other] < place[one]:
            yield one, other


def in_order(one: str, other: str) -> str:
    return f"{one}, then {other}"


def moves(old: Mapping[str, Mask], new: Mapping[str, Mask], who: Mask) -> Iterator[Change]:
    for left, had in old.items():
        gone = had & ~new.get(left, 0) & who
        for right, have in new.items() if gone else ():
            if left != right and (mask := gone & have):
                yield left, right, mask


def comings(
    old: Mapping[str, Mask], new: Mapping[str, Mask], same: Iterable[str], who: Mask
) -> Iterator[Change]:
    alike = set(same)
    for name in {**old, **new}:
        if name in alike:
            continue
        had, have = old.get(name, 0), new.get(name, 0)
        if gone := had & ~have & who:
            yield name, None, gone
        if come := have & ~had & who:
            yield None, name, come


def turns(old: Mapping[str, Mask], new: Mapping[str, Mask], who: Mask) -> Iterator[Change]:
    for one, other in turned(old, new):
        if mask := old[one] & old[other] & new[one] & new[other] & who:
            yield in_order(one, other), in_order(other, one), mask
