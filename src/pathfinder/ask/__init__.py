"""Asking: how the questions of the interview reach a person, and the answers come back.

Why this package exists: one pure interview, several ways to ask. `run_quiz`
picks the way that works here, says so, and sees the interview through.

It must not decide what is asked next, or what an answer means for care.
"""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING, NamedTuple

from pathfinder.ask.autosave import InFile, Keeping, Start
from pathfinder.ask.interview import NOTE_HINT, Outcome, conduct
from pathfinder.ask.phrases import (
    PRESS_ENTER,
    Earlier,
    InputEnded,
    Left,
    Setting,
    input_ended,
    opening,
    stopped,
)
from pathfinder.ask.plain import KEYS, WAY_OUT, PlainPrompter, Surroundings, why_plain
from pathfinder.ask.save_dialog import Talk
from pathfinder.ask.terminal import Lines, wrap
from pathfinder.engine.flow import applicable
from pathfinder.engine.ruleset import RuleSet, region_of
from pathfinder.errors import AnswersError, QuickExit, Stopped
from pathfinder.process import Killed, handled, start_is_over

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pathfinder.ask.behind import Desk
    from pathfinder.ask.interview import Enough, Prompter
    from pathfinder.engine.question import Answers
    from pathfinder.pages.answer import Answer
    from pathfinder.pages.behind import Result
    from pathfinder.programs.matching import Finder

__all__ = ["After", "run_quiz"]


def run_quiz(
    rules: RuleSet,
    start: Start,
    *,
    plain: bool,
    for_client: bool,
    region: str,
    plain_by_config: bool = False,
    slips: Sequence[str] = (),
    keeping: Keeping | None = None,
    after: After | None = None,
    earlier: Earlier | None = None,
) -> Outcome:
    """Ask what `start` leaves open, on standard error and standard input.

    `region` is the id, name or alias of a country; `slips` are told before the first
    question; `keeping` is a counselor's session, in place of the draft of `start`;
    `earlier` is what the client answered on another day, shown beside each question. With
    `after`, the answer and what stands behind it are shown before this ends.
    Raises `Stopped` when the person stops or the input ends, `QuickExit` when they want
    to be gone (the screen is empty then, and the draft deleted), `AnswersError` when a
    pipe doesn't answer, and `CantWrite` when what is to be kept can't be written to begin
    with. Nothing is written to disk but what was asked for.
    """
    setting = Setting(rules, region_of(rules, region), for_client, earlier)
    lines = Lines.of_the_process()
    keeping = keeping or InFile(rules, start.answers, start.draft, resumed=start.resumed)
    quiz = _Quiz(setting, lines, keeping, start, (*slips, *start.notes), after)
    with handled(), lines.listening():
        return _held(quiz, plain=plain, by_config=plain_by_config)


def _held(quiz: _Quiz, *, plain: bool, by_config: bool) -> Outcome:
    lines, keeping = quiz.lines, quiz.keeping
    try:
        keeping.begin()
        try:
            reason = why_plain(plain, Surroundings.of_the_process(), by_config=by_config)
            return _in_lines(quiz, reason) if reason is not None else _in_menus(quiz)
        except (KeyboardInterrupt, EOFError, Left) as end:
            raise _farewell(quiz, end) from None
        except Killed:
            _last_words(quiz)
            raise
        except AnswersError:
            keeping.tidy()
            lines.say(*keeping.told())
            raise
    except QuickExit:
        lines.wipe()
        keeping.delete()
        lines.forget_keys()  # a key pressed twice must not reach the shell
        raise


class After(NamedTuple):
    """What a person sees after the last question, where they sit at a terminal.

    `show` writes an answer to standard output, `write` a whole result to a file. `find` names
    programs of the list in use, if there is one.
    """

    show: Callable[[Answer], None]
    write: Callable[[Result, str, str], None]
    find: Finder | None = None


class _Quiz(NamedTuple):
    """What both ways of asking need."""

    setting: Setting
    lines: Lines
    keeping: Keeping
    start: Start
    notes: tuple[str, ...]
    after: After | None

    @property
    def something_to_review(self) -> bool:
        """A draft that is gone on with is looked through, also when nothing is left to ask."""
        given = self.start.answers
        return self.start.resumed or any(
            question.id not in given for question in applicable(self.setting.rules, given)
        )


# --- the two ways of asking -----------------------------------------------------------


def _in_lines(quiz: _Quiz, reason: str) -> Outcome:
    setting, lines, keeping = quiz.setting, quiz.lines, quiz.keeping
    lines.say(f"Plain mode is on: {reason}.", *quiz.notes)
    keys = KEYS if keeping.notes is None else (*KEYS, NOTE_HINT)
    kept = keeping.opening(WAY_OUT)
    lines.say(*opening(setting, keys, way_out=WAY_OUT, clears=lines.can_clear, kept=kept))
    start_is_over()
    talk = Talk(lines, keeping)
    prompter = PlainPrompter(setting, lines, talk.save, keeping.notes)
    outcome = conduct(
        setting.rules,
        prompter,
        quiz.start.answers,
        # From a pipe nobody would look at it.
        review=lines.typed and quiz.something_to_review,
        keep=talk.keep,
        save=talk.save,
        enough=_enough(quiz, in_menus=False),
    )
    prompter.before_result(outcome.ended)
    _tell_what_is_kept(lines, keeping)
    lines.say("")  # between the last answer and the result
    if quiz.after is None:
        return outcome
    from pathfinder.ask.desks import LineDesk

    return _look_behind(quiz, quiz.after, LineDesk(lines, quiz.after.show), prompter, talk, outcome)


def _in_menus(quiz: _Quiz) -> Outcome:
    setting, lines, keeping = quiz.setting, quiz.lines, quiz.keeping
    kept = keeping.opening(MENU_WAY_OUT)
    texts = opening(setting, MENU_KEYS, way_out=MENU_WAY_OUT, kept=kept)
    room = _ROOM_FOR_A_QUESTION + (_ROOM_FOR_A_CUE if setting.for_client else 0)
    above = _show_opening(lines, (*quiz.notes, *texts), room, meanwhile=_import_menus)
    from pathfinder.ask.select import NoMenus, SelectPrompter

    start_is_over()
    if quiz.after is not None:
        # While the person answers there is time for it; after the last key there is none.
        Thread(target=_import_what_is_behind, daemon=True).start()
    talk = Talk(lines, keeping, over_menus=True)
    try:
        plain = PlainPrompter(setting, lines, talk.save, keeping.notes)
        with SelectPrompter(setting, plain, opening=above) as prompter:
            outcome = conduct(
                setting.rules,
                prompter,
                quiz.start.answers,
                review=quiz.something_to_review,
                keep=talk.keep,
                save=talk.save,
                enough=_enough(quiz, in_menus=True),
            )
            prompter.before_result(outcome.ended)
            if quiz.after is not None:
                from pathfinder.ask.desks import MenuDesk

                desk = MenuDesk(lines)
                outcome = _look_behind(quiz, quiz.after, desk, prompter, talk, outcome)
    except NoMenus:
        return _in_lines(quiz, "this terminal can't show menus")
    _tell_what_is_kept(lines, keeping)
    return outcome


def _enough(quiz: _Quiz, *, in_menus: bool) -> Enough | None:
    """What is shown once enough is told to know how much care is safe. Only to who sees a result
    at this terminal: elsewhere every line that is read is the answer to a question."""
    if quiz.after is None:
        return None

    def enough(answers: Answers) -> bool:
        from pathfinder.ask.behind import told_enough
        from pathfinder.ask.desks import LineDesk, MenuDesk

        desk = MenuDesk(quiz.lines) if in_menus else LineDesk(quiz.lines)
        return told_enough(desk, quiz.setting.rules, quiz.setting.region.id, answers)

    return enough


def _look_behind(
    quiz: _Quiz, after: After, desk: Desk, prompter: Prompter, talk: Talk, outcome: Outcome
) -> Outcome:
    """Show the answer, and what stands behind it, until the person is done."""
    from pathfinder.ask.behind import Behind, look_behind

    rules = quiz.setting.rules

    def again(answers: Answers) -> Outcome:
        return conduct(rules, prompter, answers, review=True, keep=talk.keep, save=talk.save)

    behind = Behind(rules, quiz.setting.region.id, again, after.write, after.find)
    return look_behind(desk, behind, outcome)


def _import_menus() -> None:
    import pathfinder.ask.select  # noqa: F401 (its import takes as long as a line takes to read)


def _import_what_is_behind() -> None:
    import pathfinder.ask.answer_screen
    import pathfinder.ask.behind
    import pathfinder.ask.desks
    import pathfinder.ask.pager  # noqa: F401


def _tell_what_is_kept(lines: Lines, keeping: Keeping) -> None:
    trouble = keeping.catch_up()
    lines.say(*([trouble] if trouble else []), *keeping.told_before_the_result())


# --- the end --------------------------------------------------------------------------


def _farewell(quiz: _Quiz, end: BaseException) -> Stopped:
    """What is said to a person who stops, after the one question whether to keep the answers."""
    lines, keeping = quiz.lines, quiz.keeping
    by_itself = isinstance(end, InputEnded)
    if not isinstance(end, Left):
        lines.put([""])  # after the ^C that the terminal echoes
    try:
        trouble = keeping.catch_up()
        if trouble:
            lines.say(trouble)
        asks = keeping.takes_a_file and lines.typed and lines.shown and not by_itself
        if keeping.would_be_lost and asks:
            Talk(lines, keeping).ask_at_the_end()
    except (KeyboardInterrupt, EOFError):
        lines.put([""])  # once more is a no
    keeping.tidy()
    told = keeping.told()
    return _fitted(input_ended(told) if by_itself else stopped(quiz.setting, told), lines)


def _last_words(quiz: _Quiz) -> None:
    """What is said when something else ends the program: nothing is asked any more."""
    lines, keeping = quiz.lines, quiz.keeping
    trouble = keeping.catch_up()
    keeping.tidy()
    end = _fitted(stopped(quiz.setting, keeping.told()), lines)
    lines.say("", *([trouble] if trouble else []))
    lines.put(str(end).splitlines())


def _fitted(end: Stopped, lines: Lines) -> Stopped:
    """The same farewell, in lines that the window shows whole."""
    return Stopped(
        "\n".join(row for text in str(end).splitlines() for row in wrap(text, lines.width))
    )


# --- the opening of the menus ---------------------------------------------------------

MENU_WAY_OUT = "Ctrl-X"
MENU_KEYS = (
    "Arrow keys move, Enter answers, Esc goes back. ? tells why we ask. "
    "Ctrl-R shows your answers, Ctrl-S saves them, Ctrl-C stops.",
)


_ROOM_FOR_A_QUESTION = 10
_ROOM_FOR_A_CUE = 2


def _show_opening(
    lines: Lines, texts: Sequence[str], room: int, meanwhile: Callable[[], None]
) -> Sequence[str]:
    """Show the opening. `room`: rows for a question; `meanwhile` is done while the person reads.

    The menus come on a screen of their own, which hides it. So in a window with room
    for both it is given back, to stand above the first question, too; in a small one
    it comes page by page, each until Enter.
    """
    parts = [wrap(text, lines.width) for text in texts]
    rows = [row for part in parts for row in part]
    if len(rows) + room <= lines.size.rows:
        lines.put(rows)
        meanwhile()
        return rows
    for number, page in enumerate(_pages(parts, lines.size.rows - 2)):
        lines.put(page)
        if number == 0:
            meanwhile()
        if lines.read(PRESS_ENTER) is None:
            raise EOFError
    lines.forget_keys()
    return ()


def _pages(parts: Sequence[Sequence[str]], height: int) -> list[list[str]]:
    """Paragraphs on pages of at most `height` rows, none of them broken where it fits whole."""
    pages: list[list[str]] = [[]]
    for part in parts:
        if pages[-1] and len(pages[-1]) + len(part) > height:
            pages.append([])
        for row in part:
            if len(pages[-1]) == height:
                pages.append([])
            pages[-1].append(row)
    return pages
