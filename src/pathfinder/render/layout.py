"""From blocks to lines: wrapping, indenting, marks; the plain form; and the one theme.

Why this module exists: all forms of the page are laid out here, once, so that
none can say more than the other. It is also the one border at which text from
files is cleaned before it reaches a terminal. The plain form is for pipes, files, screen
readers and old terminals: nothing is drawn, and where a stream can't show UTF-8 the text is
folded to ASCII without losing a word. The result and the interview look like one program, for
both take their colours from here: one accent, one warning colour, one quiet grey, and bold.
docs/decisions/0011 says why these, and `tests/test_theme.py` measures them.

It must not write anything. A line's parts carry the name of a style alone, and nothing is told
by colour alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, Literal, NamedTuple

from pathfinder.pages import messages
from pathfinder.pages.blocks import FIRM_SPACE, Block, Bullet, Heading, Row, SideBySide, Text
from pathfinder.sanitize import clean
from pathfinder.terminal import cells, to_ascii, wrap

Style = Literal["", "title", "heading", "alert", "strong", "plus", "minus", "label", "bar", "quiet"]

INDENT = 2
DEEPER_FROM = 60
"""So wide a page sets what stands under a level 2 heading further in."""
TWO_COLUMNS_FROM = 60
GAP = 3

_BLANKS = re.compile(r"[ \t\r\n]+")


class Part(NamedTuple):
    text: str
    style: Style = ""


Line = tuple[Part, ...]
"""One line of the page. An empty tuple is a blank line."""


class Marks(NamedTuple):
    """How the things of a list begin."""

    dot: str
    plus: str
    minus: str


PLAIN_MARKS = Marks(dot="-", plus=f"{messages.FOR}:", minus=f"{messages.AGAINST_IT}:")
RICH_MARKS = Marks(dot="•", plus="+", minus="-")


def layout(
    blocks: Iterable[Block], width: int, *, marks: Marks, two_columns: bool = False
) -> Iterator[Line]:
    """The lines of a page that is `width` cells wide. A longer word stands whole on its line."""
    before: Block | None = None
    indent = INDENT
    for block in blocks:
        if before is not None and _blank_between(before, block):
            yield ()
        before = block
        match block:
            case Heading():
                yield from _heading(block, width)
                deeper = block.level > 1 and width >= DEEPER_FROM
                indent = 2 * INDENT if deeper else INDENT
            case Text():
                yield from _text(block, width, indent)
            case Bullet():
                yield from _bullet(block, width, indent, marks)
            case SideBySide():
                columns = two_columns and width >= TWO_COLUMNS_FROM
                yield from _columns(block, width) if columns else _rows(block, width)


def one_line(text: str) -> str:
    """A text from a file, made safe and put on one line."""
    return _BLANKS.sub(" ", clean(text)).strip(" ")


# --- the blocks -------------------------------------------------------------------


def _blank_between(before: Block, block: Block) -> bool:
    """Air before headings and paragraphs; lists and labelled lines stay together."""
    match block:
        case Heading():
            return not (isinstance(before, Heading) and before.level < block.level)
        case Text(label=""):
            return not isinstance(before, Heading)
        case Text():
            return isinstance(before, Bullet) or (isinstance(before, Text) and not before.label)
        case Bullet():
            return isinstance(before, Text) and not before.label
        case _:
            return True


def _heading(block: Heading, width: int) -> Iterator[Line]:
    indent = 0 if block.level == 1 else INDENT
    style: Style = "title" if block.level == 1 else "heading"
    if block.role == "alert":
        style = "alert"
    for line in wrap(one_line(block.text), width - indent):
        yield _line(indent, Part(_written(line), style))


def _text(block: Text, width: int, indent: int) -> Iterator[Line]:
    style: Style = "" if block.role == "body" else block.role
    # Labelled lines stand close together, so each one's later lines are set further in.
    hang = indent + INDENT if block.label else indent
    yield from _labelled(block.label, one_line(block.text), style, width, hang, indent)


def _bullet(block: Bullet, width: int, indent: int, marks: Marks) -> Iterator[Line]:
    mark: str = getattr(marks, block.mark)
    begin = indent + cells(mark) + 1
    # Lines below hang under the text. A mark that is a word would leave too little for it.
    hang = min(begin, indent + INDENT)
    style: Style = "" if block.mark == "dot" else block.mark
    lines = _labelled(block.label, one_line(block.text), "", width, hang, begin)
    for number, line in enumerate(lines):
        if number:
            yield line
        else:
            yield (Part(" " * indent), Part(mark, style), Part(" "), *line[1:])


def _labelled(
    label: str, text: str, style: Style, width: int, indent: int, begin: int
) -> Iterator[Line]:
    """A paragraph whose first words may be a label. `begin` is the indent of its first line."""
    head = f"{one_line(label)}:" if label else ""
    whole = f"{head} {text}" if head and text else head or text
    at = 0
    for number, line in enumerate(wrap(whole, width - indent, width - begin)):
        at = whole.index(line, at)
        left = max(len(head) - at, 0)
        strong, rest = line[:left], line[left:]
        at += len(line)
        spaces = indent if number else begin
        yield _line(spaces, Part(_written(strong), "strong"), Part(_written(rest), style))


def _rows(block: SideBySide, width: int) -> Iterator[Line]:
    """One after the other: a screen reader hears each side whole."""
    for number, row in enumerate(block.rows):
        if number:
            yield ()
        yield from _heading(Heading(2, row.title), width)
        for name, text in ((block.left, row.left), (block.right, row.right)):
            yield from _labelled(name, one_line(text), "", width, 2 * INDENT, 2 * INDENT)


def _columns(block: SideBySide, width: int) -> Iterator[Line]:
    column = (width - INDENT - GAP) // 2
    head = Row("", block.left, block.right)
    for row in (head, *block.rows):
        style: Style = "heading" if row is head else ""
        if row is not head:
            yield ()
            yield from _heading(Heading(2, row.title), width)
        left, right = (wrap(one_line(text), column) for text in (row.left, row.right))
        for place in range(max(len(left), len(right))):
            near = _written(left[place]) if place < len(left) else ""
            far = _written(right[place]) if place < len(right) else ""
            gap = " " * max(column - cells(near) + GAP, 1) if far else ""
            yield _line(INDENT, Part(near, style), Part(gap), Part(far, style))


def _line(indent: int, *parts: Part) -> Line:
    return (Part(" " * indent), *(part for part in parts if part.text))


def _written(text: str) -> str:
    return text.replace(FIRM_SPACE, " ")


def plain_text(blocks: Iterable[Block], width: int, *, ascii_only: bool = False) -> str:
    """The page as text. Lines end with a line feed and carry no blanks at their end."""
    return plain_lines(layout(blocks, width, marks=PLAIN_MARKS), ascii_only=ascii_only)


def plain_lines(lines: Iterable[Line], *, ascii_only: bool = False) -> str:
    """Lines as text, without a style."""
    text = "".join(f"{''.join(part.text for part in line).rstrip()}\n" for line in lines)
    return to_ascii(text) if ascii_only else text


ACCENT: Final = "#0087af"
WARNING: Final = "#d75f5f"
QUIET: Final = "#767676"
"""Each is one of the 256 colours, so that it looks the same in all terminals that have them."""

STYLES: Final = {
    "": "",
    "title": f"bold {ACCENT}",
    "heading": "bold",
    "alert": f"bold {WARNING}",
    "strong": "bold",
    "label": f"bold {ACCENT}",
    "bar": ACCENT,
    "quiet": QUIET,
    "plus": f"bold {ACCENT}",
    "minus": "bold",
}
"""How each kind of part is drawn."""

STYLES_IN_16: Final = {
    style: "bold" if drawn.startswith("bold") else "" for style, drawn in STYLES.items()
}
"""The same with bold alone: of 16 colours, none can be read on light and on dark windows."""
