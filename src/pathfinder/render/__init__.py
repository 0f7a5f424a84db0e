"""How a result is shown: one page of blocks, drawn in two forms, and JSON.

Why this package exists: what is said (`pages`) stands apart from how it looks, so that every
form holds the same facts.

It must not decide anything about care, or read files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from pathfinder.terminal import USUAL, can_be_rich, page_width, shows_utf8, size_of, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathfinder.pages.answer import Answer
    from pathfinder.pages.blocks import Block


def print_blocks(blocks: Iterable[Block], *, plain: bool, stream: TextIO) -> None:
    """Write a page: in rich at a terminal that can show it, otherwise plain."""
    width = page_width(stream)
    if plain or not can_be_rich(stream):
        # Here, so that a result as JSON doesn't pay for the page.
        from pathfinder.render.layout import plain_text

        stream.write(plain_text(blocks, width, ascii_only=not shows_utf8(stream)))
        return
    # rich takes longer to import than the plain page takes to print.
    from pathfinder.render.terminal import print_rich

    print_rich(blocks, width, stream)


def print_answer(answer: Answer, *, plain: bool, stream: TextIO, last: str = "") -> None:
    """Write the answer, as full as the window has room for, and a last line below it."""
    from pathfinder.render.answer import WIDEST as WIDEST_ANSWER
    from pathfinder.render.answer import fitted, joined
    from pathfinder.render.layout import Part

    drawn = can_be_rich(stream) and not plain
    size = size_of(stream)
    width = page_width(stream, WIDEST_ANSWER)
    # Room for the last lines, and for the one that the shell writes next.
    end = wrap(last, width)
    rows = max(USUAL.rows, size.rows) - max(1, len(end)) - (1 if drawn else 0)
    lines = joined(fitted(answer, width, rows, drawn=drawn))
    lines += [(Part(line, "quiet"),) for line in end]
    if not drawn:
        from pathfinder.render.layout import plain_lines

        stream.write(plain_lines(lines, ascii_only=not shows_utf8(stream)))
        return
    from pathfinder.render.terminal import print_lines

    print_lines(lines, width, stream)
