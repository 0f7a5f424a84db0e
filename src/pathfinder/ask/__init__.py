"""Asking: how the questions of the interview reach a person, and the answers come back.

Why this package exists: one pure interview, several ways to ask. `run_quiz`
picks the way that works here, says so, and sees the interview through.

It must not decide what is asked next, or what an answer means for care.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathfinder.ask.base import Setting, opening, stopped
from pathfinder.ask.choose import Surroundings, why_plain
from pathfinder.ask.plain import KEYS, PlainPrompter
from pathfinder.ask.terminal import Lines, wrap
from pathfinder.collector import start_is_over
from pathfinder.errors import Stopped
from pathfinder.help_lines import region_of
from pathfinder.interview import Answers, Outcome, conduct
from pathfinder.model import RuleSet

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["run_quiz"]


def run_quiz(
    rules: RuleSet, *, answers: Answers, plain: bool, for_client: bool, region: str
) -> Outcome:
    """Ask what `answers` leaves open, on standard error and standard input.

    `region` is the id, name or alias of a country. Raises `Stopped` when the
    person stops or the input ends, and `AnswersError` when a pipe doesn't answer.
    Nothing is written to disk.
    """
    setting = Setting(rules, region_of(rules, region), for_client)
    lines = Lines.of_the_process()
    try:
        reason = why_plain(plain, Surroundings.of_the_process())
        if reason is not None:
            return _in_lines(setting, lines, answers, reason)
        return _in_menus(setting, lines, answers)
    except (KeyboardInterrupt, EOFError):
        lines.put([""])  # after the ^C that the terminal echoes
        raise _fitted(stopped(setting), lines) from None
    except Stopped as end:
        raise _fitted(end, lines) from None


def _fitted(end: Stopped, lines: Lines) -> Stopped:
    """The same farewell, in lines that the window shows whole."""
    return Stopped(
        "\n".join(row for text in str(end).splitlines() for row in wrap(text, lines.width))
    )


def _in_lines(setting: Setting, lines: Lines, answers: Answers, reason: str) -> Outcome:
    lines.say(f"Plain mode is on: {reason}.")
    lines.say(*opening(setting, KEYS))
    start_is_over()
    outcome = conduct(setting.rules, PlainPrompter(setting, lines), answers)
    lines.say("")  # between the last answer and the result
    return outcome


def _in_menus(setting: Setting, lines: Lines, answers: Answers) -> Outcome:
    _show_opening(lines, opening(setting, MENU_KEYS))
    # Only now: the person reads the opening while the menus are being imported.
    from pathfinder.ask.select import NoMenus, SelectPrompter

    start_is_over()
    try:
        with SelectPrompter(setting, PlainPrompter(setting, lines)) as prompter:
            return conduct(setting.rules, prompter, answers)
    except NoMenus:
        return _in_lines(setting, lines, answers, "this terminal can't show menus")


MENU_KEYS = ("Arrow keys move, Enter answers, Esc goes back. ? tells why we ask. Ctrl-C stops.",)

_ROOM_FOR_A_QUESTION = 8


def _show_opening(lines: Lines, texts: Sequence[str]) -> None:
    """Show the opening; in a small window page by page, so that no line scrolls away unread."""
    parts = [wrap(text, lines.width) for text in texts]
    height = lines.size.rows
    if sum(map(len, parts)) + _ROOM_FOR_A_QUESTION <= height:
        lines.put([*(row for part in parts for row in part), ""])
        return
    for page in _pages(parts, height - 2):
        lines.put(page)
        if lines.read("Press Enter to go on.") is None:
            raise EOFError
    lines.forget_keys()


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
