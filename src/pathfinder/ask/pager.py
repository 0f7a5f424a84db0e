"""A page of text on a screen of its own: read to its end, or up and down as the reader likes.

Why this module exists: why we ask, an alert, what comes next: whatever is longer than the
window is turned page by page, says that there is more, and is seen to its end. The pages
behind the answer are as long as they are, and whoever has read enough goes back from any
place in them, with Esc or Left.

It must not know what it shows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from prompt_toolkit.application import Application
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

from pathfinder.ask import menu_messages as words
from pathfinder.ask.canvas import (
    MenuKey,
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
from pathfinder.ask.keystrokes import KEYBOARD, Pace
from pathfinder.ask.menu_layout import MenuRow, Picture, page
from pathfinder.pages.blocks import Block
from pathfinder.render.layout import RICH_MARKS, layout
from pathfinder.terminal import WIDEST, Size


def run_page(
    texts: Sequence[str],
    foot: str,
    closing: str,
    *,
    any_key: bool,
    fits: Callable[[Size], bool] = lambda size: True,
    pace: Pace = KEYBOARD,
) -> MenuKey | None:
    """Show a text until it is closed: by any key, or by Enter alone once its end was seen.

    Enter alone counts after a quiet moment only: what it closes is to be read.

    `foot` stands under it while there is more below, `closing` at its end. Gives
    `MenuKey.TOO_SMALL` once the window doesn't fit any more, else None. Raises
    `KeyboardInterrupt` for Ctrl-C, Ctrl-Q and Ctrl-D, and `QuickExit` for Ctrl-X.
    """
    keys = KeyBindings()
    top = 0

    def now() -> tuple[Picture, bool]:
        return page(texts, window_size(), top, foot, closing)

    def picture() -> Picture:
        return now()[0]

    def scroll(rows: int) -> None:
        nonlocal top
        top = max(0, picture().top + rows)

    def a_page() -> int:
        return max(1, window_size().rows - 4)

    def close(event: KeyPressEvent) -> None:
        end(event.app, None)

    if any_key:
        keys.add("<any>")(if_meant(pace, close))

    def backward(*, whole: bool) -> Callable[[KeyPressEvent], None]:
        return lambda event: scroll(-a_page() if whole else -1)

    def forward(*, whole: bool, closes: bool) -> Callable[[KeyPressEvent], None]:
        def go(event: KeyPressEvent) -> None:
            if now()[1]:
                scroll(a_page() if whole else 1)
                pace.shown()
            elif closes:
                close(event)

        return go

    keys.add("<bracketed-paste>", eager=True)(nothing)
    keys.add("up", eager=True)(backward(whole=False))
    keys.add("pageup", eager=True)(backward(whole=True))
    keys.add("down", eager=True)(forward(whole=False, closes=any_key))
    for key in ("pagedown", " "):
        keys.add(key, eager=True)(forward(whole=True, closes=any_key))
    on = forward(whole=True, closes=True)
    keys.add("enter", eager=True)(if_meant(pace, on, calm=not any_key))
    stopping(keys)
    app: Application[MenuKey | None] = Application(key_bindings=keys, erase_when_done=True)
    hear(app, pace)
    paint(app, picture)
    watch(app, fits)
    with at_the_terminal(app):
        closed: MenuKey | None = run(app)
    return closed


_BACK: Final = ("escape", "left", "s-tab", "backspace", "q")


def run_reading(
    blocks: Sequence[Block], *, fits: Callable[[Size], bool], pace: Pace = KEYBOARD
) -> MenuKey:
    """Show a page until the person goes back, or the window becomes too small for it."""
    top = 0

    def lines() -> list[MenuRow]:
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
        hint = MenuRow(foot, parts=(("quiet", foot[: window_size().columns]),))
        return Picture((*shown, hint), top)

    def scroll(rows: Callable[[], int]) -> Callable[[KeyPressEvent], None]:
        def go(event: KeyPressEvent) -> None:
            nonlocal top
            top = max(0, top + rows())

        return go

    def back(event: KeyPressEvent) -> None:
        end(event.app, MenuKey.BACK)

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
    app: Application[MenuKey] = Application(key_bindings=keys, erase_when_done=True)
    hear(app, pace)
    paint(app, picture)
    watch(app, fits)
    with at_the_terminal(app):
        closed: MenuKey = run(app)
    return closed


def page_rows(blocks: Sequence[Block], size: Size) -> list[MenuRow]:
    """The page as rows for a window of this size."""
    width = min(size.columns - 1, WIDEST)
    return [
        MenuRow(
            "".join(part.text for part in line).rstrip(),
            parts=tuple((part.style, part.text) for part in line),
        )
        for line in layout(blocks, width, marks=RICH_MARKS, two_columns=True)
    ] or [MenuRow("")]
