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

from pathfinder.engine.conditions import NOT_ASKED, Value, questions_in
from pathfinder.engine.possible import alike, possible
from pathfinder.engine.question import NONE, Question
from pathfinder.engine.ruleset import RuleSet
from pathfinder.ruletools.verify.solver import Deadline, Undecided

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
    many = question.kind == "many"
    out = rules.scope_out if question.id == rules.scope_question else ()
    leaves = [
        leaf
        for each in later
        if each.ask_when is not None
        for leaf in each.ask_when.leaves()
        if leaf.question == question.id
    ]
    told = alike(
        [answer for answer in question.answers if answer not in out],
        leaves,
        many=many,
        counted=question.id in {each.derived.source for each in rules.questions if each.derived},
    )
    for answer, ways in possible(told):
        yield frozenset(answer) if many else answer[0], ways


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
