"""One line to type on the menus' screen, with the text of before to change.

Why this module exists: a counselor's note is changed where it stands, not typed
anew, and the ways out hold here as everywhere else.

It must not know what is typed. What comes back may hold any character.
"""

from __future__ import annotations

from collections.abc import Sequence

from prompt_toolkit import PromptSession
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

from pathfinder.ask.canvas import at_the_terminal, hear, nothing, stopping, window_size
from pathfinder.ask.pace import KEYBOARD, Pace
from pathfinder.ask.terminal import wrap
from pathfinder.terminal import WIDEST


def run_line(texts: Sequence[str], label: str, old: str, *, pace: Pace = KEYBOARD) -> str | None:
    """Let the person type below `texts`. None: they leave it as it was.

    Raises `KeyboardInterrupt` for Ctrl-C, Ctrl-Q and Ctrl-D, and `QuickExit` for Ctrl-X.
    """
    keys = KeyBindings()
    stopping(keys)

    @keys.add("escape", eager=True)
    def leave(event: KeyPressEvent) -> None:
        event.app.exit(result=None)

    for key in ("c-r", "c-s"):  # they would search what was typed before
        keys.add(key, eager=True)(nothing)
    width = min(window_size().columns, WIDEST)
    above = "".join(f"{row}\n" for text in texts for row in wrap(text, width) or [""])
    session: PromptSession[str | None] = PromptSession(
        f"{above}{label} ", key_bindings=keys, erase_when_done=True
    )
    hear(session.app, pace)
    with at_the_terminal(session.app):
        return session.prompt(default=old, set_exception_handler=False)
