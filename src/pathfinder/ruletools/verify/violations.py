"""From a statement to doubts: wires that are true for whoever breaks it.

Why this module exists: a statement is proved when nobody is found for any of its doubts.
Two people who are compared share every wire that their difference doesn't touch.

It must not solve anything, or know what the statements of this rule set are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from pathfinder.engine.question import NONE, UNSURE, Answer, Question
from pathfinder.engine.rules import MoveRule, NoteRule, Rule, SupportRule
from pathfinder.engine.ruleset import RuleSet
from pathfinder.ruletools.verify.circuit import FALSE, TRUE, Circuit, Wire
from pathfinder.ruletools.verify.encoding import Reckoning
from pathfinder.ruletools.verify.firsts import Claim, Way
from pathfinder.ruletools.verify.inputs import (
    Given,
    PersonWires,
    adults,
    answered,
    anyhow,
    everybody,
    holds,
    unknown,
    well_formed,
)
from pathfinder.ruletools.verify.statements import (
    Adding,
    Demand,
    Implies,
    Must,
    NeverChanges,
    NeverLoses,
    NeverLowers,
    Statement,
)


class Doubt(NamedTuple):
    """`wire` is true for whoever breaks a statement, and if there are `ways`, one of these holds.

    `other`: the same people, changed.
    """

    wire: Wire
    people: PersonWires
    other: PersonWires | None = None
    minors: bool = False
    ways: tuple[Way, ...] = ()


class World:
    """One rule set and everybody in it, as one circuit."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self.net = Circuit()
        self.people = everybody(self.net, rules)
        self.given: dict[int, tuple[Wire, ...]] = {}  # number of an input -> what holds of it
        self._limited: dict[int, Given] = {}

    @cached_property
    def reckoning(self) -> Reckoning:
        return Reckoning(self.net, self.rules, self.people)

    def limits(self, people: PersonWires, *, minors: bool = False) -> Wire:
        """True for every adult, or for everybody out of scope.

        From now on, a search knows of each answer of `people` that it comes to look at how
        it may be given. What nobody looks at is left out, as a person may leave it out.
        """
        for question in self.rules.questions:
            given = people[question.id]
            if id(given) not in self._limited:
                self._limited[id(given)] = given
                rule = well_formed(self.net, question, given)
                for wire in given.values():
                    self.given[wire >> 1] = (*self.given.get(wire >> 1, ()), rule)
        return adults(self.net, self.rules, people) ^ minors


def doubts(world: World, must: Must) -> Iterator[Doubt]:
    """Every way in which `must` could be broken. A promise of somebody isn't one of these."""
    if isinstance(must, Implies):
        yield from _unmet(world, must)
    elif isinstance(must, NeverLowers):
        yield from _worse(world, must)
    elif isinstance(must, NeverChanges):
        yield from _changed(world, must)
    elif isinstance(must, Adding):
        yield from _added(world, must)
    elif isinstance(must, NeverLoses):
        yield from _unknown(world, must)


def number_of_doubts(world: World, statement: Statement) -> int:
    """How many doubts there are about a statement, all in all."""
    return sum(_number(world.rules, must) for must in statement.must)


def _number(rules: RuleSet, must: Must) -> int:
    if isinstance(must, Implies):
        return 2 if must.then.first_path or must.then.not_first_path else 1
    if isinstance(must, NeverLowers):
        return len(list(worse_steps(rules, must))) * len(must.parts)
    if isinstance(must, NeverChanges):
        return 1 + ("first_path" in must.parts)
    if isinstance(must, Adding):
        firsts = "first_path" in must.changes or "first_path_level" in must.lowers
        return len(must.answers) * (1 + firsts)
    return len(must.questions) if isinstance(must, NeverLoses) else 0


def situation(world: World, must: Implies | Adding) -> Wire:
    """Whether somebody is in the situation that the statement speaks of."""
    when = TRUE
    if must.when is not None:
        when = holds(world.net, must.when, world.reckoning.view).true
    if isinstance(must, Implies):
        return when
    slot = world.reckoning.view[must.question]
    free = world.net.any_of([slot.chosen[answer] ^ 1 for answer in must.answers])
    return world.net.all_of([when, slot.known, free])


def _unmet(world: World, must: Implies) -> Iterator[Doubt]:
    """Who is in the situation, and doesn't get what must come out."""
    out, wanted, net = world.reckoning, must.then, world.net
    who = situation(world, must)
    missing = net.all_of([who, _demand(world, wanted) ^ 1])
    yield Doubt(missing, world.people, minors=must.minors)
    wrong = [*wanted.not_first_path]
    if wanted.first_path:
        wrong += [path.id for path in world.rules.paths if path.id not in wanted.first_path]
    if wrong:
        ways = tuple((Claim(out, world.rules.path_by_id[path]),) for path in wrong)
        yield Doubt(who, world.people, minors=must.minors, ways=ways)


def _demand(world: World, wanted: Demand) -> Wire:
    """Whether all of it comes out, but for which path is first."""
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
        wires.append(world.net.any_of(out.ranked.values()))
    wires += [out.ranked[path] ^ 1 for path in wanted.not_ranked]
    wires += [out.support(support) ^ 1 for support in wanted.not_supports]
    if wanted.at_most is not None:
        above = rules.level_rank[wanted.at_most] + 1
        wires.append(out.safe_level(above) ^ 1 if above < len(rules.levels) else TRUE)
    wires += [out.step(step) ^ 1 for step in wanted.not_first]
    if wanted.not_above_need:  # a path that isn't far above stands before all that are
        nobody = world.net.any_of(out.ranked.values()) ^ 1
        wires.append(world.net.any_of([nobody, out.near]))
    wires += [out.support(support) for support in wanted.supports]
    wires += [out.note(note) for note in wanted.notes]
    wires += [out.fired[warning].true for warning in wanted.warnings]
    if wanted.hold is not None:
        wires.append(out.hold if wanted.hold else out.hold ^ 1)
    if wanted.some_path:
        wires.append(world.net.any_of(out.ranked.values()))
    return world.net.all_of(wires)


class Sought(NamedTuple):
    """Somebody is wanted for whom `wire` is true, and one of `paths` is first if there are any."""

    wire: Wire
    paths: tuple[str, ...] = ()


def somebody(world: World, what: str) -> dict[str, Sought]:
    """Name -> who is wanted: each path first, or each rule at work."""
    rules, out = world.rules, world.reckoning
    if what == "paths":
        return {path.id: Sought(TRUE, (path.id,)) for path in rules.paths}
    wires = {rule: truth.true for rule, truth in out.fired.items()}
    wires.update(out.gate_views.used)
    texts: list[SupportRule | NoteRule | MoveRule] = [*rules.support_rules, *rules.note_rules]
    for told in [*texts, *rules.move_rules]:
        wires[told.id] = out.told(told)
    for table in rules.reasons:
        for answer, row in table.rows.items():
            for place, argument in enumerate(row.arguments, start=1):
                # Of a path that is set aside, an explanation tells what speaks for and against.
                wires[f"{table.id}: {answer}, {place}"] = out.counts(table, answer, argument)
    # A barrier is told only where it stands before the first path.
    before = {barrier.id: barrier.paths for barrier in rules.barriers}
    return {name: Sought(wire, before.get(name, ())) for name, wire in wires.items()}


def _worse(world: World, must: NeverLowers) -> Iterator[Doubt]:
    net, rules = world.net, world.rules
    for name, better, worse in worse_steps(rules, must):
        question = rules.question_by_id[name]
        people = {**world.people, name: answered(question, better)}
        other = {**world.people, name: answered(question, worse)}
        one = Reckoning(net, rules, people, surely_asked=name)
        two = Reckoning(net, rules, other, surely_asked=name)
        asked = world.reckoning.view[name].asked
        if "safe_level" in must.parts:
            lower = net.any_of(_lower(one, two))
            yield Doubt(net.all_of([asked, lower]), people, other)
        if "first_path_level" in must.parts:
            yield Doubt(asked, people, other, ways=_lower_first(one, two))


def _lower(one: Reckoning, two: Reckoning) -> Iterator[Wire]:
    """Each way in which the safe level is lower for `two`."""
    for rank in range(1, len(one.rules.levels)):
        yield one.net.all_of([one.safe_level(rank), two.safe_level(rank) ^ 1])


def _lower_first(one: Reckoning, two: Reckoning) -> tuple[Way, ...]:
    """Each way in which the first path has a lower level for `two`."""
    ranks = one.rules.level_rank
    return tuple(
        (Claim(one, high), Claim(two, low))
        for high in one.rules.paths
        for low in one.rules.paths
        if ranks[low.level] < ranks[high.level]
    )


def _another_first(one: Reckoning, two: Reckoning) -> tuple[Way, ...]:
    """Each way in which the first path is another for `two`."""
    paths = one.rules.paths
    return tuple(
        (Claim(one, path), Claim(two, other))
        for path in paths
        for other in paths
        if path.id != other.id
    )


def worse_steps(rules: RuleSet, must: NeverLowers) -> Iterator[tuple[str, str, str]]:
    """(question, answer, the answer that is one step worse)."""
    for step in must.steps:
        scale = rules.question_by_id[step.question].answers
        if step.direction == "down":
            scale = scale[::-1]
        for better, worse in pairwise(scale):
            yield step.question, better, worse


def _changed(world: World, must: NeverChanges) -> Iterator[Doubt]:
    net, rules = world.net, world.rules
    fresh = {name: anyhow(net, rules.question_by_id[name], "other") for name in must.questions}
    other = {**world.people, **fresh}
    one, two = world.reckoning, Reckoning(net, rules, other)
    yield Doubt(net.any_of(_differ(one, two, must.parts)), world.people, other)
    if "first_path" in must.parts:
        yield Doubt(TRUE, world.people, other, ways=_another_first(one, two))


def _differ(one: Reckoning, two: Reckoning, parts: Sequence[str]) -> Iterator[Wire]:
    """Each way in which one of `parts` is another for `two`, but for the first path."""
    rules = one.rules
    of_each: dict[str, Callable[[Reckoning], list[Wire]]] = {
        "safe_level": lambda out: [out.safe_level(n) for n in range(1, len(rules.levels))],
        "first": lambda out: [out.step(step.id) for step in rules.steps],
        "alerts": lambda out: [out.alert(alert.id) for alert in rules.alerts],
        "first_path": lambda out: [],
        "supports": lambda out: [out.support(support.id) for support in rules.supports],
        "notes": lambda out: [out.note(rule.id) for rule in rules.note_rules],
    }
    for part in parts:
        for mine, theirs in zip(of_each[part](one), of_each[part](two), strict=True):
            yield one.net.differ(mine, theirs)


def _added(world: World, must: Adding) -> Iterator[Doubt]:
    net, rules, one = world.net, world.rules, world.reckoning
    beside = {
        name: _answered(rules.question_by_id[name], answer) for name, answer in must.beside.items()
    }
    for answer in must.answers:
        given = {**world.people[must.question], answer: TRUE, UNSURE: FALSE}
        if NONE in given:
            given[NONE] = FALSE
        other = {**world.people, must.question: given, **beside}
        two = Reckoning(net, rules, other)
        wrong = [*_differ(one, two, must.changes)]
        if "safe_level" in must.lowers:
            wrong += _lower(one, two)
        free = one.view[must.question].chosen[answer] ^ 1
        who = net.all_of([situation(world, must), free])
        yield Doubt(net.all_of([who, net.any_of(wrong)]), world.people, other)
        ways: list[Way] = []
        if "first_path" in must.changes:
            ways += _another_first(one, two)
        if "first_path_level" in must.lowers:
            ways += _lower_first(one, two)
        if ways:
            yield Doubt(who, world.people, other, ways=tuple(ways))


def _answered(question: Question, answer: Answer) -> dict[str, Wire]:
    """These answers, for everybody."""
    chosen = (answer,) if isinstance(answer, str) else answer
    return {each: TRUE if each in chosen else FALSE for each in (*question.answers, UNSURE)}


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
