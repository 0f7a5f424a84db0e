"""Circuits: ands, nots and weighted sums, worked out for many people at once."""

from __future__ import annotations

import random
from itertools import product

import pytest

from pathfinder.ruletools.verify.circuit import FALSE, TRUE, Circuit


def test_equal_parts_are_one_wire() -> None:
    net = Circuit()
    a, b = net.input("a"), net.input("b")
    assert net.input("a") == a
    assert net.all_of([a, b]) == net.all_of([b, a, a, TRUE])
    assert net.any_of([a, b]) == net.all_of([a ^ 1, b ^ 1]) ^ 1
    assert net.differ(net.any_of([a, b]), net.any_of([b, a])) == FALSE


def test_what_can_only_be_true_or_false_needs_no_search() -> None:
    net = Circuit()
    a, b = net.input("a"), net.input("b")
    assert net.all_of([]) == TRUE
    assert net.any_of([]) == FALSE
    assert net.all_of([a, b, a ^ 1]) == FALSE
    assert net.at_least([(a, 2), (b, -1)], -1) == TRUE
    assert net.at_least([(a, 2), (b, -1)], 3) == FALSE
    assert net.at_least([(a, 2), (a ^ 1, 2)], 2) == TRUE


def test_one_sum_asked_in_many_ways_has_one_form() -> None:
    """Only so can the solver see that "more than" and "less than" exclude each other."""
    net = Circuit()
    a, b = net.input("a"), net.input("b")
    more = net.at_least([(a, 2), (b, -3)], 1)
    assert more == net.at_least([(b, -3), (a, 1), (a, 1)], 1)
    assert more == net.at_least([(a, -2), (b, 3)], 0) ^ 1
    assert more == net.at_least([(a ^ 1, -2), (b, -3)], -1)


def test_sums_are_those_of_arithmetic() -> None:
    dice = random.Random(7)
    names = "abcdef"
    rows = list(product((0, 1), repeat=len(names)))
    inputs = {
        name: sum(row[place] << number for number, row in enumerate(rows))
        for place, name in enumerate(names)
    }
    for _ in range(150):
        net = Circuit()
        terms = [
            (net.input(dice.choice(names)) ^ dice.randint(0, 1), dice.randint(-6, 6))
            for _ in range(dice.randint(0, 9))
        ]
        least = dice.randint(-12, 12)
        (found,) = net.evaluate([net.at_least(terms, least)], inputs, len(rows))
        carried = net.evaluate([wire for wire, _ in terms], inputs, len(rows))
        for number in range(len(rows)):
            total = sum(
                w for bits, (_, w) in zip(carried, terms, strict=True) if bits >> number & 1
            )
            assert (found >> number & 1) == (total >= least)


def test_the_solver_adds_up_as_the_circuit_does() -> None:
    pytest.importorskip("z3")
    from pathfinder.ruletools.verify.circuit import Deadline, Solver

    dice = random.Random(8)
    for _ in range(40):
        net = Circuit()
        terms = [(net.input(name) ^ dice.randint(0, 1), dice.randint(-4, 4)) for name in "abcd"]
        bound = dice.randint(-6, 6)
        inside = [net.at_least(terms, bound), net.at_least(terms, bound + 2) ^ 1]
        person = Solver(net, Deadline(None)).search(inside).person()
        sums = {
            sum(w for (wire, w), bit in zip(terms, bits, strict=True) if bit ^ (wire & 1))
            for bits in product((0, 1), repeat=4)
        }
        assert (person is not None) == bool(sums & {bound, bound + 1})
        if person is not None:
            given = {name: int(true) for name, true in person.items()}
            assert net.evaluate(inside, given, 1) == [1, 1]
