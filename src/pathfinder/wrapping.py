"""How many columns a text takes, and where its lines break.

Why this module exists: a terminal counts cells, not letters. Questions, menus and
results count in one way, or a label that is measured in one place is cut in another.

It must not know what a text says, or where it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_JOINER = "\N{ZERO WIDTH JOINER}"
_AS_EMOJI = "\N{VARIATION SELECTOR-16}"


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
