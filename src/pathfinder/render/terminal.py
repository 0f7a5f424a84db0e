"""The rich form: the same lines, with weight and a little colour.

Why this module exists: at a terminal, headings, labels and marks are easier to find when
they stand out. How each looks is the theme's; none carries meaning alone, no box is drawn.

It must not hand rich anything but `Text`: markup in a file is text, not a command.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import TextIO

from rich.console import Console
from rich.text import Text as RichText

from pathfinder.pages.blocks import Block
from pathfinder.render.layout import RICH_MARKS, Line, layout
from pathfinder.render.theme import STYLES, STYLES_IN_16
from pathfinder.terminal import colour_forced


def print_rich(blocks: Iterable[Block], width: int, stream: TextIO) -> None:
    """Write the page to a terminal."""
    print_lines(layout(blocks, width, marks=RICH_MARKS, two_columns=True), width, stream)


def print_lines(lines: Iterable[Line], width: int, stream: TextIO) -> None:
    """Write lines to a terminal. `NO_COLOR` is honoured by the console."""
    forced = True if colour_forced(os.environ) else None
    console = Console(
        file=stream, width=width, markup=False, emoji=False, highlight=False, force_terminal=forced
    )
    draw(lines, console)


def draw(lines: Iterable[Line], console: Console) -> None:
    """Print lines on a console, one of a terminal or one that records a picture."""
    many = console.color_system in ("256", "truecolor")
    styles = STYLES if many else STYLES_IN_16
    for line in lines:
        # Nothing is wrapped or cut here: a long address must come out whole.
        console.print(_styled(line, styles), soft_wrap=True)


def _styled(line: Line, styles: Mapping[str, str]) -> RichText:
    text = RichText(end="")
    for part in line:
        text.append(part.text, style=styles[part.style])
    text.rstrip()
    return text
