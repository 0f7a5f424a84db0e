"""What menus and pages share on a terminal: a screen of their own, painting, ways out, a line.

Why this module exists: whatever is open, Ctrl-C stops, Ctrl-X is gone at once, a
new window size begins a new picture, and nothing stays behind for someone else
to scroll back to. A counselor's note is changed where it stands, and the ways out hold there
as everywhere else.

It must not know what is asked or typed: what comes back may hold any character. It uses
prompt_toolkit's public parts alone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from enum import Enum
from typing import Any, Final

from prompt_toolkit import PromptSession
from prompt_toolkit.application import Application
from prompt_toolkit.application.current import get_app_session
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import Layout, Window
from prompt_toolkit.layout.controls import FormattedTextControl
from prompt_toolkit.output import ColorDepth, Output

from pathfinder.ask.keys import MODES_OF_BEFORE, PLAIN_MODES, forget, listen
from pathfinder.ask.keystrokes import KEYBOARD, Meant, Pace
from pathfinder.ask.menu_layout import Picture
from pathfinder.ask.terminal import wrap
from pathfinder.errors import QuickExit
from pathfinder.process import Killed, guest, stop_the_job
from pathfinder.render.layout import STYLES, STYLES_IN_16
from pathfinder.terminal import WIDEST, Size

ESCAPE_WAIT: Final = 0.05
"""Seconds after which a lone Esc counts as Esc and not as the start of an arrow key."""

PAUSED: Final = "Paused. To go on, type fg and press Enter."


class MenuKey(Enum):
    """What ended a menu or a page, if it was not an answer."""

    BACK = "back"
    WHY = "why"
    REVIEW = "review"
    SAVE = "save"
    NOTE = "note"
    TOO_SMALL = "the window became too small"


def window_size() -> Size:
    size = get_app_session().output.get_size()
    return Size(size.columns, size.rows)


# --- a screen of its own ------------------------------------------------------


def enter_own_screen(output: Output) -> None:
    """From here on nothing can be scrolled back to, where the terminal has a second screen."""
    output.enter_alternate_screen()
    output.write_raw(PLAIN_MODES)
    clean(output)


def leave_own_screen(output: Output) -> None:
    """Back to what stood there before. A terminal with one screen is left empty."""
    with suppress(OSError):  # the terminal may be gone, and the program with it
        output.write_raw(MODES_OF_BEFORE)
        clean(output)
        output.quit_alternate_screen()
        output.show_cursor()
        output.flush()


def _leave_for_the_shell(output: Output) -> None:
    """Elsewhere Ctrl-Z undoes. Who pressed it for that must find the way back."""
    leave_own_screen(output)
    with suppress(OSError):
        output.write(f"{PAUSED}\n")
        output.flush()


def clean(output: Output) -> None:
    """Begin at the top of an empty screen.

    Erasing from the top down, since some terminals keep what "erase all" takes away.
    """
    with suppress(OSError):  # the terminal may be gone; what reads from it will find out
        output.reset_attributes()
        output.cursor_goto(0, 0)
        output.erase_down()
        output.flush()


def fresh_screen(fits: Callable[[Size], bool]) -> bool:
    """Whether the window is large enough; if so, it is empty now, and no key is waiting."""
    if not fits(window_size()):
        return False
    session = get_app_session()
    listen(session.input)
    forget(session.input)
    clean(session.output)
    return True


# --- painting -----------------------------------------------------------------


@contextmanager
def between_menus(output: Output) -> Iterator[None]:
    """For the moments on our own screen in which no menu is open."""

    def ends(by: Killed) -> None:
        raise by

    def pauses(stop: Callable[[], None]) -> None:
        _leave_for_the_shell(output)
        stop()
        enter_own_screen(output)

    def resumes() -> None:
        leave_own_screen(output)  # what is entered twice would have to be left twice
        enter_own_screen(output)

    with guest(end=ends, pause=pauses, resume=resumes), _unseen():
        yield


@contextmanager
def _unseen() -> Iterator[None]:
    """Between two menus a terminal would show what is typed, and what it sends itself."""
    source = get_app_session().input
    before = _modes(source)
    if before is not None:
        import termios

        _set_modes(source, [*before[:3], before[3] & ~termios.ECHO, *before[4:]])
    try:
        yield
    finally:
        _set_modes(source, before)


@contextmanager
def at_the_terminal(app: Application[Any]) -> Iterator[None]:
    """While the application runs: a signal leaves it, and stopping comes back to a whole picture.

    Handlers run between any two lines of Python, so the work is left to the event loop.
    """
    killed: list[Killed] = []
    before = _modes(app.input)

    def later(work: Callable[[], None]) -> None:
        if app.loop is not None and app.is_running:
            # Once more, since a key may be quicker: what is over has left the terminal already.
            app.loop.call_soon_threadsafe(lambda: work() if app.is_running else None)

    def ends(by: Killed) -> None:
        killed.append(by)
        if app.loop is None or not app.is_running:
            raise by
        later(lambda: end(app, None))

    def pauses(stop: Callable[[], None]) -> None:
        def pause() -> None:
            app.renderer.reset()
            _leave_for_the_shell(app.output)
            now = _modes(app.input)
            _set_modes(app.input, before)
            stop()
            _set_modes(app.input, now)
            back()

        if app.loop is None or not app.is_running:
            stop()
        later(pause)

    def back() -> None:
        enter_own_screen(app.output)
        app.renderer.reset()
        app.invalidate()

    def resumes() -> None:
        app.input.raw_mode().__enter__()  # the shell has taken it back
        leave_own_screen(app.output)  # what is entered twice would have to be left twice
        back()

    with guest(end=ends, pause=pauses, resume=lambda: later(resumes)):
        try:
            yield
        finally:
            if killed:
                raise killed[0]


def run(app: Application[Any]) -> Any:
    """Run to the end. prompt_toolkit would tell of an error and wait for Enter, which never
    comes where the terminal is gone: it would tell of that in turn, for ever."""
    return app.run(set_exception_handler=False)


def _modes(source: Input) -> list[Any] | None:
    """What the terminal does with keys. None where it is none, or on Windows."""
    try:
        import termios
    except ImportError:
        return None
    try:
        return termios.tcgetattr(source.fileno())
    except (OSError, ValueError, NotImplementedError, termios.error):
        return None


def _set_modes(source: Input, modes: list[Any] | None) -> None:
    if modes is not None:
        import termios

        with suppress(OSError, ValueError, termios.error):
            termios.tcsetattr(source.fileno(), termios.TCSANOW, modes)


def hear(app: Application[Any], pace: Pace) -> None:
    """Let the application hear whole sentences, and the pace each key; a lone Esc acts at once."""
    listen(app.input)
    app.ttimeoutlen = app.timeoutlen = ESCAPE_WAIT
    app.key_processor.before_key_press += lambda _: pace.key()
    app.after_render += lambda _: pace.drawn()
    pace.shown()


def if_meant(
    pace: Pace,
    act: Callable[[KeyPressEvent], object],
    *,
    calm: bool = False,
    too_soon: Callable[[], None] = lambda: None,
) -> Callable[[KeyPressEvent], None]:
    """What a key does that answers, leads away or closes: nothing while it is held down.

    `calm`: and nothing unless no key came for a moment; `too_soon` tells so.
    """

    def go(event: KeyPressEvent) -> None:
        verdict = pace.meant(str(event.key_sequence[0].key), calm=calm)
        if verdict is Meant.YES:
            act(event)
        elif verdict is Meant.NO:
            too_soon()
        else:
            event.app.create_background_task(settled(event, pace.pressed))

    async def settled(event: KeyPressEvent, pressed: int) -> None:
        await asyncio.sleep(pace.settles)
        if pace.pressed == pressed and not event.app.is_done:
            act(event)
            event.app.invalidate()

    return go


def paint(app: Application[Any], picture: Callable[[], Picture]) -> None:
    """Give the application our lines as its whole layout."""
    control = FormattedTextControl(lambda: _tokens(picture()), focusable=True, show_cursor=True)
    app.layout = Layout(Window(control))
    drawn_for = window_size()

    def start_over(_: object) -> None:
        # How a terminal moves lines when its size changes differs: begin at the top again.
        nonlocal drawn_for
        if drawn_for != window_size():
            drawn_for = window_size()
            app.renderer.clear()

    app.before_render += start_over


def watch(app: Application[Any], fits: Callable[[Size], bool]) -> None:
    """End with `MenuKey.TOO_SMALL` once the window doesn't fit any more."""
    leaving = False

    def look(_: object) -> None:
        nonlocal leaving
        if not leaving and app.is_running and not fits(window_size()):
            leaving = True
            assert app.loop is not None
            app.loop.call_soon(lambda: end(app, MenuKey.TOO_SMALL))

    app.before_render += look


def end(app: Application[Any], result: MenuKey | None) -> None:
    if app.future is not None and not app.future.done():  # a key may have been quicker
        app.exit(result=result)


def stopping(keys: KeyBindings) -> None:
    """What holds everywhere: to stop, to be gone without a word, and to be back in the shell."""

    def ends_with(error: type[BaseException]) -> Callable[[KeyPressEvent], None]:
        return lambda event: event.app.exit(exception=error)

    for key in ("c-c", "c-q", "c-d"):
        keys.add(key, eager=True)(ends_with(KeyboardInterrupt))
    keys.add("c-x", eager=True)(ends_with(QuickExit))
    keys.add("c-z", eager=True)(lambda event: stop_the_job())


def nothing(event: KeyPressEvent) -> None:
    """For keys that would do something elsewhere."""


def styles() -> Mapping[str, str]:
    """The theme, as far as this terminal has colours for it."""
    few = (ColorDepth.DEPTH_1_BIT, ColorDepth.DEPTH_4_BIT)
    output = get_app_session().output
    depth = ColorDepth.from_env() or output.get_default_color_depth()
    return STYLES_IN_16 if depth in few else STYLES


def _tokens(picture: Picture) -> StyleAndTextTuples:
    tokens: StyleAndTextTuples = []
    looks = styles()
    for n, row in enumerate(picture.rows):
        at = 0
        for name, text in row.parts or (("strong" if row.bold else "", row.text),):
            style = looks[name]
            if row.cursor is not None and at <= row.cursor < at + max(1, len(text)):
                near = row.cursor - at
                tokens += [(style, text[:near]), ("[SetCursorPosition]", ""), (style, text[near:])]
            else:
                tokens.append((style, text))
            at += len(text)
        if n + 1 < len(picture.rows):
            tokens.append(("", "\n"))
    return tokens


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
