"""The rich form: the same lines, with weight and a little colour.

Why this module exists: at a terminal, headings, labels and marks are easier to
find when they stand out. Colours are the 4-bit ones, which people can remap;
none carries meaning alone, no text is dimmed, no box is drawn.

It must not hand rich anything but `Text`: markup in a file is text, not a command.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from rich.console import Console
from rich.text import Text as RichText

from pathfinder.pages.blocks import Block
from pathfinder.render.layout import RICH_MARKS, Line, Style, layout

_STYLES: dict[Style, str] = {
    "": "",
    "title": "bold underline",
    "heading": "bold",
    "alert": "bold red",
    "strong": "bold",
    "plus": "bold green",
    "minus": "bold magenta",
}


def print_rich(blocks: Iterable[Block], width: int, stream: TextIO) -> None:
    """Write the page to a terminal. `NO_COLOR` is honoured by the console."""
    console = Console(file=stream, width=width, markup=False, emoji=False, highlight=False)
    for line in layout(blocks, width, marks=RICH_MARKS, two_columns=True):
        # Nothing is wrapped or cut here: a long address must come out whole.
        console.print(_styled(line), soft_wrap=True)


def _styled(line: Line) -> RichText:
    text = RichText(end="")
    for part in line:
        text.append(part.text, style=_STYLES[part.style])
    text.rstrip()
    return text
