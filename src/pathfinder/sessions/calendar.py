"""An appointment as a calendar file (iCalendar, RFC 5545), for a client's own phone.

Why this module exists: an appointment that stands in a calendar is kept more often. But a phone
lies on tables and shows what comes next to whoever looks: so the entry is called "Appointment",
and neither the program, a code nor anything a client said stands in it, unless the counselor
asks for the program's name.

It must not know a session. The file's form is the work of icalendar: lines are folded and signs
escaped there, so no text can add an entry of its own.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import uuid4

from icalendar import Calendar, Event

from pathfinder.errors import PathfinderError
from pathfinder.sessions.model import Agreed
from pathfinder.sessions.validate import check_clock, check_day

TITLE: Final = "Appointment"
BRING: Final = "Bring:"
CALL: Final = "Call:"
_MADE_BY: Final = "-//Pathfinder//sessions calendar//EN"


def calendar(agreed: Agreed | None, now: datetime, *, name_program: bool = False) -> bytes:
    """The appointment. Raises PathfinderError where there is none, or its day is no day.

    Its time has no zone: it is the clock of the place, wherever the phone is.
    """
    if agreed is None or not agreed.date:
        raise PathfinderError(
            "No appointment is written down with this session. Do it first: pathfinder sessions "
            "agree SESSION"
        )
    day = date.fromisoformat(check_day(agreed.date))
    event = Event()
    event.add("uid", str(uuid4()))  # nothing of the session's id
    event.add("dtstamp", now.astimezone(UTC))
    if check_clock(agreed.time):
        hour, minute = map(int, agreed.time.split(":"))
        event.add("dtstart", datetime(day.year, day.month, day.day, hour, minute))
    else:
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
    named = name_program and agreed.program
    event.add("summary", f"{TITLE}: {agreed.program}" if named else TITLE)
    if agreed.place:
        event.add("location", agreed.place)
    lines = [f"{CALL} {agreed.phone}"] if agreed.phone else []
    lines += [f"{BRING} {', '.join(agreed.bring)}"] if agreed.bring else []
    if lines:
        event.add("description", "\n".join(lines))
    event.add("class", "PRIVATE")
    whole = Calendar()
    whole.add("prodid", _MADE_BY)
    whole.add("version", "2.0")
    whole.add_component(event)
    data: bytes = whole.to_ical()
    return data
