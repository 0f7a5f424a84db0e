"""What the answers count as, which questions apply, and what alerts and first steps see.

Why this module exists: every way of asking and every way of deciding stands on the same
walk through the questions, so that none can ask, skip or count a question differently. Alerts
and first steps see the answers as they are, and never a reading. Where an answer is assumed
from another, a rule that fires only for that is also a question for a professional.

It must not know how a question is put, or gates and paths. It decides nothing about care.

State is a replay: the answers are kept by question, and the questions that
apply are worked out from the start after every change. An answer to a question
that no longer applies is kept, not used, and comes back with its question.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from pathfinder.engine.conditions import NOT_ASKED, Value, View, questions_in, unknown_in
from pathfinder.engine.decision import ToCheck
from pathfinder.engine.question import NONE, SKIP, UNSURE, Answer, Answers, Question
from pathfinder.engine.ready import Counted, Facts, Memory, Ready, ReadyRules, made_ready
from pathfinder.engine.rules import AlertRule, FirstRule
from pathfinder.engine.ruleset import RuleSet

_R = TypeVar("_R", AlertRule, FirstRule)

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
    given_to = answers.get
    for question, name, derived, ask_when, meant in ready.steps:
        applies = True if ask_when is None else ask_when(true, can)
        if applies is False:
            value: Value = NOT_ASKED
            # Not asked, since another question says it already: how often, of one substance.
            if derived is not None and derived.when is not None and derived.when.holds(view):
                value = view.get(derived.source, NOT_ASKED)
        else:
            asked.append(question)
            try:
                found = meant[given_to(name)]
            except (KeyError, TypeError):
                found = _meant(ready, question, given_to(name), meant)
            value = found[0]
            if derived is None:  # what answers almost all questions
                view[name] = value
                true |= found[1]
                can |= found[2]
                if waiting and name in waiting:
                    true, can = _counted_late(ready, waiting[name], view, true, can)
                continue
            if not derived.counts:
                if value is None or applies is None:
                    # Of what the person may not use at all nothing is taken over.
                    if value is None and (derived.when is None or derived.when.holds(view)):
                        value = _copied(view.get(derived.source))
                    if value is not None:
                        assumed.append(name)
            elif value is None:
                if derived.source in view:
                    value = _counted(question, view)
                else:
                    waiting.setdefault(derived.source, []).append(question)
        view[name] = value
        known = ready.of(name, value)
        true |= known[0]
        can |= known[1]
        if waiting and name in waiting:
            true, can = _counted_late(ready, waiting[name], view, true, can)
    return Walk(view, tuple(assumed), tuple(asked), Facts(true, can))


def _meant(
    ready: ReadyRules,
    question: Question,
    given: Answer | None,
    meant: Memory[Answer | None, Counted],
) -> Counted:
    """What an answer that wasn't met before counts as; a list, as JSON has it, is no key."""
    if isinstance(given, list):
        given = tuple(given)
    found = meant.get(given)
    if found is None:
        value = _value(question.kind, given)
        found = meant.keep(given, (value, *ready.of(question.id, value)))
    return found


def _counted_late(
    ready: ReadyRules, waiting: Sequence[Question], view: dict[str, Value], true: int, can: int
) -> tuple[int, int]:
    """Questions that are counted from one that came after them: in the view, and in the facts."""
    for each in waiting:
        view[each.id] = _counted(each, view)
        known, unknown = ready.of(each.id, view[each.id]), ready.of(each.id, None)
        # What was unknown till now was neither true nor ruled out.
        can = can & ~unknown[1] | known[1]
        true = true & ~unknown[0] | known[0]
    return true, can


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


# --- what alerts and first steps see ----------------------------------------------------


class Sight(NamedTuple):
    """A person as rules see them: `view`, and `plain`, where what is assumed isn't known."""

    ready: ReadyRules
    view: View
    facts: Facts
    plain: View
    plain_facts: Facts
    assumed: tuple[str, ...]


def see(rules: RuleSet, answers: Answers) -> Sight:
    walked = walk(rules, answers)
    ready = made_ready(rules)
    view, facts, assumed = walked.view, walked.facts, walked.assumed
    if not assumed:
        return Sight(ready, view, facts, view, facts, ())
    plain = without(view, assumed)
    return Sight(ready, view, facts, plain, ready.instead(facts, view, plain, assumed), assumed)


def fire(rules: Sequence[Ready[_R]], sight: Sight) -> tuple[list[_R], list[Ready[_R]]]:
    """The rules that fire, and those that an unknown answer leaves open.

    A rule that fires, or is quiet, only for what is assumed is open, too.
    """
    fired: list[_R] = []
    open_: list[Ready[_R]] = []
    facts, plain = sight.facts, sight.plain_facts
    assumed = sight.assumed
    true, may = facts
    can = may | plain.can if assumed else may
    for each in rules:
        rule, needs, _, when, unless = each
        if can & needs != needs:
            continue
        truth = when(true, may)  # as `Ready.truth`
        if truth is not False and unless is not None and unless(true, may) is True:
            truth = False
        surely = each.truth(plain) if assumed else truth
        if truth is True:
            fired.append(rule)
            if surely is not True:
                open_.append(each)
        elif truth is None or surely is not False:
            open_.append(each)
    return fired, open_


def to_check(
    each: Ready[AlertRule] | Ready[FirstRule], effect: str, target: str, sight: Sight
) -> ToCheck:
    """A rule that is open, with the questions that would settle it."""
    rule, named = each.rule, each.named
    (true, can), (sure, may) = sight.facts, sight.plain_facts
    key = (rule.id, true & named, can & named, sure & named, may & named)
    known = sight.ready.open_rules.get(key)
    if known is not None:
        return known
    questions = (
        unknown_in(sight.plain, rule.when, rule.unless)
        or unknown_in(sight.view, rule.when, rule.unless)
        or tuple([n for n in questions_in(rule.when, rule.unless) if n in sight.assumed])
    )
    return sight.ready.open_rules.keep(
        key, ToCheck(rule.id, effect, (target,), questions, rule.check)
    )
