"""Yes-or-no circuits: what a rule set does, as one net of ands, nots and weighted sums.

Why this module exists: the same net is worked out for thousands of answer sets at once
(to hold it to `decide`) and handed to z3 (to prove). Equal parts are one node, so two
people who differ in one answer share all that this answer doesn't touch, and what can't
differ is seen without any search.

It must not know what the net stands for.

    >>> net = Circuit()
    >>> rain, late = net.input("rain"), net.input("late")
    >>> net.all_of([rain, late]) == net.all_of([late, rain, TRUE])
    True
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeVar

T = TypeVar("T")

Wire = int
"""One output of the net. `wire ^ 1` is its opposite."""

FALSE: Final[Wire] = 0
TRUE: Final[Wire] = 1

Weighted = tuple[tuple[Wire, int], ...]


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
