"""Times of sessions: kept as instants, put in order as instants, read on the reader's clock.

Why this module exists: a time is kept with its distance from UTC, so it is the same moment
everywhere. As text it is not: in the autumn night an hour comes twice, and who has travelled
has saved at noon before nine. So nothing else cuts a time out of its text.

It must not know what was saved. What can't be read as a time (whoever can write into the vault
can write this) comes last, and is shown as it stands.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final

from pathfinder.sanitize import clean

_BEFORE_ALL: Final = datetime.min.replace(tzinfo=UTC)
_NO_TIME: Final = (ValueError, OverflowError, OSError)


def instant(kept: str) -> datetime:
    """When that was, to be put in order; before everything where it can't be read.

    One without a distance from UTC is taken to be of the reader's zone.
    """
    return _on_the_readers_clock(kept) or _BEFORE_ALL


def day(kept: str) -> date | None:
    """The day on the reader's clock."""
    when = _on_the_readers_clock(kept)
    return when.date() if when is not None else None


def day_or_text(kept: str) -> str:
    """The day; what stands there, such as a year alone, where it can't be read as one."""
    return str(day(kept) or clean(kept[:10]))


def time(kept: str) -> str:
    """Day and time on the reader's clock, with its zone: `2026-11-22 11:17 +01:00`."""
    when = _on_the_readers_clock(kept)
    return clean(kept) if when is None else f"{_minute(when)} {_zone(when)}"


def short_time(kept: str) -> str:
    """As `time`, and the zone only where the time alone would mislead.

    That is where the clock shows it twice, and where it was saved by another zone's clock.
    """
    when = _on_the_readers_clock(kept)
    if when is None:
        return clean(kept[:16])
    there = datetime.fromisoformat(kept).utcoffset()
    misleads = _comes_twice(when) or there not in (None, when.utcoffset())
    return f"{_minute(when)} {_zone(when)}" if misleads else _minute(when)


def _on_the_readers_clock(kept: str) -> datetime | None:
    try:
        return datetime.fromisoformat(kept).astimezone()
    except _NO_TIME:
        return None


def _comes_twice(when: datetime) -> bool:
    local = when.replace(tzinfo=None)
    try:
        offsets = {local.replace(fold=fold).astimezone().utcoffset() for fold in (0, 1)}
    except _NO_TIME:
        return False
    return len(offsets) > 1


def _minute(when: datetime) -> str:
    return when.isoformat(" ", "minutes")[:16]


def _zone(when: datetime) -> str:
    return f"{when:%z}"[:3] + ":" + f"{when:%z}"[3:5]
