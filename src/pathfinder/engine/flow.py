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
from pathfinder.engine.ready import Facts, made_ready
from pathfinder.engine.ruleset import RuleSet

_UNKNOWN = frozenset((UNSURE, SKIP))


class Walk(NamedTuple):
    """What each question counts as, and where that is assumed.

    `assumed`: questions that weren't answered and take the answer of another, and those
    of this kind that may not apply at all, since nobody knows yet. `facts`: the view, as
    rules that are ready read it.
    """

    view: dict[str, Value]
    assumed: tuple[str, ...]
    asked: tuple[Question, ...]
    facts: Facts


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
    ready = made_ready(rules)
    view: dict[str, Value] = {}
    asked: list[Question] = []
    assumed: list[str] = []
    waiting: dict[str, list[Question]] = {}
    true = can = 0
    remembered, counts_as = ready.remembered, ready.counts_as
    for question in rules.questions:
        name, derived = question.id, question.derived
        ask_when = ready.ask_when[name]
        applies = True if ask_when is None else ask_when(true, can)
        if applies is False:
            value: Value = NOT_ASKED
            # Not asked, since another question says it already: how often, of one substance.
            if derived is not None and derived.when is not None and derived.when.holds(view):
                value = view.get(derived.source, NOT_ASKED)
        else:
            asked.append(question)
            given = answers.get(name)
            if isinstance(given, list):  # as JSON has it
                given = tuple(given)
            value = None if given is None else counts_as[name].get(given, NOT_ASKED)
            if value is NOT_ASKED:
                value = counts_as[name].keep(given, _value(question.kind, given))
            if derived is None:
                pass
            elif not derived.counts:
                if value is None or applies is None:
                    value = value or _copied(view.get(derived.source))
                    if value is not None:
                        assumed.append(name)
            elif value is None:
                if derived.source in view:
                    value = _counted(question, view)
                else:
                    waiting.setdefault(derived.source, []).append(question)
        view[name] = value
        known = remembered[name].get(value) or ready.of(name, value)
        true |= known[0]
        can |= known[1]
        if waiting and name in waiting:
            for each in waiting[name]:
                view[each.id] = _counted(each, view)
                known = ready.of(each.id, view[each.id])
                # What was unknown till now was neither true nor ruled out.
                can = can & ~ready.of(each.id, None)[1] | known[1]
                true = true & ~ready.of(each.id, None)[0] | known[0]
    return Walk(view, tuple(assumed), tuple(asked), Facts(true, can))


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


def _counted(question: Question, view: View) -> str | None:
    """The answer to `question` by the number of choices that it is derived from, if known."""
    assert question.derived is not None
    chosen = view[question.derived.source]
    if isinstance(chosen, frozenset):
        count = len(chosen - {NONE})
        for least, answer in question.derived.counts:
            if count >= least:
                return answer
    return None


def applicable(rules: RuleSet, answers: Answers) -> tuple[Question, ...]:
    """The questions of the current path: all that apply now, answered or not, in order.

    A question that hangs on something not answered yet counts as applying, so
    the path gets shorter while a person answers and doesn't grow under them.
    An answer that is out of scope ends the path.
    """
    walked = walk(rules, answers)
    path: list[Question] = []
    for question in walked.asked:
        path.append(question)
        if question.id == rules.scope_question and walked.view[question.id] in rules.scope_out:
            break
    return tuple(path)
