"""How many sets of answers the quiz can reach: the exact number behind "every".

Why this module exists: "verified" says nothing; the number of people covered does. The
questions are walked in their order. Of what was answered, only that is kept which decides
whether a later question is asked, and people who are alike in that are counted together.

It must not list anybody (there are more sets of answers than grains of sand), and it must
not guess: what can't be counted in the time is not known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product
from math import comb, prod

from pathfinder.engine.conditions import NOT_ASKED, Value, questions_in
from pathfinder.engine.question import NONE, Question
from pathfinder.engine.ruleset import RuleSet
from pathfinder.ruletools.verify.deadline import Deadline, Undecided

_MOST_KINDS = 200_000
"""Kinds of people who are told apart at once. Beyond this, memory would run out first."""

_Kept = frozenset[tuple[str, Value]]


def answer_sets(rules: RuleSet, deadline: Deadline | None = None) -> int:
    """Every way to answer all questions that apply, for everybody in scope.

    "Not sure" and "prefer not to say" are two answers of every question. What was left
    out counts as the second for `decide`, so answers files that name less are in it, too.
    Raises Undecided when the time, or the memory, doesn't suffice.
    """
    clock = deadline or Deadline(None)
    ways: dict[_Kept, int] = {frozenset(): 1}
    for place, question in enumerate(rules.questions):
        later = rules.questions[place + 1 :]
        needed = set(questions_in(*(each.ask_when for each in later)))
        needed |= {each.derived.source for each in later if each.derived is not None}
        after: Counter[_Kept] = Counter()
        for kept, count in ways.items():
            view = dict(kept)
            for value, ways_to in _values(rules, question, view, later):
                clock.milliseconds()
                now = {**view, question.id: value}
                _work_out(rules, question, now)
                after[frozenset((q, v) for q, v in now.items() if q in needed)] += count * ways_to
                if len(after) > _MOST_KINDS:
                    raise Undecided
        ways = dict(after)
    return sum(ways.values())


def _values(
    rules: RuleSet, question: Question, view: dict[str, Value], later: Sequence[Question]
) -> Iterator[tuple[Value, int]]:
    """What the question may count as, and in how many ways. Who is alike later is one."""
    if question.ask_when is not None and question.ask_when.holds(view) is False:
        yield NOT_ASKED, 1
        return
    yield None, 2
    if question.kind != "many":
        out = rules.scope_out if question.id == rules.scope_question else ()
        answers = [answer for answer in question.answers if answer not in out]
        for group in _alike(question, later, answers):
            yield group[0], len(group)
        return
    if NONE in question.answers:
        yield frozenset((NONE,)), 1
    groups = _alike(question, later, [each for each in question.answers if each != NONE])
    counted = any(each.derived and each.derived.source == question.id for each in rules.questions)
    for chosen in product(*(_sizes(len(group), counted=counted) for group in groups)):
        if any(size for size, _ in chosen):
            some = zip(groups, chosen, strict=True)
            value = frozenset(answer for group, (size, _) in some for answer in group[:size])
            yield value, prod(ways for _, ways in chosen)


def _alike(
    question: Question, later: Sequence[Question], answers: Sequence[str]
) -> list[list[str]]:
    """The answers, those together that no later condition tells apart.

    `alone` asks for one answer, so that this one is in a group of its own.
    """
    leaves = [
        leaf
        for each in later
        if each.ask_when is not None
        for leaf in each.ask_when.leaves()
        if leaf.question == question.id
    ]
    groups: dict[tuple[object, ...], list[str]] = {}
    for answer in answers:
        groups.setdefault(tuple(answer in leaf.accepts for leaf in leaves), []).append(answer)
    return list(groups.values())


def _sizes(group: int, *, counted: bool) -> list[tuple[int, int]]:
    """How many of a group may stand for the rest, and in how many ways each comes about.

    Unless they are `counted` for an answer that is worked out, one stands for any number.
    """
    if counted:
        return [(size, comb(group, size)) for size in range(group + 1)]
    return [(0, 1), (1, 2**group - 1)]


def _work_out(rules: RuleSet, question: Question, view: dict[str, Value]) -> None:
    """Fill in what is derived from `question`, or `question` itself, if it is derived."""
    for each in rules.questions:
        derived = each.derived
        if derived is None or view.get(each.id, NOT_ASKED) is not None:
            continue
        chosen = view.get(derived.source)
        if question.id in (each.id, derived.source) and isinstance(chosen, frozenset):
            number = len(chosen - {NONE})
            found = (answer for least, answer in derived.counts if number >= least)
            view[each.id] = next(found, None)
