"""The two desks behind the answer: menus, and numbered lines.

Why this module exists: whoever can't see a picture redrawn goes the same ways as whoever can.
In menus the answer and every page stand on the menus' own screen; in lines each is said once
and nothing is taken back.

It must not know what a page says, or where a choice leads.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pathfinder.ask import menu_messages as words
from pathfinder.ask.behind import Choice
from pathfinder.ask.phrases import Left
from pathfinder.ask.plain import too_small
from pathfinder.ask.terminal import Lines, fold, wrap
from pathfinder.pages.answer import Answer
from pathfinder.pages.blocks import Block
from pathfinder.render.answer import fitted, joined
from pathfinder.render.layout import plain_lines, plain_text
from pathfinder.terminal import Size

_BACK = frozenset(("", "back", "no", "cancel"))
_OUT = frozenset(("done", "quit", "q"))


class LineDesk:
    """Numbered lines. `show` writes the answer where results go."""

    def __init__(self, lines: Lines, show: Callable[[Answer], None] | None = None) -> None:
        self._lines = lines
        self._show = show or self._say
        self._shown: Answer | None = None

    def answer(self, told: Answer, notice: str, choices: Sequence[Choice]) -> str:
        if notice:
            self._lines.say("", notice)
        if told != self._shown:
            self._show(told)
            self._shown = told
            self._list(words.LIST, choices)
        while True:
            self._lines.say("", words.TYPE)
            word = self._read(words.LABEL)
            if word in _OUT:
                return "done"
            if word == "answer":
                self._show(told)
            elif word in ("list", "?", "why"):
                self._list(words.LIST, choices)
            elif (found := _found(word, choices)) is not None:
                return found
            else:
                self._lines.say(words.NEITHER)

    def page(self, blocks: Sequence[Block]) -> None:
        self._lines.put(["", *plain_text(blocks, self._lines.width).splitlines()])

    def pick(self, title: str, choices: Sequence[Choice]) -> str | None:
        self._list(title, choices)
        while True:
            word = self._read(words.LABEL_OR_BACK)
            if word and word in _BACK:
                return None
            if word in _OUT:
                raise Left
            if (found := _found(word, choices)) is not None:
                return found
            self._lines.say(words.NEITHER)

    def line(self, title: str, label: str, old: str) -> str | None:
        self._lines.say("", title)
        text = self._line(label)
        return None if fold(text) in _BACK | _OUT else text

    def _say(self, told: Answer) -> None:
        parts = fitted(told, self._lines.width, self._lines.size.rows, drawn=False)
        self._lines.put(["", *plain_lines(joined(parts)).splitlines()])

    def _list(self, title: str, choices: Sequence[Choice]) -> None:
        self._lines.say("", title)
        for number, choice in enumerate(choices, 1):
            lead = f"{number}. "
            indent = " " * len(lead)
            self._lines.put(wrap(lead + choice.label, self._lines.width, indent))

    def _read(self, label: str) -> str:
        return fold(self._line(label))

    def _line(self, label: str) -> str:
        text = self._lines.read(label)
        if text is None:
            raise Left
        return text


class MenuDesk:
    """Menus, on the screen that the questions stood on. In a window too small for them, lines."""

    def __init__(self, lines: Lines) -> None:
        # Slow to import, and not needed by whoever asks for lines.
        from pathfinder.ask.menu import CursorPlace

        self._in_lines = LineDesk(lines)
        self._place = CursorPlace("")

    def answer(self, told: Answer, notice: str, choices: Sequence[Choice]) -> str:
        from pathfinder.ask.answer_screen import run_answer
        from pathfinder.ask.canvas import MenuKey, fresh_screen

        ids = [choice.id for choice in choices]
        if self._place.pointed not in ids:
            self._place.pointed, self._place.top = ids[0], 0
        if notice:
            self._place.top = 0
        if fresh_screen(_large_enough):
            labels = [choice.label for choice in choices]
            got = run_answer(told, notice, labels, ids, self._place, fits=_large_enough)
            if not isinstance(got, MenuKey):
                return got
        return self._in_lines.answer(told, notice, choices)

    def page(self, blocks: Sequence[Block]) -> None:
        from pathfinder.ask.canvas import MenuKey, fresh_screen
        from pathfinder.ask.pager import run_reading

        if fresh_screen(_large_enough):
            got = run_reading(blocks, fits=_large_enough)
            if got is not MenuKey.TOO_SMALL:
                return
        self._in_lines.page(blocks)

    def pick(self, title: str, choices: Sequence[Choice]) -> str | None:
        from pathfinder.ask.canvas import MenuKey, fresh_screen
        from pathfinder.ask.menu import CursorPlace, run_menu
        from pathfinder.ask.menu_layout import Menu

        ids, labels = zip(*choices, strict=True)
        menu = Menu("", (title,), (), labels, None, words.PICKING)
        other = dict.fromkeys((MenuKey.WHY, MenuKey.REVIEW, MenuKey.SAVE), words.PICKING[0])
        if fresh_screen(_large_enough):
            got = run_menu(menu, ids, CursorPlace(ids[0]), fits=_large_enough, refused=other)
            if got is not MenuKey.TOO_SMALL:
                return None if isinstance(got, MenuKey) else got[0]
        return self._in_lines.pick(title, choices)

    def line(self, title: str, label: str, old: str) -> str | None:
        from pathfinder.ask.canvas import fresh_screen, run_line

        if not fresh_screen(_large_enough):
            return self._in_lines.line(title, label, old)
        typed = run_line((title, ""), label, old)
        return typed.strip() or None if typed is not None else None


def _found(word: str, choices: Sequence[Choice]) -> str | None:
    """The choice of a number, or of the one label that begins so."""
    if word.isascii() and word.isdigit():
        number = int(word[:6])
        return choices[number - 1].id if 1 <= number <= len(choices) else None
    begun = [choice.id for choice in choices if word and fold(choice.label).startswith(word)]
    return begun[0] if len(begun) == 1 else None


def _large_enough(size: Size) -> bool:
    return too_small(size) is None
