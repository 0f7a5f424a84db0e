"""Asking z3 whether anybody makes a wire true, and who answers least; and how long may be looked.

Why this module exists: the one place that knows the solver. It is given only the part of
the circuit that a question hangs on. Weighted sums are z3's pseudo-boolean constraints, in
its solver for finite domains; sums that differ in their bound alone are tied together, so
that "more than 3" and "less than 2" are seen to exclude each other without adding up. One
time limit holds for all that a proof does, the count among it.

It must not know rules or statements. An answer of "don't know" is never one of "nobody",
and neither is "the time ran out".
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from pathfinder.errors import PathfinderError
from pathfinder.ruletools.verify.circuit import And, AtLeast, Circuit, Input, Weighted, Wire

_LONGEST = 2_000_000_000
"""Milliseconds: z3 takes no more than 32 bits. Three weeks are no limit for anybody."""


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


Person = Mapping[object, bool]
"""Input name -> whether it is true. An input that isn't named is false."""


class NoSolver(PathfinderError):
    """z3 isn't installed."""

    def __init__(self) -> None:
        super().__init__(
            "Proofs need the package z3-solver, which comes with the extra [verify]. "
            'In the folder of Pathfinder: python -m pip install ".[verify]"'
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
