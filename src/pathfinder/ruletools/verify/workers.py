"""Proving on every core, so that no statement waits for a harder one.

Why this module exists: statements are proved apart from each other, and a large rule set has
many. In a first round each gets a share of the time, so that one that is too hard leaves the rest
theirs; in a second, what isn't decided yet gets all that is left.

It must not prove anything itself, or start a process that outlives the command.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from pathfinder.engine.ruleset import RuleSet
from pathfinder.ruletools.verify.circuit import Deadline, need_z3
from pathfinder.ruletools.verify.prove import Prover
from pathfinder.ruletools.verify.statements import (
    Adding,
    NeverLoses,
    NeverLowers,
    SomebodyForEach,
    Statement,
    Verdict,
)

MOST: Final = 4
"""Processes: each holds the rules as a circuit of its own."""

FEWEST: Final = 4
"""Statements for which it is worth while to start another process."""

SHARE: Final = 4
"""Each statement gets one of so many parts of the time, in the first round."""

_HARD: Final = (NeverLowers, NeverLoses, SomebodyForEach, Adding)


def prove_together(
    rules: RuleSet, statements: Sequence[Statement], time_limit: float | None = None
) -> tuple[Verdict, ...]:
    """As `prove`, on every core. Raises NoSolver without z3."""
    need_z3()
    clock = Deadline(time_limit)
    found: dict[int, Verdict] = {}
    with _workers(rules, statements, clock) as work:
        for share in (None if time_limit is None else time_limit / SHARE, None):
            left = [n for n in range(len(statements)) if n not in found or found[n].holds is None]
            left.sort(key=lambda number: _is_hard(statements[number]))  # the many easy ones first
            found.update(work([(number, share) for number in left]))
            if time_limit is None or clock.is_over:
                break
    return tuple(found[number] for number in range(len(statements)))


def _is_hard(statement: Statement) -> bool:
    return any(isinstance(must, _HARD) for must in statement.must)


_Task = tuple[int, float | None]
_state: list[Any] = []
"""What a worker has: the prover and the statements. They come to it by forking, unwritten."""


@contextmanager
def _workers(rules: RuleSet, statements: Sequence[Statement], clock: Deadline) -> Iterator[Any]:
    """Something that does tasks: on this core, or on all where processes can be forked."""
    _state[:] = [Prover(rules, clock), statements]
    cores = min(_cores(), MOST)
    try:
        if cores < 2 or len(statements) < FEWEST or sys.platform != "linux":
            yield lambda tasks: map(_prove, tasks)
            return
        context = multiprocessing.get_context("fork")
        with context.Pool(cores, _begin) as pool:  # at the end, however it comes, all are ended
            yield lambda tasks: pool.imap_unordered(_prove, tasks)
    finally:
        _state.clear()


def _cores() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _begin() -> None:
    """Ctrl-C is for the process that was started by hand: it ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _state[0].ignore_keys()


def _prove(task: _Task) -> tuple[int, Verdict]:
    number, share = task
    prover, statements = _state
    return number, prover.verdict(statements[number], share=share)
