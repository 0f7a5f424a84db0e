"""Why a path isn't the first one: the gates that took it out, or the answers against it.

Why this module exists: a person who hoped for another path, or whose family did,
deserves the real reason: not all that could be said, but what decided.

It must not put it in words: that is `show`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pathfinder.explain.weighing import Weight, fewest, fits_of, weights
from pathfinder.logic import View, fires, holding_in
from pathfinder.model import Gate, RuleSet
from pathfinder.readings import gate_views
from pathfinder.result import Decision, SetAside


class GateAnswer(NamedTuple):
    """An answer that makes a gate fire. `read`: a reading stands in for it or corrects it."""

    question: str
    value: str
    read: bool


class Closed(NamedTuple):
    """A gate that took the path out, with the answers that made it fire."""

    gate: Gate
    answers: tuple[GateAnswer, ...]


class WhyNot(NamedTuple):
    """What stands between a path and the first place.

    `place` counts from 1, and is None where the path is set aside; then `closed`
    says by what. `against` is the smallest set of answers without which it would
    come before the first path. `by_order`: without them it would fit as well (or it
    does already), and would come later all the same, since it asks more of a person
    or stands later in the rules.
    """

    path: str
    place: int | None
    aside: SetAside | None
    closed: tuple[Closed, ...]
    against: tuple[Weight, ...]
    by_order: bool


def why_not(rules: RuleSet, answers: Mapping[str, object], decision: Decision, path: str) -> WhyNot:
    """Why `path` isn't first. `answers` are those that `decision` was made of."""
    aside = next((entry for entry in decision.set_aside if entry.path == path), None)
    if aside is not None:
        return WhyNot(path, None, aside, _closed(rules, decision, aside), (), False)
    top = decision.ranked[0]
    entry = next(entry for entry in decision.ranked if entry.path == path)
    if entry is top:
        return WhyNot(path, 1, None, (), (), False)
    distance = top.points - entry.points
    enough = distance if _wins_a_tie(rules, path, top.path) else distance + 1
    fits = fits_of(rules, answers, decision)
    leaning = [weight for weight in weights(fits[top.path], fits[path]) if weight.points > 0]
    by_order = distance == 0 or sum(weight.points for weight in leaning) < enough
    against = fewest(leaning, distance if by_order else enough)
    return WhyNot(path, entry.rank, None, (), against, by_order)


def _wins_a_tie(rules: RuleSet, path: str, other: str) -> bool:
    """With as many points the lower level of care comes first, then the order of the file."""
    order = [each.id for each in rules.paths]

    def place(name: str) -> tuple[int, int]:
        return rules.level_rank[rules.path_by_id[name].level], order.index(name)

    return place(path) < place(other)


def _closed(rules: RuleSet, decision: Decision, aside: SetAside) -> tuple[Closed, ...]:
    gates = {gate.id: gate for gate in rules.gates}
    read = gate_views(rules, decision.view).read
    return tuple(
        Closed(gates[rule], _answers_of(rules, gates[rule], decision.view, read))
        for rule in aside.rules
    )


def _answers_of(rules: RuleSet, gate: Gate, view: View, read: View) -> tuple[GateAnswer, ...]:
    assert fires(gate.when, gate.unless, read) is True
    found: dict[GateAnswer, None] = {}
    for leaf in holding_in(read, gate.when):
        value = read[leaf.question]
        given = (value,) if isinstance(value, str) else value
        if not isinstance(given, tuple | frozenset):
            continue  # `answered: false`: there is no answer to show
        for answer in rules.question_by_id[leaf.question].answers:
            if answer in given and answer in leaf.accepts:
                found[GateAnswer(leaf.question, answer, view[leaf.question] != value)] = None
    return tuple(found)
