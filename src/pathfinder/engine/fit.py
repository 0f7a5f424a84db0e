"""Fit points: how well each path suits the answers, with the reasons.

Why this module exists: gates say which paths are safe; among those, this ranks.
Each answer says for and against which paths it speaks, and why in one sentence that
tells its direction, so every point has a reason that can be read aloud.

It must not look at gates or levels of care: that is `decide`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from pathfinder.engine.conditions import NOT_ASKED, View
from pathfinder.engine.decision import Reason
from pathfinder.engine.question import SKIP, UNSURE, Answers, Question
from pathfinder.engine.ready import Facts, Test, made_ready
from pathfinder.engine.rules import Argument, ReasonRow, ReasonTable
from pathfinder.engine.ruleset import RuleSet

_POINTS = attrgetter("points")


class Fit(NamedTuple):
    """The points of one path; what was told for and against it; and what is not known yet."""

    points: int
    told: tuple[Reason, ...]
    unknown: tuple[Reason, ...]

    def for_(self) -> tuple[Reason, ...]:
        """What speaks for the path, strongest first; equals in the order of the questions."""
        return tuple(sorted([r for r in self.told if r.points > 0], key=_POINTS, reverse=True))

    def against(self) -> tuple[Reason, ...]:
        """What speaks against it, strongest first."""
        return tuple(sorted([r for r in self.told if r.points < 0], key=_POINTS))


class _Weight(NamedTuple):
    """What one answer says of one path, by its place among the paths."""

    place: int
    reasons: tuple[Reason, ...]
    points: int


class _Sometimes(NamedTuple):
    """Weights that count where a condition is known to hold."""

    when: Test | None
    unless: Test | None
    weights: tuple[_Weight, ...]


class _Said(NamedTuple):
    """What one answer says: always, and under conditions."""

    always: tuple[_Weight, ...]
    sometimes: tuple[_Sometimes, ...]


class _Column(NamedTuple):
    """One table of reasons, its reasons made once and shared by every decision."""

    question: str
    said: Mapping[str | None, _Said]
    unknown: Mapping[str | None, tuple[tuple[int, Reason], ...]]


def fit_paths(
    rules: RuleSet, answers: Answers, view: View, facts: Facts | None = None
) -> dict[str, Fit]:
    """Points and reasons of every path, safe or not. `answers` tell unsure from skipped.

    `facts`: those of the view, if they are known already.
    """
    told: list[list[Reason]] = [[] for _ in rules.paths]
    open_: list[list[Reason]] = [[] for _ in rules.paths]
    points = [0] * len(told)
    counting, unknown = _counting(rules, answers, view, facts or made_ready(rules).facts(view))
    for place, reasons, gained in counting:
        told[place] += reasons
        points[place] += gained
    for place, reason in unknown:
        open_[place].append(reason)
    return {
        path.id: Fit(gained, tuple(said), tuple(left))
        for path, gained, said, left in zip(rules.paths, points, told, open_, strict=True)
    }


def points_of(rules: RuleSet, answers: Answers, view: View, facts: Facts) -> dict[str, int]:
    """The points of `fit_paths` alone."""
    points = [0] * len(rules.paths)
    for place, _, gained in _counting(rules, answers, view, facts)[0]:
        points[place] += gained
    return {path.id: gained for path, gained in zip(rules.paths, points, strict=True)}


def gains(rules: RuleSet, question: Question, facts: Facts) -> dict[str, dict[str, int]]:
    """What each answer to a question gives each path, of what counts by these facts."""
    gained: dict[str, dict[str, int]] = {answer: {} for answer in question.answers}
    for column in _columns(rules):
        if column.question == question.id:
            for answer, points in gained.items():
                for place, _, more in _weights_of(column.said[answer], facts):
                    path = rules.paths[place].id
                    points[path] = points.get(path, 0) + more
    return gained


def _counting(
    rules: RuleSet, answers: Answers, view: View, facts: Facts
) -> tuple[list[_Weight], list[tuple[int, Reason]]]:
    """All that the answers say, in the order of the questions, and what is not known yet."""
    weights: list[_Weight] = []
    open_: list[tuple[int, Reason]] = []
    for question, said, unknown in _columns(rules):
        value = view.get(question, NOT_ASKED)
        if value is NOT_ASKED:
            continue
        if isinstance(value, frozenset):
            for answer, of_it in said.items():
                if answer in value:
                    weights += _weights_of(of_it, facts)
            continue
        if value is None:
            given = answers.get(question)
            value = given if isinstance(given, str) else None
            if value not in said:
                open_ += unknown[value]
                continue
        weights += _weights_of(said[value], facts)
    return weights, open_


def _weights_of(said: _Said, facts: Facts) -> Sequence[_Weight]:
    always, sometimes = said
    if not sometimes:
        return always
    counting = [*always]
    for when, unless, weights in sometimes:
        if (when is None or when(*facts) is True) and (
            unless is None or unless(*facts) is not True
        ):
            counting += weights
    return counting


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
    return _Column(table.question, said, unknown)


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
            sometimes.append(_Sometimes(when, unless, _weights(rules, [(argument, reason)])))
    return _Said(_weights(rules, always), tuple(sometimes))


def _weights(rules: RuleSet, told: Iterable[tuple[Argument, Reason]]) -> tuple[_Weight, ...]:
    """The reasons by path, in their order."""
    places = _places(rules)
    by_path: dict[int, list[Reason]] = {}
    for argument, reason in told:
        for path in argument.paths:
            by_path.setdefault(places[path], []).append(reason)
    return tuple(
        [
            _Weight(place, tuple(reasons), sum(reason.points for reason in reasons))
            for place, reasons in by_path.items()
        ]
    )
