"""From blocks to text: wrapping, indenting, marks; the plain form, Markdown, and the one theme.

Why this module exists: all forms of the page are laid out here, once, so that none can say more
than the other. It is also the one border at which text from files is cleaned before it reaches
a terminal or a file. The plain form is for pipes, files, screen readers and old terminals:
nothing is drawn, and where a stream can't show UTF-8 the text is folded to ASCII without losing
a word. Markdown (CommonMark; tables as on GitHub) is for records and mail: whatever could become
a link, an image, a heading, code or HTML there is escaped here, and nowhere else. The result and
the interview look like one program, for both take their colours from here: one accent, one
warning colour, one quiet grey, and bold. docs/decisions/0011 says why these, and
`tests/test_theme.py` measures them.

It must not write anything. A line's parts carry the name of a style alone, and nothing is told
by colour alone.

    >>> markdown([Heading(1, "Why"), Bullet("*You* said: 1 < 2", mark="plus")])
    '# Why\\n\\n- **For:** \\\\*You\\\\* said: 1 \\\\< 2\\n'
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


_MARKUP = re.compile(
    r"(?P<number>\[[0-9]+(?:, [0-9]+)*\](?![:(\[{]))"
    r"|(?P<plain>(?<![0-9:])[0-9]{1,2}(?::[0-9]{2}){1,2}(?![0-9:])|(?<=[^\s#] )#(?=[0-9]))"
    r"|[\\`*_\[\]<>|~$^{}@#]|&(?=#?[0-9a-z]+;)|:(?=\S)|(?<=www)\.",
    re.IGNORECASE,
)
"""Marks that mean something wherever they stand, in CommonMark or a common extension of it.

The number of a source, "[3]", is a link only where a line "[3]: address" stands, and no
text here can write one: it stays as it is, because nearly every sentence ends with one. So do a
time such as 14:30 and the number of a flat, such as #2: people copy them by hand, and alone they
mean nothing. An ampersand means something only where it begins an entity.
"""

_OPENS_A_BLOCK = re.compile(r"([-=%:]|\+(?!\S)|[0-9]{1,9}(?=[.)]))")
"""What means a list, a rule or a heading, but only where a line begins."""


def markdown(blocks: Iterable[Block], title: str = "") -> str:
    """The page in Markdown. With `title`, that is the one first heading and the rest stand below.

    Every text stands on one line, its controls shown as U+FFFD (`pathfinder.sanitize.clean`).
    """
    deeper = 1 if title else 0
    parts: list[str] = [_md_heading(1, title)] if title else []
    before: Block | None = None
    for block in blocks:
        lines = "\n".join(_md_lines(block, deeper))
        if not lines:
            continue
        # Bullets that follow each other are one list; anything else begins anew.
        together = isinstance(block, Bullet) and isinstance(before, Bullet)
        parts += ["\n" if together else "\n\n"] * bool(parts) + [lines]
        before = block
    return "".join([*parts, "\n"]) if parts else ""


def escaped(text: str, *, begins_line: bool = False) -> str:
    """A text in which nothing is markup. `begins_line`: no mark stands before it on its line."""
    # Without arguments, split takes out every kind of space: none may indent or break a line.
    line = _MARKUP.sub(_mark_escaped, " ".join(clean(text).split()))
    if not begins_line:
        return line
    return _OPENS_A_BLOCK.sub(_opening_escaped, line, count=1) if _opens(line) else line


# --- the blocks -------------------------------------------------------------------


def _md_lines(block: Block, deeper: int) -> Iterator[str]:
    match block:
        case Heading():
            yield _md_heading(block.level + deeper, block.text)
        case Text():
            if block.role != "body":
                yield _md_joined(_md_label(block.label), _md_strong(escaped(block.text)))
            else:
                yield _md_labelled(block.label, block.text)
        case Bullet():
            said = {"dot": "", "plus": messages.FOR, "minus": messages.AGAINST_IT}[block.mark]
            text = _md_labelled(block.label, block.text, begins_line=not said)
            yield _md_joined("-", _md_label(said), text)
        case SideBySide():
            yield _md_row(messages.COMPARED, block.left, block.right)
            yield "| --- | --- | --- |"
            for row in block.rows:
                yield _md_row(row.title, row.left, row.right)


def _md_heading(level: int, text: str) -> str:
    return _md_joined("#" * level, escaped(text))


def _md_row(*cells: str) -> str:
    return f"| {' | '.join(map(escaped, cells))} |"


def _md_labelled(label: str, text: str, *, begins_line: bool = True) -> str:
    return _md_joined(_md_label(label), escaped(text, begins_line=begins_line and not label))


def _md_label(label: str) -> str:
    return _md_strong(f"{escaped(label)}:") if label else ""


def _md_strong(text: str) -> str:
    return f"**{text}**" if text else ""


def _md_joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _mark_escaped(found: re.Match[str]) -> str:
    return found[0] if found["number"] or found["plain"] else f"\\{found[0]}"


def _opens(line: str) -> bool:
    return _OPENS_A_BLOCK.match(line) is not None


def _opening_escaped(found: re.Match[str]) -> str:
    # A figure can't be escaped; the mark after it can.
    return f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}"
