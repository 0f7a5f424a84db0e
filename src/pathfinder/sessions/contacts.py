"""Next contacts: which are due, and which were made.

Why this module exists: after an intake somebody is waiting for a call. What was agreed stands
in the session; whether it was kept shows in what was saved for that client on a later day.

It must not read a clock: today comes from outside.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from pathfinder.sessions.index import Line
from pathfinder.sessions.model import Session
from pathfinder.sessions.times import day, instant

MADE, MISSED, AHEAD = "made", "missed", "ahead"


class Contact(NamedTuple):
    """A next contact that stands open, and how many days it is away; under 0 is past."""

    line: Line
    on: date
    days: int


def due(lines: Iterable[Line], today: date) -> list[Contact]:
    """What was agreed last with each client, the earliest first.

    A later session without a day is the contact itself: then nothing stands open.
    """
    newest: dict[str, Line] = {}
    for line in lines:
        code = line.client.casefold()
        known = newest.get(code)
        if line.state == "saved" and (known is None or instant(known.saved) < instant(line.saved)):
            newest[code] = line
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
