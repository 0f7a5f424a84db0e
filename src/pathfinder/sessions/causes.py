"""Which changed answer did what to a result: each is tried by itself.

Why this module exists: between two sittings a dozen answers change, and a counselor asks which
of them brought the higher level. Where one alone does nothing, it may still do something beside
the others; both are tried, and told apart.

It must not decide by itself, or know how an effect is said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pathfinder.engine.decide import decide
from pathfinder.engine.question import Answer
from pathfinder.engine.ruleset import RuleSet
from pathfinder.sessions.compare import AnswerChange, SessionDifference, difference


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
