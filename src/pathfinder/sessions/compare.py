"""Two sittings of one person, or one under two rule sets: what is different, and by which answer.

Why this module exists: weeks later a counselor wants to see what has changed in a
life, and what that did to the recommendation. Where the rules changed too, the two
causes must not be mixed up. And where a dozen answers changed, they ask which of them brought
the higher level: each is tried by itself, and beside the others where it does nothing alone.

It must not hold a rule of its own, or know how an effect is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pathfinder.engine.decide import decide
from pathfinder.engine.question import Answer
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages.phrases import worked_out
from pathfinder.sessions.model import Given


class AnswerChange(NamedTuple):
    """`before` or `after` is None where there was no answer."""

    question: str
    before: Answer | None
    after: Answer | None


class Lists(NamedTuple):
    """Ids that came and ids that went, and those that stayed."""

    came: tuple[str, ...]
    went: tuple[str, ...]
    stayed: tuple[str, ...]


class RankChange(NamedTuple):
    """Where a path stood and stands: its rank from 1, or None where it was set aside."""

    path: str
    before: int | None
    after: int | None


class SessionDifference(NamedTuple):
    """What is different between two sittings. `level` and `top`: before and after; None is none.

    `counted`: answers that were worked out from others, before and after.
    """

    answers: tuple[AnswerChange, ...]
    level: tuple[str | None, str | None]
    top: tuple[str | None, str | None]
    first: Lists
    alerts: Lists
    places: tuple[RankChange, ...]
    counted: tuple[Mapping[str, str], Mapping[str, str]] = ({}, {})

    @property
    def nothing(self) -> bool:
        return not self.answers and not self.result_changed

    @property
    def decides(self) -> bool:
        """Whether level, first path, first steps or alerts are other ones."""
        lists = (*self.first.came, *self.first.went, *self.alerts.came, *self.alerts.went)
        return bool(lists) or self.level[0] != self.level[1] or self.top[0] != self.top[1]

    @property
    def result_changed(self) -> bool:
        return self.decides or bool(self.moved)

    @property
    def moved(self) -> tuple[RankChange, ...]:
        """The paths that stand elsewhere now."""
        return tuple(place for place in self.places if place.before != place.after)


def difference(
    rules: RuleSet,
    before: tuple[Mapping[str, Answer], Given],
    after: tuple[Mapping[str, Answer], Given],
) -> SessionDifference:
    """What is different between two pairs of answers and decision.

    `rules` gives the order of questions; a question that it doesn't know comes last.
    """
    (old_answers, old), (new_answers, new) = before, after
    order = {question.id: place for place, question in enumerate(rules.questions)}
    questions = sorted({*old_answers, *new_answers}, key=lambda id_: (order.get(id_, 999), id_))
    ranks = _ranks(old), _ranks(new)
    paths = list(dict.fromkeys((*ranks[1], *ranks[0])))
    counted = worked_out(rules, old_answers), worked_out(rules, new_answers)
    questions = [*questions, *(id_ for id_ in {**counted[0], **counted[1]} if id_ not in questions)]
    return SessionDifference(
        answers=tuple(
            AnswerChange(question, old_answers.get(question), new_answers.get(question))
            for question in questions
            if _set(old_answers.get(question)) != _set(new_answers.get(question))
            or counted[0].get(question) != counted[1].get(question)
        ),
        counted=counted,
        level=(old["safe_level"], new["safe_level"]),
        top=(top(old), top(new)),
        first=_lists(_ids(old, "first"), _ids(new, "first")),
        alerts=_lists(_ids(old, "alerts"), _ids(new, "alerts")),
        places=tuple(RankChange(path, ranks[0].get(path), ranks[1].get(path)) for path in paths),
    )


def top(given: Given) -> str | None:
    """The path that a decision puts first; None under 18."""
    ranked = given["ranked"]
    return ranked[0]["path"] if ranked else None


def _set(answer: Answer | None) -> frozenset[str] | None:
    if answer is None:
        return None
    return frozenset((answer,) if isinstance(answer, str) else answer)


def _ranks(given: Given) -> dict[str, int]:
    return {entry["path"]: rank for rank, entry in enumerate(given["ranked"], start=1)}


def _ids(given: Given, key: str) -> list[str]:
    return [entry["id"] for entry in given[key]]


def _lists(before: list[str], after: list[str]) -> Lists:
    return Lists(_without(after, before), _without(before, after), _within(after, before))


def _without(ids: Iterable[str], others: list[str]) -> tuple[str, ...]:
    return tuple(id_ for id_ in ids if id_ not in others)


def _within(ids: Iterable[str], others: list[str]) -> tuple[str, ...]:
    return tuple(id_ for id_ in ids if id_ in others)


class AnswerEffect(NamedTuple):
    """What one changed answer did. `alone`: by itself, as all else was; else beside the others."""

    question: str
    alone: bool
    did: SessionDifference


def effects(
    rules: RuleSet,
    before: Mapping[str, Answer],
    after: Mapping[str, Answer],
    changes: Sequence[AnswerChange],
) -> tuple[AnswerEffect, ...]:
    """The changes that did something to level, first path, first steps or alerts, in their order.

    Both sets of answers are decided with the same rules, so that these are no second cause.
    """
    found: list[AnswerEffect] = []
    for change in changes:
        alone = _difference(rules, before, _with(before, change.question, change.after))
        if alone.decides:
            found.append(AnswerEffect(change.question, True, alone))
            continue
        beside = _difference(rules, _with(after, change.question, change.before), after)
        if beside.decides:
            found.append(AnswerEffect(change.question, False, beside))
    return tuple(found)


def _difference(
    rules: RuleSet, before: Mapping[str, Answer], after: Mapping[str, Answer]
) -> SessionDifference:
    from pathfinder.render.result_json import result

    given = [(answers, result(decide(rules, answers))) for answers in (before, after)]
    return difference(rules, given[0], given[1])


def _with(
    answers: Mapping[str, Answer], question: str, answer: Answer | None
) -> Mapping[str, Answer]:
    rest = {key: value for key, value in answers.items() if key != question}
    return rest if answer is None else {**rest, question: answer}
