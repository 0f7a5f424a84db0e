"""Fit points: how well each path suits the answers, with the reasons.

Why this module exists: gates say which paths are safe; among those, this ranks.
Each answer says for and against which paths it speaks, and why in one sentence that
tells its direction, so every point has a reason that can be read aloud.

It must not look at gates or levels of care: that is `decide`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from pathfinder.engine.conditions import NOT_ASKED, Condition, View
from pathfinder.engine.decision import Reason
from pathfinder.engine.question import SKIP, UNSURE, Answers, Question
from pathfinder.engine.rules import Argument, ReasonRow, ReasonTable
from pathfinder.engine.ruleset import RuleSet


class Fit(NamedTuple):
    """The points of one path; what was told for and against it; and what is not known yet."""

    points: int
    told: tuple[Reason, ...]
    unknown: tuple[Reason, ...]

    def for_(self) -> tuple[Reason, ...]:
        """What speaks for the path, strongest first; equals in the order of the questions."""
        return tuple(sorted((r for r in self.told if r.points > 0), key=_strength))

    def against(self) -> tuple[Reason, ...]:
        """What speaks against it, strongest first."""
        return tuple(sorted((r for r in self.told if r.points < 0), key=_strength))


_Weights = tuple[tuple[str, Reason], ...]
"""What one answer says about the paths: (path id, reason)."""


class _Sometimes(NamedTuple):
    """Weights that count where a condition is known to hold."""

    when: Condition | None
    unless: Condition | None
    weights: _Weights


class _Told(NamedTuple):
    """What one answer says: always, and under conditions."""

    always: _Weights
    sometimes: tuple[_Sometimes, ...]


class _Column(NamedTuple):
    """One table of reasons, its reasons made once and shared by every decision."""

    question: str
    told: Mapping[str | None, _Told]
    unknown: Mapping[str | None, _Weights]


def fit_paths(rules: RuleSet, answers: Answers, view: View) -> dict[str, Fit]:
    """Points and reasons of every path, safe or not. `answers` tell unsure from skipped."""
    told: dict[str, list[Reason]] = {path.id: [] for path in rules.paths}
    open_: dict[str, list[Reason]] = {path.id: [] for path in rules.paths}
    for column in _columns(rules):
        value = view.get(column.question, NOT_ASKED)
        if value is NOT_ASKED:
            continue
        if value is None:
            given = answers.get(column.question)
            kind = given if isinstance(given, str) else None
            if kind in column.told:
                _tell(column.told[kind], view, told)
            else:
                for path, reason in column.unknown[kind]:
                    open_[path].append(reason)
        elif isinstance(value, str):
            _tell(column.told[value], view, told)
        else:
            for answer, said in column.told.items():
                if answer in value:
                    _tell(said, view, told)
    return {
        path: Fit(sum([r.points for r in reasons]), tuple(reasons), tuple(open_[path]))
        for path, reasons in told.items()
    }


def gains(rules: RuleSet, question: Question, view: View) -> dict[str, dict[str, int]]:
    """What each answer to a question gives each path, of what counts in this view."""
    gained: dict[str, dict[str, int]] = {answer: {} for answer in question.answers}
    for column in _columns(rules):
        if column.question == question.id:
            for answer, points in gained.items():
                for weights in _counting(column.told[answer], view):
                    for path, reason in weights:
                        points[path] = points.get(path, 0) + reason.points
    return gained


def _counting(said: _Told, view: View) -> Iterator[_Weights]:
    """What counts of that which one answer says."""
    yield said.always
    for some in said.sometimes:
        if some.when is None or some.when.holds(view) is True:
            if some.unless is not None and some.unless.holds(view) is True:
                continue
            yield some.weights


def _tell(said: _Told, view: View, told: dict[str, list[Reason]]) -> None:
    for weights in _counting(said, view):
        for path, reason in weights:
            told[path].append(reason)


def _strength(reason: Reason) -> int:
    return -abs(reason.points)


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
    question = rules.question_by_id[table.question]
    told: dict[str | None, _Told] = {
        answer: _told(table, row) for answer, row in table.rows.items()
    }
    if SKIP in told:  # what was left out counts as skipped
        told[None] = _left_out(told[SKIP])
    # An unknown answer matters to the paths that some answer would have moved.
    arguments = [each for row in table.rows.values() for each in row.arguments]
    touched = dict.fromkeys(path for each in arguments for path in each.paths)
    unknown = {
        kind: tuple(
            (
                path,
                Reason(
                    rule=table.id,
                    factor=table.factor,
                    question=table.question,
                    answer=kind,
                    because=question.why,
                    points=0,
                    grounds=arguments[0].grounds,
                ),
            )
            for path in touched
        )
        for kind in (UNSURE, SKIP, None)
    }
    return _Column(table.question, told, unknown)


def _told(table: ReasonTable, row: ReasonRow) -> _Told:
    always: list[tuple[str, Reason]] = []
    sometimes: list[_Sometimes] = []
    for argument in row.arguments:
        weights = _weights(table, row, argument)
        if argument.when is None and argument.unless is None:
            always += weights
        else:
            sometimes.append(_Sometimes(argument.when, argument.unless, weights))
    return _Told(tuple(always), tuple(sometimes))


def _weights(table: ReasonTable, row: ReasonRow, argument: Argument) -> _Weights:
    reason = Reason(
        rule=table.id,
        factor=table.factor,
        question=table.question,
        answer=row.answer,
        because=joined(row.says, argument.because),
        points=argument.points,
        grounds=argument.grounds,
        says=row.says,
        does=argument.because,
    )
    return tuple((path, reason) for path in argument.paths)


def _left_out(told: _Told) -> _Told:
    def without_answer(weights: _Weights) -> _Weights:
        return tuple((path, reason._replace(answer=None)) for path, reason in weights)

    sometimes = tuple(
        each._replace(weights=without_answer(each.weights)) for each in told.sometimes
    )
    return _Told(without_answer(told.always), sometimes)
