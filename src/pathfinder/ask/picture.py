"""What stands on the screen while a menu is open: which lines, and where the cursor is.

Why this module exists: in a small window no word may be out of reach, and the
answer under the cursor is always seen whole. Worked out here as plain lines for
a given size, it can be tested without a terminal, and holds again after a resize.

It must not know prompt_toolkit, questionary or a key.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pathfinder.ask.terminal import MAX_WIDTH, Size, wrap

KEYS = "123456789abcdefghlmnopqrstuvwxyz"
"""One key an answer, from the top. `i`, `j` and `k` are left out: they mean other things."""

MORE_ABOVE = "More answers above."
MORE_BELOW = "More answers below."
MORE_BOTH = "More answers above and below."


class Menu(NamedTuple):
    """What is to be shown.

    `head` is never cut; `extras` and empty lines are shown where there is room.
    `marked` is None where one answer is picked, else the places of the marked
    answers. `foot` names the keys, the longest form first.
    """

    progress: str
    head: tuple[str, ...]
    extras: tuple[str, ...]
    labels: tuple[str, ...]
    marked: frozenset[int] | None
    foot: tuple[str, ...]


class Row(NamedTuple):
    """One line of the screen. `cursor` is the column of the real cursor, if it stands here."""

    text: str
    bold: bool = False
    cursor: int | None = None


class Picture(NamedTuple):
    """The lines, and how far the list of answers is scrolled: the `top` of the next picture."""

    rows: tuple[Row, ...]
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
    lines = [
        Row(line, bold=place == pointed, cursor=2 if place == pointed and not n else None)
        for place, block in enumerate(blocks)
        for n, line in enumerate(_pointing(block, place == pointed))
    ]
    head = [Row(line) for line in wrap(menu.progress, _width(size))]
    head += [Row(line, bold=True) for line in _lines(menu.head, size)]
    foot = _foot(menu, size, notice)
    tallest = max(map(len, blocks))
    for extra in menu.extras:
        wrapped = [Row(line) for line in wrap(extra, _width(size))]
        longer = len(head) + len(wrapped)
        if longer <= size.rows // 2 and size.rows - longer - len(foot) > tallest:
            head += wrapped
    spare = size.rows - len(head) - len(foot) - len(lines)
    if spare >= 0:
        gap = [Row("")]
        body = gap * (spare > 0) + lines + gap * (spare > 1)
        return Picture((*head, *body, *foot), 0)
    space = max(1, size.rows - len(head) - len(foot) - 1)
    top = _scrolled(blocks, pointed, top, space)
    below = top + space < len(lines)
    more = MORE_BOTH if top and below else MORE_BELOW if below else MORE_ABOVE
    return Picture((*head, *lines[top : top + space], Row(more), *foot), top)


def page(texts: Sequence[str], size: Size, top: int, foot: str) -> tuple[Picture, bool]:
    """A text to read, from line `top` on, and whether there is more below."""
    lines = [Row(line) for line in _lines(texts, size)]
    space = size.rows - 1
    top = max(0, min(top, len(lines) - space))
    below = top + space < len(lines)
    first, *rest = lines[top : top + space]
    last = Row("More below: Down or Space." if below else foot, bold=True)
    return Picture((first._replace(cursor=0), *rest, last), top), below


# --- lines --------------------------------------------------------------------


def _width(size: Size) -> int:
    return min(size.columns, MAX_WIDTH)


def _lines(texts: Sequence[str], size: Size) -> list[str]:
    return [line for text in texts for line in wrap(text, _width(size)) or [""]]


def _blocks(menu: Menu, size: Size) -> list[list[str]]:
    """The lines of each answer, with its key and its mark, hanging under its first word."""
    blocks = []
    for place, label in enumerate(menu.labels):
        lead = f"  {KEYS[place]}. "
        if menu.marked is not None:
            lead += "[x] " if place in menu.marked else "[ ] "
        wrapped = wrap(label, _width(size) - len(lead))
        blocks.append(
            [(lead if not n else " " * len(lead)) + line for n, line in enumerate(wrapped)]
        )
    return blocks


def _pointing(block: list[str], pointed: bool) -> list[str]:
    return [">" + block[0][1:], *block[1:]] if pointed else block


def _foot(menu: Menu, size: Size, notice: str) -> list[Row]:
    if notice:
        return [Row(line, bold=True) for line in wrap(notice, _width(size))]
    fitting = (text for text in menu.foot if len(text) <= _width(size))
    return [Row(next(fitting, menu.foot[-1]))]


def _space(menu: Menu, size: Size) -> int:
    """The rows that are left for answers."""
    return size.rows - len(wrap(menu.progress, _width(size))) - len(_lines(menu.head, size)) - 1


def _scrolled(blocks: list[list[str]], pointed: int, top: int, space: int) -> int:
    start = sum(map(len, blocks[:pointed]))
    end = start + len(blocks[pointed])
    total = sum(map(len, blocks))
    return max(0, min(max(top, end - space), start, total - space))
