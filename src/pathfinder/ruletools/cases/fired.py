"""Which rules are at work for one set of answers, and which gates leave a person no path.

Why this module exists: a decision says what comes out, and not every rule that took
part: a gate that asks for less than another leaves no trace in it. Trying a rule and
counting who reaches it need the rule itself. Deciding for somebody whom the gates leave
nothing ends in an error; whoever put a gate too much there needs to hear of that gate.

It must not decide anything: it asks conditions and gates, as `decide` does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pathfinder.engine.conditions import Truth, View, fires
from pathfinder.engine.gates import gate_truth, gate_views
from pathfinder.engine.rules import AlertRule, FirstRule, Gate, Rule
from pathfinder.engine.ruleset import RuleSet

Safety = AlertRule | FirstRule | Gate
"""The rules that carry examples."""


def safety_rules(rules: RuleSet) -> tuple[Safety, ...]:
    """All of them, in the order of the rules."""
    return (*rules.alert_rules, *rules.first_rules, *rules.gates)


def truth_of(rules: RuleSet, rule: Safety, view: View) -> Truth:
    """Whether a safety rule fires; `None`: it hangs on an unknown answer."""
    if isinstance(rule, Gate):
        return gate_truth(rule, gate_views(rules, view))
    return fires(rule.when, rule.unless, view)


class AtWork(NamedTuple):
    """The rules that fired, gates apart, and the readings that were used."""

    fired: frozenset[str]
    gates: tuple[Gate, ...]
    readings: frozenset[str]


def at_work(rules: RuleSet, view: View) -> AtWork:
    """Every rule at work for a person, from their view. Out of scope, only alerts are."""
    alerts = {r.id for r in rules.alert_rules if fires(r.when, r.unless, view) is True}
    if view.get(rules.scope_question) in rules.scope_out:
        return AtWork(frozenset(alerts), (), frozenset())
    beside: tuple[Rule, ...] = (
        *rules.first_rules,
        *rules.support_rules,
        *rules.note_rules,
        *rules.move_rules,
        *rules.barriers,
    )
    others = {r.id for r in beside if fires(r.when, r.unless, view) is True}
    views = gate_views(rules, view)
    gates = tuple([gate for gate in rules.gates if gate_truth(gate, views) is True])
    fired = frozenset(alerts | others | {gate.id for gate in gates})
    return AtWork(fired, gates, frozenset(reading.id for reading in views.used))


class NoPath(NamedTuple):
    """Gates that leave no path, in the order of the rules, each of them needed for it.

    `last` is the one to look at first: without it a path is left, whatever else fires.
    If there is none like that, it is just the last.
    """

    gates: tuple[Gate, ...]
    last: Gate


def no_path(rules: RuleSet, view: View) -> NoPath | None:
    """The gates that leave this person no path; None if one is left."""
    firing = at_work(rules, view).gates
    if not firing or not leave_none(rules, firing):
        return None
    # A gate that was added or widened takes part in every such set: without it there was a
    # path. Earlier gates go first, since new ones are mostly written below.
    together = firing
    for gate in firing:
        fewer = _without(together, gate)
        if leave_none(rules, fewer):
            together = fewer
    needed = [gate for gate in together if not leave_none(rules, _without(firing, gate))]
    return NoPath(together, (needed or together)[-1])


def gates_in_words(found: NoPath, who: str) -> str:
    """One line: `these gates together leave no path for WHO: a (asks for at least day), …`."""
    one = len(found.gates) == 1
    leave = "this gate leaves" if one else "these gates together leave"
    named = ", ".join(f"{gate.id} ({_effect(gate)})" for gate in found.gates)
    return f"{leave} no path for {who}: {named}"


def _effect(gate: Gate) -> str:
    if gate.at_least is not None:
        return f"asks for at least {gate.at_least}"
    return f"sets aside {', '.join(gate.set_aside)}"


def _without(gates: Sequence[Gate], gate: Gate) -> tuple[Gate, ...]:
    return tuple(each for each in gates if each.id != gate.id)


def leave_none(rules: RuleSet, gates: Sequence[Gate]) -> bool:
    """Whether these gates leave no path."""
    ranks = rules.level_rank
    least = max((ranks[gate.at_least] for gate in gates if gate.at_least), default=0)
    aside = {path for gate in gates for path in gate.set_aside}
    return all(path.id in aside or ranks[path.level] < least for path in rules.paths)
