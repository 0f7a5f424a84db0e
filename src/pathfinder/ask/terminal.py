"""Lines at a terminal: how one is wrapped, written and read, whatever people type differently.

Why this module exists: one place that touches the streams. Questions go to
standard error, answers come from standard input as bytes, and both may be
missing, redirected or closed. Wherever a line is read the quick exit must hold, also where no
question is asked: where a client code or a file is named, or a judgement is given.

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
from contextlib import contextmanager, suppress
from typing import Any, BinaryIO, Final, TextIO

from pathfinder import terminal
from pathfinder.ask.keystrokes import QUIET, SETTLES, without_sentences
from pathfinder.errors import QuickExit
from pathfinder.process import Killed, around_stops, guest, until_readable
from pathfinder.terminal import DUMB, WIDEST, Size, is_terminal, shows_utf8, size_of, to_ascii

_ESC = "\x1b"
_FIRM_SPACE = "\u00a0"
_BETWEEN_FIGURES = re.compile(r"(?<=[0-9]) (?=[0-9])")

MORE_LINES = "More below: press Enter."

TOO_EARLY = "That was typed before this was shown. Read it first, then type again."

CTRL_X = b"\x18"

LONGEST_LINE = 64 * 1024
"""More bytes than any answer has. What is longer is read in pieces, none of which is an answer."""

_CTRL_X: Final = CTRL_X.decode()
_FOLD: Final = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "_": " "})


def fold(text: str) -> str:
    """`text` without what people type differently: width, case, spaces, quotes, a full stop."""
    return " ".join(narrow(text).translate(_FOLD).casefold().split()).rstrip(".)")


def narrow(text: str) -> str:
    """Letters of the width of Japanese ones, as a keyboard for it types them, in the usual one."""
    if text.isascii():
        return text
    import unicodedata

    wide = ("<wide>", "<narrow>")
    return "".join(
        unicodedata.normalize("NFKC", c) if unicodedata.decomposition(c).startswith(wide) else c
        for c in text
    )


def leaves_at_once(word: str) -> bool:
    """Is this folded word the quick exit? Typed in a hurry, it may have a space or a second `!`.

    Ctrl-X, the key of the menus, counts too: where a line is read, it is a character.
    """
    return _CTRL_X in word or (word.replace(" ", "").rstrip("!") == "exit" and word.endswith("!"))


def wrap(text: str, width: int, indent: str = "", first: str = "") -> list[str]:
    """`text` in lines of at most `width`, broken between words, later lines under `indent`.

    A number such as 0808 2000 247 stays on one line: half of it can't be called.
    """
    words = _BETWEEN_FIGURES.sub(_FIRM_SPACE, text).strip()
    if not words:
        return []
    room = max(width, len(indent) + 8)
    lines = terminal.wrap(words, room - len(indent), room - len(first), whole=False)
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
        self.escaped = False
        """Whether the line read last was Esc and nothing else: who pressed it wants to go back."""
        self._paged = False
        self._leave: Callable[[], None] = lambda: None
        self._enter: Callable[[], None] = lambda: None
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

        What a terminal sent into it is no part of it. Ctrl-X ends a line at once, and raises
        `QuickExit`, as the word for it does.
        """
        self.escaped = False
        if self._ahead:
            return self._ahead.pop()
        self._since_read = 0
        try:
            raw = self._line(label)
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
        self.escaped = text.strip() != "" and not text.strip().strip(_ESC)
        text = without_sentences(text).strip()
        if leaves_at_once(fold(text)):
            raise QuickExit
        return text

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

    def ended(self) -> bool:
        """Whether nothing more comes from a pipe or a file. Waits for it; takes nothing out."""
        if self._ahead or self.typed:
            return False
        try:
            return not self._source or not self._source.peek(1)  # type: ignore[attr-defined]
        except (OSError, ValueError):  # closed under us
            return True

    @contextmanager
    def listening(self) -> Iterator[None]:
        """From here on Ctrl-X counts at once, also while the program is busy."""
        if self._source is None or not self.typed:
            yield
            return
        typing = _Typing(self._source)
        with around_stops(typing.end, typing.begin), typing:
            yield

    def _line(self, label: str) -> bytes:
        if self._source is None or not self.typed:
            self._write(f"{label} ")
            return b"" if self._source is None else self._source.readline(LONGEST_LINE)
        typing = _Typing(self._source)

        def ends(by: Killed) -> None:
            raise by

        def resumes() -> None:
            self._leave()
            back()

        def back() -> None:
            self._enter()
            typing.begin()
            self._write(f"\n{label} ")

        def pauses(stop: Callable[[], None]) -> None:
            typing.end()
            self._leave()
            stop()
            back()

        with guest(end=ends, pause=pauses, resume=resumes), typing:
            self._write(f"{label} ")  # not before: who sees it may press Ctrl-X at once
            return typing.line()

    def _comes_again(self) -> bool:
        """Whether Enter is held down: the next line is there before one could be typed."""
        try:
            return bool(self._source and select.select([self._source], [], [], SETTLES)[0])
        except (OSError, ValueError):
            return False

    @contextmanager
    def on_own_screen(self, leave: Callable[[], None], enter: Callable[[], None]) -> Iterator[None]:
        """Wait for Enter at each full window: on a second screen nothing can be scrolled back.

        `leave` and `enter` that screen, for when the program is stopped and goes on.
        """
        self._paged, self._since_read = True, 0
        self._leave, self._enter = leave, enter
        try:
            yield
        finally:
            self._paged = False
            self._leave = self._enter = lambda: None
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


class _Typing:
    """A terminal while a line is typed at it: shown as it is typed, and ended by Ctrl-X, too.

    A pager behind standard output may have switched off that what is typed is shown. The
    terminal is left as it was.
    """

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._before: list[Any] | None = None

    def __enter__(self) -> None:
        self.begin()

    def __exit__(self, *_: object) -> None:
        self.end()

    def begin(self) -> None:
        try:
            import termios
        except ImportError:  # Windows
            return
        with suppress(OSError, ValueError, termios.error):  # no terminal, as in a test
            number = self._source.fileno()
            before = termios.tcgetattr(number)
            now = [*before[:6], list(before[6])]
            now[0] |= termios.ICRNL
            now[3] |= termios.ICANON | termios.ECHO | termios.ISIG
            now[6][termios.VEOL] = CTRL_X
            termios.tcsetattr(number, termios.TCSANOW, now)
            self._before = before

    def end(self) -> None:
        if self._before is not None:
            import termios

            with suppress(OSError, ValueError, termios.error):
                termios.tcsetattr(self._source.fileno(), termios.TCSANOW, self._before)
            self._before = None

    def line(self) -> bytes:
        if self._before is None:
            return self._source.readline(LONGEST_LINE)
        line = b""
        while len(line) < LONGEST_LINE:
            until_readable(self._source.fileno())
            part = self._source.read1(LONGEST_LINE)  # type: ignore[attr-defined]
            line += part
            if not part or line.endswith(b"\n") or CTRL_X in line:
                break
        return line
