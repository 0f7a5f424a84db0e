"""One page of text on a terminal, read to its end.

Why this module exists: why we ask, an alert, what comes next: whatever is longer
than the window is turned page by page, and says that there is more.

It must not know what it shows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from prompt_toolkit.application import Application
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

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
from pathfinder.ask.menu_layout import Picture, page
from pathfinder.ask.pace import KEYBOARD, Pace
from pathfinder.terminal import Size


def run_page(
    texts: Sequence[str],
    foot: str,
    closing: str,
    *,
    any_key: bool,
    fits: Callable[[Size], bool] = lambda size: True,
    pace: Pace = KEYBOARD,
) -> Key | None:
    """Show a text until it is closed: by any key, or by Enter alone once its end was seen.

    Enter alone counts after a quiet moment only: what it closes is to be read.

    `foot` stands under it while there is more below, `closing` at its end. Gives
    `Key.TOO_SMALL` once the window doesn't fit any more, else None. Raises
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
    app: Application[Key | None] = Application(key_bindings=keys, erase_when_done=True)
    hear(app, pace)
    paint(app, picture)
    watch(app, fits)
    with at_the_terminal(app):
        closed: Key | None = run(app)
    return closed
