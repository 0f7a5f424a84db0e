"""How a result is shown: one page of blocks, drawn in two forms, and JSON.

Why this package exists: what is said (`page`, `views`, `record`) stands apart from
how it looks (`layout`, `plain`, `terminal`), so both forms hold the same facts.

It must not decide anything about care, or read files.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pathfinder.pages.blocks import Block

WIDEST = 72
NARROWEST = 20
_USUAL = 80

DUMB = frozenset(("dumb", "unknown"))
"""What TERM says where nothing can be drawn."""

_OFF = frozenset(("", "0", "false", "no", "off"))


def print_blocks(blocks: Iterable[Block], *, plain: bool, stream: TextIO) -> None:
    """Write a page: in rich at a terminal that can show it, otherwise plain."""
    width = page_width(stream)
    if plain or not can_be_rich(stream):
        # Here, so that a result as JSON doesn't pay for the page.
        from pathfinder.render.plain import plain_text

        stream.write(plain_text(blocks, width, ascii_only=not shows_utf8(stream)))
        return
    # rich takes longer to import than the plain page takes to print.
    from pathfinder.render.terminal import print_rich

    print_rich(blocks, width, stream)


def can_be_rich(stream: TextIO) -> bool:
    """A terminal that shows UTF-8 and isn't dumb, and a reader who didn't ask for plain text."""
    dumb = os.environ.get("TERM", "").casefold() in DUMB
    return stream.isatty() and shows_utf8(stream) and not dumb and not accessible(os.environ)


def accessible(environ: Mapping[str, str]) -> bool:
    """Does the reader ask for plain text everywhere, by ACCESSIBLE?"""
    return environ.get("ACCESSIBLE", "").strip().casefold() not in _OFF


def shows_utf8(stream: TextIO) -> bool:
    # A stream without an encoding (io.StringIO) takes every letter.
    encoding = getattr(stream, "encoding", None) or "utf-8"
    return encoding.lower().replace("-", "").replace("_", "") in {"utf8", "utf8sig"}


def page_width(stream: TextIO) -> int:
    """The width of the window behind the stream, held to what reads well."""
    # One column stays free: some terminals break a line that fills the last one.
    return max(NARROWEST, min(_columns(stream) - 1, WIDEST))


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
        return int(told) or _USUAL
    return _USUAL
