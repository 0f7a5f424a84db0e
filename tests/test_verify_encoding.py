"""The proofs speak of a circuit; the people are decided by `decide`. Here the two are held equal.

On random answer sets, unknown answers included, for the built-in rules and for rules that
were scrambled at random: alerts, first steps, gates, what is to check, readings, supports,
notes, the safe level, the points of every path and the whole ranking.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

import contract
import pytest
from scrambled_rules import scrambled

from pathfinder import decide
from pathfinder.engine.decision import Decision
from pathfinder.engine.rules import Rule
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import RulesError
from pathfinder.loader.answers_file import check_answers
from pathfinder.ruletools.verify.circuit import Circuit, Wire
from pathfinder.ruletools.verify.encoding import Reckoning
from pathfinder.ruletools.verify.inputs import everybody, inputs

SEED = 20261122


def people(dice: random.Random, count: int) -> list[contract.Answers]:
    """Random people; some know nearly everything about themselves, some hardly anything."""
    return [contract.random_answers(dice, dice.choice((0.03, 0.15, 0.5))) for _ in range(count)]


class Worked:
    """The circuit of a rule set, worked out for many people at once."""

    def __init__(self, rules: RuleSet, sets: Sequence[contract.Answers]) -> None:
        self.net = Circuit()
        self.out = Reckoning(self.net, rules, everybody(self.net, rules))
        self.width = len(sets)
        self.inputs: dict[object, int] = {}
        for place, answers in enumerate(sets):
            for name in inputs(rules, check_answers(rules, answers)):
                self.inputs[name] = self.inputs.get(name, 0) | 1 << place

    def for_each(self, wires: dict[str, Wire]) -> list[set[str]]:
        """The names whose wires are true, for each person."""
        found = self.net.evaluate(list(wires.values()), self.inputs, self.width)
        return [
            {name for name, bits in zip(wires, found, strict=True) if bits >> place & 1}
            for place in range(self.width)
        ]


def check_equal(rules: RuleSet, sets: Sequence[contract.Answers]) -> int:
    """Hold the circuit to `decide` for all `sets`. How many of them leave no path."""
    worked = Worked(rules, sets)
    out, paths = worked.out, rules.paths
    texts = (*rules.support_rules, *rules.note_rules, *rules.move_rules)
    fires = {rule: truth.true for rule, truth in out.fired.items()}
    true = worked.for_each({**fires, **{rule.id: out.told(rule) for rule in texts}})
    open_ = worked.for_each({rule.id: out.to_check(rule) for rule in safety_rules(rules)})
    above = worked.for_each({path.id: out.above_need(path) for path in paths})
    false = worked.for_each({rule: truth.false for rule, truth in out.fired.items()})
    read = worked.for_each(dict(out.gate_views.used))
    ranked = worked.for_each(out.ranked)
    top = worked.for_each({path.id: out.first(path) for path in paths})
    levels = worked.for_each({level.id: out.safe_level(n) for n, level in enumerate(rules.levels)})
    beats = worked.for_each({
        f"{one.id} {two.id}": out.beats(one, two) for one in paths for two in paths if one != two
    })  # fmt: skip
    adding = {
        path.id: worked.net.evaluate([w for w, _ in out.points[path.id]], worked.inputs, len(sets))
        for path in paths
    }
    pathless = 0
    for place, answers in enumerate(sets):
        try:
            found = decide(rules, answers)
        except RulesError:
            assert not ranked[place]
            assert not top[place]
            pathless += 1
            continue
        order = [entry.path for entry in found.ranked]
        assert ranked[place] == set(order), answers
        assert top[place] == {order[0]}, answers
        for number, one in enumerate(order):
            for two in order[number + 1 :]:
                assert f"{one} {two}" in beats[place], answers
                assert f"{two} {one}" not in beats[place], answers
        assert len(levels[place]) - 1 == rules.level_rank[found.safe_level or ""], answers
        for entry in found.ranked:
            counted = zip(adding[entry.path], out.points[entry.path], strict=True)
            points = sum(weight for bits, (_, weight) in counted if bits >> place & 1)
            assert points == entry.points, (entry.path, answers)
            assert entry.above_need == (entry.path in above[place]), (entry.path, answers)
        assert not true[place] & false[place]
        same_rules(rules, found, true[place], open_[place], read[place])
    return pathless


def safety_rules(rules: RuleSet) -> tuple[Rule, ...]:
    return (*rules.alert_rules, *rules.first_rules, *rules.gates)


def same_rules(
    rules: RuleSet, found: Decision, true: set[str], open_: set[str], read: set[str]
) -> None:
    """Which rules fire or are told, and which are to check: what the decision says of them."""
    assert {check.rule for check in found.to_check if check.effect != "reading"} == open_
    assert {check.rule for check in found.to_check if check.effect == "reading"} == read
    told = {rule for part in (found.alerts, found.first, found.supports) for entry in part
            for rule in entry.rules}  # fmt: skip
    given = (*rules.alert_rules, *rules.first_rules, *rules.support_rules)
    assert told == {rule.id for rule in given} & true
    # A gate is told where it takes a path out; one for the lowest level takes out none.
    gates = {gate.id for gate in rules.gates
             if gate.at_least is None or rules.level_rank[gate.at_least]}  # fmt: skip
    assert {rule for entry in found.set_aside for rule in entry.rules} == gates & true
    notes = {rule.id for rule in rules.note_rules}
    assert {note.id for note in found.notes} & notes == notes & true
    warned = {warning.id for warning in found.warnings}
    for move in rules.move_rules:
        assert (move.because in found.next_moves) >= (move.id in true or move.id in warned)
        if move.warns and not move.about:
            assert (move.id in warned) == (move.id in true)
    standing = {rule.id for rule in rules.barriers
                if rule.id in true and found.ranked[0].path in rule.paths}  # fmt: skip
    before = found.if_not_possible
    assert {b.question for b in rules.barriers if b.id in standing} == set(
        before.barriers if before else ()
    )


@pytest.mark.slow
@pytest.mark.no_cover
def test_the_circuit_is_the_same_as_decide_for_the_built_in_rules(rules: RuleSet) -> None:
    assert check_equal(rules, people(random.Random(SEED), 1500)) == 0


@pytest.mark.slow
@pytest.mark.no_cover
def test_the_circuit_is_the_same_as_decide_for_scrambled_rules(rules: RuleSet) -> None:
    dice = random.Random(SEED + 1)
    pathless = sum(check_equal(scrambled(rules, dice), people(dice, 60)) for _ in range(60))
    assert pathless > 0  # rules that leave somebody without a path are among them


@pytest.mark.slow
def test_z3_is_told_the_same_as_the_circuit_says(rules: RuleSet) -> None:
    """Each person, given to z3 answer by answer, comes out as the circuit works them out."""
    pytest.importorskip("z3")
    from pathfinder.ruletools.verify.circuit import Deadline, Solver

    sets = people(random.Random(SEED + 2), 12)
    worked = Worked(rules, sets)
    net, out = worked.net, worked.out
    wires = [out.first(path) for path in rules.paths]
    wires += [wire for truth in out.fired.values() for wire in truth]
    given = [wire for each in out.people.values() for wire in each.values()]
    found = net.evaluate([*wires, *given], worked.inputs, len(sets))
    solver = Solver(net, Deadline(None))
    for place in range(len(sets)):
        signed = [
            wire if bits >> place & 1 else wire ^ 1
            for wire, bits in zip([*wires, *given], found, strict=True)
        ]
        said, person = signed[: len(wires)], signed[len(wires) :]
        assert solver.search(signed).person() is not None
        assert solver.search([*person, net.all_of(said) ^ 1]).person() is None
