"""One menu on a terminal: keys in, a choice out.

Why this module exists: it is the only place that touches the application inside
a questionary prompt. questionary keeps the choices, the marks and the way a
prompt ends. The picture is ours (docs/decisions/0005): no answer is cut, and the
real cursor stands on the answer, where a magnifier, a braille display or a
screen reader can follow it.

It must not know questions, alerts or the review. It is slow to import.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import questionary
from prompt_toolkit.application import Application
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent, merge_key_bindings
from prompt_toolkit.keys import Keys
from questionary.prompts.common import InquirerControl

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
from pathfinder.ask.menu_layout import Menu, Picture, draw, stepped
from pathfinder.ask.phrases import mark
from pathfinder.terminal import Size

NOTHING_MARKED: Final = "Mark an answer with Space."
ONCE_MORE: Final = "Wait a moment, then press Enter."

_STRIDE: Final = 5
"""Answers that Page Up and Page Down move over."""


_LEADING_AWAY: Final = {
    "s-tab": MenuKey.BACK,
    "escape": MenuKey.BACK,
    "left": MenuKey.BACK,
    "?": MenuKey.WHY,
    "f1": MenuKey.WHY,
    "c-r": MenuKey.REVIEW,
    "c-s": MenuKey.SAVE,
}


class CursorPlace:
    """Where the person is in a menu. It outlives a look at "why we ask"."""

    __slots__ = ("marked", "pointed", "top")

    def __init__(self, pointed: str, marked: frozenset[str] = frozenset()) -> None:
        self.pointed = pointed
        self.marked = marked
        self.top = 0


class _State:
    """What changes while one menu is open, beside what questionary's control keeps."""

    __slots__ = ("control", "menu", "notice", "top")

    def __init__(self, control: InquirerControl, menu: Menu, top: int, notice: str) -> None:
        self.control = control
        self.menu = menu
        self.top = top
        self.notice = notice

    def forget_notice(self) -> None:
        """What was said about the last key is stale at the next."""
        self.notice = ""


# --- menus --------------------------------------------------------------------


def run_menu(
    menu: Menu,
    ids: Sequence[str],
    place: CursorPlace,
    *,
    fits: Callable[[Size], bool],
    refused: dict[MenuKey, str] | None = None,
    note_key: str = "",
    remark: str = "",
    calm: bool = False,
    pace: Pace = KEYBOARD,
) -> tuple[str, ...] | MenuKey:
    """Let the person pick. Gives the ids picked, and keeps `place` up to date.

    `fits` says whether the menu may stay in a window that changes its size. `refused`
    are keys that lead nowhere here, with the remark that says so. `note_key` opens a
    note, if there is one; `remark` is told until the next key. With `calm` Enter counts
    after a quiet moment only: what it closes is to be read.
    Raises `KeyboardInterrupt` for Ctrl-C, Ctrl-Q and Ctrl-D, and `QuickExit` for Ctrl-X.
    """
    prompt = one_of(menu.labels, ids, place) if menu.marked is None else _many(menu, ids, place)
    app: Application[Any] = prompt.application
    control = next(
        window.content
        for window in app.layout.find_all_windows()
        if isinstance(window.content, InquirerControl)
    )
    state = _State(control, menu, place.top, remark)
    hear(app, pace)
    paint(app, lambda: _picture(state))
    watch(app, fits)
    app.key_bindings = merge_key_bindings(
        [
            *([app.key_bindings] if app.key_bindings is not None else []),
            _moving(state),
            _leaving(state, refused or {}, note_key, pace),
            _answering(app, state, pace, calm=calm),
        ]
    )
    app.key_processor.before_key_press += lambda _: state.forget_notice()
    with at_the_terminal(app):
        got = run(app)
    place.pointed = ids[control.pointed_at]
    place.marked = frozenset(control.selected_options)
    place.top = state.top
    if isinstance(got, MenuKey):
        return got
    return (got,) if isinstance(got, str) else tuple(got)


def one_of(labels: Sequence[str], ids: Sequence[str], place: CursorPlace) -> questionary.Question:
    """A prompt for one choice, whose picture and keys are still to be given."""
    choices = [
        questionary.Choice(label, value=each) for label, each in zip(labels, ids, strict=True)
    ]
    return questionary.select("", choices, default=place.pointed, erase_when_done=True)


def _many(menu: Menu, ids: Sequence[str], place: CursorPlace) -> questionary.Question:
    choices = [
        questionary.Choice(label, value=each, checked=each in place.marked)
        for label, each in zip(menu.labels, ids, strict=True)
    ]
    return questionary.checkbox(
        "",
        choices,
        initial_choice=place.pointed,
        validate=lambda picked: True if picked else NOTHING_MARKED,
        erase_when_done=True,
    )


def _picture(state: _State) -> Picture:
    control = state.control
    notice = NOTHING_MARKED if control.error_message is not None else state.notice
    picture = draw(_as_marked(state), window_size(), control.pointed_at, state.top, notice)
    state.top = picture.top
    return picture


def _as_marked(state: _State) -> Menu:
    if state.menu.marked is None:
        return state.menu
    control = state.control
    marked = (n for n, each in enumerate(control.choices) if each.value in control.selected_options)
    return state.menu._replace(marked=frozenset(marked))


def _moving(state: _State) -> KeyBindings:
    """Keys that move the cursor or change a mark. They win over those of questionary."""
    keys, control = KeyBindings(), state.control
    last = len(control.choices) - 1
    many = state.menu.marked is not None

    def toggle() -> None:
        control.selected_options = list(
            mark(control.selected_options, str(control.choices[control.pointed_at].value))
        )
        control.error_message = None

    def to(place: int, *, marks: bool = False) -> Callable[[KeyPressEvent], None]:
        def go(event: KeyPressEvent) -> None:
            control.pointed_at = place
            if marks:
                toggle()

        return go

    def jump(by: int) -> Callable[[KeyPressEvent], None]:
        def go(event: KeyPressEvent) -> None:
            control.pointed_at = max(0, min(last, control.pointed_at + by))

        return go

    def step(by: int) -> Callable[[KeyPressEvent], None]:
        def go(event: KeyPressEvent) -> None:
            control.pointed_at, state.top = stepped(
                _as_marked(state), window_size(), control.pointed_at, state.top, by
            )

        return go

    if many:
        for key in ("a", "i"):  # questionary would mark everything, or turn every mark around
            keys.add(key, eager=True)(nothing)
        keys.add(" ", eager=True)(lambda event: toggle())
    for place, key in enumerate(state.menu.keys[: last + 1]):
        keys.add(key, eager=True)(to(place, marks=many))
    for key in ("down", "j", "c-n"):
        keys.add(key, eager=True)(step(1))
    for key in ("up", "k", "c-p"):
        keys.add(key, eager=True)(step(-1))
    keys.add("home", eager=True)(to(0))
    keys.add("end", eager=True)(to(last))
    keys.add("pageup", eager=True)(jump(-_STRIDE))
    keys.add("pagedown", eager=True)(jump(_STRIDE))
    return keys


def _answering(app: Application[Any], state: _State, pace: Pace, *, calm: bool) -> KeyBindings:
    """Enter, as questionary knows it, but only where it is meant."""
    assert app.key_bindings is not None
    answer = app.key_bindings.get_bindings_for_keys((Keys.ControlM,))[-1].handler

    def too_soon() -> None:
        state.notice = ONCE_MORE if calm else ""

    keys = KeyBindings()
    keys.add("enter", eager=True)(if_meant(pace, answer, calm=calm, too_soon=too_soon))
    return keys


def _leaving(state: _State, refused: dict[MenuKey, str], note_key: str, pace: Pace) -> KeyBindings:
    keys = KeyBindings()

    def away(result: MenuKey) -> Callable[[KeyPressEvent], None]:
        def go(event: KeyPressEvent) -> None:
            if result in refused:
                state.notice = refused[result]
            else:
                end(event.app, result)

        return go

    for key, result in _LEADING_AWAY.items():
        keys.add(key, eager=True)(if_meant(pace, away(result)))
    keys.add("<bracketed-paste>", eager=True)(nothing)
    if note_key:
        keys.add(note_key, eager=True)(away(MenuKey.NOTE))
    stopping(keys)
    return keys
