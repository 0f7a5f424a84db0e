"""Why a path isn't the first one: the gates that took it out, or the answers against it.

Why this module exists: a person who hoped for another path, or whose family did,
deserves the real reason: not all that could be said, but what decided.

It must not put it in words: that is `show`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from pathfinder.engine.conditions import View, fires, holding_in, questions_in
from pathfinder.engine.decision import Decision, SetAside
from pathfinder.engine.explain.contrast import Weight, fewest, weights
from pathfinder.engine.fit import Fit
from pathfinder.engine.gates import gate_views
from pathfinder.engine.rules import Gate
from pathfinder.engine.ruleset import RuleSet

Tie = Literal["level", "order", "need"]


class GateAnswer(NamedTuple):
    """An answer that makes a gate fire. `read`: a reading stands in for it or corrects it.

    `given` is then the person's own answer, or None where there is none.
    """

    question: str
    value: str
    read: bool
    given: str | None


class Closed(NamedTuple):
    """A gate that took the path out, with the answers that made it fire.

    `sure`: it fires on the answers themselves, without any reading.
    """

    gate: Gate
    answers: tuple[GateAnswer, ...]
    sure: bool


class WhyNot(NamedTuple):
    """What stands between a path and the first place.

    `place` counts from 1, and is None where the path is set aside; then `closed`
    says by what: first what sets aside the path itself, then what asks for more
    care. `against` is the smallest set of answers without which it would come before
    the first path. `tie`: without them it would fit as well (or it does already), and
    would come later all the same: "level" since it asks more of a person, "order"
    since it stands later in the rules, "need" since it is two levels above what is safe.
    """

    path: str
    place: int | None
    aside: SetAside | None
    closed: tuple[Closed, ...]
    against: tuple[Weight, ...]
    tie: Tie | None


def why_not(rules: RuleSet, decision: Decision, path: str, fits: Mapping[str, Fit]) -> WhyNot:
    """Why `path` isn't first. `fits` are those of `weighing.fits_of` for the decision's answers."""
    aside = next((entry for entry in decision.set_aside if entry.path == path), None)
    if aside is not None:
        return WhyNot(path, None, aside, _closed(rules, decision, aside), (), None)
    top = decision.ranked[0]
    entry = next(entry for entry in decision.ranked if entry.path == path)
    if entry is top:
        return WhyNot(path, 1, None, (), (), None)
    distance = top.points - entry.points
    if entry.above_need:  # it would stand last, whatever speaks for it
        return WhyNot(path, entry.rank, None, (), (), "need")
    ahead = _wins_a_tie(rules, path, top.path)
    enough = distance if ahead else distance + 1
    found = weights(fits[top.path].told, fits[path].told)
    leaning = [weight for weight in found if weight.points > 0]
    tie: Tie | None = None
    if distance == 0 or sum(weight.points for weight in leaning) < enough:
        tie = "order" if entry.level == top.level else "level"
    against = fewest(leaning, distance if tie else enough)
    return WhyNot(path, entry.rank, None, (), against, tie)


def _wins_a_tie(rules: RuleSet, path: str, other: str) -> bool:
    """With as many points the lower level of care comes first, then the order of the file."""
    order = [each.id for each in rules.paths]

    def place(name: str) -> tuple[int, int]:
        return rules.level_rank[rules.path_by_id[name].level], order.index(name)

    return place(path) < place(other)


def _closed(rules: RuleSet, decision: Decision, aside: SetAside) -> tuple[Closed, ...]:
    gates = {gate.id: gate for gate in rules.gates}
    read = gate_views(rules, decision.view, decision.assumed).read
    return tuple(_one_closed(rules, gates[rule], decision.view, read) for rule in aside.rules)


def _one_closed(rules: RuleSet, gate: Gate, view: View, read: View) -> Closed:
    sure = fires(gate.when, gate.unless, view) is True
    return Closed(gate, _answers_of(rules, gate, view, view if sure else read), sure)


def _answers_of(rules: RuleSet, gate: Gate, view: View, read: View) -> tuple[GateAnswer, ...]:
    wanted: dict[str, frozenset[str]] = {}
    for leaf in holding_in(read, gate.when):
        if leaf.op != "answered":  # that names no answer
            wanted[leaf.question] = wanted.get(leaf.question, frozenset()) | leaf.accepts
    if not wanted:  # it holds whatever was said, or because something was not: show what was
        asked = questions_in(gate.when, gate.unless)
        wanted = {name: frozenset(rules.question_by_id[name].answers) for name in asked}
    found: dict[GateAnswer, None] = {}
    for name, accepts in wanted.items():
        value, given = read[name], view[name]
        own = given if isinstance(given, str) else None
        known = {value} if isinstance(value, str) else value
        if not isinstance(known, set | frozenset):
            continue  # no answer at all: there is none to show
        for answer in rules.question_by_id[name].answers:
            if answer in known and answer in accepts:
                found[GateAnswer(name, answer, given != value, own)] = None
    return tuple(found)
