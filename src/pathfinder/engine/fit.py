"""Fit points: how well each path suits the answers, with the reasons.

Why this module exists: gates say which paths are safe; among those, this ranks.
Each answer says for and against which paths it speaks, and why in one sentence that
tells its direction, so every point has a reason that can be read aloud.

It must not look at gates or levels of care: that is `decide`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import Final, NamedTuple

from pathfinder.engine.conditions import NOT_ASKED, View
from pathfinder.engine.decision import Reason
from pathfinder.engine.question import SKIP, UNSURE, Answers, Question
from pathfinder.engine.ready import Facts, Memory, Test, made_ready
from pathfinder.engine.rules import Argument, ReasonRow, ReasonTable
from pathfinder.engine.ruleset import RuleSet

_POINTS = attrgetter("points")


class _Told(NamedTuple):
    """What one answer says of all paths: points in one number (`_packed`), and reasons by place."""

    points: int
    reasons: tuple[tuple[Reason, ...], ...]


class Fit(NamedTuple):
    """The points of one path, and where its reasons are, for the few paths that are asked.

    `of_all` is what is told of every path, and `place` says which is this one. `unknown` is
    what some answer would have said of it.
    """

    points: int
    place: int
    unknown: tuple[Reason, ...]
    of_all: Sequence[_Told]

    @property
    def told(self) -> tuple[Reason, ...]:
        """What is told for and against the path, in the order of the questions."""
        place = self.place
        return tuple([reason for _, reasons in self.of_all for reason in reasons[place]])

    def for_(self) -> tuple[Reason, ...]:
        """What speaks for the path, strongest first; equals in the order of the questions."""
        return self.sides()[0]

    def against(self) -> tuple[Reason, ...]:
        """What speaks against it, strongest first."""
        return self.sides()[1]

    def sides(self) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
        """`for_` and `against` at once."""
        place = self.place
        told = [*chain.from_iterable([reasons[place] for _, reasons in self.of_all])]
        speak_for = [reason for reason in told if reason.points > 0]
        against = [reason for reason in told if reason.points < 0]
        if len(speak_for) > 1:
            speak_for.sort(key=_POINTS, reverse=True)
        if len(against) > 1:
            against.sort(key=_POINTS)
        return tuple(speak_for), tuple(against)


class _Sometimes(NamedTuple):
    """Weights that count where a condition is known to hold."""

    when: Test | None
    unless: Test | None
    told: _Told


class _Said(NamedTuple):
    """What one answer says: always, and under conditions."""

    always: tuple[_Told, ...]
    sometimes: tuple[_Sometimes, ...]


class _Column(NamedTuple):
    """One table of reasons, its reasons made once and shared by every decision."""

    question: str
    said: Mapping[str | None, _Said]
    unknown: Mapping[str | None, tuple[tuple[int, Reason], ...]]
    several: Memory[frozenset[str], list[_Said]]


class Fits(NamedTuple):
    """The points of every path, safe or not, and the reasons of those that are asked for."""

    points: Mapping[str, int]
    place: Mapping[str, int]
    of_all: Sequence[_Told]
    open_of_all: Sequence[Sequence[Reason]]

    def of(self, path: str) -> Fit:
        place = self.place[path]
        return Fit(self.points[path], place, tuple(self.open_of_all[place]), self.of_all)


def fits_of_all(rules: RuleSet, answers: Answers, view: View, facts: Facts) -> Fits:
    """Points of every path, safe or not, by the facts of the view. `answers` tell unsure
    from skipped."""
    counting, unknown = _counting(rules, answers, view, facts)
    open_: list[list[Reason]] = [[] for _ in rules.paths]
    for place, reason in unknown:
        open_[place].append(reason)
    return Fits(_added_up(rules, counting), _places(rules), counting, open_)


def fit_paths(rules: RuleSet, answers: Answers, view: View) -> dict[str, Fit]:
    """Points and reasons of every path."""
    fits = fits_of_all(rules, answers, view, made_ready(rules).facts(view))
    return {path.id: fits.of(path.id) for path in rules.paths}


def points_of(rules: RuleSet, answers: Answers, view: View, facts: Facts) -> dict[str, int]:
    """The points of `fits_of_all` alone."""
    return _added_up(rules, _counting(rules, answers, view, facts)[0])


def _added_up(rules: RuleSet, counting: Sequence[_Told]) -> dict[str, int]:
    return dict(zip(_places(rules), _unpacked(rules, sum([t[0] for t in counting])), strict=True))


def gains(rules: RuleSet, question: Question, facts: Facts) -> dict[str, dict[str, int]]:
    """What each answer to a question gives each path, of what counts by these facts."""
    gained = dict.fromkeys(question.answers, 0)
    for column in _columns(rules):
        if column.question == question.id:
            for answer in gained:
                gained[answer] += sum(
                    [told.points for told in _told_by(column.said[answer], facts)]
                )
    return {
        answer: {
            path.id: points
            for path, points in zip(rules.paths, _unpacked(rules, packed), strict=True)
            if points
        }
        for answer, packed in gained.items()
    }


_LANE: Final = 32
_HALF: Final = 1 << (_LANE - 1)
_MASK: Final = (1 << _LANE) - 1


def _packed(points: Iterable[int]) -> int:
    """Points of every path in one number, each in bits of its own: one sum adds up them all."""
    return sum(gained << (_LANE * place) for place, gained in enumerate(points))


def _unpacked(rules: RuleSet, packed: int) -> list[int]:
    lanes, bias = _lanes(rules)
    packed += bias  # none is negative then, so none borrows from the next
    return [(packed >> lane & _MASK) - _HALF for lane in lanes]


@lru_cache(maxsize=8)
def _lanes(rules: RuleSet) -> tuple[tuple[int, ...], int]:
    lanes = tuple([_LANE * place for place in range(len(rules.paths))])
    return lanes, sum(_HALF << lane for lane in lanes)


def _counting(
    rules: RuleSet, answers: Answers, view: View, facts: Facts
) -> tuple[list[_Told], list[tuple[int, Reason]]]:
    """All that the answers say, in the order of the questions, and what is not known yet."""
    counting: list[_Told] = []
    open_: list[tuple[int, Reason]] = []
    for question, said, unknown, several in _columns(rules):
        value = view.get(question, NOT_ASKED)
        if value is NOT_ASKED:
            continue
        if isinstance(value, frozenset):
            known = several.get(value)
            if known is None:
                known = several.keep(value, [said[each] for each in said if each in value])
            for of_it in known:
                counting += of_it[0]
                if of_it[1]:
                    counting += _told_sometimes(of_it, facts)
            continue
        if value is None:
            given = answers.get(question)
            value = given if isinstance(given, str) else None
            if value not in said:
                open_ += unknown[value]
                continue
        of_it = said[value]
        counting += of_it[0]
        if of_it[1]:
            counting += _told_sometimes(of_it, facts)
    return counting, open_


def _told_by(said: _Said, facts: Facts) -> Sequence[_Told]:
    return (*said.always, *_told_sometimes(said, facts))


def _told_sometimes(said: _Said, facts: Facts) -> list[_Told]:
    true, can = facts
    return [
        told
        for when, unless, told in said.sometimes
        if (when is None or when(true, can) is True)
        and (unless is None or unless(true, can) is not True)
    ]


def joined(says: str, does: str) -> str:
    """The sentence that a person reads: what they said, and what the path makes of it.

    A second part that begins small goes on in the same sentence.

    >>> joined("Your home is steady", "so you can live there while you get help.")
    'Your home is steady, so you can live there while you get help.'
    """
    if not says:
        return does
    return f"{says}, {does}" if does[:1].islower() else f"{says}. {does}"


@lru_cache(maxsize=8)
def _columns(rules: RuleSet) -> tuple[_Column, ...]:
    order = {question.id: place for place, question in enumerate(rules.questions)}
    tables = sorted(rules.reasons, key=lambda table: order[table.question])
    return tuple(_column(rules, table) for table in tables)


def _column(rules: RuleSet, table: ReasonTable) -> _Column:
    said: dict[str | None, _Said] = {
        answer: _said(rules, table, row, answer) for answer, row in table.rows.items()
    }
    if SKIP in table.rows:  # what was left out counts as skipped
        said[None] = _said(rules, table, table.rows[SKIP], None)
    # An unknown answer matters to the paths that some answer would have moved.
    arguments = [each for row in table.rows.values() for each in row.arguments]
    touched = dict.fromkeys(path for each in arguments for path in each.paths)
    places = _places(rules)
    unknown = {}
    for kind in (UNSURE, SKIP, None):
        reason = arguments and Reason(
            rule=table.id,
            factor=table.factor,
            question=table.question,
            answer=kind,
            because=rules.question_by_id[table.question].why,
            points=0,
            grounds=arguments[0].grounds,
        )
        unknown[kind] = tuple([(places[path], reason) for path in touched if reason])
    return _Column(table.question, said, unknown, Memory())


@lru_cache(maxsize=8)
def _places(rules: RuleSet) -> dict[str, int]:
    return {path.id: place for place, path in enumerate(rules.paths)}


def _said(rules: RuleSet, table: ReasonTable, row: ReasonRow, answer: str | None) -> _Said:
    ready = made_ready(rules)
    always: list[tuple[Argument, Reason]] = []
    sometimes: list[_Sometimes] = []
    for argument in row.arguments:
        reason = Reason(
            rule=table.id,
            factor=table.factor,
            question=table.question,
            answer=answer,
            because=joined(row.says, argument.because),
            points=argument.points,
            grounds=argument.grounds,
            says=row.says,
            does=argument.because,
        )
        if argument.when is None and argument.unless is None:
            always.append((argument, reason))
        else:
            when, unless = (
                None if each is None else ready.test(each)
                for each in (argument.when, argument.unless)
            )
            told = _told(rules, [(argument, reason)])
            sometimes.append(_Sometimes(when, unless, told))
    return _Said((_told(rules, always),) if always else (), tuple(sometimes))


def _told(rules: RuleSet, arguments: Iterable[tuple[Argument, Reason]]) -> _Told:
    places = _places(rules)
    by_place: list[list[Reason]] = [[] for _ in places]
    for argument, reason in arguments:
        for path in argument.paths:
            by_place[places[path]].append(reason)
    packed = _packed(sum(reason.points for reason in reasons) for reasons in by_place)
    return _Told(packed, tuple([tuple(reasons) for reasons in by_place]))
