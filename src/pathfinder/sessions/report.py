"""Figures for an agency: how many intakes a month, what was found, how often counselors agree.

Why this module exists: an agency counts its work, and a small count points to a person. So no
number under the agency's own least is told, and none that could be worked out from the others:
where one part of a whole is too small, another is held back with it.

It must not name a client, tell a day, or know how a figure is shown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from pathfinder.engine.ruleset import RuleSet
from pathfinder.sessions.compare import top
from pathfinder.sessions.index import word_for
from pathfinder.sessions.model import Given, Session
from pathfinder.sessions.times import day

_YEAR: Final = re.compile("[0-9]{4}")

PARTS: Final = (
    "held", "tool_level", "own_level", "tool_path", "own_path", "judgement", "reason",
)  # fmt: skip
"""What is counted, in the order in which it is told. Each of them parts the same intakes."""


class Count(NamedTuple):
    """How many there are of one value. None: too few to be told, or held back with one that is."""

    value: str
    number: int | None


class MonthFigures(NamedTuple):
    """One month. `month` is 2026-11, or a year alone. `intakes`: None for too few to be told."""

    month: str
    intakes: int | None
    parts: Mapping[str, tuple[Count, ...]]


def figures_by_month(rules: RuleSet, sessions: Iterable[Session], least: int) -> list[MonthFigures]:
    """Every month with an intake, the earliest first. `least`: the smallest number that is told."""
    months: dict[str, list[Session]] = {}
    for session in sessions:
        months.setdefault(_month(session.begun), []).append(session)
    return [_figures(rules, month, months[month], least) for month in sorted(months)]


def withheld(counts: Mapping[str, int], least: int) -> set[str]:
    """The values that aren't told: too small, and as many beside them as keep them secret.

    What is left out of a known whole can be worked out where it is one value, or where all of it
    together is under the least. So the next smaller ones go, too, until neither is so.
    """
    hidden = {value for value, number in counts.items() if number < least}
    rest = sorted(counts.keys() - hidden, key=lambda value: (counts[value], value))
    while hidden and rest and (len(hidden) < 2 or sum(map(counts.__getitem__, hidden)) < least):
        hidden.add(rest.pop(0))
    return hidden


def _figures(rules: RuleSet, month: str, sessions: list[Session], least: int) -> MonthFigures:
    if len(sessions) < least:
        return MonthFigures(month, None, {})
    rows = [_parts(rules, session) for session in sessions]
    parts = {part: _counted((row[part] for row in rows), least) for part in PARTS}
    return MonthFigures(month, len(sessions), parts)


def _counted(values: Iterable[str], least: int) -> tuple[Count, ...]:
    counts = Counter(values)
    hidden = withheld(counts, least)
    ordered = sorted(counts, key=lambda value: (value in hidden, -counts[value], value))
    if hidden:  # the order of what is held back tells nothing either
        told = [value for value in ordered if value not in hidden]
        ordered = [*told, *sorted(hidden)]
    return tuple([Count(value, None if value in hidden else counts[value]) for value in ordered])


def _parts(rules: RuleSet, session: Session) -> dict[str, str]:
    """One intake by each of `PARTS`; "" where there is nothing to say."""
    given, judgement = session.given, session.newest.judgement
    tool_path, tool_level = top(given) or "", _level(given)
    own_path = own_level = ""
    if judgement is not None and judgement.agrees:
        own_path, own_level = tool_path, tool_level
    elif judgement is not None:
        known = rules.path_by_id.get(judgement.path or "")
        own_path = judgement.path or ""
        own_level = judgement.level or (known.level if known else "")
    reason = judgement.reason if judgement is not None else None
    return {
        "held": "held" if given.get("hold") is True else "not-held",
        "tool_level": tool_level,
        "own_level": own_level,
        "tool_path": tool_path,
        "own_path": own_path,
        "judgement": word_for(judgement),
        "reason": reason or "",
    }


def _level(given: Given) -> str:
    return str(given["ranked"][0]["level"]) if given["ranked"] else ""


def _month(begun: str) -> str:
    when = day(begun)
    if when is not None:
        return f"{when.year:04}-{when.month:02}"
    year = _YEAR.match(begun)
    return year.group() if year else ""
