"""Two rule sets, one crowd: who gets something else, and from what to what.

Why this module exists: the numbers of `rules diff`, and the test whether a change of rules
changes anything at all.

It must not word anything, or read files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Final, NamedTuple

from pathfinder.engine.conditions import questions_in
from pathfinder.engine.question import SKIP
from pathfinder.engine.ruleset import RuleSet
from pathfinder.ruletools.diff.changed_rules import Differing, differing, hangs_on
from pathfinder.ruletools.diff.evaluate import Outcomes, asked_of, outcomes
from pathfinder.ruletools.diff.population import Asked, Crowd, Mask, drawn, everyone, ways

SAMPLE: Final = 1_000_000
LEAST_SAMPLE: Final = 100_000
SEED: Final = 1
MOST_WAYS: Final = 1 << 20
"""Up to here, each way to answer is looked at instead of a sample."""

MOVES: Final = ("first_path", "safe_level", "hold")
"""Parts of which everybody gets one: a change goes from one to another."""

COMES_AND_GOES: Final = ("first", "alerts", "paths", "told", "to_check")
"""Parts of which people get several: each comes or goes by itself."""

ORDERED: Final = ("first", "alerts")
"""Those of them whose order is told: two that were there before may change places."""

PARTS: Final = (*MOVES, *COMES_AND_GOES)


class Row(NamedTuple):
    """One kind of change. `old` is None for what comes, `new` for what goes.

    Of a part that is ordered, both stand where two have changed places: see `turned`.
    """

    part: str
    old: str | None
    new: str | None
    who: Mask

    @property
    def sets(self) -> int:
        return self.who.bit_count()


class Counted(NamedTuple):
    """What was looked at. `seed` is None where each way to answer `questions` was."""

    sets: int
    seed: int | None
    questions: tuple[str, ...]
    in_scope_only: bool


class Difference(NamedTuple):
    """What a change does. `touched` maps each part to the number of answer sets it differs for."""

    old: RuleSet
    new: RuleSet
    items: Differing
    only_old: tuple[str, ...]
    only_new: tuple[str, ...]
    counted: Counted | None
    crowd: Crowd
    any: int
    touched: Mapping[str, int]
    rows: tuple[Row, ...]

    @property
    def same_rules(self) -> bool:
        """The rules that decide are the same: nobody at all can get something else."""
        return not self.items.deciding


def compare(old: RuleSet, new: RuleSet, *, sample: int = SAMPLE, seed: int = SEED) -> Difference:
    """What changes for people between two rule sets.

    Each way to answer the questions that the change hangs on is looked at, where there are
    few enough; else `sample` answer sets drawn with `seed` (see `crowd.drawn`).
    """
    items = differing(old, new)
    only_old = tuple(q.id for q in old.questions if q.id not in new.question_by_id)
    only_new = tuple(q.id for q in new.questions if q.id not in old.question_by_id)
    if not items.deciding:
        crowd = everyone([])
        return Difference(old, new, items, only_old, only_new, None, crowd, 0, {}, ())
    named = hangs_on(old, new, items.deciding)
    few = [asked for asked in _asked(old, new, all_ages=True) if asked.id in named]
    if ways(few) <= MOST_WAYS:
        crowd = everyone(few)
        who = _different_people(old, new, crowd)
        names = tuple(asked.id for asked in few)
        counted = Counted(who.bit_count(), None, names, in_scope_only=False)
    else:
        in_scope_only = _age_changes_nothing(old, new)
        many = _asked(old, new, all_ages=not in_scope_only)
        crowd = drawn(many, sample, seed)
        who = crowd.all
        names = tuple(asked.id for asked in many)
        counted = Counted(sample, seed, names, in_scope_only)
    rows = changes(outcomes(old, crowd), outcomes(new, crowd), who)
    touched = {part: _together(rows, part).bit_count() for part in PARTS}
    any_ = 0
    for row in rows:
        any_ |= row.who
    return Difference(
        old, new, items, only_old, only_new, counted, crowd, any_.bit_count(), touched, rows
    )


def changes(before: Outcomes, after: Outcomes, who: Mask) -> tuple[Row, ...]:
    """Every kind of change among these people, part by part, the commonest first."""
    rows: list[Row] = []
    for part in PARTS:
        old, new = getattr(before, part), getattr(after, part)
        found = _moves(part, old, new, who) if part in MOVES else _comings(part, old, new, who)
        if part in ORDERED:
            found += _turns(part, old, new, who)
        rows += sorted(found, key=lambda row: -row.sets)
    return tuple(rows)


def turned(old: Iterable[str], new: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each two that stand in both and have changed places, as they stood."""
    place = {name: at for at, name in enumerate(new)}
    for one, other in combinations([name for name in old if name in place], 2):
        if place[other] < place[one]:
            yield one, other


def in_order(one: str, other: str) -> str:
    return f"{one}, then {other}"


def _moves(part: str, old: Mapping[str, Mask], new: Mapping[str, Mask], who: Mask) -> list[Row]:
    return [
        Row(part, left, right, mask)
        for left, had in old.items()
        for right, have in new.items()
        if left != right and (mask := had & have & who)
    ]


def _comings(part: str, old: Mapping[str, Mask], new: Mapping[str, Mask], who: Mask) -> list[Row]:
    rows: list[Row] = []
    for name in {**old, **new}:
        had, have = old.get(name, 0), new.get(name, 0)
        if gone := had & ~have & who:
            rows.append(Row(part, name, None, gone))
        if come := have & ~had & who:
            rows.append(Row(part, None, name, come))
    return rows


def _turns(part: str, old: Mapping[str, Mask], new: Mapping[str, Mask], who: Mask) -> list[Row]:
    return [
        Row(part, in_order(one, other), in_order(other, one), mask)
        for one, other in turned(old, new)
        if (mask := old[one] & old[other] & new[one] & new[other] & who)
    ]


def _together(rows: tuple[Row, ...], part: str) -> Mask:
    who = 0
    for row in rows:
        if row.part == part:
            who |= row.who
    return who


# --- who is looked at ---------------------------------------------------------------


def _asked(old: RuleSet, new: RuleSet, *, all_ages: bool) -> list[Asked]:
    """The questions of both, those of the old one first. Of a question that both ask, the
    answers of both; where one takes several answers and the other doesn't, it takes one."""
    asked: list[Asked] = []
    for question in (*old.questions, *(q for q in new.questions if q.id not in old.question_by_id)):
        mine, other = old.question_by_id.get(question.id), new.question_by_id.get(question.id)
        answers = tuple(dict.fromkeys(a for each in (mine, other) if each for a in each.answers))
        if question.id == old.scope_question and not all_ages:
            answers = tuple(answer for answer in answers if answer not in old.scope_out)
        many = all(each.kind == "many" for each in (mine, other) if each)
        asked.append(Asked(question.id, many, answers))
    return asked


def _age_changes_nothing(old: RuleSet, new: RuleSet) -> bool:
    """Whether people out of scope can be left out: all they get is alerts, as others do."""
    same = (old.scope_question, old.scope_out) == (new.scope_question, new.scope_out)
    named = questions_in(
        *(each for rules in (old, new) for r in rules.alert_rules for each in (r.when, r.unless))
    )
    return same and old.scope_question not in named


def _different_people(old: RuleSet, new: RuleSet, crowd: Crowd) -> Mask:
    """One of those who differ only in answers to questions that aren't put to them."""
    who = crowd.all
    both = (asked_of(old, crowd), asked_of(new, crowd))
    for question in crowd.questions:
        asked = 0
        for each in both:
            asked |= each.get(question.id, 0)
        who &= asked | crowd.gave[question.id][SKIP]
    return who
