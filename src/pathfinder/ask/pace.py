"""Whether a key was pressed for what is seen now, or before it, or is only held down.

Why this module exists: an alert that a held Enter closes was never read, and a key held
at one question must not answer the next. A person presses again; nothing is ever
answered by waiting.

It must not know a key's meaning or a screen. Its clock can be handed in.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from enum import Enum
from typing import Final

QUIET: Final = 0.5
"""Seconds without a key before Enter closes an alert or leads to the result."""

REPEATS_WITHIN: Final = 1.0
"""A key that is held begins to repeat within this time, on every system we know of."""

SETTLES: Final = 0.12
"""A key that is held comes again sooner than this, and one that is pressed does not."""


class Meant(Enum):
    YES = "yes"
    NO = "no"
    UNLESS_IT_COMES_AGAIN = "unless it comes again at once"


class Pace:
    """One keyboard, across all that is shown. `clock` counts seconds."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        *,
        quiet: float = QUIET,
        settles: float = SETTLES,
    ) -> None:
        self.settles = settles
        self.pressed = 0
        """How many keys have come. Who waits looks whether it is still the same."""
        self._clock = clock
        self._quiet = quiet
        self._shown = self._last = self._came = clock()
        self._since_key = float("inf")
        self._gap = float("inf")
        self._key = self._before = ""

    def shown(self) -> None:
        """Something new stands on the screen."""
        self._shown = self._clock()

    def drawn(self) -> None:
        """The screen has been painted. Keys that came meanwhile are read now, all at once.

        On a slow machine that takes longer than a held key takes to come again.
        """
        now = self._clock()
        if now - self._came < REPEATS_WITHIN:
            self._last = now

    def key(self) -> None:
        """A key has come, whichever."""
        now = self._clock()
        self._gap, self._last = now - self._last, now
        self._since_key, self._came = now - self._came, now
        self._before, self._key = self._key, ""
        self.pressed += 1

    def meant(self, name: str, *, calm: bool = False) -> Meant:
        """Whether the key that has just come counts. `calm`: not without a quiet moment."""
        self._key = name
        again = self._before == name and self._since_key < REPEATS_WITHIN
        if again and self._gap < self.settles:
            return Meant.NO
        if calm and min(self._gap, self._last - self._shown) < self._quiet:
            return Meant.NO
        # The first time that a held key repeats looks like a second press, until the next.
        return Meant.UNLESS_IT_COMES_AGAIN if (calm or again) and self.settles else Meant.YES


KEYBOARD: Final = Pace()
"""That of the process."""
