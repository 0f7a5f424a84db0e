"""Yes-or-no circuits, what a rule set does as one net of ands, nots and weighted sums; and z3.

Why this module exists: the same net is worked out for thousands of answer sets at once
(to hold it to `decide`) and handed to z3 (to prove). Equal parts are one node, so two
people who differ in one answer share all that this answer doesn't touch, and what can't
differ is seen without any search. `Solver` is the one place that knows z3, and is given only the
part of the net that a question hangs on: weighted sums are z3's pseudo-boolean constraints, in
its solver for finite domains; sums that differ in their bound alone are tied together, so that
"more than 3" and "less than 2" are seen to exclude each other without adding up. One time limit
(`Deadline`) holds for all that a proof does, the count among it.

It must not know what the net stands for. An answer of "don't know" is never one of "nobody", and
neither is "the time ran out".

    >>> net = Circuit()
    >>> rain, late = net.input("rain"), net.input("late")
    >>> net.all_of([rain, late]) == net.all_of([late, rain, TRUE])
    True
"""

from __future__ import annotations

import shlex
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple, TypeVar

from pathfinder.errors import PathfinderError

T = TypeVar("T")

Wire = int
"""One output of the net. `wire ^ 1` is its opposite."""

FALSE: Final[Wire] = 0
TRUE: Final[Wire] = 1

Weighted = tuple[tuple[Wire, int], ...]

_LONGEST = 2_000_000_000
"""Milliseconds: z3 takes no more than 32 bits. Three weeks are no limit for anybody."""

Person = Mapping[object, bool]
"""Input name -> whether it is true. An input that isn't named is false."""


class Input(NamedTuple):
    name: object


class And(NamedTuple):
    wires: tuple[Wire, ...]


class AtLeast(NamedTuple):
    """The weights of the wires that are true add up to `least` or more."""

    terms: Weighted
    least: int


Node = Input | And | AtLeast


class Circuit:
    """A growing net. Nodes only name nodes before them."""

    def __init__(self) -> None:
        self.nodes: list[Node] = [And(())]  # node 0 is the constant: FALSE, and TRUE its opposite
        self._known: dict[Node, Wire] = {}
        self._parts: dict[Wire, Wire] = {}
        self._made: dict[tuple[int, ...], tuple[tuple[object, ...], Any]] = {}

    def once(self, parts: tuple[object, ...], make: Callable[[], T]) -> T:
        """What `make` gives for these very objects, made once: people mostly share their parts."""
        key = tuple(map(id, parts))
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = (parts, make())  # parts are kept, so no other takes their id
        return found[1]

    def part(self, wire: Wire) -> object:
        """The wire as a part for `once`: the same object for the same wire."""
        return self._parts.setdefault(wire, wire)

    def input(self, name: object) -> Wire:
        """The wire of this input, the same one for the same name."""
        return self._wire(Input(name))

    def all_of(self, wires: Iterable[Wire]) -> Wire:
        kept: set[Wire] = set(wires)
        kept.discard(TRUE)
        if FALSE in kept or any(wire ^ 1 in kept for wire in kept):
            return FALSE
        if len(kept) < 2:
            return kept.pop() if kept else TRUE
        return self._wire(And(tuple(sorted(kept))))

    def any_of(self, wires: Iterable[Wire]) -> Wire:
        return self.all_of([wire ^ 1 for wire in wires]) ^ 1

    def differ(self, one: Wire, other: Wire) -> Wire:
        if one == other:
            return FALSE
        return self.any_of([self.all_of([one, other ^ 1]), self.all_of([one ^ 1, other])])

    def at_least(self, terms: Iterable[tuple[Wire, int]], least: int) -> Wire:
        """Whether the weights of the true wires add up to `least` or more.

        Every such question about one sum gets the same `terms`, whatever way it was asked.
        """
        weights: dict[Wire, int] = {}
        for wire, weight in terms:
            if wire & 1:  # a weight on "not x" is the weight less that on "x"
                wire, weight, least = wire ^ 1, -weight, least - weight
            if wire != FALSE:
                weights[wire] = weights.get(wire, 0) + weight
        sum_ = tuple(sorted((wire, weight) for wire, weight in weights.items() if weight))
        if sum(weight for _, weight in sum_ if weight < 0) >= least:
            return TRUE
        if sum(weight for _, weight in sum_ if weight > 0) < least:
            return FALSE
        if sum_[0][1] < 0:
            turned = tuple((wire, -weight) for wire, weight in sum_)
            return self._wire(AtLeast(turned, 1 - least)) ^ 1
        return self._wire(AtLeast(sum_, least))

    def cone(self, wires: Iterable[Wire]) -> list[int]:
        """The numbers of all nodes that these wires hang on, each after those it names."""
        seen: set[int] = set()
        waiting = [wire >> 1 for wire in wires]
        while waiting:
            number = waiting.pop()
            if number in seen:
                continue
            seen.add(number)
            waiting += [wire >> 1 for wire in names(self.nodes[number]) if wire >> 1 not in seen]
        return sorted(seen)

    def evaluate(
        self, wires: Sequence[Wire], inputs: Mapping[object, int], width: int
    ) -> list[int]:
        """What each wire carries, for `width` answer sets at once: bit i is that of set i.

        `inputs`: name of an input -> its bits; one that is missing is false everywhere.
        """
        ones = (1 << width) - 1
        value: dict[int, int] = {}

        def bits(wire: Wire) -> int:
            found = value[wire >> 1]
            return found ^ ones if wire & 1 else found

        for number in self.cone(wires):
            node = self.nodes[number]
            if isinstance(node, Input):
                value[number] = inputs.get(node.name, 0)
            elif isinstance(node, And):
                carried = ones if number else 0
                for wire in node.wires:
                    carried &= bits(wire)
                value[number] = carried
            else:
                value[number] = reaches([(bits(w), n) for w, n in node.terms], node.least, ones)
        return [bits(wire) for wire in wires]

    def _wire(self, node: Node) -> Wire:
        known = self._known.get(node)
        if known is None:
            known = self._known[node] = 2 * len(self.nodes)
            self.nodes.append(node)
        return known


def names(node: Node) -> tuple[Wire, ...]:
    """The wires that a node names."""
    if isinstance(node, And):
        return node.wires
    return tuple(wire for wire, _ in node.terms) if isinstance(node, AtLeast) else ()


def reaches(terms: Iterable[tuple[int, int]], least: int, ones: int) -> int:
    """Where the weights add up to `least`: a sum in binary, one plane of bits a digit."""
    planes: list[int] = []
    for carried, weight in terms:
        if weight < 0:
            carried, weight, least = carried ^ ones, -weight, least - weight
        add_to(planes, carried, weight)
    # sum >= least, digit by digit from the highest
    more, same = 0, ones
    for place in range(max(len(planes), least.bit_length()) - 1, -1, -1):
        plane = planes[place] if place < len(planes) else 0
        if least >> place & 1:
            same &= plane
        else:
            more |= same & plane
            same &= plane ^ ones
    return more | same


def add_to(planes: list[int], carried: int, weight: int) -> None:
    """Add a weight above 0 for those who carry the bit to a sum in binary, in place."""
    place = 0
    while weight:
        if weight & 1:
            carry, at = carried, place
            while carry:
                planes += [0] * (at + 1 - len(planes))
                planes[at], carry = planes[at] ^ carry, planes[at] & carry
                at += 1
        weight >>= 1
        place += 1


class Undecided(Exception):
    """The time ran out before there was an answer."""


class Deadline:
    """How much time is left. Without a limit: all the time in the world."""

    def __init__(self, seconds: float | None) -> None:
        self._end = None if seconds is None else time.monotonic() + seconds

    @property
    def is_over(self) -> bool:
        return self._end is not None and time.monotonic() >= self._end

    def at_most(self, seconds: float | None) -> Deadline:
        """This deadline, or an earlier one so many seconds from now."""
        if seconds is None:
            return self
        earlier = Deadline(seconds)
        if self._end is not None and earlier._end is not None:
            earlier._end = min(earlier._end, self._end)
        return earlier

    def milliseconds(self) -> int | None:
        """What is left; None for no limit. Raises Undecided if nothing is."""
        if self._end is None:
            return None
        left = int(min((self._end - time.monotonic()) * 1000, _LONGEST))
        if left <= 0:
            raise Undecided
        return left


class NoSolver(PathfinderError):
    """z3 isn't installed."""

    def __init__(self) -> None:
        super().__init__(
            "Proofs need the package z3-solver, which comes with the extra [verify]. "
            f"Type: {shlex.quote(sys.executable)} -m pip install z3-solver"
        )


def need_z3() -> Any:
    """The package z3. Raises NoSolver."""
    try:
        import z3  # type: ignore[import-untyped,import-not-found,unused-ignore]
    except ImportError:
        raise NoSolver from None
    return z3


class Solver:
    """Questions about one circuit. What was handed to z3 once is kept for the next question.

    `given`: number of an input -> wires that are true for everybody, wherever it is looked at.
    """

    def __init__(
        self, net: Circuit, deadline: Deadline, given: Mapping[int, Sequence[Wire]] | None = None
    ) -> None:
        self._z3 = need_z3()
        self._net = net
        self._given = {} if given is None else given
        self.deadline = deadline
        self.heeds_keys = True
        self._made: dict[Wire, Any] = {}
        self._sums: dict[int, Any] = {}

    def search(self, wires: Iterable[Wire]) -> Search:
        """A search for a person for whom all of `wires` are true."""
        return Search(self, list(wires))

    def expression(self, wire: Wire) -> Any:
        made = self._made.get(wire)
        if made is None:
            made = self._made[wire] = self._z3.Not(self._made[wire ^ 1])
        return made

    def new(self) -> Any:
        # QF_FD: yes-or-no variables and sums of them, decided by z3's SAT solver.
        solver = self._z3.SolverFor("QF_FD")
        solver.set("ctrl_c", self.heeds_keys)
        return solver

    def hand_over(self, target: Any, wires: Sequence[Wire], known: set[int]) -> None:
        """Tell `target` all that `wires` hang on, but for the nodes that it knows already."""
        z3, net = self._z3, self._net
        sums: dict[Weighted, list[tuple[int, Any]]] = {}
        cone = net.cone(wires)
        new = [number for number in cone if number in self._given and number not in known]
        held = dict.fromkeys(wire for number in new for wire in self._given[number])
        known.update(new)
        if held:
            cone = net.cone([*wires, *held])
            known.update(number for number in cone if number in self._given)
        for number in cone:
            node = net.nodes[number]
            wire = 2 * number
            if wire not in self._made:
                self._made[wire] = self._expression(number)
                if isinstance(node, AtLeast):
                    terms = [(self.expression(each), weight) for each, weight in node.terms]
                    self._sums[number] = self._made[wire] == z3.PbGe(terms, node.least)
            if number not in known and isinstance(node, AtLeast):
                known.add(number)
                target.add(self._sums[number])
                sums.setdefault(node.terms, []).append((node.least, self._made[wire]))
        for same in sums.values():
            same.sort(key=lambda each: each[0])
            for (_, less), (_, more) in pairwise(same):
                target.add(z3.Implies(more, less))
        target.add([self.expression(wire) for wire in held])

    def _expression(self, number: int) -> Any:
        node = self._net.nodes[number]
        if isinstance(node, And):
            if not number:
                return self._z3.BoolVal(False)
            return self._and([self.expression(wire) for wire in node.wires])
        return self._z3.Bool(f"w{number}")

    def _and(self, parts: list[Any]) -> Any:
        """z3.And without its looking at the kind of each part, which takes most of the time."""
        z3 = self._z3
        context = z3.main_ctx()
        asts = (z3.Ast * len(parts))(*[part.as_ast() for part in parts])
        return z3.BoolRef(z3.Z3_mk_and(context.ref(), len(parts), asts), context)

    def ask(self, target: Any) -> Any | None:
        """The model of `target`, or None if there is none. Raises Undecided."""
        left = self.deadline.milliseconds()
        if left is not None:
            target.set("timeout", left)
        found = target.check()
        if found == self._z3.unsat:
            return None
        if found == self._z3.sat:
            return target.model()
        if "interrupted" in target.reason_unknown():  # z3 takes Ctrl-C for itself
            raise KeyboardInterrupt
        raise Undecided

    def person(self, model: Any, wires: Sequence[Wire]) -> dict[object, bool]:
        """Who the model speaks of, as far as `wires` hang on them."""
        person = {}
        for number in self._net.cone(wires):
            node = self._net.nodes[number]
            if isinstance(node, Input):
                person[node.name] = self._z3.is_true(model[self._made[2 * number]])
        return person


class Search:
    """One question, and narrower ones after it."""

    def __init__(self, solver: Solver, wires: list[Wire]) -> None:
        self._solver = solver
        self._wires = wires
        self._known: set[int] = set()
        self._target = solver.new()
        self._add(wires)

    def person(self) -> Person | None:
        """Somebody for whom all wires are true, or None if there is nobody. Raises Undecided."""
        model = self._solver.ask(self._target)
        return None if model is None else self._solver.person(model, self._wires)

    def also(self, wires: Iterable[Wire]) -> None:
        """From now on, these must be true, too."""
        wires = list(wires)
        self._wires += wires
        self._add(wires)

    def _add(self, wires: list[Wire]) -> None:
        self._solver.hand_over(self._target, wires, self._known)
        self._target.add([self._solver.expression(wire) for wire in wires])
