"""One menu, or one page of text, on a terminal: keys in, a choice out.

Why this module exists: it is the only place that touches the application inside
a questionary prompt. questionary keeps the choices, the marks, the arrow keys
and the way a prompt ends. The picture is ours (docs/decisions/0005): no answer
is cut, and the real cursor stands on the answer, where a magnifier, a braille
display or a screen reader can follow it.

It must not know questions, alerts or their words. It is slow to import.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from typing import Any, Final

import questionary
from prompt_toolkit.application import Application
from prompt_toolkit.application.current import get_app_session
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent, merge_key_bindings
from prompt_toolkit.layout import Layout, Window
from prompt_toolkit.layout.controls import FormattedTextControl
from questionary.prompts.common import InquirerControl

from pathfinder.ask.base import mark
from pathfinder.ask.picture import KEYS, Menu, Picture, draw, page, room_for
from pathfinder.ask.terminal import Size
from pathfinder.model import Option

NOTHING_MARKED: Final = "Mark an answer with Space."
AT_THE_START: Final = "This is the first question."

_ESCAPE_WAIT: Final = 0.05
"""Seconds after which a lone Esc counts as Esc and not as the start of an arrow key."""

_STRIDE: Final = 5
"""Answers that Page Up and Page Down move over."""


class Key(Enum):
    """What ended a menu, if it was not an answer."""

    BACK = "back"
    WHY = "why"
    TOO_SMALL = "the window became too small"


class Place:
    """Where the person is in a menu. It outlives a look at "why we ask"."""

    __slots__ = ("marked", "pointed")

    def __init__(self, pointed: str, marked: frozenset[str] = frozenset()) -> None:
        self.pointed = pointed
        self.marked = marked


class _State:
    """What changes while one menu is open, beside what questionary's control keeps."""

    __slots__ = ("control", "leaving", "notice", "top")

    def __init__(self, control: InquirerControl) -> None:
        self.control = control
        self.top = 0
        self.notice = ""
        self.leaving = False

    def forget_notice(self) -> None:
        """What was said about the last key is stale at the next."""
        self.notice = ""


def window_size() -> Size:
    size = get_app_session().output.get_size()
    return Size(size.columns, size.rows)


# --- menus --------------------------------------------------------------------


def run_menu(
    menu: Menu, options: Sequence[Option], place: Place, *, can_go_back: bool
) -> tuple[str, ...] | Key:
    """Let the person pick. Gives the ids picked, and keeps `place` up to date.

    Raises `KeyboardInterrupt` for Ctrl-C, Ctrl-Q and Ctrl-D.
    """
    prompt = _many(options, place) if menu.marked is not None else _one(options, place)
    app: Application[Any] = prompt.application
    control = next(
        window.content
        for window in app.layout.find_all_windows()
        if isinstance(window.content, InquirerControl)
    )
    state = _State(control)
    _paint(app, lambda: _tokens(_picture(menu, state, app)))
    app.key_bindings = merge_key_bindings(
        [
            *([app.key_bindings] if app.key_bindings is not None else []),
            _moving(state, many=menu.marked is not None),
            _leaving(state, can_go_back=can_go_back),
        ]
    )
    app.key_processor.before_key_press += lambda _: state.forget_notice()
    got = prompt.unsafe_ask()
    place.pointed = options[control.pointed_at].id
    place.marked = frozenset(control.selected_options)
    if isinstance(got, Key):
        return got
    return (got,) if isinstance(got, str) else tuple(got)


def _one(options: Sequence[Option], place: Place) -> questionary.Question:
    choices = [questionary.Choice(option.label, value=option.id) for option in options]
    return questionary.select("", choices, default=place.pointed, erase_when_done=True)


def _many(options: Sequence[Option], place: Place) -> questionary.Question:
    choices = [
        questionary.Choice(option.label, value=option.id, checked=option.id in place.marked)
        for option in options
    ]
    return questionary.checkbox(
        "",
        choices,
        initial_choice=place.pointed,
        validate=lambda picked: True if picked else NOTHING_MARKED,
        erase_when_done=True,
    )


def _picture(menu: Menu, state: _State, app: Application[Any]) -> Picture:
    size = window_size()
    if menu.progress and not room_for(menu, size) and not state.leaving and app.is_running:
        # The window has become too small for this question while it was open.
        state.leaving = True
        assert app.loop is not None
        app.loop.call_soon(lambda: app.exit(result=Key.TOO_SMALL))
    control = state.control
    marked = None
    if menu.marked is not None:
        marked = frozenset(
            n for n, each in enumerate(control.choices) if each.value in control.selected_options
        )
    notice = NOTHING_MARKED if control.error_message is not None else state.notice
    picture = draw(menu._replace(marked=marked), size, control.pointed_at, state.top, notice)
    state.top = picture.top
    return picture


def _moving(state: _State, *, many: bool) -> KeyBindings:
    """Keys that move the cursor or change a mark. They win over those of questionary."""
    keys, control = KeyBindings(), state.control
    last = len(control.choices) - 1

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

    def by(step: int) -> Callable[[KeyPressEvent], None]:
        def go(event: KeyPressEvent) -> None:
            control.pointed_at = max(0, min(last, control.pointed_at + step))

        return go

    def nothing(event: KeyPressEvent) -> None:
        """questionary would mark everything, or turn every mark around."""

    if many:
        for key in ("a", "i"):
            keys.add(key, eager=True)(nothing)
        keys.add(" ", eager=True)(lambda event: toggle())
    for place, key in enumerate(KEYS[: last + 1]):
        keys.add(key, eager=True)(to(place, marks=many))
    keys.add("home", eager=True)(to(0))
    keys.add("end", eager=True)(to(last))
    keys.add("pageup", eager=True)(by(-_STRIDE))
    keys.add("pagedown", eager=True)(by(_STRIDE))
    return keys


def _leaving(state: _State, *, can_go_back: bool) -> KeyBindings:
    keys = KeyBindings()

    @keys.add("s-tab", eager=True)
    @keys.add("escape", eager=True)
    @keys.add("left", eager=True)
    def back(event: KeyPressEvent) -> None:
        if can_go_back:
            event.app.exit(result=Key.BACK)
        else:
            state.notice = AT_THE_START

    @keys.add("?", eager=True)
    @keys.add("f1", eager=True)
    def why(event: KeyPressEvent) -> None:
        event.app.exit(result=Key.WHY)

    _stopping(keys)
    return keys


# --- pages --------------------------------------------------------------------


def run_page(texts: Sequence[str], foot: str, *, any_key: bool) -> None:
    """Show a text until it is closed: by any key, or by Enter alone once its end was seen."""
    keys = KeyBindings()
    top = 0

    def picture() -> Picture:
        return page(texts, window_size(), top, foot)[0]

    def more() -> bool:
        return page(texts, window_size(), top, foot)[1]

    def scroll(rows: int) -> None:
        nonlocal top
        top = max(0, picture().top + rows)

    @keys.add("<any>")
    def close(event: KeyPressEvent) -> None:
        if any_key:
            event.app.exit()

    @keys.add("up")
    def up(event: KeyPressEvent) -> None:
        scroll(-1)

    @keys.add("pageup")
    def page_up(event: KeyPressEvent) -> None:
        scroll(3 - window_size().rows)

    def forward(rows: int, *, closes: bool) -> Callable[[KeyPressEvent], None]:
        def go(event: KeyPressEvent) -> None:
            if more():
                scroll(rows)
            elif closes:
                event.app.exit()

        return go

    stride = max(1, window_size().rows - 3)
    keys.add("down")(forward(1, closes=any_key))
    keys.add("pagedown")(forward(stride, closes=any_key))
    keys.add(" ")(forward(stride, closes=any_key))
    keys.add("enter")(forward(stride, closes=True))
    _stopping(keys)
    app: Application[None] = Application(key_bindings=keys, erase_when_done=True)
    _paint(app, lambda: _tokens(picture()))
    app.run()


# --- both ---------------------------------------------------------------------


def _stopping(keys: KeyBindings) -> None:
    @keys.add("c-c", eager=True)
    @keys.add("c-q", eager=True)
    @keys.add("c-d", eager=True)
    def stop(event: KeyPressEvent) -> None:
        event.app.exit(exception=KeyboardInterrupt)


def _paint(app: Application[Any], tokens: Callable[[], StyleAndTextTuples]) -> None:
    """Give the application our lines as its whole layout, and let a lone Esc act at once."""
    app.layout = Layout(Window(FormattedTextControl(tokens, focusable=True, show_cursor=True)))
    app.ttimeoutlen = app.timeoutlen = _ESCAPE_WAIT


def _tokens(picture: Picture) -> StyleAndTextTuples:
    tokens: StyleAndTextTuples = []
    for n, row in enumerate(picture.rows):
        style, text = ("bold" if row.bold else ""), row.text
        if row.cursor is not None:
            tokens += [(style, text[: row.cursor]), ("[SetCursorPosition]", "")]
            text = text[row.cursor :]
        tokens.append((style, text + ("\n" if n + 1 < len(picture.rows) else "")))
    return tokens
