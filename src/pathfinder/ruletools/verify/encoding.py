"""What comes out, for everybody at once: `decide` as a circuit.

Why this module exists: statements speak of alerts, first steps, levels and paths, and a
proof needs each as a wire. It is written from the rule model, never from a rule's id, and
stands beside `decide`, `gates` and `fit` as a second, slower reader of the same
rules; `tests/test_verify_encoding.py` holds the two equal, on mutated rules, too.

It must not know statements, or that there is a solver.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from pathfinder.engine.conditions import All, questions_in
from pathfinder.engine.question import SKIP, UNSURE, Question
from pathfinder.engine.rules import (
    Argument,
    Gate,
    MoveRule,
    NoteRule,
    ReasonTable,
    Rule,
    SupportRule,
)
from pathfinder.engine.ruleset import Path, RuleSet
from pathfinder.ruletools.verify.circuit import FALSE, TRUE, Circuit, Wire
from pathfinder.ruletools.verify.inputs import (
    Kleene,
    PersonWires,
    Slot,
    WireView,
    fires,
    holds,
    view,
    without_assumed,
)

_EVERYBODY = All(())

Points = tuple[tuple[Wire, int], ...]
"""What adds to a path: (whether it counts, how much)."""


class GateWires(NamedTuple):
    """What gates see the first and the second time, and whether each reading is used."""

    read: WireView
    open: WireView
    used: Mapping[str, Wire]


class Reckoning:
    """What `decide` comes to for each of `people`. Each part is worked out when it is asked for."""

    def __init__(
        self, net: Circuit, rules: RuleSet, people: PersonWires, surely_asked: str | None = None
    ) -> None:
        self.net = net
        self.rules = rules
        self.people = people
        self.view = view(net, rules, people, surely_asked)
        self.plain = without_assumed(net, rules, people, self.view, surely_asked)
        self._first: dict[str, Wire] = {}
        self._levels: dict[int, Wire] = {}

    # --- rules ---

    @cached_property
    def fired(self) -> dict[str, Kleene]:
        """Rule id -> whether it fires; neither true nor false: it stands under `to_check`."""
        rules = self.rules
        given = [rule for rule in rules.every_rule if not isinstance(rule, Gate)]
        fired = {rule.id: self._fires(rule) for rule in given}
        fired.update((gate.id, self._gate(gate)) for gate in rules.gates)
        return fired

    def _fires(self, rule: Rule) -> Kleene:
        """A rule is quiet only where it is so whatever isn't known, or is only assumed."""
        seen = fires(self.net, rule.when, rule.unless, self.view)
        plain = fires(self.net, rule.when, rule.unless, self.plain)
        return Kleene(seen.true, self.net.all_of([seen.false, plain.false]))

    def to_check(self, rule: Rule) -> Wire:
        """Whether the rule stands under `to_check`: it is open, or fires on what is assumed."""
        surely = self._surely if isinstance(rule, Gate) else self.plain
        sure = fires(self.net, rule.when, rule.unless, surely).true
        fired = self.fired[rule.id]
        assumed = self.net.all_of([fired.true, sure ^ 1])
        return self.net.any_of([fired.open(self.net), assumed])

    @cached_property
    def _surely(self) -> WireView:
        """What gates read, with what is only assumed not known."""
        names = {
            question.id
            for question in self.rules.questions
            if question.derived is not None and not question.derived.counts
        }
        return {**self.gate_views.read, **{name: self.plain[name] for name in names}}

    def alert(self, alert: str) -> Wire:
        mine = [rule.id for rule in self.rules.alert_rules if rule.alert == alert]
        return self.net.any_of([self.fired[rule].true for rule in mine])

    def step(self, step: str) -> Wire:
        """Whether this is one of the first steps."""
        mine = [rule.id for rule in self.rules.first_rules if rule.first == step]
        return self.net.any_of([self.fired[rule].true for rule in mine])

    def support(self, support: str) -> Wire:
        mine = [rule for rule in self.rules.support_rules if rule.support == support]
        return self.net.any_of([self.told(rule) for rule in mine])

    def note(self, note: str) -> Wire:
        (rule,) = (each for each in self.rules.note_rules if each.id == note)
        return self.told(rule)

    @cached_property
    def hold(self) -> Wire:
        """Whether the paths wait until the person is safe."""
        return self.net.any_of([self.alert(alert.id) for alert in self.rules.alerts if alert.hold])

    def told(self, rule: SupportRule | NoteRule | MoveRule) -> Wire:
        """Whether a text is told: it fires, and a path that it speaks of is called for."""
        fired = self.fired[rule.id].true
        if not rule.about:
            return fired
        paths = [self.rules.path_by_id[path] for path in rule.about]
        called_for = [self.net.all_of([self.ranked[p.id], self.above_need(p) ^ 1]) for p in paths]
        return self.net.all_of([fired, self.net.any_of(called_for)])

    @cached_property
    def gate_views(self) -> GateWires:
        """Both views that gates are worked out on, as in `readings.gate_views`."""
        read, open_ = dict(self.view), dict(self.plain)
        used: dict[str, Wire] = {}
        differ = any(self.plain[name] is not slot for name, slot in self.view.items())
        for question in self.rules.questions:
            if question.readings:
                read[question.id], same, mine = self._read_once(question, self.view)
                used.update(mine)
                if differ:
                    _, same, _ = self._read_once(question, self.plain)
                open_[question.id] = same
        return GateWires(read, open_, used)

    def _gate(self, gate: Gate) -> Kleene:
        views = self.gate_views
        true = fires(self.net, gate.when, gate.unless, views.read).true
        quiet = fires(self.net, gate.when, gate.unless, views.open).false
        return Kleene(true, self.net.all_of([true ^ 1, quiet]))

    def _read_once(
        self, question: Question, view: WireView
    ) -> tuple[Slot, Slot, Mapping[str, Wire]]:
        """`_read`, and which readings are used, worked out once for the same answers."""

        def read() -> tuple[Slot, Slot, Mapping[str, Wire]]:
            used: dict[str, Wire] = {}
            return (*self._read(question, view, used), used)

        names = questions_in(*[reading.when for reading in question.readings])
        slots = [view.get(name) for name in (question.id, *names)]
        return self.net.once(("read", question, *slots), read)

    def _read(self, question: Question, view: WireView, used: dict[str, Wire]) -> tuple[Slot, Slot]:
        """What the question reads as, and what it counts as where nothing is read into it."""
        net, slot = self.net, view[question.id]
        for reading in question.readings:
            used[reading.id] = FALSE
        chosen = {answer: [wire] for answer, wire in slot.chosen.items()}

        # An unknown answer takes the first reading that holds; a contradiction corrects that.
        before = net.all_of([slot.asked, slot.known ^ 1])
        for reading in question.readings:
            if not reading.of_unknown:
                continue
            true = holds(net, reading.when, view).true
            taken = net.all_of([before, true])
            before = net.all_of([before, true ^ 1])
            used[reading.id] = net.any_of([used[reading.id], taken])
            stands = _standing(slot, reading.value)
            left, _ = self._contradicted(question, stands, view, taken, chosen, used)
            chosen.setdefault(reading.value, []).append(left)

        corrected: dict[str, list[Wire]] = {}
        left, doubt = self._contradicted(question, slot, view, slot.known, corrected, used)
        for answer, wire in slot.chosen.items():
            chosen[answer][0] = net.all_of([left, wire])
        for answer, wires in corrected.items():
            chosen.setdefault(answer, []).extend(wires)
        seen = {answer: net.any_of(wires) for answer, wires in chosen.items()}
        read = Slot(slot.asked, net.any_of(seen.values()), seen)
        doubted = {
            answer: net.any_of([
                net.all_of([left, doubt ^ 1, slot.chosen.get(answer, FALSE)]),
                *corrected.get(answer, ()),
            ])
            for answer in seen
        }  # fmt: skip
        return read, Slot(slot.asked, net.any_of(doubted.values()), doubted)

    def _contradicted(
        self,
        question: Question,
        slot: Slot,
        view: WireView,
        who: Wire,
        chosen: dict[str, list[Wire]],
        used: dict[str, Wire],
    ) -> tuple[Wire, Wire]:
        """Correct the answers of `who` that others contradict, into `chosen` and `used`.

        Returns who is left with the answer, and for whom it is in doubt.
        """
        net, left, doubts = self.net, who, []
        seen = {**view, question.id: slot}
        for reading in question.readings:
            if reading.of_unknown:
                continue
            truth = holds(net, reading.when, seen)
            taken = net.all_of([left, truth.true])
            left = net.all_of([left, truth.true ^ 1])
            doubts.append(truth.open(net))
            used[reading.id] = net.any_of([used[reading.id], taken])
            chosen.setdefault(reading.value, []).append(taken)
        return left, net.all_of([left, net.any_of(doubts)])

    # --- levels and paths ---

    def safe_level(self, rank: int) -> Wire:
        """Whether the safe level is this one or a higher one; the lowest is 0."""
        if rank not in self._levels:
            ranks = self.rules.level_rank
            asking = [g.id for g in self.rules.gates if g.at_least and ranks[g.at_least] >= rank]
            fired = [self.fired[gate].true for gate in asking]
            self._levels[rank] = self.net.any_of(fired) if rank > 0 else TRUE
        return self._levels[rank]

    @cached_property
    def closed(self) -> dict[str, Wire]:
        """Path id -> whether a gate sets it aside for its own sake."""
        closing: dict[str, list[Wire]] = {path.id: [] for path in self.rules.paths}
        for gate in self.rules.gates:
            for path_id in gate.set_aside:
                closing[path_id].append(self.fired[gate.id].true)
        return {path_id: self.net.any_of(wires) for path_id, wires in closing.items()}

    @cached_property
    def ranked(self) -> dict[str, Wire]:
        """Path id -> whether it is safe, and so ranked."""
        ranks = self.rules.level_rank
        return {
            path.id: self.net.all_of([
                self.closed[path.id] ^ 1, self.safe_level(ranks[path.level] + 1) ^ 1
            ])
            for path in self.rules.paths
        }  # fmt: skip

    @cached_property
    def rows(self) -> dict[tuple[str, str], Wire]:
        """(table of reasons, answer of its row) -> whether the row counts."""
        rows: dict[tuple[str, str], Wire] = {}
        for table in self.rules.reasons:
            slot, given = self.view[table.question], self.people[table.question]
            unknown = self.net.all_of([slot.asked, slot.known ^ 1])
            for answer in table.rows:
                if answer == UNSURE:
                    wire = self.net.all_of([unknown, given[UNSURE]])
                elif answer == SKIP:
                    wire = self.net.all_of([unknown, given[UNSURE] ^ 1])
                else:
                    wire = slot.chosen.get(answer, FALSE)
                rows[table.id, answer] = wire
        return rows

    @cached_property
    def points(self) -> dict[str, Points]:
        """Path id -> everything that adds to it."""
        points: dict[str, list[tuple[Wire, int]]] = {path.id: [] for path in self.rules.paths}
        for table in self.rules.reasons:
            for answer, row in table.rows.items():
                for argument in row.arguments:
                    wire = self.counts(table, answer, argument)
                    for path in argument.paths:
                        points[path].append((wire, argument.points))
        return {path: tuple(terms) for path, terms in points.items()}

    def counts(self, table: ReasonTable, answer: str, argument: Argument) -> Wire:
        """Whether this argument of a row counts."""
        wire = self.rows[table.id, answer]
        if argument.when is None and argument.unless is None:
            return wire
        when = argument.when or _EVERYBODY
        return self.net.all_of([wire, fires(self.net, when, argument.unless, self.view).true])

    def beats(self, one: Path, other: Path) -> Wire:
        """Whether `one` would stand before `other` if both are ranked.

        A path two levels above what is safe stands behind all that are not.
        """
        difference = [*self.points[one.id], *[(w, -n) for w, n in self.points[other.id]]]
        more = self.net.at_least(difference, 0 if self.wins_ties(one, other) else 1)
        return self.stands_before(one, other, more)

    def stands_before(self, one: Path, other: Path, more: Wire) -> Wire:
        """The same, where `more` says whether the points of `one` do."""
        net = self.net
        above, beside = self.above_need(one), self.above_need(other)
        return net.any_of([
            net.all_of([above ^ 1, beside]), net.all_of([net.differ(above, beside) ^ 1, more])
        ])  # fmt: skip

    @cached_property
    def near(self) -> Wire:
        """Whether a path is ranked that isn't far above what is needed."""
        return self.net.any_of([
            self.net.all_of([self.ranked[path.id], self.above_need(path) ^ 1])
            for path in self.rules.paths
        ])  # fmt: skip

    def above_need(self, path: Path) -> Wire:
        """Whether the path asks for two levels more than the safe one, or still more."""
        rank = self.rules.level_rank[path.level]
        return self.safe_level(rank - 1) ^ 1 if rank > 1 else FALSE

    def first(self, path: Path) -> Wire:
        """Whether this path is ranked first."""
        if path.id not in self._first:
            net = self.net
            over = [
                net.any_of([self.ranked[other.id] ^ 1, self.beats(path, other)])
                for other in self.rules.paths
                if other.id != path.id and self.ranked[other.id] != FALSE
            ]
            self._first[path.id] = net.all_of([self.ranked[path.id], *over])
        return self._first[path.id]

    def wins_ties(self, one: Path, other: Path) -> bool:
        """Ties go to the lower level of care, then to the order of the file."""
        ranks, order = self.rules.level_rank, self.rules.paths
        mine, theirs = ranks[one.level], ranks[other.level]
        return mine < theirs or (mine == theirs and order.index(one) < order.index(other))


def _standing(slot: Slot, value: str) -> Slot:
    """The question with this answer for everybody who is asked it."""
    chosen = {answer: slot.asked if answer == value else FALSE for answer in slot.chosen}
    return Slot(slot.asked, slot.asked, {**chosen, value: slot.asked})
