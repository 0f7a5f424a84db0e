"""What a terminal can show: its size, UTF-8, whether it may be drawn on, and what fits a line.

Why this module exists: questions go to one stream and the result to another, and both
must be asked the same things in the same way. A terminal counts cells, not letters: questions,
menus and results count in one way, or a label that is measured in one place is cut in another.

It must not read or write, or know what a text says. It stays in the standard library, so that it
costs no start.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
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


_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_JOINER = "\N{ZERO WIDTH JOINER}"
_AS_EMOJI = "\N{VARIATION SELECTOR-16}"


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


def cells(text: str) -> int:
    """The columns that `text` takes: wide letters take two, marks on a letter none.

    Terminals differ in emoji that are joined to one: this is the widest that any shows,
    since a line that is too long is cut and one that is shorter is only shorter.
    """
    return len(text) if text.isascii() else sum(map(_cell, text))


def columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows of cells as lines, each column as wide as its widest cell; the last may run on."""
    widths = [max(map(cells, column)) for column in list(zip(*rows, strict=True))[:-1]]
    return [
        "  ".join(
            [
                *(
                    cell + " " * (wide - cells(cell))
                    for cell, wide in zip(row, widths, strict=False)
                ),
                row[-1],
            ]
        ).rstrip()
        for row in rows
    ]


def wrap(text: str, width: int, first: int | None = None, *, whole: bool = True) -> list[str]:
    """Break a text at its blanks, and between letters that are wide, as Japanese is set.

    The first line may have another width. With `whole` no word is ever cut, also where it
    is too long: a number or an address can be copied. Without, what is too long is cut.
    """
    lines: list[str] = []
    line, used = "", 0
    room = width if first is None else first
    for blank, piece in _pieces(text):
        size = cells(piece)
        between = " " if blank and line else ""
        if line and used + len(between) + size > room:
            lines.append(line)
            line, used, room, between = "", 0, width, ""
        if size > room and not whole:
            *full, piece = _cut(piece, room)
            lines += full
            size, room = cells(piece), width if full else room
        line, used = line + between + piece, used + len(between) + size
    return [*lines, line]


def _pieces(text: str) -> Iterator[tuple[bool, str]]:
    """What stays on one line, and whether a blank stood before it."""
    for word in _BLANKS.split(text):
        if word.isascii():
            yield True, word
            continue
        blank, piece, before = True, "", ""
        for cluster in _clusters(word):
            if before and _may_break(before, cluster):
                yield blank, piece
                blank, piece = False, ""
            piece, before = piece + cluster, cluster
        yield blank, piece


def _may_break(before: str, after: str) -> bool:
    """Between two letters when one is wide, but not before what closes or after what opens."""
    if cells(before) < 2 and cells(after) < 2:
        return False
    closes, opens = _sort(after[0]), _sort(before[0])
    return closes not in ("Pe", "Pf", "Po", "Lm") and opens not in ("Ps", "Pi")


def _clusters(word: str) -> Iterator[str]:
    """The letters of a word, each with its marks, and emoji that are joined to one as one."""
    cluster = ""
    for letter in word:
        if cluster and _cell(letter) and letter != _AS_EMOJI and cluster[-1] != _JOINER:
            yield cluster
            cluster = ""
        cluster += letter
    if cluster:
        yield cluster


def _cut(piece: str, width: int) -> list[str]:
    lines, line = [], ""
    for cluster in _clusters(piece):
        if line and cells(line) + cells(cluster) > width:
            lines.append(line)
            line = ""
        line += cluster
    return [*lines, line]


@cache
def _cell(letter: str) -> int:
    import unicodedata  # only where it is needed: most text here is plain ASCII

    if letter == _AS_EMOJI:
        return 1  # it may widen the sign before it
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


@cache
def _sort(letter: str) -> str:
    import unicodedata

    return unicodedata.category(letter)
