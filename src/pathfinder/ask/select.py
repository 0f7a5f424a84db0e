"""Select mode: menus at a terminal, moved through with arrow keys.

Why this module exists: the quickest way to answer for a person who sees the
screen. It turns questions, alerts and the review into menus and pages, and keys
into answers. What is asked stands on a screen of its own and leaves no trace.

It must not be imported before it is used: questionary, behind `menu`, is the
slowest import of the program. It paints on standard error only.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from types import TracebackType
from typing import Final

from prompt_toolkit.application.current import create_app_session, get_app_session
from prompt_toolkit.output import create_output

from pathfinder.ask import menu_messages
from pathfinder.ask.canvas import (
    MenuKey,
    between_menus,
    clean,
    enter_own_screen,
    leave_own_screen,
    run_line,
    window_size,
)
from pathfinder.ask.interview import (
    HOW_TO_NOTE,
    HOW_TO_NOTE_IN_A_MENU,
    NOTE_LABEL,
    NOTE_LEFT,
    NOTES_NEED_SAVE,
    AskedQuestion,
    Ended,
    Move,
    Notes,
    ReviewRow,
)
from pathfinder.ask.keys import forget, listen
from pathfinder.ask.keystrokes import KEYBOARD, Pace
from pathfinder.ask.menu import CursorPlace, run_menu
from pathfinder.ask.menu_layout import Menu, draw, room_for, room_for_all
from pathfinder.ask.pager import run_page
from pathfinder.ask.phrases import Setting, alert_texts, as_answer, holds, ids_of, options_of
from pathfinder.ask.plain import PlainPrompter, too_small
from pathfinder.engine.question import Answer, Question
from pathfinder.engine.ruleset import Alert
from pathfinder.terminal import Size, is_terminal

_MOVES: Final = {MenuKey.BACK: Move.BACK, MenuKey.REVIEW: Move.REVIEW, MenuKey.SAVE: Move.SAVE}
_STOP, _GO, _ONWARD = "stop here", "go on", "go on from the review"  # no question has such an id


class NoMenus(Exception):
    """This terminal can't be painted on, whatever it says of itself."""


class SelectPrompter:
    """Asks with menus. As a context manager it paints on a screen of its own.

    `plain` asks what the window is too small for. `on_screen`: the result is printed,
    and not written to a file. `opening`: lines to show once, above the first question.
    """

    def __init__(
        self,
        setting: Setting,
        plain: PlainPrompter,
        *,
        on_screen: bool = True,
        opening: Sequence[str] = (),
        pace: Pace = KEYBOARD,
    ) -> None:
        self._setting = setting
        self._opening = tuple(opening)
        self._plain = plain
        self._on_screen = on_screen and is_terminal(sys.stdout)
        self._picked: str | None = None
        self._left: dict[str, tuple[Answer | None, CursorPlace]] = {}
        self._pace = pace
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
        self._stack.callback(leave_own_screen, output)
        leave, enter = partial(leave_own_screen, output), partial(enter_own_screen, output)
        self._stack.enter_context(self._plain.lines.on_own_screen(leave, enter))
        self._stack.enter_context(between_menus(output))
        enter()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    # --- questions ---

    def ask(self, step: AskedQuestion) -> Answer | Move:
        self._forget_keys()
        question, options = step.question, options_of(step.question)
        place = self._place_in(step)
        notes, remark = self._plain.notes, ""
        refused = {} if step.can_go_back else {MenuKey.BACK: menu_messages.AT_THE_START}
        if notes is None:
            refused[MenuKey.NOTE] = NOTES_NEED_SAVE
        menu = menu_messages.question_menu(self._setting, step, notes)

        def fits(size: Size) -> bool:
            return _large_enough(size) and room_for(menu, size)

        while True:
            if not fits(window_size()):
                return self._plain.ask_in_a_small_window(step)
            self._clean()
            self._open_above(menu)
            ids = [option.id for option in options]
            got = run_menu(
                menu, ids, place, fits=fits, refused=refused, remark=remark,
                note_key=menu_messages.NOTE_KEY if self._setting.for_client else "",
                pace=self._pace,
            )  # fmt: skip
            remark = ""
            if not isinstance(got, MenuKey):
                return as_answer(question, got)
            if got in _MOVES:
                self._left[question.id] = step.old, place
                return _MOVES[got]
            if got is MenuKey.WHY:
                self._explain(menu_messages.help_page(self._setting, question, notes))
            if got is MenuKey.NOTE and notes is not None:
                remark = self._note(question, notes)
                menu = menu_messages.question_menu(self._setting, step, notes)

    def _place_in(self, step: AskedQuestion) -> CursorPlace:
        """Where the cursor stands: as it was left without an answer, or on the old answer."""
        old, place = self._left.pop(step.question.id, (None, None))
        if place is not None and old == step.old:
            return place
        given, options = ids_of(step.old), options_of(step.question)
        likely = given or self._likely(step.question)
        pointed = next((option.id for option in options if option.id in likely), options[0].id)
        return CursorPlace(pointed, frozenset(given))

    def _likely(self, question: Question) -> frozenset[str]:
        """Where the quiz ends for some answers, the cursor stands on one for which it goes on."""
        rules = self._setting.rules
        if question.id != rules.scope_question:
            return frozenset()
        return frozenset(question.answers) - rules.scope_out

    def _note(self, question: Question, notes: Notes) -> str:
        """Let a note be written or changed. Gives what is said back under the menu."""
        self._clean()
        before = notes.before(question.id)
        texts = (question.ask, "", *before, HOW_TO_NOTE, HOW_TO_NOTE_IN_A_MENU)
        typed = run_line(texts, NOTE_LABEL, notes.of(question.id), pace=self._pace)
        return NOTE_LEFT if typed is None else notes.put(question.id, typed)

    def _open_above(self, menu: Menu) -> None:
        """Show the opening, once: above the question, or where that has no room, before it."""
        if not self._opening:
            return
        rows, self._opening = self._opening, ()
        size = window_size()
        if len(rows) + 1 + len(draw(menu, size, 0).rows) <= size.rows:
            output = get_app_session().output
            output.write("".join(f"{row}\n" for row in (*rows, "")))
            output.flush()
        else:
            run_page(
                rows,
                menu_messages.CLOSE_ENTER,
                menu_messages.CLOSE_ENTER,
                any_key=False,
                pace=self._pace,
            )
            self._clean()

    # --- the review ---

    def review(self, rows: Sequence[ReviewRow], *, finished: bool) -> str | None:
        self._forget_keys()
        ids = (_ONWARD, *(row.question.id for row in rows))
        place = CursorPlace(self._picked if self._picked in ids and self._picked else _ONWARD)
        notes = self._plain.notes
        menu = menu_messages.review_menu(
            rows, finished=finished, on_screen=self._on_screen, notes=notes
        )
        refused = {MenuKey.REVIEW: menu_messages.ALL_HERE}
        if finished:
            refused[MenuKey.BACK] = menu_messages.NOTHING_LEFT
        if self._plain.save is None:
            refused[MenuKey.SAVE] = menu_messages.NOWHERE_TO_SAVE
        self._picked = None
        while True:
            if not _large_enough(window_size()):
                self._plain.lines.say(menu_messages.IN_LINES)
                self._picked = self._plain.review(rows, finished=finished)
                return self._picked
            self._clean()
            got = run_menu(
                menu, ids, place, fits=_large_enough, refused=refused, calm=True, pace=self._pace
            )
            if not isinstance(got, MenuKey):
                self._picked = None if got == (_ONWARD,) else got[0]
                return self._picked
            if got is MenuKey.BACK:
                return None
            in_session = notes is not None
            self._beside(got, menu_messages.review_help(finished=finished, in_session=in_session))

    # --- alerts ---

    def alert(self, alerts: Sequence[Alert]) -> bool | Move:
        self._forget_keys()
        menus = menu_messages.stop_or_go(self._setting, alerts)
        place = CursorPlace(_STOP)
        refused = dict.fromkeys(
            (MenuKey.WHY, MenuKey.REVIEW, MenuKey.SAVE), menu_messages.ONE_OF_TWO
        )
        if self._plain.save is not None:
            del refused[MenuKey.SAVE]
        was_read = False
        while True:
            size = window_size()
            menu = next((menu for menu in menus if room_for_all(menu, size)), None)
            if not _large_enough(size) or menu is None:
                return self._alert_in_lines(alerts)
            self._clean()
            whole = menu is menus[0]
            if not holds(alerts) or not (whole or was_read):
                texts = alert_texts if whole else menu_messages.numbers_first
                was_read = self._read(texts(self._setting, alerts))
                if was_read and not holds(alerts):
                    return True
                continue

            def fits(size: Size, menu: Menu = menu) -> bool:
                return _large_enough(size) and room_for_all(menu, size)

            got = run_menu(
                menu, (_STOP, _GO), place, fits=fits, refused=refused, calm=True, pace=self._pace
            )
            if not isinstance(got, MenuKey):
                return got != (_STOP,)
            if got is MenuKey.BACK:
                return Move.BACK
            self._beside(got, ())

    def _read(self, texts: Sequence[str]) -> bool:
        """Show a text that is closed with Enter. False: the window has become too small for it."""
        foot = menu_messages.CLOSE_ENTER
        return (
            run_page(texts, foot, foot, any_key=False, fits=_large_enough, pace=self._pace) is None
        )

    def _alert_in_lines(self, alerts: Sequence[Alert]) -> bool | Move:
        lines = self._plain.lines
        lines.say(menu_messages.IN_LINES)
        goes_on = self._plain.alert(alerts)
        if not holds(alerts):
            self._plain.wait()  # a menu may be next, and takes the lines away
        return goes_on

    # --- the result ---

    def before_result(self, ended: Ended) -> None:
        """The result leaves this screen: not before the person says so.

        Who comes from the review has said it there.
        """
        if ended is not Ended.STOPPED_AT_ALERT:
            return
        self._forget_keys()
        self._clean()
        texts = menu_messages.result_next(on_screen=self._on_screen)
        run_page(
            texts,
            menu_messages.CLOSE_ENTER,
            menu_messages.CLOSE_RESULT,
            any_key=False,
            pace=self._pace,
        )

    # --- all of them ---

    def _forget_keys(self) -> None:
        """What was typed before a screen was seen was not meant for it."""
        source = get_app_session().input
        listen(source)
        for name in forget(source):
            self._pace.key()  # a key that is held down goes on being one
            self._pace.meant(name)

    def _beside(self, key: MenuKey, help_texts: Sequence[str]) -> None:
        """What a key does that leads back to the same menu."""
        if key is MenuKey.WHY:
            self._explain(help_texts)
        elif key is MenuKey.SAVE and self._plain.save is not None:
            self._plain.save()

    def _explain(self, texts: Sequence[str]) -> None:
        foot, closing = menu_messages.CLOSE_ANY_OTHER, menu_messages.CLOSE_ANY
        self._clean()  # the opening may still stand above
        run_page(texts, foot, closing, any_key=True, fits=_large_enough, pace=self._pace)

    def _clean(self) -> None:
        """Take lines away before a picture. Between lines nothing is taken away."""
        clean(get_app_session().output)


def _large_enough(size: Size) -> bool:
    return too_small(size) is None
