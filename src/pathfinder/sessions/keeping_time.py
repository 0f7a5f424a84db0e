"""How long sessions are kept, and which have stood longer than that.

Why this module exists: the law and an agency say how long a record is kept, and a record
that stands longer is a danger and no help. The time counts from the last saving.

It must not remove anything: `forget` does, after asking.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple

from pathfinder.sessions.index import Line
from pathfinder.sessions.times import day

_YEAR: Final = re.compile("[0-9]{4}")


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
