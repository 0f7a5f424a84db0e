"""What no case reaches: rules, answers, and paths.

Why this module exists: a rule that fired for no person in `cases/` can be turned around
without a test that fails. What hasn't been tried is named, so that it can be.

It must not judge whether a case holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pathfinder.engine.conditions import NOT_ASKED, Value
from pathfinder.engine.question import Question
from pathfinder.engine.ruleset import RuleSet
from pathfinder.ruletools.cases.expectations import Judged
from pathfinder.ruletools.cases.fired import at_work

NOT_KNOWN = "not known"
"""Stands for unsure, prefer not to say and left out: one answer of every question."""


class Reached(NamedTuple):
    """One kind of thing: all there are, and those that some case reaches."""

    kind: str
    every: tuple[str, ...]
    reached: frozenset[str]

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(name for name in self.every if name not in self.reached)

    @property
    def percent(self) -> float:
        return 100 * len(self.reached) / len(self.every) if self.every else 100.0


def coverage(rules: RuleSet, judged: Iterable[Judged]) -> tuple[Reached, ...]:
    """Rules, answers, first paths and ranked paths, with what the cases reach of each.

    A rule is reached where it fires (a reading: where it is used). An answer is reached
    where it counts: given or counted from other answers, to a question that applies.
    """
    rules_hit: set[str] = set()
    answers_hit: set[str] = set()
    first: set[str] = set()
    ranked: set[str] = set()
    for each in judged:
        if each.decision is None:
            continue
        view = each.decision.view
        work = at_work(rules, view)
        rules_hit |= work.fired | work.readings
        answers_hit.update(_answers_in(view))
        first.update(entry.path for entry in each.decision.ranked[:1])
        ranked.update(entry.path for entry in each.decision.ranked)
    paths = tuple(rules.path_by_id)
    return (
        Reached("rules", _every_rule(rules), frozenset(rules_hit)),
        Reached("answers", _every_answer(rules.questions), frozenset(answers_hit)),
        Reached("first paths", paths, frozenset(first)),
        Reached("ranked paths", paths, frozenset(ranked)),
    )


def _every_rule(rules: RuleSet) -> tuple[str, ...]:
    readings = [reading.id for question in rules.questions for reading in question.readings]
    return (*(rule.id for rule in rules.every_rule), *readings)


def _every_answer(questions: Iterable[Question]) -> tuple[str, ...]:
    return tuple(
        f"{question.id}: {answer}"
        for question in questions
        for answer in (*question.answers, NOT_KNOWN)
    )


def _answers_in(view: Mapping[str, Value]) -> Iterable[str]:
    for question, value in view.items():
        if value is NOT_ASKED:
            continue
        if value is None:
            yield f"{question}: {NOT_KNOWN}"
        elif isinstance(value, str):
            yield f"{question}: {value}"
        else:
            yield from (f"{question}: {answer}" for answer in value)
