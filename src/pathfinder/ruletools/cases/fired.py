"""Which rules are at work for one set of answers, by id.

Why this module exists: a decision says what comes out, and not every rule that took
part: a gate that asks for less than another leaves no trace in it. Trying a rule and
counting who reaches it need the rule itself.

It must not decide anything: it asks `logic` and `readings`, as `decide` does.
"""

from __future__ import annotations

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
