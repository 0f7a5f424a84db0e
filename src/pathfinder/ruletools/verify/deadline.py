"""How long may be looked: one limit for all that a proof does.

Why this module exists: the solver and the count share one time limit, and neither may take
"the time ran out" for an answer.

It must not know what is being looked for.
"""

from __future__ import annotations

import time

_LONGEST = 2_000_000_000
"""Milliseconds: z3 takes no more than 32 bits. Three weeks are no limit for anybody."""


class Undecided(Exception):
    """The time ran out before there was an answer."""


class Deadline:
    """How much time is left. Without a limit: all the time in the world."""

    def __init__(self, seconds: float | None) -> None:
        self._end = None if seconds is None else time.monotonic() + seconds

    def milliseconds(self) -> int | None:
        """What is left; None for no limit. Raises Undecided if nothing is."""
        if self._end is None:
            return None
        left = int(min((self._end - time.monotonic()) * 1000, _LONGEST))
        if left <= 0:
            raise Undecided
        return left
