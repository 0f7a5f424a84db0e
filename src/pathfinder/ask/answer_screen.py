"""The answer on a screen of its own, with the menu of what stands behind it.

Why this module exists: the answer and the way to the rest must be seen at once. Under the
answer stands the menu: as columns where there is room, else as one line that the arrow
keys turn over, so that also in a small window the answer is never gone.

It must not know what a page behind it says. It is slow to import, as `menu` is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

from prompt_toolkit.application import Application
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent, merge_key_bindings
from prompt_toolkit.keys import Keys
from questionary.prompts.common import InquirerControl

from pathfinder.ask import menu_messages as words
from pathfinder.ask.canvas import (
    MenuKey,
    at_the_terminal,
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
from pathfinder.ask.menu import CursorPlace, one_of
from pathfinder.ask.menu_layout import MenuRow, Picture
from pathfinder.pages.answer import Answer
from pathfinder.render.answer import WIDEST, Parts, fitted, joined
from pathfinder.render.layout import Line
from pathfinder.terminal import Size, cells

_GAP: Final = 2
_KEYS: Final = "1234567890abcdef"


class Drawn(NamedTuple):
    """One picture: its rows, whether more of the answer is below, and whether every choice is."""

    rows: tuple[MenuRow, ...]
    more: bool
    whole_menu: bool


def run_answer(
    answer: Answer,
    notice: str,
    labels: Sequence[str],
    ids: Sequence[str],
    place: CursorPlace,
    *,
    fits: Callable[[Size], bool],
    pace: Pace = KEYBOARD,
) -> str | MenuKey:
    """Show the answer and let the person pick what to see next. `place` is kept up to date.

    `notice` stands above the answer, as what a change has done to it. Gives the id that was
    picked, or `MenuKey.TOO_SMALL`. Raises `KeyboardInterrupt` and `QuickExit` as a menu does.
    """
    prompt = one_of(labels, ids, place)
    app: Application[Any] = prompt.application
    control = next(
        window.content
        for window in app.layout.find_all_windows()
        if isinstance(window.content, InquirerControl)
    )
    top = place.top

    def drawn() -> Drawn:
        return draw_answer(answer, notice, labels, window_size(), control.pointed_at, top)

    def picture() -> Picture:
        return Picture(drawn().rows, 0)

    def step(by: int) -> Callable[[KeyPressEvent], None]:
        def go(event: KeyPressEvent) -> None:
            control.pointed_at = (control.pointed_at + by) % len(ids)

        return go

    def line(by: int) -> Callable[[KeyPressEvent], None]:
        def go(event: KeyPressEvent) -> None:
            if not drawn().whole_menu:
                step(by)(event)
                return
            lines = _flow(labels, _width(window_size()))
            here = next(n for n, line in enumerate(lines) if control.pointed_at in line)
            to = lines[(here + by) % len(lines)]
            control.pointed_at = min(to.start + control.pointed_at - lines[here].start, to[-1])

        return go

    def turn(by: int) -> Callable[[KeyPressEvent], None]:
        def go(event: KeyPressEvent) -> None:
            nonlocal top
            if by < 0 or drawn().more:
                top = max(0, top + by)

        return go

    def to(number: int) -> Callable[[KeyPressEvent], None]:
        """A key leads to its choice, as at the questions. Enter opens it: a slip opens nothing."""

        def go(event: KeyPressEvent) -> None:
            control.pointed_at = number

        return go

    assert app.key_bindings is not None
    enter = app.key_bindings.get_bindings_for_keys((Keys.ControlM,))[-1].handler
    keys = KeyBindings()
    for names, act in (
        (("right", "tab", "l"), step(1)),
        (("left", "s-tab", "h"), step(-1)),
        (("down", "j", "c-n"), line(1)),
        (("up", "k", "c-p"), line(-1)),
    ):
        for name in names:
            keys.add(name, eager=True)(act)
    for name in ("pagedown", " "):
        keys.add(name, eager=True)(turn(1))
    keys.add("pageup", eager=True)(turn(-1))
    keys.add("enter", eager=True)(if_meant(pace, enter))
    for number, name in enumerate(_KEYS[: len(ids)]):
        keys.add(name, eager=True)(to(number))
    # Esc has nowhere to lead back to: it must not end what is being read.
    for name in ("escape", "<bracketed-paste>"):
        keys.add(name, eager=True)(nothing)
    stopping(keys)
    app.key_bindings = merge_key_bindings([app.key_bindings, keys])
    hear(app, pace)
    paint(app, picture)
    watch(app, fits)
    try:
        with at_the_terminal(app):
            got = run(app)
    finally:
        place.pointed, place.top = ids[control.pointed_at], top
    if got is MenuKey.TOO_SMALL:
        return MenuKey.TOO_SMALL
    return str(got)


def draw_answer(
    answer: Answer, notice: str, labels: Sequence[str], size: Size, pointed: int, top: int
) -> Drawn:
    """The picture for a window of this size, the menu at `pointed`, the answer from page `top`."""
    width = _width(size)
    above = _notice(notice, width)
    whole = _whole_menu(labels, width, pointed)
    strip = _strip(labels, width, pointed)
    hint = [_hint(width, words.ANSWER_KEYS)]
    for menu in ([*whole, *hint], [*strip, *hint], strip):
        room = size.rows - len(menu) - len(above)
        parts = fitted(answer, width, room, drawn=True)
        lines = joined(parts)
        if len(lines) <= room:
            gap = [MenuRow("")] * (room - len(lines) > 0)
            return Drawn((*above, *map(_row, lines), *gap, *menu), False, len(menu) > 2)
    room -= 1
    pages = paged(parts, room)
    at = min(top, len(pages) - 1)
    shown = [_row(line) for line in pages[at]]
    blank = [MenuRow("")] * (room - len(shown))
    turning = _hint(width, words.turning(at + 1, len(pages)))
    return Drawn((*above, *shown, *blank, *strip, turning), at + 1 < len(pages), False)


def _width(size: Size) -> int:
    return min(size.columns - 1, WIDEST)


def paged(parts: Parts, room: int) -> list[list[Line]]:
    """The answer in pages of at most `room` lines, broken between its parts where that can be."""
    pages: list[list[Line]] = [[]]
    for part in parts:
        lines = list(part)
        while lines and not lines[-1]:
            lines.pop()
        # A page that is less than half full is filled: two lines alone tell too little.
        if 2 * len(pages[-1]) >= room and len(pages[-1]) + len(lines) > room:
            pages.append([])
        for line in lines:
            if len(pages[-1]) >= max(1, room):
                pages.append([])
            pages[-1].append(line)
    return pages


def _notice(notice: str, width: int) -> list[MenuRow]:
    from pathfinder.ask.terminal import wrap

    return [MenuRow(line, bold=True) for line in wrap(notice, width)] if notice else []


def _row(line: Line) -> MenuRow:
    text = "".join(part.text for part in line)
    return MenuRow(text, parts=tuple((part.style, part.text) for part in line))


def _flow(labels: Sequence[str], width: int) -> list[range]:
    """Which choices stand on which line, as many on each as there is room for."""
    lines, start, used = [], 0, 0
    for n in range(len(labels)):
        size = cells(_choice(labels, n)) + _GAP
        if n > start and used + size > width + _GAP:
            lines.append(range(start, n))
            start, used = n, 0
        used += size
    return [*lines, range(start, len(labels))]


def _choice(labels: Sequence[str], number: int, sign: str = " ") -> str:
    return f"{sign}{_KEYS[number]} {labels[number]}"


def _whole_menu(labels: Sequence[str], width: int, pointed: int) -> list[MenuRow]:
    """Every choice, the one that is pointed at marked by a sign and by weight."""
    rows = []
    for line in _flow(labels, width):
        parts: list[tuple[str, str]] = []
        cursor = None
        for n in line:
            if n == pointed:
                cursor = sum(cells(text) for _, text in parts) + 1
            here = n == pointed
            parts.append(("label" if here else "", _choice(labels, n, ">" if here else " ")))
            parts.append(("", " " * _GAP))
        rows.append(MenuRow("".join(text for _, text in parts), cursor=cursor, parts=tuple(parts)))
    return rows


def _strip(labels: Sequence[str], width: int, pointed: int) -> list[MenuRow]:
    """The choices on one line, from the one that is pointed at on, as many as there is room for."""
    parts = [("label", _choice(labels, pointed, ">"))]
    used = cells(parts[0][1])
    for n in (*range(pointed + 1, len(labels)), *range(pointed)):
        text = " " * _GAP + _choice(labels, n)
        if used + cells(text) > width:
            break
        parts.append(("", text))
        used += cells(text)
    return [MenuRow("".join(text for _, text in parts), cursor=1, parts=tuple(parts))]


def _hint(width: int, texts: Sequence[str]) -> MenuRow:
    text = next((each for each in texts if cells(each) <= width), texts[-1])
    return MenuRow(text, parts=(("quiet", text),))
