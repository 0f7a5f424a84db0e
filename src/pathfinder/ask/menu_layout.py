"""What stands on the screen while a menu is open: which lines, and where the cursor is.

Why this module exists: in a small window no word may be out of reach, and the
answer under the cursor is always seen whole. Worked out here as plain lines for
a given size, it can be tested without a terminal, and holds again after a resize.

It must not know prompt_toolkit, questionary or a key.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pathfinder.ask.terminal import wrap
from pathfinder.terminal import WIDEST, Size, cells

KEYS = "123456789abcdefghlmnopqrstuvwxyz"
"""One key an answer, from the top. `i`, `j` and `k` are left out: they mean other things."""

SECOND_LINE = "\n"
"""Parts a label in two, as the question and the answer in a row of the review."""

BAR = 10
"""Cells of the bar that shows how far it is."""

MORE_ABOVE = "More answers above."
MORE_BELOW = "More answers below."
MORE_BOTH = "More answers above and below."
PAGE_ABOVE = "More above: Up."
PAGE_BELOW = "More below: Space or Down."
PAGE_BOTH = "More above and below."


class Menu(NamedTuple):
    """What is to be shown.

    `head` is never cut; `extras` and empty lines are shown where there is room.
    `done` is the share of the questions that lie behind, where that is known.
    `marked` is None where one answer is picked, else the places of the marked
    answers. `foot` names the keys, the longest form first. `keys` holds a key for
    each label, as far as they go.
    """

    progress: str
    head: tuple[str, ...]
    extras: tuple[str, ...]
    labels: tuple[str, ...]
    marked: frozenset[int] | None
    foot: tuple[str, ...]
    keys: str = KEYS
    done: float | None = None


class MenuRow(NamedTuple):
    """One line of the screen. `cursor` is the column of the real cursor, if it stands here.

    `parts` are the pieces of the text, each with the name of its look in the theme, where it
    isn't one piece.
    """

    text: str
    bold: bool = False
    cursor: int | None = None
    parts: tuple[tuple[str, str], ...] = ()


class Picture(NamedTuple):
    """The lines, and how far the list of answers is scrolled: the `top` of the next picture."""

    rows: tuple[MenuRow, ...]
    top: int


def room_for(menu: Menu, size: Size) -> bool:
    """Can this menu be used here? The question takes half the rows at most; each answer fits."""
    head = _lines(menu.head, size)
    return len(head) <= size.rows // 2 and _space(menu, size) > max(map(len, _blocks(menu, size)))


def room_for_all(menu: Menu, size: Size) -> bool:
    """Does everything fit at once, without scrolling?"""
    return _space(menu, size) >= sum(map(len, _blocks(menu, size)))


def draw(menu: Menu, size: Size, pointed: int, top: int = 0, notice: str = "") -> Picture:
    """The screen with the cursor on answer `pointed`, scrolled from `top` as little as needed."""
    blocks = _blocks(menu, size)
    head = _progress(menu, size)
    head += [MenuRow(line, bold=True) for line in _lines(menu.head, size)]
    foot = _foot(menu, size, notice)
    tallest = max(map(len, blocks))
    for extra in menu.extras:
        wrapped = [_quiet(line) for line in wrap(extra, _width(size))]
        longer = len(head) + len(wrapped)
        if longer <= size.rows // 2 and size.rows - longer - len(foot) > tallest:
            head += wrapped
    total = sum(map(len, blocks))
    spare = size.rows - len(head) - len(foot) - total
    if spare >= 0:
        gap = [MenuRow("")]
        body = gap * (spare > 0) + _listed(blocks, pointed, 0, total) + gap * (spare > 1)
        return Picture((*head, *body, *foot), 0)
    space = max(1, size.rows - len(head) - len(foot) - 1)
    top = _scrolled(blocks, pointed, top, space)
    below = top + space < total
    more = MORE_BOTH if top and below else MORE_BELOW if below else MORE_ABOVE
    listed = _listed(blocks, pointed, top, space)
    return Picture((*head, *listed, MenuRow(more), *foot), top)


def stepped(menu: Menu, size: Size, pointed: int, top: int, by: int) -> tuple[int, int]:
    """The answer that a step down (1) or up (-1) leads to, and the new `top`.

    An answer that is taller than its room is first walked through to its end. After
    the last answer comes the first.
    """
    blocks = _blocks(menu, size)
    head = len(wrap(menu.progress, _width(size))) + len(_lines(menu.head, size))
    space = max(1, size.rows - head - len(_foot(menu, size, "")) - 1)
    start, end = _span(blocks, pointed)
    if end - start > space:
        top = _scrolled(blocks, pointed, top, space)
        stride = max(1, space - 1)
        if by > 0 and top + space < end:
            return pointed, min(top + stride, end - space)
        if by < 0 and top > start:
            return pointed, max(top - stride, start)
    return (pointed + by) % len(blocks), top


def page(
    texts: Sequence[str], size: Size, top: int, foot: str, closing: str
) -> tuple[Picture, bool]:
    """A text to read, from line `top` on, and whether there is more below.

    `foot` stands under it as long as there is more, `closing` at its end.
    """
    lines = [MenuRow(line) for line in _lines(texts, size)]
    at_the_end = [MenuRow(line, bold=True) for line in wrap(closing, _width(size))]
    if len(lines) + len(at_the_end) <= size.rows:
        first, *rest = lines
        return Picture((first._replace(cursor=0), *rest, *at_the_end), 0), False
    on_the_way = [MenuRow(line, bold=True) for line in wrap(foot, _width(size))]
    # As many rows for the feet everywhere, so that the text doesn't jump when it is turned.
    feet = max(len(at_the_end), len(on_the_way))
    space = max(1, size.rows - feet - 1)
    top = max(0, min(top, len(lines) - space))
    below = top + space < len(lines)
    first, *rest = lines[top : top + space]
    more = MenuRow(PAGE_BOTH if top and below else PAGE_BELOW if below else PAGE_ABOVE, bold=True)
    feet_here = on_the_way if below else at_the_end
    return Picture((first._replace(cursor=0), *rest, more, *feet_here), top), below


# --- lines --------------------------------------------------------------------


def _width(size: Size) -> int:
    return min(size.columns, WIDEST)


def _lines(texts: Sequence[str], size: Size) -> list[str]:
    return [line for text in texts for line in wrap(text, _width(size)) or [""]]


def _blocks(menu: Menu, size: Size) -> list[list[str]]:
    """The lines of each answer, with its key and its mark, hanging under its first word."""
    blocks = []
    for place, label in enumerate(menu.labels):
        lead = f"  {menu.keys[place]}. " if place < len(menu.keys) else "     "
        if menu.marked is not None:
            lead += "[x] " if place in menu.marked else "[ ] "
        first, *more = label.split(SECOND_LINE)
        lines = wrap(first, _width(size) - len(lead))
        for text in more:
            lines += ["  " + line for line in wrap(text, _width(size) - len(lead) - 2)]
        blocks.append([(lead if not n else " " * len(lead)) + line for n, line in enumerate(lines)])
    return blocks


def _listed(blocks: list[list[str]], pointed: int, top: int, space: int) -> list[MenuRow]:
    """The answers as rows, `space` of them from `top` on.

    The cursor stands on the first row that is seen of the answer that is pointed at.
    """
    start, end = _span(blocks, pointed)
    rows = []
    for n, line in enumerate([line for block in blocks for line in block][top : top + space], top):
        if n == max(start, top):
            cursor = 2 if n == start else _indent(line)
            rows.append(_answer(">" + line[1:], cursor, pointed=True))
        else:
            rows.append(_answer(line, None, pointed=start <= n < end))
    return rows


def _progress(menu: Menu, size: Size) -> list[MenuRow]:
    """How far it is, in words, with a bar before them where a line has room for it."""
    if menu.done is not None:
        full = round(BAR * menu.done)
        bar, rest = "█" * full, "░" * (BAR - full)
        text = f"{bar}{rest}  {menu.progress}"
        if cells(text) <= _width(size):
            parts = (("bar", bar), ("quiet", rest), ("quiet", f"  {menu.progress}"))
            return [MenuRow(text, parts=tuple(part for part in parts if part[1]))]
    return [_quiet(line) for line in wrap(menu.progress, _width(size))]


def _quiet(line: str) -> MenuRow:
    return MenuRow(line, parts=(("quiet", line),))


def _answer(line: str, cursor: int | None, *, pointed: bool) -> MenuRow:
    """One line of an answer: the sign and a mark in the accent, all of it strong if pointed at."""
    usual = "strong" if pointed else ""
    pieces = re.split(r"(^>|\[x\])", line)
    parts = tuple(("label" if n % 2 else usual, piece) for n, piece in enumerate(pieces) if piece)
    return MenuRow(line, bold=pointed, cursor=cursor, parts=parts)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _span(blocks: list[list[str]], place: int) -> tuple[int, int]:
    """The lines that the answer at `place` takes: the first, and the one after the last."""
    start = sum(map(len, blocks[:place]))
    return start, start + len(blocks[place])


def _foot(menu: Menu, size: Size, notice: str) -> list[MenuRow]:
    if notice:
        return [MenuRow(line, bold=True) for line in wrap(notice, _width(size))]
    fitting = (text for text in menu.foot if cells(text) <= _width(size))
    return [_quiet(next(fitting, menu.foot[-1]))]


def _space(menu: Menu, size: Size) -> int:
    """The rows that are left for answers."""
    return size.rows - len(wrap(menu.progress, _width(size))) - len(_lines(menu.head, size)) - 1


def _scrolled(blocks: list[list[str]], pointed: int, top: int, space: int) -> int:
    """`top`, moved as little as needed to bring the answer into view."""
    start, end = _span(blocks, pointed)
    total = sum(map(len, blocks))
    low, high = sorted((start, end - space))  # an answer taller than its room may stand anywhere
    return max(0, min(max(top, low), high, total - space))
