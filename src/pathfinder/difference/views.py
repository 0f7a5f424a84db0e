"""What a crowd's answers count as, and which conditions hold for whom.

Why this module exists: `interview.view_of`, `logic` and `readings` for everybody at once.
Tests hold each to the other.

It must not rank paths: that is `points` and `outcomes`.

A condition comes to a pair of masks: for whom it is true, and for whom it may be (true or
not known). "And", "or" and "not" of such pairs are those of three-valued logic.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pathfinder.difference.crowd import Crowd, Mask
from pathfinder.logic import All, AnyOf, Condition, Leaf, NoneOf
from pathfinder.model import NONE, Gate, Question, Reading, RuleSet

Pair = tuple[Mask, Mask]
"""For whom something is true, and for whom it may be."""


class Seen(NamedTuple):
    """One question for everybody: who is asked, whose answer is unknown, and who says what."""

    asked: Mask
    unknown: Mask
    says: Mapping[str, Mask]


Views = dict[str, Seen]


def holds(condition: Condition, views: Mapping[str, Seen], all_: Mask) -> Pair:
    """For whom the condition is true, and for whom it may be."""
    if isinstance(condition, Leaf):
        return _leaf(condition, views)
    if isinstance(condition, All):
        true = maybe = all_
        for part in condition.parts:
            t, m = holds(part, views, all_)
            true &= t
            maybe &= m
        return true, maybe
    true = maybe = 0
    for part in condition.parts:
        t, m = holds(part, views, all_)
        true |= t
        maybe |= m
    if isinstance(condition, AnyOf):
        return true, maybe
    assert isinstance(condition, NoneOf)
    return all_ & ~maybe, all_ & ~true


def _leaf(leaf: Leaf, views: Mapping[str, Seen]) -> Pair:
    seen = views.get(leaf.question)
    if seen is None:
        return 0, 0
    if leaf.op == "answered":
        known = seen.asked & ~seen.unknown
        true = known if "true" in leaf.accepts else seen.unknown
        return true, true
    true = 0
    for answer in leaf.accepts:
        true |= seen.says.get(answer, 0)
    if leaf.op == "alone":
        for answer, who in seen.says.items():
            if answer not in leaf.accepts:
                true &= ~who
    return true, true | seen.unknown


def fires(when: Condition, unless: Condition | None, views: Mapping[str, Seen], all_: Mask) -> Pair:
    """For whom "WHEN, unless UNLESS" is true, and for whom it may be."""
    true, maybe = holds(when, views, all_)
    if unless is not None:
        known, _ = holds(unless, views, all_)
        true &= ~known
        maybe &= ~known
    return true, maybe


# --- views --------------------------------------------------------------------------


def views_of(rules: RuleSet, crowd: Crowd) -> Views:
    """What each question counts as, walked in the order of the rule set.

    A question that the crowd wasn't given, or an answer that the rule set doesn't know, is
    unknown, as if it had been left out.
    """
    all_ = crowd.all
    views: Views = {}
    waiting: dict[str, list[Question]] = {}
    for question in rules.questions:
        asked = all_
        if question.ask_when is not None:
            _, asked = holds(question.ask_when, views, all_)
        gave = crowd.gave.get(question.id, {})
        says = {answer: gave.get(answer, 0) & asked for answer in question.answers}
        known = 0
        for who in says.values():
            known |= who
        views[question.id] = Seen(asked, asked & ~known, says)
        if question.derived is not None:
            if question.derived.source in views:
                _derive(question, views)
            else:
                waiting.setdefault(question.derived.source, []).append(question)
        for each in waiting.get(question.id, ()):
            _derive(each, views)
    return views


def _derive(question: Question, views: Views) -> None:
    """Fill in unknown answers by counting the choices that they are derived from."""
    assert question.derived is not None
    source, mine = views[question.derived.source], views[question.id]
    left = mine.unknown & source.asked & ~source.unknown
    chosen = [who for answer, who in source.says.items() if answer != NONE]
    at_least = _counted(chosen, [least for least, _ in question.derived.counts], left)
    says = dict(mine.says)
    unknown = mine.unknown
    for least, answer in question.derived.counts:
        who = left & at_least[least]
        says[answer] = says.get(answer, 0) | who
        unknown &= ~who
        left &= ~who
    views[question.id] = mine._replace(unknown=unknown, says=says)


def _counted(chosen: list[Mask], wanted: list[int], among: Mask) -> dict[int, Mask]:
    """For each number wanted: who has chosen at least so many."""
    have = [among]  # have[n]: who has chosen at least n so far
    for who in chosen:
        have.append(0)
        for number in range(len(have) - 1, 0, -1):
            have[number] |= have[number - 1] & who
    return {number: have[number] if number < len(have) else 0 for number in wanted}


# --- readings -----------------------------------------------------------------------


class GateViews(NamedTuple):
    """Both views that gates are worked out on, and who uses which reading."""

    read: Views
    open: Views
    used: Mapping[str, Mask]


def gate_views(rules: RuleSet, views: Views, all_: Mask) -> GateViews:
    """As `readings.gate_views`, for everybody."""
    read, open_ = dict(views), dict(views)
    used: dict[str, Mask] = {}

    def use(reading: Reading, who: Mask) -> None:
        used[reading.id] = used.get(reading.id, 0) | who

    for question in rules.questions:
        if not question.readings:
            continue
        seen = views[question.id]
        now, doubted = seen, seen
        left = seen.unknown
        for reading in question.readings:
            if not reading.of_unknown:
                continue
            who = left & holds(reading.when, views, all_)[0]
            left &= ~who
            if not who:
                continue
            use(reading, who)
            now = _said(now, reading.value, who)
            # What the reading leads to may itself be contradicted by other answers.
            then = {**views, question.id: _said(seen, reading.value, who)}
            for corrected, mine in _corrections(question, then, who, all_)[0]:
                use(corrected, mine)
                now = _said(now, corrected.value, mine)
        corrections, doubts = _corrections(question, views, seen.asked & ~seen.unknown, all_)
        for reading, who in corrections:
            use(reading, who)
            now = _said(now, reading.value, who)
            doubted = _said(doubted, reading.value, who)
        read[question.id] = now
        open_[question.id] = _forgotten(doubted, doubts)
    return GateViews(read, open_, used)


def _corrections(
    question: Question, views: Views, among: Mask, all_: Mask
) -> tuple[list[tuple[Reading, Mask]], Mask]:
    """Who takes which reading of a contradicted answer, and whose answer is in doubt."""
    taken: list[tuple[Reading, Mask]] = []
    doubts = 0
    left = among
    for reading in question.readings:
        if reading.of_unknown:
            continue
        true, maybe = holds(reading.when, views, all_)
        who = left & true
        left &= ~who
        doubts |= maybe & ~true
        if who:
            taken.append((reading, who))
    return taken, doubts & left


def _said(seen: Seen, answer: str, who: Mask) -> Seen:
    """The question as if these people had given this answer."""
    says = {other: mask & ~who for other, mask in seen.says.items()}
    says[answer] = says.get(answer, 0) | who
    return seen._replace(unknown=seen.unknown & ~who, says=says)


def _forgotten(seen: Seen, who: Mask) -> Seen:
    """The question as if these people had not answered it."""
    if not who:
        return seen
    says = {answer: mask & ~who for answer, mask in seen.says.items()}
    return seen._replace(unknown=seen.unknown | who, says=says)


def gate_fires(gate: Gate, views: GateViews, all_: Mask) -> Pair:
    """For whom a gate fires, and for whom it is to be checked: no pair as above."""
    fired, _ = fires(gate.when, gate.unless, views.read, all_)
    _, maybe = fires(gate.when, gate.unless, views.open, all_)
    return fired, maybe & ~fired
