"""Which promises the rules now break for people who are drawn: how many of them.

Why this module exists: that a promise still stands in `checks.yaml` doesn't say that it is kept.
A proof takes minutes and needs a solver; a look at people who are drawn takes a second, and
whoever signs a change must not read "asked for as before" over a promise that thousands break.

It must not call a promise kept: only `rules verify` proves that. What compares two people with
each other isn't looked at here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from pathfinder.engine.ruleset import RuleSet
from pathfinder.ruletools.diff.outcomes import NO_PATH, WAITS, CarriedWires, Outcomes, outcomes
from pathfinder.ruletools.diff.population import PIECE, Asked, Crowd, Mask, drawn
from pathfinder.ruletools.verify.circuit import TRUE, Circuit
from pathfinder.ruletools.verify.encoding import Reckoning
from pathfinder.ruletools.verify.inputs import everybody, holds
from pathfinder.ruletools.verify.statements import Demand, Implies, Statement

LOOKED_AT: Final = PIECE
"""So many answer sets are drawn, of people of every age."""


class BrokenPromise(NamedTuple):
    """A promise, and how many of those who were drawn break it."""

    id: str
    says: str
    sets: int


def broken(rules: RuleSet, statements: Iterable[Statement], seed: int) -> tuple[BrokenPromise, ...]:
    """The promises that somebody breaks under these rules, the most broken first."""
    told = [each for each in statements if any(isinstance(must, Implies) for must in each.must)]
    if not told:
        return ()
    asked = [Asked(each.id, each.kind == "many", each.answers) for each in rules.questions]
    crowd = drawn(asked, LOOKED_AT, seed)
    found = outcomes(rules, crowd)
    of_whom = _People(rules, crowd)
    counted = []
    for statement in told:
        who = 0
        for must in statement.must:
            if isinstance(must, Implies):
                who |= of_whom.speaks_of(must) & ~_gets(rules, found, must.then, crowd.all)
        if who:
            counted.append(BrokenPromise(statement.id, statement.says, who.bit_count()))
    return tuple(sorted(counted, key=lambda each: -each.sets))


class _People:
    """Of whom statements speak, in one crowd."""

    def __init__(self, rules: RuleSet, crowd: Crowd) -> None:
        self._rules = rules
        self._crowd = crowd
        self._net = Circuit()
        self._view = Reckoning(self._net, rules, everybody(self._net, rules)).view

    def speaks_of(self, must: Implies) -> Mask:
        age = self._view[self._rules.scope_question].chosen
        out = [wire for answer, wire in age.items() if answer in self._rules.scope_out]
        minor = self._net.any_of(out)
        when = TRUE if must.when is None else holds(self._net, must.when, self._view).true
        wire = self._net.all_of([when, minor if must.minors else minor ^ 1])
        return CarriedWires(self._net, [wire]).of(self._crowd)[wire]


def _gets(rules: RuleSet, found: Outcomes, wanted: Demand, ones: Mask) -> Mask:
    """Who gets all of it. What no outcome tells counts as given, as it can't be looked at here."""
    who = ones
    for mask in _asked(rules, found, wanted, ones):
        who &= mask
    return who


def _asked(rules: RuleSet, found: Outcomes, wanted: Demand, ones: Mask) -> Iterator[Mask]:
    def any_of(part: Mapping[str, Mask], names: Iterable[str]) -> Mask:
        who = 0
        for name in names:
            who |= part.get(name, 0)
        return who

    levels = [level.id for level in rules.levels]
    yield from (found.alerts.get(name, 0) for name in wanted.alerts)
    yield from (found.first.get(name, 0) for name in wanted.first)
    yield from (found.supports.get(name, 0) for name in wanted.supports)
    yield from (found.notes.get(name, 0) for name in wanted.notes)
    yield from (found.moves.get(name, 0) for name in wanted.warnings)
    yield ones & ~any_of(found.first, wanted.not_first)
    yield ones & ~any_of(found.paths, wanted.not_ranked)
    yield ones & ~any_of(found.first_path, wanted.not_first_path)
    yield ones & ~any_of(found.supports, wanted.not_supports)
    if wanted.first_of_first is not None and wanted.first_of_first in found.first:
        order = list(found.first)
        before = any_of(found.first, order[: order.index(wanted.first_of_first)])
        yield found.first[wanted.first_of_first] & ~before
    if wanted.at_least in levels:
        yield any_of(found.safe_level, levels[levels.index(wanted.at_least) :])
    if wanted.at_most in levels:
        yield any_of(found.safe_level, levels[: levels.index(wanted.at_most) + 1])
    if wanted.first_path:
        yield any_of(found.first_path, wanted.first_path)
    if wanted.some_path:
        yield ones & ~found.first_path[NO_PATH]
    if wanted.hold is not None:
        yield found.hold[WAITS] if wanted.hold else ones & ~found.hold[WAITS]
