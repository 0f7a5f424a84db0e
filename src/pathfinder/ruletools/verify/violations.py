"""From a statement to doubts: wires that are true for whoever breaks it.

Why this module exists: a statement is proved when nobody is found for any of its doubts.
Two people who are compared share every wire that their difference doesn't touch.

It must not solve anything, or know what the statements of this rule set are.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from pathfinder.engine.rules import MoveRule, NoteRule, Rule, SupportRule
from pathfinder.engine.ruleset import RuleSet
from pathfinder.ruletools.verify.circuit import TRUE, Circuit, Wire
from pathfinder.ruletools.verify.conditions import holds
from pathfinder.ruletools.verify.encoding import Reckoning
from pathfinder.ruletools.verify.inputs import (
    People,
    adults,
    answered,
    anyhow,
    everybody,
    unknown,
    well_formed,
)
from pathfinder.ruletools.verify.statements import (
    Demand,
    Implies,
    Must,
    NeverChanges,
    NeverLoses,
    NeverLowers,
)


class Doubt(NamedTuple):
    """`wire` is true for whoever breaks a statement. `other`: the same people, changed."""

    wire: Wire
    people: People
    other: People | None = None


class World:
    """One rule set and everybody in it, as one circuit."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self.net = Circuit()
        self.people = everybody(self.net, rules)

    @cached_property
    def reckoning(self) -> Reckoning:
        return Reckoning(self.net, self.rules, self.people)

    def limits(self, people: People) -> Wire:
        """What holds of every adult's answers."""
        net, rules = self.net, self.rules
        return net.all_of([*well_formed(net, rules, people), adults(net, rules, people)])


def doubts(world: World, must: Must) -> Iterator[Doubt]:
    """Every way in which `must` could be broken. A promise of somebody isn't one of these."""
    if isinstance(must, Implies):
        wire = world.net.all_of([situation(world, must), demand(world, must.then) ^ 1])
        yield Doubt(wire, world.people)
    elif isinstance(must, NeverLowers):
        yield from _worse(world, must)
    elif isinstance(must, NeverChanges):
        yield _changed(world, must)
    elif isinstance(must, NeverLoses):
        yield from _unknown(world, must)


def situation(world: World, must: Implies) -> Wire:
    """Whether somebody is in the situation that the statement speaks of."""
    if must.when is None:
        return TRUE
    return holds(world.net, must.when, world.reckoning.view).true


def demand(world: World, wanted: Demand) -> Wire:
    """Whether all of it comes out."""
    rules, out = world.rules, world.reckoning
    wires = [out.alert(alert) for alert in wanted.alerts]
    wires += [out.step(step) for step in wanted.first]
    if wanted.first_of_first is not None:
        order = [step.id for step in rules.steps]
        before = order[: order.index(wanted.first_of_first)]
        wires += [out.step(wanted.first_of_first), *[out.step(step) ^ 1 for step in before]]
    if wanted.at_least is not None:
        wires.append(out.safe_level(rules.level_rank[wanted.at_least]))
    if wanted.first_path:
        paths = [rules.path_by_id[path] for path in wanted.first_path]
        wires.append(world.net.any_of([out.first(path) for path in paths]))
    wires += [out.ranked[path] ^ 1 for path in wanted.not_ranked]
    wires += [out.support(support) ^ 1 for support in wanted.not_supports]
    if wanted.some_path:
        wires.append(world.net.any_of(out.ranked.values()))
    return world.net.all_of(wires)


def somebody(world: World, what: str) -> dict[str, Wire]:
    """Name -> the wire that must be true for somebody: each path first, or each rule at work."""
    rules, out, net = world.rules, world.reckoning, world.net
    if what == "paths":
        return {path.id: out.first(path) for path in rules.paths}
    wires = {rule: truth.true for rule, truth in out.fired.items()}
    wires.update(out.gate_views.used)
    texts: list[SupportRule | NoteRule | MoveRule] = [*rules.support_rules, *rules.note_rules]
    for told in [*texts, *rules.move_rules]:
        wires[told.id] = out.told(told)
    for barrier in rules.barriers:
        # A barrier is told only where it stands before the first path.
        before = net.any_of([out.first(rules.path_by_id[path]) for path in barrier.paths])
        wires[barrier.id] = net.all_of([wires[barrier.id], before])
    for table in rules.reasons:
        for answer, row in table.rows.items():
            for place, argument in enumerate(row.arguments, start=1):
                # Of a path that is set aside, an explanation tells what speaks for and against.
                wires[f"{table.id}: {answer}, {place}"] = out.counts(table, answer, argument)
    return wires


def _worse(world: World, must: NeverLowers) -> Iterator[Doubt]:
    net, rules = world.net, world.rules
    for name, better, worse in worse_steps(rules, must):
        question = rules.question_by_id[name]
        people = {**world.people, name: answered(question, better)}
        other = {**world.people, name: answered(question, worse)}
        one = Reckoning(net, rules, people, surely_asked=name)
        two = Reckoning(net, rules, other, surely_asked=name)
        lower = []
        if "safe_level" in must.parts:
            for rank in range(1, len(rules.levels)):
                lower.append(net.all_of([one.safe_level(rank), two.safe_level(rank) ^ 1]))
        if "first_path_level" in must.parts:
            ranks = rules.level_rank
            for high in rules.paths:
                for low in rules.paths:
                    if ranks[low.level] < ranks[high.level]:
                        lower.append(net.all_of([one.first(high), two.first(low)]))
        asked = world.reckoning.view[name].asked
        yield Doubt(net.all_of([asked, net.any_of(lower)]), people, other)


def worse_steps(rules: RuleSet, must: NeverLowers) -> Iterator[tuple[str, str, str]]:
    """(question, answer, the answer that is one step worse)."""
    for step in must.steps:
        scale = rules.question_by_id[step.question].answers
        if step.direction == "down":
            scale = scale[::-1]
        for better, worse in pairwise(scale):
            yield step.question, better, worse


def _changed(world: World, must: NeverChanges) -> Doubt:
    net, rules = world.net, world.rules
    fresh = {name: anyhow(net, rules.question_by_id[name], "other") for name in must.questions}
    other = {**world.people, **fresh}
    one, two = world.reckoning, Reckoning(net, rules, other)
    wires = []
    if "safe_level" in must.parts:
        ranks = range(1, len(rules.levels))
        wires += [net.differ(one.safe_level(rank), two.safe_level(rank)) for rank in ranks]
    if "first" in must.parts:
        wires += [net.differ(one.step(step.id), two.step(step.id)) for step in rules.steps]
    if "alerts" in must.parts:
        wires += [net.differ(one.alert(alert.id), two.alert(alert.id)) for alert in rules.alerts]
    return Doubt(net.any_of(wires), world.people, other)


def _unknown(world: World, must: NeverLoses) -> Iterator[Doubt]:
    net, rules = world.net, world.rules
    guarded = guarded_rules(rules, must)
    for name in must.questions:
        question = rules.question_by_id[name]
        blank = [question]
        if question.derived is not None:
            blank.append(rules.question_by_id[question.derived.source])
        other = {**world.people, **{each.id: unknown(net, each, "other") for each in blank}}
        one, two = world.reckoning, Reckoning(net, rules, other)
        lost = [net.all_of([one.fired[rule].true, two.fired[rule].false]) for rule in guarded]
        yield Doubt(net.any_of(lost), world.people, other)


def guarded_rules(rules: RuleSet, must: NeverLoses) -> tuple[str, ...]:
    """The rules that `must` says are never lost."""
    kinds: dict[str, tuple[Rule, ...]] = {
        "alerts": rules.alert_rules,
        "first": rules.first_rules,
        "gates": rules.gates,
    }
    return tuple(rule.id for kind, given in kinds.items() if kind in must.parts for rule in given)
