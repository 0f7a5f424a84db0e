"""The list of sessions, and what in it is due: next contacts, and sessions kept long enough.

Why this module exists: a counselor finds a session by its code and its day. After an intake
somebody is waiting for a call: what was agreed stands in the session. And the law and an agency
say how long a record is kept: one that stands longer is a danger and no help. That time counts
from the last saving.

It must not read a clock (today comes from outside), or remove anything: `forget` does, after
asking.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

from pathfinder.engine.ruleset import RuleSet
from pathfinder.sanitize import clean
from pathfinder.sessions import messages
from pathfinder.sessions.choices import OTHER_CARE
from pathfinder.sessions.index import Line
from pathfinder.sessions.model import day, day_or_text, instant, short_time
from pathfinder.terminal import cells, columns, wrap

NONE_DUE: Final = (
    "No next contact stands open. One is agreed in a session: pathfinder sessions agree SESSION"
)
NO_DAY_AGREED: Final = "no next contact"
AGREE_ON_ONE: Final = "To write down a next contact: pathfinder sessions agree SESSION"
_COLUMNS = ("session", "client", "saved", "rev", "what was decided")
_NARROW: Final = 24
"""With less room beside the rest, what was decided stands below it."""
_YEAR: Final = re.compile("[0-9]{4}")


def table(rules: RuleSet, lines: Sequence[Line], width: int | None = None) -> str:
    """The list as lines of text, newest first. `width`: of a terminal; without, one a session."""
    rows = [_COLUMNS, *(_cells(rules, line) for line in lines)]
    if width is None:
        return "".join(f"{line}\n" for line in columns(rows))
    leads = columns([(*row[:-1], "") for row in rows])
    wide = max(map(cells, leads)) + 2
    told: list[str] = []
    for lead, row in zip(leads, rows, strict=True):
        if width - wide < _NARROW:
            told += [lead, *(f"    {text}" for text in wrap(row[-1], width - 4))]
            continue
        first, *rest = wrap(row[-1], width - wide)
        told += [lead + " " * (wide - cells(lead)) + first, *(" " * wide + text for text in rest)]
    return "".join(f"{line.rstrip()}\n" for line in told)


def _cells(rules: RuleSet, line: Line) -> tuple[str, ...]:
    number = str(line.revisions) if line.revisions else ""
    lead = (line.id, clean(line.client)[:40], short_time(line.saved), number)
    return (*lead, messages.STATES.get(line.state) or _decided(rules, line))


def _decided(rules: RuleSet, line: Line) -> str:
    """What the counselor decided, in words; where that is open, what Pathfinder put first."""
    if line.held:
        return messages.HELD
    word = messages.JUDGEMENTS.get(line.judgement, clean(line.judgement))
    if line.judgement == "open":
        return f"{word}; Pathfinder: {_care(rules, line.path)}"
    return f"{word}: {_care(rules, line.own or line.path)}"


def _care(rules: RuleSet, id_: str) -> str:
    """A path or a level in few words."""
    if (path := rules.path_by_id.get(id_)) is not None:
        return path.in_a_row
    if id_ in rules.level_rank:
        return rules.levels[rules.level_rank[id_]].name
    return OTHER_CARE.get(id_) or clean(id_) or messages.NOTHING


class Contact(NamedTuple):
    """A next contact that stands open, and how many days it is away; under 0 is past."""

    line: Line
    on: date
    days: int


def due(lines: Iterable[Line], today: date) -> list[Contact]:
    """What was agreed last with each client, the earliest first.

    It stands open until a later session says what became of it, or has a day of its own: that
    somebody came by, or was stopped for safety, is no call that was made.
    """
    newest: dict[str, Line] = {}
    for line in sorted(lines, key=lambda each: instant(each.saved)):
        code = line.client.casefold()
        if line.state != "saved":
            continue
        if line.next_contact:
            newest[code] = line
        elif line.contact_answered:
            newest.pop(code, None)
    found = [
        Contact(line, on, (on - today).days)
        for line in newest.values()
        if (on := date_or_none(line.next_contact)) is not None
    ]
    return sorted(found, key=lambda each: (each.on, each.line.client, each.line.id))


def unpromised(lines: Iterable[Line]) -> list[Line]:
    """Intakes that were stopped for safety after which nobody is to be called, newest first.

    One is forgotten by nobody until a next contact is agreed with that client since, or another
    intake was begun since and came through.
    """
    saved = [line for line in lines if line.state == "saved"]
    found = [
        line
        for line in saved
        if line.held
        and not line.next_contact
        and not any(_takes_it_up(each, line) for each in saved)
    ]
    return sorted(found, key=lambda each: (instant(each.saved), each.id), reverse=True)


def _takes_it_up(line: Line, held: Line) -> bool:
    since = instant(held.begun)
    agreed = line.next_contact and instant(line.saved) > since
    came_through = not line.held and instant(line.begun) > since
    return line.client.casefold() == held.client.casefold() and bool(agreed or came_through)


def date_or_none(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def of_the_plan(phone: str) -> str:
    """The number that was agreed on: the program's, as a rule, and not the client's."""
    return f"agreed: {phone}"


def how_far(days: int) -> str:
    """A day of another one, counted from today."""
    if days == 0:
        return "today"
    many = "1 day" if abs(days) == 1 else f"{abs(days)} days"
    return f"in {many}" if days > 0 else f"{many} ago"


def no_contact_since(line: Line) -> tuple[str, ...]:
    """A line of what is due for somebody whom nobody is to call."""
    day = f"{messages.HELD} {day_or_text(line.saved)}"
    return (NO_DAY_AGREED, day, clean(line.client), line.id)


class KeptUntil(NamedTuple):
    """A session, and the last day on which it is kept."""

    line: Line
    until: date


def kept_until(saved: str, years: int) -> date | None:
    """The last day on which what was saved then is kept; None for a time that nobody can read."""
    when = day(saved)
    if when is None and (year := _YEAR.fullmatch(saved)):
        when = date(int(year.group()), 12, 31)  # a year alone: its last day
    if when is None:
        return None
    try:
        return when.replace(year=when.year + years)
    except ValueError:  # the 29th of February, or beyond the calendar
        return date(min(when.year + years, date.max.year), 2, 28)


def expired(lines: Iterable[Line], years: int, today: date) -> list[KeptUntil]:
    """The sessions whose time is over, the longest over first; drafts that were left, too."""
    found = [
        KeptUntil(line, until)
        for line in lines
        if (until := kept_until(line.saved, years)) is not None and until < today
    ]
    return sorted(found, key=lambda each: (each.until, each.line.id))
