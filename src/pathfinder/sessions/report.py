"""Figures for an agency: how many intakes a month, what was found, how often counselors agree.

Why this module exists: an agency counts its work, and a small count points to a person. So no
number under the agency's own least is told, and none that could be worked out from the others:
where one part of a whole is too small, another is held back with it.

It must not name a client, tell a day, or know how a figure is shown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from pathfinder.engine.ruleset import RuleSet
from pathfinder.sessions.compare import top
from pathfinder.sessions.contacts import by_client, what_became
from pathfinder.sessions.held import held_of
from pathfinder.sessions.index import word_for
from pathfinder.sessions.model import Given, Session
from pathfinder.sessions.times import day

_YEAR: Final = re.compile("[0-9]{4}")

PARTS: Final = (
    "held", "tool_level", "own_level", "tool_path", "own_path", "judgement", "reason", "contact",
)  # fmt: skip
"""What is counted, in the order in which it is told. Each of them parts the same intakes.

Behind them comes a part for each first step, `step:ID`, of the intakes that had it.
"""
STEP: Final = "step:"
HELD: Final = "held"


class Count(NamedTuple):
    """How many there are of one value. None: too few to be told, or held back with one that is."""

    value: str
    number: int | None


class MonthFigures(NamedTuple):
    """One month. `month` is 2026-11, or a year alone. `intakes`: None for too few to be told."""

    month: str
    intakes: int | None
    parts: Mapping[str, tuple[Count, ...]]


def figures_by_month(
    rules: RuleSet, sessions: Sequence[Session], least: int, today: date
) -> list[MonthFigures]:
    """Every month with an intake, the earliest first. `least`: the smallest number that is told."""
    of_clients = by_client(sessions)
    months: dict[str, list[dict[str, str]]] = {}
    for session in sessions:
        parts = _parts(rules, session)
        parts["contact"] = what_became(session, of_clients[session.client.casefold()], today)
        months.setdefault(_month(session.begun), []).append(parts)
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


def _figures(
    rules: RuleSet, month: str, rows: Sequence[Mapping[str, str]], least: int
) -> MonthFigures:
    if len(rows) < least:
        return MonthFigures(month, None, {})
    steps = [f"{STEP}{step.id}" for step in rules.steps]
    parts = {
        part: _counted((row[part] for row in rows if part in row), least)
        for part in (*PARTS, *steps)
        if any(part in row for row in rows)
    }
    return MonthFigures(month, len(rows), parts)


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
    held = held_of(session) is not None
    # Of an intake that was stopped, what the tool says of three answers is no finding.
    tool_path, tool_level = (HELD, HELD) if held else (top(given) or "", _level(given))
    own_path = own_level = ""
    if judgement is not None and judgement.agrees:
        own_path, own_level = tool_path, tool_level
    elif judgement is not None:
        known = rules.path_by_id.get(judgement.path or "")
        own_path = judgement.path or ""
        own_level = judgement.level or (known.level if known else "")
    reason = judgement.reason if judgement is not None else None
    taken = {each.step: each.word for each in session.newest.steps}
    steps = {f"{STEP}{step['id']}": taken.get(step["id"], "") for step in given["first"]}
    return {
        **steps,
        "held": HELD if held else "not-held",
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
