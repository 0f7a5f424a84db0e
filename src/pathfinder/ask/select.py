"""Select mode: menus at a terminal, moved through with arrow keys.

Why this module exists: the quickest way to answer for a person who sees the
screen. It turns questions and alerts into menus and pages, and keys into answers.

It must not be imported before it is used: questionary, behind `menu`, is the
slowest import of the program. It paints on standard error only.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import ExitStack
from types import TracebackType
from typing import Final

from prompt_toolkit.application.current import create_app_session, get_app_session
from prompt_toolkit.input.typeahead import clear_typeahead
from prompt_toolkit.output import create_output

from pathfinder.ask.base import (
    GO_ON,
    STOP_HERE,
    Setting,
    alert_text,
    as_answer,
    by_region,
    cue,
    holds,
    ids_of,
    numbers_for,
    options_of,
    progress,
    reasons,
)
from pathfinder.ask.menu import Key, Place, run_menu, run_page, window_size
from pathfinder.ask.picture import Menu, room_for, room_for_all
from pathfinder.ask.plain import PlainPrompter
from pathfinder.interview import Answer, Move, Step
from pathfinder.model import Alert, Option

FOOT_ONE: Final = (
    "Enter answers. Esc goes back. ? tells why we ask. Ctrl-C stops.",
    "Enter: answer. Esc: back. ?: why.",
    "Enter. Esc: back. ?: why.",
)
FOOT_MANY: Final = (
    "Space marks, Enter goes on. Esc goes back. ? tells why. Ctrl-C stops.",
    "Space: mark. Enter: go on. ?: why.",
    "Space, then Enter. ?: why.",
)
FOOT_ALERT: Final = ("Arrow keys move, Enter picks.", "Arrows, then Enter.")
FOOT_WHY: Final = "Press any key to go back."
FOOT_ALERT_PAGE: Final = "Press Enter to go on."
KEY_HELP: Final = (
    "Arrows, numbers or letters move. Enter answers. Esc, Shift-Tab or Left goes back. "
    "Ctrl-C stops, and nothing is saved."
)
KEY_HELP_MANY: Final = (
    "Arrows move. Space, a number or a letter marks an answer. Enter goes on. "
    "Esc, Shift-Tab or Left goes back. Ctrl-C stops, and nothing is saved."
)

_STOP_OR_GO: Final = (Option("stop", STOP_HERE), Option("go", GO_ON))


class NoMenus(Exception):
    """This terminal can't be painted on, whatever it says of itself."""


class SelectPrompter:
    """Asks with menus. As a context manager it paints on standard error.

    `plain` asks the questions that are too long for the window.
    """

    def __init__(self, setting: Setting, plain: PlainPrompter) -> None:
        self._setting = setting
        self._plain = plain
        self._stack = ExitStack()

    def __enter__(self) -> SelectPrompter:
        try:
            output = create_output(sys.stderr)
        except Exception as error:
            if type(error).__name__ == "NoConsoleScreenBufferError":  # exists on Windows only
                raise NoMenus from error
            raise
        # Asking a terminal where its cursor is can end in a warning in mid-question.
        if hasattr(output, "enable_cpr"):
            output.enable_cpr = False
        self._stack.enter_context(create_app_session(output=output))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    # --- questions ---

    def ask(self, step: Step) -> Answer | Move:
        question, options = step.question, options_of(step.question)
        old = ids_of(step.old)
        pointed = next((option.id for option in options if option.id in old), options[0].id)
        place = Place(pointed, frozenset(old))
        menu = self._menu_of(step)
        while True:
            if not room_for(menu, window_size()):
                return self._plain.ask_in_a_small_window(step)
            got = run_menu(menu, options, place, can_go_back=step.can_go_back)
            if got is Key.BACK:
                return Move.BACK
            if not isinstance(got, Key):
                return as_answer(question, got)
            if got is Key.WHY:
                keys = KEY_HELP_MANY if question.kind == "many" else KEY_HELP
                run_page((*reasons(self._setting, question), "", keys), FOOT_WHY, any_key=True)

    def _menu_of(self, step: Step) -> Menu:
        question = step.question
        many = question.kind == "many"
        extras = (by_region(self._setting, question), cue(self._setting, question))
        return Menu(
            progress=progress(step),
            head=(question.ask,),
            extras=tuple(text for text in extras if text),
            labels=tuple(option.label for option in options_of(question)),
            marked=frozenset() if many else None,
            foot=FOOT_MANY if many else FOOT_ONE,
        )

    # --- alerts ---

    def alert(self, alerts: Sequence[Alert]) -> bool:
        # A key pressed twice in a hurry must not wave an alert away unread.
        clear_typeahead(get_app_session().input)
        texts = _with_gaps([alert_text(self._setting, each) for each in alerts])
        short = _with_gaps([(each.title, *self._numbers(each)) for each in alerts])
        menu = _stop_or_go(texts)
        if not room_for_all(menu, window_size()):
            # In a small window the end of a text is out of sight, so whom to call comes first,
            # and once more where the text says that it is: below.
            run_page(
                _with_gaps([self._numbers_first(each) for each in alerts]),
                FOOT_ALERT_PAGE,
                any_key=False,
            )
            menu = _stop_or_go(short)
            if not room_for_all(menu, window_size()):
                menu = _stop_or_go([each.title for each in alerts])
        elif not holds(alerts):
            run_page(texts, FOOT_ALERT_PAGE, any_key=False)
        return _goes_on(menu) if holds(alerts) else True

    def _numbers(self, alert: Alert) -> tuple[str, ...]:
        return numbers_for(self._setting, alert)

    def _numbers_first(self, alert: Alert) -> tuple[str, ...]:
        numbers = self._numbers(alert)
        return (alert.title, *numbers, alert.text, *numbers)


def _with_gaps(parts: Sequence[Sequence[str]]) -> list[str]:
    """Several texts as one, with an empty line between them."""
    return [text for n, part in enumerate(parts) for text in (*([""] if n else []), *part)]


def _stop_or_go(texts: Sequence[str]) -> Menu:
    return Menu("", tuple(texts), (), (STOP_HERE, GO_ON), None, FOOT_ALERT)


def _goes_on(menu: Menu) -> bool:
    """Ask until one of the two is picked: no other key may wave an alert away."""
    place = Place("stop")
    while isinstance(got := run_menu(menu, _STOP_OR_GO, place, can_go_back=True), Key):
        pass
    return got != ("stop",)
