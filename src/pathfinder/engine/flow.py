"""What the answers count as, and which questions apply: one walk from the start.

Why this module exists: every way of asking and every way of deciding stands on the same
walk through the questions, so that none can ask, skip or count a question differently.

It must not know how a question is put. It decides nothing about care.

State is a replay: the answers are kept by question, and the questions that
apply are worked out from the start after every change. An answer to a question
that no longer applies is kept, not used, and comes back with its question.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pathfinder.engine.conditions import NOT_ASKED, Value, View
from pathfinder.engine.question import NONE, SKIP, UNSURE, Answer, Answers, Question
from pathfinder.engine.ruleset import RuleSet

_UNKNOWN = frozenset((UNSURE, SKIP))


class Walk(NamedTuple):
    """What each question counts as, and where that is assumed.

    `assumed`: questions that weren't answered and take the answer of another, and those
    of this kind that may not apply at all, since nobody knows yet.
    """

    view: dict[str, Value]
    assumed: tuple[str, ...]
    asked: tuple[Question, ...]


def view_of(rules: RuleSet, answers: Answers) -> dict[str, Value]:
    """What each question counts as, the questions walked in their order from the start.

    `NOT_ASKED` for a question that doesn't apply, `None` for an unknown answer,
    an id for `one` and `scale`, a frozenset of ids for `many`. A derived answer
    stands in for an unknown one as soon as the question it is derived from has
    been walked; questions before that point see the unknown answer.
    """
    return walk(rules, answers).view


def walk(rules: RuleSet, answers: Answers) -> Walk:
    """`view_of`, with what was assumed and which questions apply."""
    view: dict[str, Value] = {}
    asked: list[Question] = []
    assumed: list[str] = []
    waiting: dict[str, list[Question]] = {}
    for question in rules.questions:
        ask_when, derived = question.ask_when, question.derived
        applies = True if ask_when is None else ask_when.holds(view)
        if applies is False:
            view[question.id] = NOT_ASKED
            # Not asked, since another question says it already: how often, of one substance.
            if derived is not None and derived.when is not None and derived.when.holds(view):
                view[question.id] = view.get(derived.source, NOT_ASKED)
            continue
        asked.append(question)
        value = view[question.id] = _value(question.kind, answers.get(question.id))
        if derived is not None and not derived.counts:
            if value is None or applies is None:
                value = view[question.id] = value or _copied(view.get(derived.source))
                if value is not None:
                    assumed.append(question.id)
        elif derived is not None and value is None:
            if derived.source in view:
                _count(question, view)
            else:
                waiting.setdefault(derived.source, []).append(question)
        if waiting and question.id in waiting:
            for each in waiting[question.id]:
                _count(each, view)
    return Walk(view, tuple(assumed), tuple(asked))


def without(view: View, assumed: Sequence[str]) -> View:
    """The view with assumed answers left unknown."""
    return {**view, **dict.fromkeys(assumed)} if assumed else view


def _copied(value: Value) -> Value:
    return None if value is NOT_ASKED else value


def _value(kind: str, answer: Answer | None) -> Value:
    if answer is None:
        return None
    if kind != "many":
        return None if not isinstance(answer, str) or answer in _UNKNOWN else answer
    chosen = frozenset((answer,) if isinstance(answer, str) else answer)
    return None if not chosen or not chosen.isdisjoint(_UNKNOWN) else chosen


def _count(question: Question, view: dict[str, Value]) -> None:
    """Fill in the answer of `question` by counting the choices it is derived from."""
    assert question.derived is not None
    chosen = view[question.derived.source]
    if not isinstance(chosen, frozenset):
        return
    count = len(chosen - {NONE})
    for least, answer in question.derived.counts:
        if count >= least:
            view[question.id] = answer
            return


def applicable(rules: RuleSet, answers: Answers) -> tuple[Question, ...]:
    """The questions of the current path: all that apply now, answered or not, in order.

    A question that hangs on something not answered yet counts as applying, so
    the path gets shorter while a person answers and doesn't grow under them.
    An answer that is out of scope ends the path.
    """
    view, _, asked = walk(rules, answers)
    path: list[Question] = []
    for question in asked:
        path.append(question)
        if question.id == rules.scope_question and view[question.id] in rules.scope_out:
            break
    return tuple(path)
