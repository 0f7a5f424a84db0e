"""What comes out for a whole crowd: each part of a result, and who gets what of it.

Why this module exists: two rule sets are compared over a million answer sets, and `decide`
takes them one by one. Here both rule sets stand in one circuit, so that what they share is
one wire, and only what hangs on a difference is worked out. Tests hold what comes out equal
to `decide`, person by person, also with changed rules.

It must not compare, word anything, or read files.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from pathfinder.engine.rules import Rule
from pathfinder.engine.ruleset import RuleSet
from pathfinder.ruletools.diff.population import BEGIN, BELOW, Crowd, Mask, PartRow
from pathfinder.ruletools.diff.ranking import (
    Before,
    Standing,
    Sums,
    compromises,
    otherwise,
    top,
)
from pathfinder.ruletools.verify.circuit import And, Circuit, Input, Wire, names, reaches
from pathfinder.ruletools.verify.encoding import Reckoning
from pathfinder.ruletools.verify.inputs import everybody

NO_PATH: Final = "no path"
"""The first path of people to whom the gates leave none."""

OUT_OF_SCOPE: Final = "out of scope"
"""The first path and the safe level of people for whom the rules aren't made."""

SHOWN: Final = "shown at once"
WAITS: Final = "waits for an alert"
"""What becomes of the list of paths, out of scope too: an alert with `hold` makes it wait."""

NO_NEED: Final = "none needed"
NONE_LEFT: Final = "none"
"""In place of a compromise: nothing stands before the first path; or nothing else can be begun."""

OF_RANKING: Final = ("first_path", "about_equal", "barriers", "helps", "compromise", BEGIN)
"""The parts that hang on which path stands first."""


class Outcomes(NamedTuple):
    """For each part of a result: id -> who gets it. People who get nothing of it are in none.

    `first_path`, `safe_level`, `hold`, `compromise` and `begin` give everybody one. `alerts` and
    `first` stand in the order in which they are told. `told` are the rules that speak for them,
    `to_check` the rules and readings that unknown answers leave open, `barriers` the questions
    on which something stands before the first path, `helps` what could make room there.
    """

    first_path: Mapping[str, Mask]
    about_equal: Mapping[str, Mask]
    safe_level: Mapping[str, Mask]
    hold: Mapping[str, Mask]
    alerts: Mapping[str, Mask]
    first: Mapping[str, Mask]
    paths: Mapping[str, Mask]
    told: Mapping[str, Mask]
    barriers: Mapping[str, Mask]
    helps: Mapping[str, Mask]
    compromise: Mapping[str, Mask]
    begin: Mapping[str, Mask]
    supports: Mapping[str, Mask]
    notes: Mapping[str, Mask]
    moves: Mapping[str, Mask]
    to_check: Mapping[str, Mask]


class Wired:
    """One rule set as wires of a net, which it may share with another one.

    `parts` holds those parts that are wires: people out of scope are still among those who get
    them. `ranking` is all on which the first path hangs.
    """

    def __init__(self, net: Circuit, rules: RuleSet) -> None:
        self.net = net
        self.rules = rules
        out = Reckoning(net, rules, everybody(net, rules))
        self.asked = {name: slot.asked for name, slot in out.view.items()}
        age = out.view[rules.scope_question].chosen
        self.minor = net.any_of([wire for answer, wire in age.items() if answer in rules.scope_out])
        self.up_to = [out.safe_level(rank) for rank in range(len(rules.levels) + 1)]
        self.parts = _parts(net, out, self.up_to)
        self.points = {path: tuple(sorted(terms)) for path, terms in out.points.items()}
        self.above = {path.id: out.above_need(path) for path in rules.paths}
        self.ranked = out.ranked
        self.closed = out.closed
        self.barriers = {each.id: out.fired[each.id].true for each in rules.barriers}

    @property
    def ranking(self) -> object:
        """What tells whether two rule sets rank alike, barriers and the compromise included."""
        paths = [
            (p.id, p.level, self.points[p.id], self.ranked[p.id], self.above[p.id])
            for p in self.rules.paths
        ]
        barriers = [
            (self.barriers[b.id], b.question, b.paths, b.helps, b.rules_out)
            for b in self.rules.barriers
        ]
        beside = (barriers, self.parts["supports"], self.closed, self.up_to[1:2])
        return self.rules.level_rank, self.rules.about_equal_within, paths, beside

    def of_ranking(self) -> list[Wire]:
        """Every wire that the first path, barriers and the compromise hang on."""
        wires = [wire for terms in self.points.values() for wire, _ in terms]
        supports = self.parts["supports"]
        for given in (self.ranked, self.above, self.closed, self.barriers, supports):
            wires += given.values()
        return [*wires, *self.up_to[1:2], *self.parts["safe_level"].values()]


def _parts(net: Circuit, out: Reckoning, up_to: Sequence[Wire]) -> dict[str, dict[str, Wire]]:
    rules = out.rules
    open_: tuple[Rule, ...] = (*rules.alert_rules, *rules.first_rules, *rules.gates)
    held = net.any_of([out.alert(alert.id) for alert in rules.alerts if alert.hold])
    return {
        "safe_level": {
            level.id: net.all_of([up_to[rank], up_to[rank + 1] ^ 1])
            for rank, level in enumerate(rules.levels)
        },
        "hold": {SHOWN: held ^ 1, WAITS: held},
        "alerts": {alert.id: out.alert(alert.id) for alert in rules.alerts},
        "first": {step.id: out.step(step.id) for step in rules.steps},
        "paths": dict(out.ranked),
        "told": {
            **{rule.id: out.fired[rule.id].true for rule in rules.alert_rules},
            **{rule.id: out.fired[rule.id].true for rule in rules.first_rules},
        },
        "supports": {each.id: out.support(each.id) for each in rules.supports},
        "notes": {rule.id: out.told(rule) for rule in rules.note_rules},
        "moves": {
            rule.id: net.any_of([out.told(rule), out.fired[rule.id].true if rule.warns else 0])
            for rule in rules.move_rules
        },
        "to_check": {**{rule.id: out.to_check(rule) for rule in open_}, **out.gate_views.used},
    }


class CarriedWires:
    """What wires carry for a crowd: each node once, and let go when nothing needs it any more."""

    def __init__(self, net: Circuit, wires: Iterable[Wire]) -> None:
        self._nodes = net.nodes
        self._wanted = {wire >> 1 for wire in wires}
        self._order = net.cone([number << 1 for number in self._wanted])
        last: dict[int, int] = {}
        for number in self._order:
            last.update((wire >> 1, number) for wire in names(net.nodes[number]))
        self._done: dict[int, list[int]] = {}
        for number, at in last.items():
            if number not in self._wanted:
                self._done.setdefault(at, []).append(number)

    @property
    def questions(self) -> frozenset[str]:
        """The questions whose answers the wires hang on."""
        found = (self._nodes[number] for number in self._order)
        return frozenset(_named(node)[0] for node in found if isinstance(node, Input))

    def of(self, crowd: Crowd) -> dict[Wire, Mask]:
        """Each wire that was asked for, and its opposite.

        A question that the crowd wasn't given, or an answer that the rules don't know, counts
        as left out.
        """
        ones = crowd.all
        value: dict[int, Mask] = {}

        def bits(wire: Wire) -> Mask:
            found = value[wire >> 1]
            return found ^ ones if wire & 1 else found

        for number in self._order:
            node = self._nodes[number]
            if isinstance(node, Input):
                question, answer = _named(node)
                value[number] = crowd.gave.get(question, {}).get(answer, 0)
            elif isinstance(node, And):
                carried = ones if number else 0
                for wire in node.wires:
                    carried &= bits(wire)
                value[number] = carried
            else:
                value[number] = reaches([(bits(w), n) for w, n in node.terms], node.least, ones)
            for done in self._done.get(number, ()):
                del value[done]
        kept = {number << 1: value[number] for number in self._wanted}
        return {**kept, **{wire ^ 1: who ^ ones for wire, who in kept.items()}}


def _named(node: Input) -> tuple[str, str]:
    """The question and the answer of an input of `everybody`."""
    assert isinstance(node.name, tuple)
    _, question, answer = node.name
    return question, answer


def outcomes(rules: RuleSet, crowd: Crowd) -> Outcomes:
    """What these rules come to for everybody."""
    wired = Wired(Circuit(), rules)
    carried = CarriedWires(wired.net, wires_of(wired, [*wired.parts, *OF_RANKING])).of(crowd)
    ranking = Ranking(carried, crowd.all)
    return Outcomes(**worked_out(wired, [*wired.parts, *OF_RANKING], carried, ranking, crowd.all))


def who_is_asked(rules: RuleSet, crowd: Crowd) -> dict[str, Mask]:
    """To whom each question is put."""
    wired = Wired(Circuit(), rules)
    carried = CarriedWires(wired.net, wired.asked.values()).of(crowd)
    return {name: carried[wire] for name, wire in wired.asked.items()}


def readers(
    rules: RuleSet, items: Iterable[tuple[str, str]], crowd: Crowd
) -> dict[tuple[str, str], int]:
    """How many get each of these things (kind and id), of the kinds that a result tells."""
    found = outcomes(rules, crowd)
    by_kind = {
        "alert": found.alerts, "first step": found.first, "support": found.supports,
        "note": found.notes, "move": found.moves, "alert rule": found.told,
        "first-step rule": found.told, "path": found.paths, "question": who_is_asked(rules, crowd),
    }  # fmt: skip
    return {
        (kind, name): by_kind[kind].get(name, 0).bit_count()
        for kind, name in items
        if kind in by_kind
    }


def wires_of(wired: Wired, parts: Iterable[str]) -> list[Wire]:
    """What has to be carried for these parts."""
    wires = [wired.minor]
    for part in parts:
        wires += wired.of_ranking() if part in OF_RANKING else wired.parts[part].values()
    return wires


def worked_out(
    wired: Wired,
    parts: Iterable[str],
    carried: Mapping[Wire, Mask],
    ranking: Ranking,
    ones: Mask,
) -> dict[str, dict[str, Mask]]:
    """These parts, for everybody. Who is out of scope gets alerts alone."""
    minor = carried[wired.minor]
    adult = ones & ~minor
    alert_rules = {rule.id for rule in wired.rules.alert_rules}
    found: dict[str, dict[str, Mask]] = {}
    for part in parts:
        if part in OF_RANKING:
            if part not in found:
                found.update(_ranked(wired, carried, ranking, adult, ones))
            continue
        found[part] = {
            name: carried[wire]
            if part in ("alerts", "hold") or (part == "told" and name in alert_rules)
            else carried[wire] & adult
            for name, wire in wired.parts[part].items()
        }
    if "safe_level" in found:
        found["safe_level"][OUT_OF_SCOPE] = minor
    if "first_path" in found:
        found["first_path"][OUT_OF_SCOPE] = minor
    return found


class Ranking:
    """How both rule sets rank a crowd. Points that they share are added up once."""

    def __init__(self, carried: Mapping[Wire, Mask], ones: Mask) -> None:
        self._carried = carried
        self._ones = ones
        self._sums = Sums(carried, ones)
        self._standings: dict[int, list[Standing]] = {}

    def of(self, wired: Wired) -> list[Standing]:
        """Every path of a rule set, with its points."""
        if id(wired) not in self._standings:
            pulls = (-sum(n for _, n in terms if n < 0) for terms in wired.points.values())
            least = max(pulls, default=0)
            self._standings[id(wired)] = [
                Standing(
                    path,
                    self._carried[wired.ranked[path.id]],
                    self._carried[wired.above[path.id]],
                    self._sums.of(wired.points[path.id], least),
                )
                for path in wired.rules.paths
            ]
        return self._standings[id(wired)]

    def otherwise(self, old: Wired, new: Wired, who: Mask) -> Mask:
        """Who of them has two paths as before, in another order than before."""
        if _in_order(old) == _in_order(new):
            return 0
        minors = self._carried[old.minor] | self._carried[new.minor]
        return (
            otherwise(old.rules, new.rules, self.of(old), self.of(new), self._ones) & who & ~minors
        )


def _in_order(wired: Wired) -> object:
    """What tells in which order paths stand, of those that are ranked."""
    return [(p.id, p.level, wired.points[p.id], wired.above[p.id]) for p in wired.rules.paths]


def _ranked(
    wired: Wired, carried: Mapping[Wire, Mask], ranking: Ranking, adult: Mask, ones: Mask
) -> dict[str, dict[str, Mask]]:
    rules = wired.rules
    stand = ranking.of(wired)
    at_top = top(rules, stand, ones)
    first = {path: who & adult for path, who in at_top.first.items()}
    standing: dict[str, Mask] = {}
    shut = {path: carried[wire] for path, wire in wired.closed.items()}
    barriers: dict[str, Mask] = {}
    helps: dict[str, Mask] = {}
    for barrier in rules.barriers:
        fires = carried[wired.barriers[barrier.id]]
        before = 0
        for path in barrier.paths:
            standing[path] = standing.get(path, 0) | fires
            before |= fires & first[path]
            if barrier.rules_out:
                shut[path] = shut.get(path, 0) | fires
        barriers[barrier.question] = barriers.get(barrier.question, 0) | before
        for support in barrier.helps:
            offered = carried[wired.parts["supports"][support]]
            helps[support] = helps.get(support, 0) | (before & offered)
    outpatient = carried[wired.up_to[1]] if len(rules.levels) > 1 else 0
    found = compromises(rules, stand, first, Before(standing, shut), outpatient, ones)
    needed = _any_of(barriers)
    safe = {level: carried[wire] for level, wire in wired.parts["safe_level"].items()}
    left = NONE_LEFT, needed & ~_any_of(found)
    return {
        "first_path": {**first, NO_PATH: adult & ~_any_of(first)},
        "about_equal": {path: who & adult for path, who in at_top.about_equal.items()},
        "barriers": barriers,
        "helps": helps,
        "compromise": {**found, NO_NEED: ones & ~needed, left[0]: left[1]},
        BEGIN: {
            **_begun(rules, {path: who & ~needed for path, who in first.items()}, found, safe),
            NONE_LEFT: left[1] & adult,
            NO_PATH: adult & ~_any_of(first) & ~needed,
            OUT_OF_SCOPE: ones & ~adult,
        },
    }


def _begun(
    rules: RuleSet, first: Mapping[str, Mask], beside: Mapping[str, Mask], safe: Mapping[str, Mask]
) -> dict[str, Mask]:
    """Who begins at which level: with the first path, or beside it. Only that can be too little."""
    found: dict[str, Mask] = {}
    for rank, level in enumerate(rules.levels):
        here = [path.id for path in rules.paths if path.level == level.id]
        less = _any_of({path: beside.get(path, 0) for path in here})
        higher = _any_of({each.id: safe[each.id] for each in rules.levels[rank + 1 :]})
        found[level.id] = _any_of({path: first[path] for path in here}) | (less & ~higher)
        found[level.id + BELOW] = less & higher
    return found


def _any_of(part: Mapping[str, Mask]) -> Mask:
    who = 0
    for mine in part.values():
        who |= mine
    return who


def warned(
    row: PartRow,
    old: Mapping[str, Mask],
    new: Mapping[str, Mask],
    told: Mapping[tuple[str, str], Mask],
) -> PartRow:
    """A support that comes or goes, with who of them is told of a danger."""
    if row.part != "supports":
        return row
    name = row.old or row.new or ""
    had, have = old.get(name, 0), new.get(name, 0)
    them, other = (had & ~have, have) if row.new is None else (have & ~had, had)
    counts = {
        what: ((them & who).bit_count(), (other & who).bit_count()) for what, who in told.items()
    }
    return row._replace(warned=counts)
