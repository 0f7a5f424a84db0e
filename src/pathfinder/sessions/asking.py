"""What a counselor is asked around a session: the client code, and their own judgement.

Why this module exists: these questions are not the quiz's. They come before and after
it, in numbered lines, and Enter alone leaves each of them open but the code.

It must not store anything, or know a screen beyond lines out and lines in.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from pathfinder.errors import PathfinderError, Stopped
from pathfinder.model import RuleSet
from pathfinder.result import Decision
from pathfinder.sessions import words
from pathfinder.sessions.record import Judgement
from pathfinder.sessions.values import LONGEST_LINE, REASONS, check_client
from pathfinder.show.naming import level_words

_TRIES = 3


class Lines(Protocol):
    """Lines out, lines in: `pathfinder.ask.terminal.Lines`, or a script in a test."""

    def say(self, *texts: str) -> None: ...

    def read(self, label: str) -> str | None:
        """The next line, or None at the end of the input."""


def ask_client(lines: Lines) -> str:
    """A client code. Raises `Stopped` at the end of the input, and after three that are none."""
    lines.say(words.ASK_CLIENT)
    for _ in range(_TRIES):
        typed = lines.read(words.CLIENT_LABEL)
        if typed is None:
            break
        try:
            return check_client(typed)
        except PathfinderError as error:
            lines.say(str(error))
    raise Stopped("Stopped: there is no client code, so nothing was saved.")


def ask_judgement(lines: Lines, rules: RuleSet, decision: Decision) -> Judgement | None:
    """The counselor's own judgement, or None where it is left open.

    The end of the input and Ctrl-C leave it open, too: the session itself must be saved.
    """
    try:
        return _judgement(lines, rules, decision)
    except KeyboardInterrupt:
        lines.say("", words.LEFT_OPEN)
        return None


def really_forget(lines: Lines, id_: str, client: str, revisions: int) -> bool:
    """Whether the counselor means it. Only the whole word does; the end of the input doesn't."""
    lines.say(words.forget_what(id_, client, revisions), words.CANT_PROMISE, words.forget_prompt())
    try:
        return (lines.read(">") or "").strip().casefold() == words.FORGET_WORD
    except KeyboardInterrupt:
        return False


def _judgement(lines: Lines, rules: RuleSet, decision: Decision) -> Judgement | None:
    if not decision.ranked:
        return None
    first = rules.path_by_id[decision.ranked[0].path].name
    lines.say(words.ASK_JUDGEMENT)
    choices = (
        f"{words.I_AGREE}: {first}", words.I_SEE_A_PATH, words.I_SEE_A_LEVEL, words.LEAVE_OPEN,
    )  # fmt: skip
    picked = _pick(lines, choices)
    if picked == 0:
        return Judgement(agrees=True, line=_line(lines))
    path = level = None
    if picked == 1:
        # The tool's own first path is no other path.
        others = [path for path in rules.paths if path.id != decision.ranked[0].path]
        place = _ask(lines, words.WHICH_PATH, [other.name for other in others])
        path = None if place is None else others[place].id
    elif picked == 2:
        levels = [level for level in rules.levels if level.id != decision.ranked[0].level]
        place = _ask(lines, words.WHICH_LEVEL, [level_words(rules, each.id) for each in levels])
        level = None if place is None else levels[place].id
    if path is None and level is None:
        return None
    reason = _ask(lines, words.WHICH_REASON, list(REASONS.values()))
    if reason is None:
        return None
    return Judgement(False, path, level, list(REASONS)[reason], _line(lines))


def _ask(lines: Lines, question: str, choices: Sequence[str]) -> int | None:
    lines.say(question)
    return _pick(lines, choices)


def _pick(lines: Lines, choices: Sequence[str]) -> int | None:
    """The place of what is picked, from 0. None: Enter alone, the end, or three slips."""
    for number, choice in enumerate(choices, start=1):
        lines.say(f"{number}. {choice}")
    for _ in range(_TRIES):
        typed = lines.read(words.NUMBER_LABEL)
        if not typed:
            return None
        if typed.isascii() and typed.isdigit() and 1 <= int(typed[:6]) <= len(choices):
            return int(typed) - 1
        lines.say(words.pick(len(choices)))
    return None


def _line(lines: Lines) -> str:
    lines.say(words.FREE_LINE)
    return (lines.read(words.LINE_LABEL) or "").strip()[:LONGEST_LINE]
