"""Fit points: how well each path suits the answers, with the reasons.

Why this module exists: gates say which paths are safe; among those, this ranks.
Points come from tables in the rule files, one row an answer, so every point has
a reason that can be read aloud.

It must not look at gates or levels of care: that is `decide`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from pathfinder.engine.conditions import NOT_ASKED, View
from pathfinder.engine.decision import Reason
from pathfinder.engine.question import SKIP, UNSURE, Answers
from pathfinder.engine.rules import FitTable
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


class _Column(NamedTuple):
    """One fit table, with its reasons made once and shared by every decision."""

    question: str
    weights: Mapping[str | None, _Weights]
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
            if kind in column.weights:
                for path, reason in column.weights[kind]:
                    told[path].append(reason)
            else:
                for path, reason in column.unknown[kind]:
                    open_[path].append(reason)
        elif isinstance(value, str):
            for path, reason in column.weights[value]:
                told[path].append(reason)
        else:
            for answer, weights in column.weights.items():
                if answer in value:
                    for path, reason in weights:
                        told[path].append(reason)
    return {
        path: Fit(sum([r.points for r in reasons]), tuple(reasons), tuple(open_[path]))
        for path, reasons in told.items()
    }


def _strength(reason: Reason) -> int:
    return -abs(reason.points)


@lru_cache(maxsize=8)
def _columns(rules: RuleSet) -> tuple[_Column, ...]:
    order = {question.id: place for place, question in enumerate(rules.questions)}
    tables = sorted(rules.fit, key=lambda table: order[table.question])
    return tuple(_column(rules, table) for table in tables)


def _column(rules: RuleSet, table: FitTable) -> _Column:
    question = rules.question_by_id[table.question]
    weights: dict[str | None, _Weights] = {
        answer: tuple(
            (
                path,
                Reason(
                    rule=table.id,
                    factor=table.factor,
                    question=table.question,
                    answer=answer,
                    because=row.because,
                    points=points,
                    grounds=row.grounds,
                ),
            )
            for path, points in row.points.items()
            if points
        )
        for answer, row in table.rows.items()
    }
    if SKIP in weights:  # what was left out counts as skipped
        weights[None] = tuple((path, told._replace(answer=None)) for path, told in weights[SKIP])
    # An unknown answer matters to the paths that some answer would have moved.
    touched = dict.fromkeys(path for told in weights.values() for path, _ in told)
    grounds = next((row.grounds for row in table.rows.values() if row.points), None)
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
                    grounds=grounds,
                ),
            )
            for path in touched
            if grounds is not None
        )
        for kind in (UNSURE, SKIP, None)
    }
    return _Column(table.question, weights, unknown)
