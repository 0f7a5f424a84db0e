"""What a person could change in their life, and what that would do to the result.

Why this module exists: "if you had a steady place to sleep" is something to work
on, with help. Only answers that the rule set marks as changeable are ever offered
(`can_change`, `could_be`): never the past, a pregnancy, or what somebody uses. And
nobody in danger hears what their life could be: that waits until they are safe.

It must not become a trick for the quiz: only answers that are known are changed,
only towards what the rule set names, and at most three are told. Each is found
by deciding again, and none is told where a smaller one does the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, product
from typing import Final, Literal, NamedTuple

from pathfinder.engine.decision import Decision
from pathfinder.engine.explain.firmness import tried
from pathfinder.engine.question import Answers, CouldBe, Question
from pathfinder.engine.ruleset import RuleSet

MOST_TOLD: Final = 3
LARGEST: Final = 2
"""More than two changes at once are no plan for a person, so they aren't looked for."""

Effect = Literal["top", "obstacle", "opens"]
_ORDER: Final[tuple[Effect, ...]] = ("top", "obstacle", "opens")


class Change(NamedTuple):
    """Answers that could become others, and the best that would come of it.

    `effect`: "top" puts `path` first; "obstacle" takes something out of the way of
    the first path, which is `path`; "opens" brings back `path`, which is set aside
    and would speak for itself. `told` holds the rule set's own words for each change,
    or None where it has none. `barriers_left`: what would stand before the first path.
    """

    changes: Mapping[str, str]
    told: tuple[str | None, ...]
    effect: Effect
    path: str
    top: str
    barriers_left: tuple[str, ...]


_Outcome = tuple[Effect, str]
_ALL_CLEAR: Final = ""
"""Stands for every barrier at once: two changes together may clear the way that each only eases."""


def would_change(rules: RuleSet, answers: Answers, decision: Decision) -> tuple[Change, ...]:
    """The smallest changes with a result of their own, the most telling first, three at most.

    `answers` are those that `decision` was made of, checked.
    """
    found: dict[_Outcome, Change] = {}
    offers = [] if decision.hold else [o for q in rules.questions if (o := _offers(q, decision))]
    for size in range(1, LARGEST + 1):
        for chosen in _choices(offers, size):
            changes = {question: could.answer for question, could in chosen}
            after = tried(rules, {**answers, **changes})
            if after is None:
                continue
            told = tuple(could.told or None for _, could in chosen)
            for outcome in _outcomes(decision, after):
                # What a smaller change does already stays its own.
                found.setdefault(outcome, _change(changes, told, outcome, after))
    return _most_telling(found.values())


def tried_questions(rules: RuleSet, decision: Decision) -> tuple[str, ...]:
    """The questions with a known answer that another could take the place of."""
    return tuple(question.id for question in rules.questions if _offers(question, decision))


_Offer = tuple[str, CouldBe]


def _offers(question: Question, decision: Decision) -> list[_Offer]:
    """What the answer to a question could become; nothing where it isn't known or can't change."""
    now = decision.view.get(question.id)
    if not question.can_change or not isinstance(now, str):
        return []
    known = question.could_be or _any_better(question, now)
    return [
        (question.id, could)
        for could in known
        if now in could.instead_of
        if could.unless is None or could.unless.holds(decision.view) is False
    ]


def _any_better(question: Question, now: str) -> tuple[CouldBe, ...]:
    """Without words of its own, a scale can only get better, and another answer is any other."""
    answers = question.answers
    others = answers[answers.index(now) + 1 :] if question.kind == "scale" else answers
    return tuple(CouldBe(answer, (now,), "") for answer in others if answer != now)


def _choices(offers: list[list[_Offer]], size: int) -> Iterator[tuple[_Offer, ...]]:
    for questions in combinations(offers, size):
        yield from product(*questions)


def _outcomes(before: Decision, after: Decision) -> Iterator[_Outcome]:
    first, top = before.ranked[0].path, after.ranked[0].path
    stood, stand = _barriers(before), _barriers(after)
    if top != first:
        yield "top", top
    else:
        yield from (("obstacle", barrier) for barrier in stood if barrier not in stand)
        if stood and not stand:
            yield "obstacle", _ALL_CLEAR
    aside = {entry.path for entry in before.set_aside}
    for entry in after.ranked:
        # A path that opens only for every answer to speak against it is no news for a person.
        if entry.path in aside and entry.path != top and entry.points >= 0:
            yield "opens", entry.path


def _change(
    changes: Mapping[str, str], told: tuple[str | None, ...], outcome: _Outcome, after: Decision
) -> Change:
    effect, name = outcome
    top = after.ranked[0].path
    path = top if effect == "obstacle" else name
    return Change(changes, told, effect, path, top, _barriers(after))


def _barriers(decision: Decision) -> tuple[str, ...]:
    return decision.if_not_possible.barriers if decision.if_not_possible else ()


def _most_telling(found: Iterable[Change]) -> tuple[Change, ...]:
    """One change of each kind of thing: the fewest changes first, then the one that does most."""
    told: dict[tuple[str, ...], Change] = {}
    for change in sorted(found, key=lambda c: (len(c.changes), _ORDER.index(c.effect))):
        told.setdefault(tuple(change.changes), change)
    return tuple(told.values())[:MOST_TOLD]
