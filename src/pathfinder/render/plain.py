"""The plain form: words and line ends, nothing else.

Why this module exists: pipes, files, screen readers and old terminals. Reasons
begin with "For:" and "Against:", nothing is drawn, nothing is coloured, and where
a stream can't show UTF-8 the text is folded to ASCII without losing a word.

It must not decide what is said: that is the page's work.
"""

from __future__ import annotations

from collections.abc import Iterable

from pathfinder.pages.blocks import Block
from pathfinder.render.layout import PLAIN_MARKS, Line, layout
from pathfinder.terminal import to_ascii


def plain_text(blocks: Iterable[Block], width: int, *, ascii_only: bool = False) -> str:
    """The page as text. Lines end with a line feed and carry no blanks at their end."""
    return plain_lines(layout(blocks, width, marks=PLAIN_MARKS), ascii_only=ascii_only)


def plain_lines(lines: Iterable[Line], *, ascii_only: bool = False) -> str:
    """Lines as text, without a style."""
    text = "".join(f"{''.join(part.text for part in line).rstrip()}\n" for line in lines)
    return to_ascii(text) if ascii_only else text
