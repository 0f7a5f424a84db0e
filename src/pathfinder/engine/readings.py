"""What gates see: answers as given, and what unknown or contradicted answers read as.

Why this module exists: a gate protects people whose answers are missing or don't
fit together. It is therefore worked out on two views of the answers. The first
takes every reading; the second leaves unknown answers unknown, so that a gate
which only an unknown answer keeps quiet is handed to a professional.

Alerts, first steps and fit points never come here: they see the answers.
"""

from __future__ import annotations

from typing import NamedTuple

from pathfinder.engine.conditions import NOT_ASKED, Truth, View, fires, unknown_in
from pathfinder.engine.ruleset import Gate, Question, Reading, RuleSet


class GateViews(NamedTuple):
    """The two views, the readings that were taken, and what hides behind a doubted answer.

    `doubted` maps a question whose known answer became unknown to the unknown
    questions that could contradict it. `alike`: the two views say the same.
    """

    read: View
    open: View
    used: tuple[Reading, ...]
    doubted: dict[str, tuple[str, ...]]
    alike: bool


def gate_views(rules: RuleSet, view: View) -> GateViews:
    """Both views that gates are worked out on, from the view of the answers."""
    read, open_ = dict(view), dict(view)
    used: list[Reading] = []
    doubted: dict[str, tuple[str, ...]] = {}
    for question in rules.questions:
        value = view.get(question.id, NOT_ASKED)
        if not question.readings or value is NOT_ASKED:
            continue
        if value is None:
            taken = _chain(question, view)
            used += taken
            if taken:
                read[question.id] = taken[-1].value
            continue
        reading, doubts = _contradiction(question, view)
        if reading is not None:
            used.append(reading)
            read[question.id] = open_[question.id] = reading.value
        elif doubts:
            doubted[question.id] = doubts
            open_[question.id] = None
    return GateViews(read, open_, tuple(used), doubted, read == open_)


def gate_truth(gate: Gate, views: GateViews) -> Truth:
    """`True`: it fires. `None`: to check. `False`: it is quiet."""
    truth = fires(gate.when, gate.unless, views.read)
    if truth is True or views.alike:
        return truth
    return False if fires(gate.when, gate.unless, views.open) is False else None


def gate_questions(gate: Gate, views: GateViews) -> tuple[str, ...]:
    """The unknown questions that leave a gate open, each once."""
    seen: dict[str, None] = {}
    for name in unknown_in(views.open, gate.when, gate.unless):
        seen.update((root, None) for root in views.doubted.get(name, (name,)))
    return tuple(seen)


def _chain(question: Question, view: View) -> list[Reading]:
    """An unknown answer takes its reading; a contradiction may then correct the outcome."""
    stand_in = next(
        (r for r in question.readings if r.of_unknown and r.when.holds(view) is True), None
    )
    if stand_in is None:
        return []
    corrected, _ = _contradiction(question, {**view, question.id: stand_in.value})
    return [stand_in] if corrected is None else [stand_in, corrected]


def _contradiction(question: Question, view: View) -> tuple[Reading | None, tuple[str, ...]]:
    """The first reading that contradicts the answer, or the unknown questions that might."""
    doubts: tuple[str, ...] = ()
    for reading in question.readings:
        if reading.of_unknown:
            continue
        truth = reading.when.holds(view)
        if truth is True:
            return reading, ()
        if truth is None:
            doubts += unknown_in(view, reading.when)
    return None, doubts
