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
import select
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from typing import BinaryIO, TextIO

from pathfinder import wrapping
from pathfinder.ask.pace import QUIET, SETTLES
from pathfinder.ask.sentences import without_sentences
from pathfinder.terminal import DUMB, WIDEST, Size, is_terminal, shows_utf8, size_of, to_ascii

_FIRM_SPACE = "\u00a0"
_BETWEEN_FIGURES = re.compile(r"(?<=[0-9]) (?=[0-9])")


MORE_LINES = "More below: press Enter."

TOO_EARLY = "That was typed before this was shown. Read it first, then type again."

CTRL_X = b"\x18"

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

    def __init__(
        self,
        source: BinaryIO | None,
        target: TextIO | None,
        *,
        typed: bool,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`typed`: a person types at a terminal, which echoes the end of each line."""
        self._clock = clock
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
        """The next line after `label`, or None at the end of the input. Any bytes will do.

        What a terminal sent into it is no part of it. Ctrl-X ends a line at once.
        """
        if self._ahead:
            return self._ahead.pop()
        self._since_read = 0
        self._write(f"{label} ")
        try:
            raw = _line(self._source, typed=self.typed) if self._source is not None else b""
        except (OSError, ValueError):  # closed under us
            raw = b""
        if not raw or not self.typed or not raw.endswith(b"\n"):
            self._write("\n")
        if not raw:
            return None
        text = raw.decode("utf-8", errors="replace")
        if not self.read_so_far:
            text = text.removeprefix("\ufeff")  # some programs begin every file with it
        self.read_so_far += 1
        return without_sentences(text).strip()

    def read_fresh(self, label: str, ways_out: Callable[[str | None], None]) -> str | None:
        """As `read`, but what was typed before the text was shown, or held down, doesn't count.

        `ways_out` sees every line first, and raises for one that leaves.
        """
        while True:
            self.forget_keys()
            shown = self._clock()
            text = self.read(label)
            ways_out(text)
            hasty = self._clock() - shown < QUIET or (not text and self._comes_again())
            if text is None or not self.typed or not hasty:
                return text
            if text:
                self.say(TOO_EARLY)

    def _comes_again(self) -> bool:
        """Whether Enter is held down: the next line is there before one could be typed."""
        try:
            return bool(self._source and select.select([self._source], [], [], SETTLES)[0])
        except (OSError, ValueError):
            return False

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


def _line(source: BinaryIO, *, typed: bool) -> bytes:
    """One line. At a terminal it is shown while it is typed, and Ctrl-X ends it, too."""
    with _shown_and_left_by_ctrl_x(source) if typed else nullcontext(False) as by_the_key:
        if not by_the_key:
            return source.readline(LONGEST_LINE)
        line = b""
        while len(line) < LONGEST_LINE:
            part = source.read1(LONGEST_LINE)  # type: ignore[attr-defined]
            line += part
            if not part or line.endswith(b"\n") or CTRL_X in line:
                break
        return line


@contextmanager
def _shown_and_left_by_ctrl_x(source: BinaryIO) -> Iterator[bool]:
    """Whether a terminal was found that does so. It is left as it was.

    A pager behind standard output may have switched off what is typed being shown.
    """
    try:
        import termios

        number = source.fileno()
        before = termios.tcgetattr(number)
    except (ImportError, OSError, ValueError, termios.error):  # Windows, or no terminal
        yield False
        return
    now = [*before[:6], list(before[6])]
    now[0] |= termios.ICRNL
    now[3] |= termios.ICANON | termios.ECHO | termios.ISIG
    now[6][termios.VEOL] = CTRL_X
    termios.tcsetattr(number, termios.TCSANOW, now)
    try:
        yield True
    finally:
        with suppress(termios.error):
            termios.tcsetattr(number, termios.TCSANOW, before)
