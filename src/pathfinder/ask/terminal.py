"""The terminal as it is: how large, whether it can show UTF-8, how a line is written and read.

Why this module exists: one place that touches the streams. Questions go to
standard error, answers come from standard input as bytes, and both may be
missing, redirected or closed.

It must not know a question. It stays in the standard library, so that the first
words can be shown before anything large is imported.
"""

from __future__ import annotations

import os
import re
import sys
import textwrap
from collections.abc import Iterable
from contextlib import suppress
from typing import BinaryIO, NamedTuple, TextIO

MAX_WIDTH = 72
"""Longer lines are hard to follow, also in a wide window."""

_ASCII = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2013": "-",
        "\u2014": "-",
        "\u2026": "...",
        "\u00a0": " ",
    }
)
"""Curly quotes, dashes and the like, as a terminal without UTF-8 can show them."""

_FIRM_SPACE = "\u00a0"
_BETWEEN_FIGURES = re.compile(r"(?<=[0-9]) (?=[0-9])")


class Size(NamedTuple):
    columns: int
    rows: int


LONGEST_LINE = 64 * 1024
"""More bytes than any answer has. What is longer is read in pieces, none of which is an answer."""

USUAL = Size(80, 24)
"""What is taken where a stream has no size, as a pipe."""


def size_of(stream: TextIO | None) -> Size:
    """The size of the window behind `stream`, which may differ from that of standard output."""
    try:
        columns, rows = os.get_terminal_size(stream.fileno()) if stream is not None else (0, 0)
    except (OSError, ValueError):
        columns, rows = 0, 0
    return Size(columns or USUAL.columns, rows or USUAL.rows)


def is_terminal(stream: TextIO | None) -> bool:
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # closed
        return False


def shows_utf8(stream: TextIO | None) -> bool:
    encoding = (getattr(stream, "encoding", None) or "").lower().replace("-", "").replace("_", "")
    return encoding == "utf8"


def wrap(text: str, width: int, indent: str = "") -> list[str]:
    """`text` in lines of at most `width`, broken between words, later lines under `indent`.

    A number such as 0808 2000 247 stays on one line: half of it can't be called.
    """
    lines = textwrap.wrap(
        _BETWEEN_FIGURES.sub(_FIRM_SPACE, text),
        max(width, len(indent) + 8),
        subsequent_indent=indent,
        break_on_hyphens=False,
    )
    return [line.replace(_FIRM_SPACE, " ") for line in lines]


class Lines:
    """Lines out to standard error, lines in from standard input. Nothing is ever redrawn."""

    def __init__(self, source: BinaryIO | None, target: TextIO | None, *, typed: bool) -> None:
        """`typed`: a person types at a terminal, which echoes the end of each line."""
        self._source = source
        self._target = target
        self._exact = shows_utf8(target)
        self.typed = typed
        self.read_so_far = 0

    @classmethod
    def of_the_process(cls) -> Lines:
        source = sys.stdin.buffer if sys.stdin is not None else None
        return cls(source, sys.stderr, typed=is_terminal(sys.stdin))

    @property
    def size(self) -> Size:
        return size_of(self._target)

    @property
    def width(self) -> int:
        return min(self.size.columns, MAX_WIDTH)

    def say(self, *texts: str, indent: str = "") -> None:
        """Each text as a paragraph of its own, wrapped; an empty one gives an empty line."""
        for text in texts:
            self.put(wrap(text, self.width, indent) or [""])

    def put(self, lines: Iterable[str]) -> None:
        """Lines as they are, without wrapping."""
        for line in lines:
            self._write(line + "\n")

    def read(self, label: str) -> str | None:
        """The next line after `label`, or None at the end of the input. Any bytes will do."""
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

    def forget_keys(self) -> None:
        """Drop what was typed ahead, where the system can: an Enter too many is no answer."""
        try:
            import termios
        except ImportError:  # Windows
            return
        if self._source is not None and self.typed:
            with suppress(OSError, ValueError, termios.error):
                termios.tcflush(self._source.fileno(), termios.TCIFLUSH)

    def _write(self, text: str) -> None:
        if self._target is None:
            return
        self._target.write(text if self._exact else text.translate(_ASCII))
        self._target.flush()
