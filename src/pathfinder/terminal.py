"""What a terminal can show: its size, whether it takes UTF-8, whether it may be drawn on.

Why this module exists: questions go to one stream and the result to another, and both
must be asked the same things in the same way.

It must not read or write. It stays in the standard library, so that it costs no start.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import NamedTuple, TextIO

WIDEST = 72
"""Longer lines are hard to follow, also in a wide window."""

NARROWEST = 20


class Size(NamedTuple):
    columns: int
    rows: int


USUAL = Size(80, 24)
"""What is taken where a stream has no size, as a pipe."""

DUMB = frozenset(("dumb", "unknown"))
"""What TERM says where nothing can be drawn."""

_OFF = frozenset(("", "0", "false", "no", "off"))


_ASCII = str.maketrans(
    {
        "\N{LEFT SINGLE QUOTATION MARK}": "'",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{LEFT DOUBLE QUOTATION MARK}": '"',
        "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
        "\N{EN DASH}": "-",
        "\N{EM DASH}": "-",
        "\N{HORIZONTAL ELLIPSIS}": "...",
        "\N{BULLET}": "-",
        "\N{MULTIPLICATION SIGN}": "x",
        "\N{INVERTED QUESTION MARK}": "",
        "\N{INVERTED EXCLAMATION MARK}": "",
        "\N{LATIN SMALL LETTER SHARP S}": "ss",
    }
)
"""How a terminal without UTF-8 can show what has no plain letter under it."""


def is_terminal(stream: TextIO | None) -> bool:
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # closed
        return False


def size_of(stream: TextIO | None) -> Size:
    """The size of the window behind `stream`, which may differ from that of standard output."""
    try:
        columns, rows = os.get_terminal_size(stream.fileno()) if stream is not None else (0, 0)
    except (OSError, ValueError):
        columns, rows = 0, 0
    # Some terminals answer 0 when they don't know.
    return Size(columns or USUAL.columns, rows or USUAL.rows)


def shows_utf8(stream: TextIO | None) -> bool:
    """Whether every letter of a text arrives. Where there is no stream, none is lost either."""
    # A stream without an encoding (io.StringIO) takes every letter.
    encoding = getattr(stream, "encoding", None) or "utf-8"
    return encoding.lower().replace("-", "").replace("_", "") in {"utf8", "utf8sig"}


def to_ascii(text: str) -> str:
    """The nearest text in ASCII: quotes and dashes by their cousins, letters without accents."""
    if text.isascii():
        return text
    import unicodedata  # only where it is needed: most terminals show every letter

    folded = unicodedata.normalize("NFKD", text.translate(_ASCII))
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return bare.encode("ascii", "replace").decode("ascii")


def can_be_rich(stream: TextIO) -> bool:
    """A terminal that shows UTF-8 and isn't dumb, and a reader who didn't ask for plain text.

    Where colour is forced, a pipe counts as such a terminal: whoever does it has one behind it.
    """
    if not shows_utf8(stream) or accessible(os.environ):
        return False
    if colour_forced(os.environ):
        return True
    return stream.isatty() and os.environ.get("TERM", "").casefold() not in DUMB


def colour_forced(environ: Mapping[str, str]) -> bool:
    """Does the reader ask for colour also where it goes to a pipe? `NO_COLOR` says no louder."""
    forced = (
        environ.get(name, "").strip().casefold() for name in ("FORCE_COLOR", "CLICOLOR_FORCE")
    )
    return not environ.get("NO_COLOR") and any(value not in _OFF for value in forced)


def accessible(environ: Mapping[str, str]) -> bool:
    """Does the reader ask for plain text everywhere, by ACCESSIBLE?"""
    return environ.get("ACCESSIBLE", "").strip().casefold() not in _OFF


def page_width(stream: TextIO, widest: int = WIDEST) -> int:
    """The width of the window behind the stream, held to what reads well."""
    # One column stays free: some terminals break a line that fills the last one.
    return max(NARROWEST, min(_columns(stream) - 1, widest))


def _columns(stream: TextIO) -> int:
    if stream.isatty():
        try:
            columns = os.get_terminal_size(stream.fileno()).columns
        except (OSError, ValueError):
            columns = 0
        # Some terminals answer 0 when they don't know.
        if columns > 0:
            return columns
    told = os.environ.get("COLUMNS", "")
    if told.isascii() and told.isdigit() and len(told) < 6:
        return int(told) or USUAL.columns
    return USUAL.columns
