"""A page of the result on a screen of its own, read up and down, and left with Esc or Left.

Why this module exists: the pages behind the answer are as long as they are, and whoever has
read enough goes back from any place in them. An alert or a text that must be seen to its end
is `pager`'s.

It must not know what the page says.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from prompt_toolkit.application import Application
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

from pathfinder.ask import behind_messages as words
from pathfinder.ask.canvas import (
    Key,
    at_the_terminal,
    end,
    hear,
    if_meant,
    nothing,
    paint,
    run,
    stopping,
    watch,
    window_size,
)
from pathfinder.ask.menu_layout import Picture, Row
from pathfinder.ask.pace import KEYBOARD, Pace
from pathfinder.pages.blocks import Block
from pathfinder.render.layout import RICH_MARKS, layout
from pathfinder.terminal import WIDEST, Size

_BACK: Final = ("escape", "left", "s-tab", "backspace", "q")


def run_reading(
    blocks: Sequence[Block], *, fits: Callable[[Size], bool], pace: Pace = KEYBOARD
) -> Key:
    """Show a page until the person goes back, or the window becomes too small for it."""
    top = 0

    def lines() -> list[Row]:
        return page_rows(blocks, window_size())

    def room() -> int:
        return max(1, window_size().rows - 1)

    def picture() -> Picture:
        nonlocal top
        rows = lines()
        top = max(0, min(top, len(rows) - room()))
        shown = rows[top : top + room()]
        more = top + room() < len(rows)
        foot = words.MORE_BELOW if more else words.BACK_HERE
        shown[0] = shown[0]._replace(cursor=0)
        hint = Row(foot, parts=(("quiet", foot[: window_size().columns]),))
        return Picture((*shown, hint), top)

    def scroll(rows: Callable[[], int]) -> Callable[[KeyPressEvent], None]:
        def go(event: KeyPressEvent) -> None:
            nonlocal top
            top = max(0, top + rows())

        return go

    def back(event: KeyPressEvent) -> None:
        end(event.app, Key.BACK)

    def on(event: KeyPressEvent) -> None:
        """Enter turns the page, and at the end goes back."""
        nonlocal top
        if top + room() < len(lines()):
            top += room() - 1
        else:
            back(event)

    keys = KeyBindings()
    keys.add("<bracketed-paste>", eager=True)(nothing)
    for names, rows in (
        (("down", "j"), lambda: 1),
        (("up", "k"), lambda: -1),
        (("pagedown", " "), lambda: room() - 1),
        (("pageup",), lambda: 1 - room()),
        (("home",), lambda: -len(lines())),
        (("end",), lambda: len(lines())),
    ):
        for name in names:
            keys.add(name, eager=True)(scroll(rows))
    for name in _BACK:
        keys.add(name, eager=True)(if_meant(pace, back))
    keys.add("enter", eager=True)(if_meant(pace, on))
    stopping(keys)
    app: Application[Key] = Application(key_bindings=keys, erase_when_done=True)
    hear(app, pace)
    paint(app, picture)
    watch(app, fits)
    with at_the_terminal(app):
        closed: Key = run(app)
    return closed


def page_rows(blocks: Sequence[Block], size: Size) -> list[Row]:
    """The page as rows for a window of this size."""
    width = min(size.columns - 1, WIDEST)
    return [
        Row(
            "".join(part.text for part in line).rstrip(),
            parts=tuple((part.style, part.text) for part in line),
        )
        for line in layout(blocks, width, marks=RICH_MARKS, two_columns=True)
    ] or [Row("")]
