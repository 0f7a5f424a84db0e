"""Whether a condition can hold, and whether it can fail, over all answers that matter to it.

Why this module exists: a rule that can never fire protects nobody, and one that always
fires decides nothing. Both look right when they are read alone. The questions that a
condition names, and those that decide whether they are asked, are tried with every
answer that makes a difference, by the interview's own walk.

It must not look at more than one rule's questions: `rules verify` does that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import prod
from operator import is_
from typing import Final, NamedTuple, Never, TypeAlias

from pathfinder.engine.conditions import (
    NOT_ASKED,
    Condition,
    Leaf,
    NoneOf,
    Truth,
    View,
    fires,
    questions_in,
)
from pathfinder.engine.flow import view_of
from pathfinder.engine.possible import adding_up, alike, how_many, possible
from pathfinder.engine.question import NONE, UNSURE, Answer, Question
from pathfinder.engine.ruleset import RuleSet

MOST: Final = 20_000
"""Sets of answers that are tried at the most. Beyond that nothing is said."""

_MOST_ANSWERS: Final = 20_000
"""Answers to one question that are looked at, at the most."""


_Counts: TypeAlias = tuple[tuple[int, str], ...]
"""What another question is counted to from this one: so many answers at least, and what then."""

_Kinds: TypeAlias = list[tuple[Answer, tuple[Truth, ...]]]
"""Answers, each with what some leaves come to by it."""


class Satisfiability(NamedTuple):
    """What a condition comes to over all answers; None: too many to try.

    `can_fail`: it is false for somebody to whom all its questions are put.
    """

    can_hold: bool | None
    can_fail: bool | None


class Satisfier:
    """Tries conditions on the questions of one rule set. What was tried is kept."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        # Only the walk is asked, so of each part of the set nothing but its questions is made
        # ready: all rules once for each condition would grow with the square of their number.
        nothing: tuple[Never, ...] = ()
        self._questions_alone = rules._replace(
            alert_rules=nothing,
            first_rules=nothing,
            gates=nothing,
            reasons=nothing,
            support_rules=nothing,
            note_rules=nothing,
            move_rules=nothing,
            barriers=nothing,
            steps=nothing,
            paths=nothing,
        )
        self._small: dict[tuple[frozenset[str], bool], RuleSet] = {}
        self._kinds: dict[tuple[str, tuple[Leaf, ...], tuple[_Counts, ...]], _Kinds] = {}
        self._known: dict[tuple[Condition, Condition | None, bool, bool], Satisfiability] = {}

    def outcomes(
        self,
        when: Condition,
        unless: Condition | None = None,
        *,
        asks: bool = False,
        all_asked: bool = False,
    ) -> Satisfiability:
        """What "WHEN, unless UNLESS" comes to.

        `asks`: it is an `ask_when`, which holds also while it is unknown. `all_asked`: as if
        every question were put to everybody.
        """
        key = (when, unless, asks, all_asked)
        if key not in self._known:
            self._known[key] = self._tried(*key)
        return self._known[key]

    def same(
        self, one: tuple[Condition, Condition | None], other: tuple[Condition, Condition | None]
    ) -> bool:
        """Whether two rules fire for exactly the same answers; False if there are too many."""
        parts = [(part, True) for part in (*one, *other) if part is not None]
        views = self.views(parts)
        return views is not None and all(fires(*one, view) is fires(*other, view) for view in views)

    def views(
        self, wanted: Sequence[tuple[Condition, bool]], *, all_asked: bool = False
    ) -> Iterator[View] | None:
        """Every set of answers that any of the conditions tells apart; None if too many.

        `wanted`: each condition, and whether the sets that are likely to make it hold come
        first, or those that make it fail. A condition is tried until somebody is found, so
        the order alone decides how long that takes.
        """
        small = self._of_these(self._concerned([each for each, _ in wanted], all_asked), all_asked)
        questions = small.questions
        asked = [(each.ask_when, True) for each in questions if each.ask_when is not None]
        leaves = [each for condition in (*wanted, *asked) for each in _leaves(*condition)]
        choices = [self._choices(question, leaves, questions) for question in questions]
        if any(not each for each in choices) or prod(map(len, choices)) > MOST:
            return None
        names = [question.id for question in questions]
        return (
            view_of(small, dict(zip(names, answers, strict=True)))
            for answers in _likeliest_first(choices)
        )

    def _of_these(self, names: frozenset[str], all_asked: bool) -> RuleSet:
        """The rule set with these questions alone. Conditions of one file share them."""
        if (names, all_asked) not in self._small:
            questions = tuple(
                question._replace(ask_when=None) if all_asked else question
                for question in self.rules.questions
                if question.id in names
            )
            small = self._questions_alone._replace(questions=questions)
            self._small[names, all_asked] = small
        return self._small[names, all_asked]

    def _tried(
        self, when: Condition, unless: Condition | None, asks: bool, all_asked: bool
    ) -> Satisfiability:
        for_, but = [(when, True)], [(when, False)]
        if unless is not None:
            for_, but = [*for_, (unless, False)], [*but, (unless, True)]
        likely, unlikely = (self.views(each, all_asked=all_asked) for each in (for_, but))
        if likely is None or unlikely is None:
            return Satisfiability(None, None)
        holding = (True, None) if asks else (True,)
        named = questions_in(when, unless)
        return Satisfiability(
            can_hold=any(fires(when, unless, view) in holding for view in likely),
            can_fail=any(
                fires(when, unless, view) is False
                and all(view[name] is not NOT_ASKED for name in named)
                for view in unlikely
            ),
        )

    def _choices(
        self,
        question: Question,
        leaves: Sequence[tuple[Leaf, bool]],
        questions: Sequence[Question],
    ) -> list[Answer]:
        """One answer of each kind that the leaves tell apart, those that suit most of them first.

        `leaves`: each with whether it is to hold or to fail. Empty: there would be too many.
        """
        copies = {each.id for each in questions if _copies(each, question)}
        own = [each for each in leaves if each[0].question in (question.id, *copies)]
        many = question.kind == "many"
        counts = tuple(
            each.derived.counts
            for each in questions
            if many and each.derived is not None and each.derived.source == question.id
            if each.derived.counts
        )
        key = question.id, tuple(leaf for leaf, _ in own), counts
        if key not in self._kinds:
            self._kinds[key] = _kinds(question, key[1], counts)
        suits = [wanted for _, wanted in own]
        return [
            answer
            for answer, truths in sorted(
                self._kinds[key], key=lambda kind: -sum(map(is_, kind[1], suits))
            )
        ]

    def _concerned(self, conditions: Sequence[Condition], all_asked: bool) -> frozenset[str]:
        """The questions that the conditions name, and those that decide on these."""
        waiting = list(questions_in(*conditions))
        concerned: set[str] = set()
        while waiting:
            question = self.rules.question_by_id.get(waiting.pop())
            if question is None or question.id in concerned:
                continue
            concerned.add(question.id)
            if not all_asked:
                waiting += questions_in(question.ask_when)
            if question.derived is not None:
                waiting += (question.derived.source, *questions_in(question.derived.when))
        return frozenset(concerned)


def _likeliest_first(choices: Sequence[Sequence[Answer]]) -> Iterator[tuple[Answer, ...]]:
    """Every way to take one of each, those first that take the fewest steps down the lists."""
    last = [len(each) - 1 for each in choices]
    for steps in range(sum(last) + 1):
        for places in adding_up(last, steps):
            yield tuple(each[place] for each, place in zip(choices, places, strict=True))


def _leaves(condition: Condition, wanted: bool) -> Iterator[tuple[Leaf, bool]]:
    """Each leaf, and whether it is to hold where the condition is `wanted`."""
    if isinstance(condition, Leaf):
        yield condition, wanted
    else:
        below = wanted is not isinstance(condition, NoneOf)
        for part in condition.parts:
            yield from _leaves(part, below)


def _kinds(question: Question, leaves: Sequence[Leaf], counts: Sequence[_Counts]) -> _Kinds:
    """One answer of each kind that the leaves tell apart, with what they come to by it; "not sure"
    is the last. Empty: there would be too many."""
    many = question.kind == "many"
    told = alike(question.answers, leaves, many=many, counted=bool(counts))
    if how_many(told) > _MOST_ANSWERS:
        return []
    kinds: dict[tuple[tuple[Truth, ...], tuple[str, ...]], tuple[str, ...]] = {}
    for answer, _ in possible(told):
        value = frozenset(answer) if many else answer[0]
        truths = tuple(leaf.holds({leaf.question: value}) for leaf in leaves)
        size = len(frozenset(answer) - {NONE})
        counted = tuple(next((a for least, a in each if size >= least), "") for each in counts)
        kinds.setdefault((truths, counted), answer)
    if not kinds:
        return []
    answers: _Kinds = [
        (answer if many else answer[0], truths) for (truths, _), answer in kinds.items()
    ]
    return [*answers, (UNSURE, ())]


def _copies(question: Question, source: Question) -> bool:
    """Whether an answer to `source` may stand in for one to `question`."""
    derived = question.derived
    return derived is not None and derived.source == source.id and not derived.counts
