"""How a result is shown: one page of blocks, drawn plain or rich, and JSON.

Why this package exists: what is said (`pages`) stands apart from how it looks, so that every
form holds the same facts. At a terminal, headings, labels and marks are easier to find when
they stand out: the rich form is the same lines, with weight and a little colour. How each
looks is the theme's; none carries meaning alone, no box is drawn.

It must not decide anything about care, or read files. It must not hand rich anything but `Text`:
markup in a file is text, not a command.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TextIO

from pathfinder.terminal import (
    USUAL,
    WIDEST,
    can_be_rich,
    colour_forced,
    page_width,
    shows_utf8,
    size_of,
    wrap,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rich.console import Console
    from rich.text import Text as RichText

    from pathfinder.pages.answer import Answer
    from pathfinder.pages.blocks import Block
    from pathfinder.render.layout import Line


def print_blocks(
    blocks: Iterable[Block], *, plain: bool, stream: TextIO, widest: int = WIDEST
) -> None:
    """Write a page: in rich at a terminal that can show it, otherwise plain."""
    width = page_width(stream, widest)
    if plain or not can_be_rich(stream):
        # Here, so that a result as JSON doesn't pay for the page.
        from pathfinder.render.layout import plain_text

        stream.write(plain_text(blocks, width, ascii_only=not shows_utf8(stream)))
        return
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
    print_lines(lines, width, stream)


def print_rich(blocks: Iterable[Block], width: int, stream: TextIO) -> None:
    """Write the page to a terminal that can be rich."""
    from pathfinder.render.layout import RICH_MARKS, layout

    print_lines(layout(blocks, width, marks=RICH_MARKS, two_columns=True), width, stream)


def print_lines(lines: Iterable[Line], width: int, stream: TextIO) -> None:
    """Write lines to a terminal. `NO_COLOR` is honoured by the console."""
    # rich takes longer to import than the plain page takes to print.
    from rich.console import Console

    forced = True if colour_forced(os.environ) else None
    console = Console(
        file=stream, width=width, markup=False, emoji=False, highlight=False, force_terminal=forced
    )
    draw(lines, console)


def draw(lines: Iterable[Line], console: Console) -> None:
    """Print lines on a console, one of a terminal or one that records a picture."""
    from pathfinder.render.layout import STYLES, STYLES_IN_16

    many = console.color_system in ("256", "truecolor")
    styles = STYLES if many else STYLES_IN_16
    for line in lines:
        # Nothing is wrapped or cut here: a long address must come out whole.
        console.print(_styled(line, styles), soft_wrap=True)


def _styled(line: Line, styles: Mapping[str, str]) -> RichText:
    from rich.text import Text

    text = Text(end="")
    for part in line:
        text.append(part.text, style=styles[part.style])
    text.rstrip()
    return text
