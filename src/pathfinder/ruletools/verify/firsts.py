"""Who has which path first, looked at only as far as a question needs.

Why this module exists: to say in wires that a path is first, its points must be held against those
of every other path. With five times our paths that is too much to write down, let alone to
search. Here nothing of it is written down at first. Whoever is found is decided by the engine,
and only the path that turns out to stand before the one in question is added up. So whoever
isn't found in what was written down can't be there, and whoever is found was decided.

Two people who differ in one answer need no adding up at all, where the one path gains no more
by it than the other: it can't pass it. That settles most questions (`_can_be`).

It must not know statements, or take a person for one whom `decide` hasn't seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pathfinder.engine.decide import decide
from pathfinder.engine.ruleset import Path
from pathfinder.errors import RulesError
from pathfinder.ruletools.verify.circuit import FALSE, TRUE, Circuit, Person, Search, Solver, Wire
from pathfinder.ruletools.verify.encoding import Reckoning
from pathfinder.ruletools.verify.inputs import situation


class Claim(NamedTuple):
    """This path stands first for these people."""

    out: Reckoning
    path: Path


Way = tuple[Claim, ...]
"""All of its claims hold: one for a person, or two, of the same person and changed."""


class Firsts:
    """A search for somebody for whom all `wires` are true, and all claims of one of `ways`.

    Without ways it is an ordinary search. `met` hears the first path of everybody who turns up.
    """

    def __init__(
        self, solver: Solver, net: Circuit, wires: list[Wire], ways: Sequence[Way]
    ) -> None:
        self._net = net
        self._search: Search | None = None
        self.met: set[str] = set()
        self._sums: set[tuple[int, str, str]] = set()
        if not ways:
            self._search = solver.search(wires)
            self._ways: tuple[Way, ...] = ()
            return
        groups = _groups(net, ways)
        coarse = solver.search([*wires, net.any_of(groups)])
        self._ways = ()
        if coarse.person() is None:
            return
        self._ways = tuple(way for group in groups.values() for way in group)
        some = [
            net.all_of([wire, *map(self._said, way)]) for wire, ws in groups.items() for way in ws
        ]
        self._search = solver.search([*wires, net.any_of(some)])

    def person(self) -> Person | None:
        """Somebody, as the engine decides them; None if there is nobody. Raises Undecided."""
        while self._search is not None:
            person = self._search.person()
            if person is None or not self._ways:
                return person
            tops = self._tops(person)
            if any(all(tops[id(out)] == path.id for out, path in way) for way in self._ways):
                return person
            self._learn(person, tops)
        return None

    def also(self, wires: Iterable[Wire]) -> None:
        """From now on, these must be true, too."""
        if self._search is not None:
            self._search.also(wires)

    def _said(self, claim: Claim) -> Wire:
        """True where a search supposes that this claim holds."""
        return self._net.input(("first", id(claim.out), claim.path.id))

    def _tops(self, person: Person) -> dict[int, str | None]:
        tops: dict[int, str | None] = {}
        for way in self._ways:
            for out, _ in way:
                if id(out) not in tops:
                    tops[id(out)] = first_path(self._net, out, person)
        self.met.update(top for top in tops.values() if top is not None)
        return tops

    def _learn(self, person: Person, tops: Mapping[int, str | None]) -> None:
        """What a supposed path needs to stand before the one that was first in truth."""
        assert self._search is not None
        for out, path in {claim for way in self._ways for claim in way}:
            top = tops[id(out)]
            key = (id(out), path.id, top or "")
            supposed = person.get(("first", id(out), path.id), False)
            if not supposed or top is None or top == path.id or key in self._sums:
                continue
            self._sums.add(key)
            rival = out.rules.path_by_id[top]
            stands = self._net.any_of([out.ranked[top] ^ 1, out.beats(path, rival)])
            self._search.also([self._net.any_of([self._said(Claim(out, path)) ^ 1, stands])])


def first_path(net: Circuit, out: Reckoning, person: Person) -> str | None:
    """The first path of this person, as the engine decides them."""
    wires = [wire for given in out.people.values() for wire in given.values()]
    inputs = {name: 1 for name, true in person.items() if true}
    carried = dict(zip(wires, map(bool, net.evaluate(wires, inputs, 1)), strict=True))
    try:
        found = decide(out.rules, situation(out.rules, out.people, carried))
    except RulesError:
        return None
    return found.ranked[0].path if found.ranked else None


# --- what can't be, without adding up ------------------------------------------------------


def _groups(net: Circuit, ways: Sequence[Way]) -> dict[Wire, list[Way]]:
    """The ways by what must be true for them whatever the points are. Those of nobody are gone."""
    gains: dict[tuple[int, int], _Gains] = {}
    known: dict[object, Wire] = {}
    groups: dict[Wire, list[Way]] = {}
    for way in ways:
        one, two = way[0], way[-1]
        pair = (id(one.out), id(two.out))
        if len(way) == 2 and pair not in gains:
            gains[pair] = _Gains(one.out, two.out)
        key: object = (pair, _kind(one.out, two.out, one.path, gains.get(pair)))
        key = (key, _kind(one.out, two.out, two.path, gains.get(pair)), _wins(one, two.path))
        wire = known.get(key)
        if wire is None:
            alone = len(way) == 1
            wire = _ranked_first(net, one) if alone else _can_be(net, one, two, gains[pair])
            known[key] = wire
        if wire != FALSE:
            groups.setdefault(wire, []).append(way)
    return groups


def _kind(one: Reckoning, two: Reckoning, path: Path, gains: _Gains | None) -> object:
    """Paths of one kind are alike in all that is looked at here."""
    aboves = (one.above_need(path), two.above_need(path))
    ranked = (one.ranked[path.id], two.ranked[path.id])
    return (ranked, aboves, None if gains is None else gains.of(path))


def _wins(claim: Claim, other: Path) -> bool:
    return claim.path.id != other.id and claim.out.wins_ties(claim.path, other)


def _ranked_first(net: Circuit, claim: Claim) -> Wire:
    """It is ranked, and no path is nearer to what is needed."""
    out, path = claim
    nearer = out.near if out.above_need(path) != FALSE else FALSE
    far = net.all_of([out.above_need(path), nearer])
    return net.all_of([out.ranked[path.id], far ^ 1])


def _can_be(net: Circuit, one: Claim, two: Claim, gains: _Gains) -> Wire:
    """Whether one path can be first for the first people, and the other for the second.

    Each must stand before the other one where both are ranked. If the second gains no more than
    the first, it isn't so that first the one has more points, and then the other.
    """
    both = [_ranked_first(net, one), _ranked_first(net, two)]
    if one.path.id == two.path.id:
        return net.all_of(both)

    def stands(more_one: Wire, more_two: Wire) -> Wire:
        return net.all_of([
            *both,
            _before(net, one, two.path, more_one),
            _before(net, two, one.path, more_two),
        ])  # fmt: skip

    if gains.passes(one.path, two.path):
        return stands(TRUE, TRUE)
    return net.any_of([stands(TRUE, FALSE), stands(FALSE, TRUE)])


def _before(net: Circuit, claim: Claim, rival: Path, more: Wire) -> Wire:
    """Whether the path stands before this rival, if `more` says whether its points do."""
    out, path = claim
    return net.any_of([out.ranked[rival.id] ^ 1, out.stands_before(path, rival, more)])


class _Gains:
    """What each path has more for the second people than for the first."""

    def __init__(self, one: Reckoning, two: Reckoning) -> None:
        self._one = one
        gains: dict[str, dict[Wire, int]] = {}
        for table in one.rules.reasons:
            for answer, row in table.rows.items():
                same = one.rows[table.id, answer] == two.rows[table.id, answer]
                for argument in row.arguments:
                    if same and argument.when is None and argument.unless is None:
                        continue
                    before = one.counts(table, answer, argument)
                    after = two.counts(table, answer, argument)
                    if before == after:
                        continue
                    for path in argument.paths:
                        mine = gains.setdefault(path, {})
                        _add(mine, after, argument.points)
                        _add(mine, before, -argument.points)
        self._of = {path: _normal(terms) for path, terms in gains.items()}

    def of(self, path: Path) -> Gain:
        return self._of.get(path.id, ())

    def passes(self, one: Path, other: Path) -> bool:
        """Whether `other`, behind `one` at first, may stand before it then.

        It may if there could be somebody for whom it gains more.
        """
        more = dict(self.of(other))
        for wire, points in self.of(one):
            _add(more, wire, -points)
        return more.pop(TRUE, 0) + sum(points for points in more.values() if points > 0) > 0


Gain = tuple[tuple[Wire, int], ...]
"""So many points for everybody for whom the wire is true."""


def _add(terms: dict[Wire, int], wire: Wire, points: int) -> None:
    terms[wire] = terms.get(wire, 0) + points


def _normal(terms: Mapping[Wire, int]) -> Gain:
    return tuple(
        sorted((wire, points) for wire, points in terms.items() if points and wire != FALSE)
    )
