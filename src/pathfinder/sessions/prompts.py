"""How a counselor is asked around a session: one question after the other, and back again.

Why this module exists: these questions are not the quiz's. They come before and after it, in
numbered lines, and all go alike: Enter alone keeps what stands there or leaves the question
open, "back" (or Esc, then Enter) leads to the question before, and nothing said is lost by it.

It must not store anything, or know a screen beyond lines out and lines in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from enum import Enum
from typing import Final, Protocol

from pathfinder.errors import PathfinderError, Stopped
from pathfinder.sessions import messages
from pathfinder.sessions.choices import check_client, check_clock, day_typed
from pathfinder.sessions.index import Line
from pathfinder.sessions.model import day_in_words
from pathfinder.sessions.store import now

WHAT_TO_TELL: Final = "What may the letter tell? Type the numbers. Enter alone tells nothing more."
NUMBERS: Final = "Numbers:"
DAY_ALONE: Final = "Only the day is kept here. Type it without the time:"

_TRIES = 3
_AWAY = "-"
MOST_OFFERED = 5
"""Sessions of one client to pick from: more would push the newest off the screen."""


class Way(Enum):
    """Where a question leads: on, to the one before, or on the way that was come by."""

    ON = "on"
    BACK = "back"
    PAST = "past"


Ask = Callable[[Way], Way]
"""One question, or several. It is told by which way it was come to, and says where to go."""


class InputOver(Exception):
    """The end of the input."""


class Slips(Exception):
    """Too many lines that were none of the choices."""


class LinePrompter(Protocol):
    """Lines out, lines in: `pathfinder.ask.terminal.Lines`, or a script in a test."""

    @property
    def typed(self) -> bool: ...

    def say(self, *texts: str, indent: str = "") -> None: ...

    def read(self, label: str) -> str | None:
        """The next line, or None at the end of the input."""


def ask_client(lines: LinePrompter) -> str:
    """A client code. Raises `Stopped` at the end of the input, and after three that are none."""
    lines.say(messages.ASK_CLIENT)
    for _ in range(_TRIES):
        typed = lines.read(messages.CLIENT_LABEL)
        if typed is None:
            break
        try:
            return check_client(typed)
        except PathfinderError as error:
            lines.say(str(error))
    raise Stopped("Stopped: there is no client code, so nothing was saved.")


def pick_session(lines: LinePrompter, code: str, found: Sequence[Line]) -> str:
    """The id of one of the sessions under a code. Raises `Stopped` where none is picked."""
    lines.say(messages.several(code))
    if len(found) > MOST_OFFERED:
        lines.say(messages.older_ones(len(found) - MOST_OFFERED))
    try:
        picked = choose(lines, [messages.in_short(line) for line in found[:MOST_OFFERED]])
    except (InputOver, Slips):
        picked = None
    if picked is None or isinstance(picked, Way):
        raise Stopped("Stopped. No session was picked.")
    return found[picked].id


def follow_up_of(lines: LinePrompter, code: str, found: Sequence[Line]) -> str:
    """The session under this code to follow up; "" for a new intake, as Enter alone means.

    From a pipe it is only told: each line there is the answer to a question.
    """
    finished = [line for line in found if line.state == "saved"]
    lines.say(*messages.known_code(code, found))
    if not finished or not lines.typed:
        return ""
    choices = (messages.BEGIN_ANEW, messages.follow_up(finished[0]))
    try:
        picked = choose(lines, choices)
    except InputOver:
        return ""
    except Slips:
        lines.say(messages.begins_anew(finished[0].id))
        return ""
    return finished[0].id if picked == 1 else ""


def really_forget(lines: LinePrompter, id_: str, client: str, revisions: int) -> bool:
    """Whether the counselor means it. Only the whole word does; the end of the input doesn't."""
    lines.say(
        messages.forget_what(id_, client, revisions),
        messages.CANT_PROMISE,
        messages.forget_prompt(),
    )
    try:
        return (lines.read(">") or "").strip().casefold() == messages.FORGET_WORD
    except KeyboardInterrupt:
        return False


def ask_ticked(lines: LinePrompter, parts: Mapping[str, str]) -> list[str]:
    """The ids of what is to be told, by their numbers. Raises `Stopped` where none is agreed on."""
    lines.say(WHAT_TO_TELL)
    for number, title in enumerate(parts.values(), start=1):
        lead = f"{number}. "
        lines.say(lead + title, indent=" " * len(lead))
    for _ in range(_TRIES):
        typed = lines.read(NUMBERS)
        if typed is None:
            break
        given = typed.replace(",", " ").split()
        if all(each.isascii() and each.isdigit() for each in given):
            places = [int(each[:6]) for each in given]
            if all(1 <= place <= len(parts) for place in places):
                return [list(parts)[place - 1] for place in sorted(set(places))]
        lines.say(numbers_of(len(parts)))
    raise Stopped("Stopped. No letter was written.")


def numbers_of(most: int) -> str:
    return f"Type numbers from 1 to {most}, with commas between, or Enter alone."


# --- one question after the other ---------------------------------------------------------


def in_turn(*asks: Ask) -> Ask:
    """These questions as one. Coming back into them begins at the last."""

    def ask(came: Way) -> Way:
        place = 0 if came is Way.ON else len(asks) - 1
        while 0 <= place < len(asks):
            way = asks[place](came)
            came = came if way is Way.PAST else way
            place += 1 if came is Way.ON else -1
        return came

    return ask


def from_the_first(lines: LinePrompter, ask: Ask) -> None:
    """Ask until it is through. Before the first question there is nothing to go back to."""
    while ask(Way.ON) is Way.BACK:
        lines.say(messages.FIRST_QUESTION)


def choose(
    lines: LinePrompter,
    choices: Sequence[str],
    *,
    rest: str = "",
    now: int | None = None,
    enter: str = "",
) -> int | Way | None:
    """The place of what is picked, from 0; `Way.BACK`; None for `rest`, which stands last.

    Enter alone keeps `now`, and without one is `rest`; `enter` says it in other words. Raises
    `InputOver` and `Slips`.
    """
    offered = (*choices, rest) if rest else choices
    for number, choice in enumerate(offered, start=1):
        lead = f"{number}. "
        lines.say(lead + choice, indent=" " * len(lead))
    if now is not None:
        lines.say(enter or messages.enter_keeps(choices[now]))
    for _ in range(_TRIES):
        typed = _read(lines, messages.NUMBER_LABEL)
        if not typed:
            return now
        if is_back(typed):
            return Way.BACK
        if (place := _place_of(typed, len(offered))) is not None:
            return place if place < len(choices) else None
        lines.say(messages.pick(len(offered)))
    raise Slips


def chosen(
    lines: LinePrompter, choices: Sequence[str], rest: str, now: int | None
) -> int | Way | None:
    """As `choose`; too many slips leave it as it was."""
    try:
        return choose(lines, choices, rest=rest, now=now)
    except Slips:
        lines.say(messages.STAYS_OPEN)
        return now


def ask_line(
    lines: LinePrompter, label: str, before: str, check: Callable[[str], str]
) -> str | Way:
    """One line, or `Way.BACK`. Enter alone keeps what was there, "-" takes it away.

    A slip is told, and may be typed again. Raises `InputOver`.
    """
    shown = f"{label} ({before}):" if before else f"{label}:"
    for _ in range(_TRIES):
        text = _read(lines, shown).strip()
        if not text:
            return before
        if is_back(text):
            return Way.BACK
        if text == _AWAY:
            return ""
        try:
            return check(text)
        except PathfinderError as error:
            lines.say(str(error))
    lines.say(messages.STAYS_OPEN)
    return before


def ask_day(
    lines: LinePrompter, label: str, kept: str, take: Callable[[str], None] | None = None
) -> str | Way:
    """As `ask_line`, for a day; what is taken is said back with its weekday.

    `take` is told the time of who types one behind the day; without it there is none to keep.
    """
    today = date.fromisoformat(now()[:10])

    def check(text: str) -> str:
        day, clock = _day_and_clock(text, today)
        if clock and take is None:
            raise PathfinderError(f"{DAY_ALONE} {day}")
        if clock and take is not None:
            take(clock)
        return day

    given = ask_line(lines, label, kept, check)
    if not isinstance(given, Way) and given not in ("", kept):
        lines.say(f"{day_in_words(given)}.")
    return given


def _day_and_clock(text: str, today: date) -> tuple[str, str]:
    """A day as typed, and the time behind it or "". Raises PathfinderError as for a day alone."""
    try:
        return day_typed(text, today), ""
    except PathfinderError:
        words = text.split()
        for at in range(len(words) - 1, 0, -1):
            with suppress(PathfinderError):
                clock = check_clock(" ".join(words[at:]).removeprefix("at "))
                return day_typed(" ".join(words[:at]).rstrip(",;"), today), clock
        raise


def is_back(typed: str) -> bool:
    return typed.strip().casefold() == "back"


def _read(lines: LinePrompter, label: str) -> str:
    """The next line. Esc alone is "back". Raises `InputOver` at the end of the input."""
    typed = lines.read(label)
    if typed is None:
        raise InputOver
    return "back" if not typed and getattr(lines, "escaped", False) else typed


def _place_of(typed: str, many: int) -> int | None:
    fits = typed.isascii() and typed.isdigit() and 1 <= int(typed[:6]) <= many
    return int(typed) - 1 if fits else None
