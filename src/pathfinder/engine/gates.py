"""Gates: the least level of care that is safe, and the paths that are set aside.

Why this module exists: a gate protects people whose answers are missing or don't
fit together. It is therefore worked out on two views of the answers. The first
takes every reading; the second leaves unknown answers unknown, so that a gate
which only an unknown answer keeps quiet is handed to a professional.

Alerts, first steps and fit points never come here: they see the answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pathfinder.engine.conditions import (
    NOT_ASKED,
    Condition,
    Truth,
    Value,
    View,
    fires,
    questions_in,
    unknown_in,
)
from pathfinder.engine.decision import ToCheck
from pathfinder.engine.flow import Sight, without
from pathfinder.engine.question import Question, Reading
from pathfinder.engine.ready import Facts, Ready, ReadyRules, made_ready
from pathfinder.engine.rules import Gate
from pathfinder.engine.ruleset import RuleSet


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


def gate_views(rules: RuleSet, view: View, assumed: Sequence[str] = ()) -> GateViews:
    """Both views that gates are worked out on, from the view of the answers.

    In the second, the answers of `assumed` questions are unknown, too.
    """
    plain = without(view, assumed)
    read: dict[str, Value] = {}  # what is read otherwise than it was answered
    open_: dict[str, Value] = {}
    used: list[Reading] = []
    doubted: dict[str, tuple[str, ...]] = {}
    for question in made_ready(rules).read_otherwise:
        value = view.get(question.id, NOT_ASKED)
        if value is NOT_ASKED:
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
            read[question.id] = reading.value
        if assumed:
            reading, doubts = _contradiction(question, plain)
        if reading is not None:
            open_[question.id] = reading.value
        elif doubts:
            doubted[question.id] = doubts
            open_[question.id] = None
    alike = read == open_ and not assumed
    seen, unsure = {**view, **read} if read else view, {**plain, **open_} if open_ else plain
    return GateViews(seen, unsure, tuple(used), doubted, alike or seen == unsure)


def questions_of_care(rules: RuleSet) -> frozenset[str]:
    """The questions that an alert, a first step or the least safe level rests on.

    With those that decide whether they are asked, what they are worked out from, and what
    they are read as. Once these are answered, the rest can only choose among kinds of care.
    """
    conditions = [each for rule in rules.alert_rules for each in (rule.when, rule.unless)]
    conditions += [each for rule in rules.first_rules for each in (rule.when, rule.unless)]
    for gate in rules.gates:
        if gate.at_least is not None:
            conditions += [gate.when, gate.unless]
    return behind(rules, conditions)


def behind(rules: RuleSet, conditions: Sequence[Condition | None]) -> frozenset[str]:
    """The questions that the conditions name, and those behind them: no other answer can
    change what they come to."""
    found = set(questions_in(*conditions))
    size = 0
    while size < len(found):
        size = len(found)
        for question in rules.questions:
            if question.id in found:
                found |= _behind(question)
    return frozenset(found)


def _behind(question: Question) -> set[str]:
    """The questions that this one's place and its readings rest on."""
    conditions = [question.ask_when, *(reading.when for reading in question.readings)]
    found = set()
    if question.derived is not None:
        found.add(question.derived.source)
        conditions.append(question.derived.when)
    return found.union(*(questions_in(each) for each in conditions if each is not None))


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


# --- what the gates come to -----------------------------------------------------


class Gates(NamedTuple):
    """What the gates came to. `closed` maps a path to the set-aside gates that took it out.

    `fired`: a bit for each gate that fired, in the order of the rules.
    """

    safe_rank: int
    levels: tuple[Gate, ...]
    closed: Mapping[str, tuple[Gate, ...]]
    open: tuple[ToCheck, ...]
    readings: tuple[ToCheck, ...]
    fired: int = 0


def work_out_gates(rules: RuleSet, sight: Sight) -> Gates:
    """As `gate_truth` has it for each gate."""
    ready, assumed = sight.ready, sight.assumed
    views = gate_views(rules, sight.view, assumed)
    differ = (*[question.id for question in ready.read_otherwise], *assumed)
    read = sight.facts
    if views.read is not sight.view:
        read = ready.instead(read, sight.view, views.read, differ)
    open_facts = read if views.alike else ready.instead(read, views.read, views.open, differ)
    surely = None
    if assumed:
        surely = ready.instead(read, views.read, without(views.read, assumed), assumed)
    true, can_be = read
    alike = views.alike
    can = can_be | open_facts.can
    open_: list[ToCheck] = []
    fired = 0
    for each, bit in [each for each in ready.gates_by_bit if can & (n := each[0][1]) == n]:
        when, unless = each[3], each[4]
        truth = when(true, can_be)  # as `Ready.truth`
        if truth is not False and unless is not None and unless(true, can_be) is True:
            truth = False
        if truth is not True and not alike:
            truth = False if each.truth(open_facts) is False else None
        if truth is None:
            open_.append(_open_gate(each, views, open_facts, ready))
        elif truth:
            fired |= bit
            if surely is not None and each.truth(surely) is not True:
                named = questions_in(each.rule.when, each.rule.unless)
                asked = tuple([name for name in named if name in assumed])
                open_.append(_to_check(each.rule, asked))
    known = ready.at_work.get(fired) or ready.at_work.keep(fired, _at_work(rules, fired))
    readings = tuple([_used(reading) for reading in views.used])
    return Gates(*known, tuple(open_), readings, fired)


def _at_work(
    rules: RuleSet, fired: int
) -> tuple[int, tuple[Gate, ...], Mapping[str, tuple[Gate, ...]]]:
    """What these gates come to together, whoever they fired for."""
    levels: list[Gate] = []
    closed: dict[str, tuple[Gate, ...]] = {}
    rank = 0
    for place, gate in enumerate(rules.gates):
        if not fired >> place & 1:
            continue
        if gate.at_least is not None:
            levels.append(gate)
            rank = max(rank, rules.level_rank[gate.at_least])
        else:
            for path in gate.set_aside:
                closed[path] = (*closed.get(path, ()), gate)
    return rank, tuple(levels), closed


def _open_gate(each: Ready[Gate], views: GateViews, facts: Facts, ready: ReadyRules) -> ToCheck:
    if views.doubted:
        return _to_check(each.rule, gate_questions(each.rule, views))
    key = (each.rule.id, facts.true & each.named, facts.can & each.named)
    known = ready.open_rules.get(key)
    if known is None:
        known = ready.open_rules.keep(key, _to_check(each.rule, gate_questions(each.rule, views)))
    return known


def _to_check(gate: Gate, questions: tuple[str, ...]) -> ToCheck:
    target = gate.set_aside if gate.at_least is None else (gate.at_least,)
    return ToCheck(gate.id, "gate", target, questions, gate.check)


def _used(reading: Reading) -> ToCheck:
    return ToCheck(reading.id, "reading", (reading.value,), (reading.question,), reading.check)


def gates_above(rules: RuleSet, gates: Gates) -> dict[int, tuple[Gate, ...]]:
    """For each level below the safe one: the gates that ask for more care than it gives."""
    ranks = [(rules.level_rank[gate.at_least or ""], gate) for gate in gates.levels]
    return {
        rank: tuple([gate for asked, gate in ranks if asked > rank])
        for rank in range(gates.safe_rank)
    }
