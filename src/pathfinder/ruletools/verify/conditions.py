"""Conditions as circuits: true, false, or neither for "not known".

Why this module exists: `logic` says what a condition is for one person; here the same
three values are said for everybody at once. The two are held together by
`tests/test_verify_encoding.py`.

It must not know rules, paths or statements.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pathfinder.engine.conditions import All, AnyOf, Condition, Leaf
from pathfinder.ruletools.verify.circuit import FALSE, TRUE, Circuit, Wire


class Slot(NamedTuple):
    """What one question counts as. `known` only if `asked`; a wire of `chosen` only if `known`."""

    asked: Wire
    known: Wire
    chosen: Mapping[str, Wire]


View = Mapping[str, Slot]
"""Question id -> what it counts as. A question that is missing counts as not asked."""


class Kleene(NamedTuple):
    """Never both. Neither: not known."""

    true: Wire
    false: Wire

    def open(self, net: Circuit) -> Wire:
        return net.all_of([self.true ^ 1, self.false ^ 1])


def holds(net: Circuit, condition: Condition, view: View) -> Kleene:
    if isinstance(condition, Leaf):
        return _leaf(net, condition, view)
    parts = [holds(net, part, view) for part in condition.parts]
    if isinstance(condition, All):
        every = net.all_of([part.true for part in parts])
        return Kleene(every, net.any_of([part.false for part in parts]))
    some = net.any_of([part.true for part in parts])
    no = net.all_of([part.false for part in parts])
    return Kleene(some, no) if isinstance(condition, AnyOf) else Kleene(no, some)


def fires(net: Circuit, when: Condition, unless: Condition | None, view: View) -> Kleene:
    """WHEN, unless UNLESS is known to be true."""
    truth = holds(net, when, view)
    if unless is None:
        return truth
    exception = holds(net, unless, view).true
    return Kleene(net.all_of([truth.true, exception ^ 1]), net.any_of([truth.false, exception]))


def _leaf(net: Circuit, leaf: Leaf, view: View) -> Kleene:
    slot = view.get(leaf.question)
    if slot is None:
        return Kleene(FALSE, TRUE)
    if leaf.op == "answered":
        known = slot.known if "true" in leaf.accepts else slot.known ^ 1
        true = net.all_of([slot.asked, known])
        return Kleene(true, true ^ 1)
    chosen = [wire for answer, wire in slot.chosen.items() if answer in leaf.accepts]
    if leaf.op == "two_with":
        true = net.at_least([(wire, 1) for wire in chosen], 2)
    elif leaf.op == "exactly":
        others = [wire for answer, wire in slot.chosen.items() if answer not in leaf.accepts]
        true = net.all_of([*chosen, *[wire ^ 1 for wire in others]])
    else:
        true = net.any_of(chosen)
    return Kleene(true, net.any_of([slot.asked ^ 1, net.all_of([slot.known, true ^ 1])]))
