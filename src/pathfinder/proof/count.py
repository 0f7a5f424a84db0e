"""How many sets of answers the quiz can reach: the exact number behind "every".

Why this module exists: "verified" says nothing; the number of people covered does. The
questions are walked in their order. Of what was answered, only that is kept which decides
whether a later question is asked, and people who are alike in that are counted together.

It must not list anybody: there are more sets of answers than grains of sand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from math import comb

from pathfinder.logic import NOT_ASKED, Value, questions_in
from pathfinder.model import NONE, Question, RuleSet

_Kept = frozenset[tuple[str, Value]]


def answer_sets(rules: RuleSet) -> int:
    """Every way to answer all questions that apply, for everybody in scope.

    "Not sure" and "prefer not to say" are two answers of every question. What was left
    out counts as the second for `decide`, so answers files that name less are in it, too.
    """
    ways: dict[_Kept, int] = {frozenset(): 1}
    for place, question in enumerate(rules.questions):
        later = rules.questions[place + 1 :]
        needed = set(questions_in(*(each.ask_when for each in later)))
        needed |= {each.derived.source for each in later if each.derived is not None}
        after: Counter[_Kept] = Counter()
        for kept, count in ways.items():
            view = dict(kept)
            for value, ways_to in _values(rules, question, view, later):
                now = {**view, question.id: value}
                _work_out(rules, question, now)
                after[frozenset((q, v) for q, v in now.items() if q in needed)] += count * ways_to
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
        for answer in question.answers:
            if question.id != rules.scope_question or answer not in rules.scope_out:
                yield answer, 1
        return
    if NONE in question.answers:
        yield frozenset((NONE,)), 1
    free = [answer for answer in question.answers if answer != NONE]
    asked_for = _asked_for(question.id, later)
    named = [answer for answer in free if answer in asked_for]
    rest = [answer for answer in free if answer not in asked_for]
    for size in range(len(named) + 1):
        for some in combinations(named, size):
            for more in range(len(rest) + 1):
                if some or more:
                    yield frozenset((*some, *rest[:more])), comb(len(rest), more)


def _asked_for(question: str, later: Sequence[Question]) -> set[str]:
    """The answers of `question` that a later condition names."""
    return {
        answer
        for each in later
        if each.ask_when is not None
        for leaf in each.ask_when.leaves()
        if leaf.question == question
        for answer in leaf.accepts
    }


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
