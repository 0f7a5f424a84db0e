"""How firm the first place is, by trying every answer that is still open.

Why this module exists: a person should know whether the first path is clearly
ahead, or whether it hangs on something that nobody knows yet. A small lead in
points can't tell that; only deciding again with each open answer filled in can.

It must not guess: two open answers at once are left alone, and the result says
that each was tried by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from pathfinder.engine.conditions import Condition
from pathfinder.engine.decide import decide
from pathfinder.engine.decision import Decision
from pathfinder.engine.flow import without
from pathfinder.engine.possible import Alike, alike, possible
from pathfinder.engine.question import NONE, Answer, Answers, Question
from pathfinder.engine.ruleset import RuleSet


class HangsOn(NamedTuple):
    """An open question, and an answer to it that would put another path first."""

    question: str
    answer: Answer
    top: str


class Firmness(NamedTuple):
    """`about_equal`: the paths that fit about as well as the first, the first left out."""

    about_equal: tuple[str, ...]
    hangs_on: tuple[HangsOn, ...]

    @property
    def firm(self) -> bool:
        """No other path is about equal, and no single open answer could change the first."""
        return not self.about_equal and not self.hangs_on


def firmness(rules: RuleSet, answers: Answers, decision: Decision) -> Firmness:
    """How firm the first path of `decision` is. `answers` are those it was made of, checked."""
    first = decision.ranked[0].path
    equal = tuple(entry.path for entry in decision.ranked[1:] if entry.about_equal_to_top)
    view = without(decision.view, decision.assumed)
    open_ = [q for q in rules.questions if q.id in view and view[q.id] is None]
    found = (_hangs_on(rules, answers, question, first) for question in open_)
    return Firmness(equal, tuple(each for each in found if each is not None))


def possible_answers(rules: RuleSet, question: Question) -> Iterator[Answer]:
    """Every answer that could matter: all of a `one` or a scale, and for a `many` each
    choice of the options that some rule tells apart.

    Options that no rule tells apart stand in for one another. Where the choices are
    counted, or a rule asks for two or for all of some, each number of them is tried.
    """
    if question.kind != "many":
        yield from question.answers
        return
    for answer, _ in possible(_told_apart(rules)[question.id]):
        yield NONE if answer == (NONE,) else answer


def _hangs_on(rules: RuleSet, answers: Answers, question: Question, first: str) -> HangsOn | None:
    for answer in possible_answers(rules, question):
        if question.id == rules.scope_question and answer in rules.scope_out:
            continue  # leaves no path: that is another matter than another path
        tried = decide(rules, {**answers, question.id: answer})
        if tried.ranked[0].path != first:
            return HangsOn(question.id, answer, tried.ranked[0].path)
    return None


@lru_cache(maxsize=8)
def _told_apart(rules: RuleSet) -> dict[str, Alike]:
    """For each `many`: which options a condition takes alike and no row argues for or against."""
    leaves = [leaf for condition in _conditions(rules) for leaf in condition.leaves()]
    counted = {each.derived.source for each in rules.questions if each.derived is not None}
    return {
        question.id: alike(
            question.answers,
            [leaf for leaf in leaves if leaf.question == question.id],
            many=True,
            counted=question.id in counted,
            apart=_arguing(rules, question.id),
        )
        for question in rules.questions
        if question.kind == "many"
    }


def _arguing(rules: RuleSet, question: str) -> frozenset[str]:
    """The answers to a question that speak for or against a path."""
    return frozenset(
        row.answer
        for table in rules.reasons
        if table.question == question
        for row in table.rows.values()
        if row.arguments
    )


def _conditions(rules: RuleSet) -> Iterator[Condition]:
    """The conditions that can move a path: of questions, readings, gates and reasons."""
    for question in rules.questions:
        if question.derived is not None and question.derived.when is not None:
            yield question.derived.when
        yield from (reading.when for reading in question.readings)
        if question.ask_when is not None:
            yield question.ask_when
    for gate in rules.gates:
        yield gate.when
        if gate.unless is not None:
            yield gate.unless
    for table in rules.reasons:
        for row in table.rows.values():
            for argument in row.arguments:
                yield from (each for each in (argument.when, argument.unless) if each is not None)
