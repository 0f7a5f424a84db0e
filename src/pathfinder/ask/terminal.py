"""Lines at a terminal: how one is wrapped, written and read.

Why this module exists: one place that touches the streams. Questions go to
standard error, answers come from standard input as bytes, and both may be
missing, redirected or closed.

It must not know a question. It imports nothing large, so that the first words
can be shown before anything that does.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO, TextIO

from pathfinder import wrapping
from pathfinder.terminal import DUMB, WIDEST, Size, is_terminal, shows_utf8, size_of, to_ascii

_FIRM_SPACE = "\u00a0"
_BETWEEN_FIGURES = re.compile(r"(?<=[0-9]) (?=[0-9])")


MORE_LINES = "More below: press Enter."

LONGEST_LINE = 64 * 1024
"""More bytes than any answer has. What is longer is read in pieces, none of which is an answer."""


def wrap(text: str, width: int, indent: str = "", first: str = "") -> list[str]:
    """`text` in lines of at most `width`, broken between words, later lines under `indent`.

    A number such as 0808 2000 247 stays on one line: half of it can't be called.
    """
    words = _BETWEEN_FIGURES.sub(_FIRM_SPACE, text).strip()
    if not words:
        return []
    room = max(width, len(indent) + 8)
    lines = wrapping.wrap(words, room - len(indent), room - len(first), whole=False)
    leads = (first, *[indent] * (len(lines) - 1))
    return [lead + line.replace(_FIRM_SPACE, " ") for lead, line in zip(leads, lines, strict=True)]


class Lines:
    """Lines out to standard error, lines in from standard input. Nothing is ever redrawn."""

    def __init__(self, source: BinaryIO | None, target: TextIO | None, *, typed: bool) -> None:
        """`typed`: a person types at a terminal, which echoes the end of each line."""
        self._source = source
        self._target = target
        self._exact = shows_utf8(target)
        self.typed = typed
        self.read_so_far = 0
        self._paged = False
        self._since_read = 0
        self._ahead: list[str | None] = []

    @classmethod
    def of_the_process(cls) -> Lines:
        source = sys.stdin.buffer if sys.stdin is not None else None
        return cls(source, sys.stderr, typed=is_terminal(sys.stdin))

    @property
    def size(self) -> Size:
        return size_of(self._target)

    @property
    def width(self) -> int:
        return min(self.size.columns, WIDEST)

    def say(self, *texts: str, indent: str = "") -> None:
        """Each text as a paragraph of its own, wrapped; an empty one gives an empty line."""
        for text in texts:
            self.put(wrap(text, self.width, indent) or [""])

    def put(self, lines: Iterable[str]) -> None:
        """Lines as they are, without wrapping."""
        for line in lines:
            full = self._since_read >= max(1, self.size.rows - 1)
            if self._paged and full and not self._ahead:
                self._turn_page()
            self._write(line + "\n")
            self._since_read += 1

    def read(self, label: str) -> str | None:
        """The next line after `label`, or None at the end of the input. Any bytes will do."""
        if self._ahead:
            return self._ahead.pop()
        self._since_read = 0
        self._write(f"{label} ")
        try:
            raw = self._source.readline(LONGEST_LINE) if self._source is not None else b""
        except (OSError, ValueError):  # closed under us
            raw = b""
        if not raw or not self.typed or not raw.endswith(b"\n"):
            self._write("\n")
        if not raw:
            return None
        self.read_so_far += 1
        return raw.decode("utf-8", errors="replace").strip()

    @contextmanager
    def page_by_page(self) -> Iterator[None]:
        """Wait for Enter at each full window: on a second screen nothing can be scrolled back."""
        self._paged, self._since_read = True, 0
        try:
            yield
        finally:
            self._paged = False
            self._ahead.clear()

    def _turn_page(self) -> None:
        """Who answers here has seen enough: it is taken where it belongs, after the text."""
        text = self.read(MORE_LINES)
        if text != "":
            self._ahead.append(text)

    def forget_keys(self) -> None:
        """Drop what was typed ahead, where the system can: an Enter too many is no answer."""
        self._ahead.clear()
        try:
            import termios
        except ImportError:  # Windows
            return
        if self._source is not None and self.typed:
            with suppress(OSError, ValueError, termios.error):
                termios.tcflush(self._source.fileno(), termios.TCIFLUSH)

    @property
    def shown(self) -> bool:
        """Whether a person sees the lines: they go to a terminal."""
        return is_terminal(self._target)

    @property
    def can_clear(self) -> bool:
        """Whether the screen can be cleared. A dumb terminal would print the code for it."""
        return self.shown and os.environ.get("TERM", "").casefold() not in DUMB

    def clear(self) -> None:
        """Empty the screen. Only beside menus: plain mode clears nothing."""
        if self.can_clear:
            self._write("\x1b[H\x1b[J")
        self._since_read = 0

    def wipe(self) -> None:
        """Empty the screen and what can be scrolled back to, for a quick exit.

        3J comes last: some terminals push the screen into the scrollback on 2J.
        """
        if self.can_clear:
            self._write("\x1b[H\x1b[2J\x1b[3J")

    def _write(self, text: str) -> None:
        if self._target is None:
            return
        try:
            self._target.write(text if self._exact else to_ascii(text))
            self._target.flush()
        except (OSError, ValueError):
            # Nobody can read the questions: the same as where there is no stream at all.
            self._target = None
