"""What is due: next contacts that were agreed, and sessions that were kept long enough.

Why this module exists: after an intake somebody is waiting for a call. What was agreed stands
in the session; whether it was kept shows in what was saved for that client on a later day. And
the law and an agency say how long a record is kept: one that stands longer is a danger and no
help. That time counts from the last saving.

It must not read a clock (today comes from outside), or remove anything: `forget` does, after
asking.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from pathfinder.sessions.index import Line
from pathfinder.sessions.model import Session, day, instant

MADE, MISSED, AHEAD = "made", "missed", "ahead"

_YEAR: Final = re.compile("[0-9]{4}")


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
        if (on := _date(line.next_contact)) is not None
    ]
    return sorted(found, key=lambda each: (each.on, each.line.client, each.line.id))


def by_client(sessions: Iterable[Session]) -> Mapping[str, Sequence[Session]]:
    """Sessions by their client's code, whatever case it was typed in."""
    found: dict[str, list[Session]] = {}
    for session in sessions:
        found.setdefault(session.client.casefold(), []).append(session)
    return found


def what_became(session: Session, of_client: Sequence[Session], today: date) -> str:
    """What became of the next contact that was agreed in a session; "" where none was.

    `of_client`: every session of that client. Made: something was saved on a later day.
    """
    agreed = session.newest.agreed
    on = _date(agreed.next_contact) if agreed is not None else None
    if agreed is None or on is None:
        return ""
    since = next(
        day(revision.saved)
        for revision in session.revisions
        if revision.agreed is not None and revision.agreed.next_contact == agreed.next_contact
    )
    days = [day(revision.saved) for each in of_client for revision in each.revisions]
    if since is not None and any(each is not None and each > since for each in days):
        return MADE
    return MISSED if on < today else AHEAD


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


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
