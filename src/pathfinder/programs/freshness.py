"""How old an entry is: the day of the last call, and whom to call again.

Why this module exists: a number that rings into nothing costs a person their one attempt, so an
entry that nobody has called for three months says so, and comes later among equals.

It must not ask for today's date: whoever calls it knows.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from pathfinder.programs.model import Program

OLD_AFTER: Final = 90
"""Days. National lists that nobody calls are right for about half of their entries."""


def old_day(today: date) -> str:
    """The last day that is too long ago: "" (never) and all days up to it are old."""
    return (today - timedelta(OLD_AFTER)).isoformat()


def is_old(day: str, today: date) -> bool:
    """Whether what was seen or called on `day` must be checked again. No day: nobody knows."""
    return day <= old_day(today)


def due(programs: Iterable[Program], today: date) -> list[Program]:
    """Whom to call again: those never called first, then the longest ago."""
    oldest = old_day(today)
    found = [each for each in programs if each.last_called <= oldest]
    return sorted(found, key=lambda each: (each.last_called, each.name, each.id))


def days_to_come(programs: Iterable[Program], today: date) -> list[Program]:
    """Entries whose last call is still to come: somebody mistyped."""
    return [each for each in programs if each.last_called > today.isoformat()]
