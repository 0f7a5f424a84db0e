"""Figures for an agency: how many intakes a month, what was found, how often counselors agree.

Why this module exists: an agency counts its work, and a small count points to a person. So no
number under the agency's own least is told, and none that could be worked out from the others:
where one part of a whole is too small, another is held back with it. The same figures are read
aloud in a meeting (`report_page`) and sent to a funder (`report_rows`); in both, what is held
back stands there as held back: left out it would look like none.

It must not name a client, or tell a day.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages.blocks import Block, Bullet, Heading, Text
from pathfinder.pages.phrases import level_words
from pathfinder.sanitize import clean
from pathfinder.sessions.choices import CAME, OTHER_CARE, REASONS, STEP_WORDS
from pathfinder.sessions.compare import top
from pathfinder.sessions.index import word_for
from pathfinder.sessions.listing import date_or_none
from pathfinder.sessions.model import CONTACT, NEXT, Given, Session, day, held_of, instant

_YEAR: Final = re.compile("[0-9]{4}")
MADE, MISSED, UNSURE, UNTOLD, AHEAD = "made", "missed", "unsure", "untold", "ahead"
_BECAME: Final = {"yes": MADE, "no": MISSED, "unsure": UNSURE}

PARTS: Final = (
    "held", "tool_level", "own_level", "tool_path", "own_path", "judgement", "reason", "contact",
)  # fmt: skip
"""What is counted, in the order in which it is told. Each of them parts the same intakes.

Behind them comes a part for each first step, `step:ID`, of the intakes that had it.
"""
STEP: Final = "step:"
HELD: Final = "held"
KIND_OPEN: Final = "kind-open"
AGREED: Final = "agreed"

NO_MONTH: Final = "No month known"
NOTHING: Final = "No session is saved yet, so there is nothing to count."
PART_NAMES: Final = {
    "held": "Stopped for safety",
    "tool_level": "Level of Pathfinder's first path",
    "own_level": "Level the counselor chose",
    "tool_path": "Pathfinder's first path",
    "own_path": "Path the counselor chose",
    "judgement": "The counselor's judgement",
    "reason": "Reason to judge otherwise",
    "contact": "Next contact",
}
VALUE_NAMES: Final = {
    "held": {"not-held": "not stopped"},
    "judgement": {"agrees": "agrees", "otherwise": "otherwise", "open": "left open"},
    "own_path": {KIND_OPEN: "the level agreed with, which kind is open"},
    "reason": {"": "no reason given, or none needed", **REASONS},
    "contact": {"": "none agreed", MADE: "made", MISSED: "not made",
                UNSURE: "not sure whether it was made", UNTOLD: "over, and nothing told of it",
                AHEAD: "still to come"},
}  # fmt: skip
_STEP_NAMES: Final = {
    "": "not spoken of",
    **{id_: words.lower() for id_, words in STEP_WORDS.items()},
    f"{AGREED}: yes": "agreed, and it happened",
    f"{AGREED}: no": "agreed, and it didn't happen",
    f"{AGREED}: unsure": "agreed, and not sure whether it happened",
}
_NONE: Final = "none named"


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
        of_client = of_clients[session.client.casefold()]
        parts = _parts(rules, session, _told_since(session, of_client))
        parts["contact"] = what_became(session, of_client, today)
        months.setdefault(_month(session.begun), []).append(parts)
    return [_figures(rules, month, months[month], least) for month in sorted(months)]


def by_client(sessions: Iterable[Session]) -> Mapping[str, Sequence[Session]]:
    """Sessions by their client's code, whatever case it was typed in."""
    found: dict[str, list[Session]] = {}
    for session in sessions:
        found.setdefault(session.client.casefold(), []).append(session)
    return found


def what_became(session: Session, of_client: Sequence[Session], today: date) -> str:
    """What became of the next contact that was agreed in a session; "" where none was.

    `of_client`: every session of that client. Only what a follow-up was told counts: something
    saved on a later day may be a slip mended, and silence is no call that was missed.
    """
    agreed = session.newest.agreed
    on = date_or_none(agreed.next_contact) if agreed is not None else None
    if on is None:
        return ""
    told = _told_since(session, of_client)
    return _BECAME.get(told.get(NEXT) or told.get(CONTACT, "")) or (UNTOLD if on < today else AHEAD)


def _told_since(session: Session, of_client: Sequence[Session]) -> Mapping[str, str]:
    """What follow-ups of a session were told of what was agreed in it; the last word counts."""
    follow_ups = [each for each in of_client if each.follows == session.id]
    follow_ups.sort(key=lambda each: instant(each.newest.saved))
    return {key: word for each in follow_ups for key, word in each.newest.came}


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


def _parts(rules: RuleSet, session: Session, came: Mapping[str, str]) -> dict[str, str]:
    """One intake by each of `PARTS`; "" where there is nothing to say.

    `came`: what was told at a follow-up. A step that was agreed on isn't one that was taken.
    """
    given, judgement = session.given, session.newest.judgement
    held = held_of(session) is not None
    # Of an intake that was stopped, what the tool says of three answers is no finding.
    tool_path, tool_level = (HELD, HELD) if held else (top(given) or "", _level(given))
    own_path = own_level = ""
    if judgement is not None and judgement.agrees:
        own_level = judgement.level or tool_level
        own_path = KIND_OPEN if judgement.level else tool_path
    elif judgement is not None:
        known = rules.path_by_id.get(judgement.path or "")
        own_path = judgement.path or ""
        own_level = judgement.level or (known.level if known else "")
    reason = judgement.reason if judgement is not None else None
    taken = {
        each.step: f"{AGREED}: {came[each.step]}"
        if each.word == AGREED and came.get(each.step) in CAME
        else each.word
        for each in session.newest.steps
    }
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


def report_page(rules: RuleSet, months: Sequence[MonthFigures], least: int) -> tuple[Block, ...]:
    """Each month under a heading, each part of it in a line."""
    blocks: list[Block] = [Text(_about(least))]
    for month in months:
        blocks.append(Heading(1, month.month or NO_MONTH))
        if month.intakes is None:
            blocks.append(Text(f"Intakes: under {least}. Nothing more is told of so few."))
            continue
        blocks.append(Text(str(month.intakes), label="Intakes"))
        for part, counts in month.parts.items():
            blocks.append(Bullet(_line(rules, part, counts), label=_part(rules, part)))
    return tuple(blocks)


def report_rows(months: Sequence[MonthFigures], least: int) -> list[dict[str, Any]]:
    """A row a figure, with ids: month, what, value, sessions. What is held back says `under N`."""
    rows: list[dict[str, Any]] = []
    for month in months:
        rows.append(_row(month.month, "intakes", "", month.intakes, f"under {least}"))
        for part, counts in month.parts.items():
            rows += [_row(month.month, part, each.value, each.number, "held back")
                     for each in counts]  # fmt: skip
    return rows


def _row(month: str, what: str, value: str, number: int | None, instead: str) -> dict[str, Any]:
    told: int | str = instead if number is None else number
    return {"month": month, "what": what, "value": value, "sessions": told}


def _about(least: int) -> str:
    return (
        f"No number under {least} is told, and none that would give one away. "
        "To set another: smallest_count in config.yaml."
    )


def _line(rules: RuleSet, part: str, counts: Sequence[Count]) -> str:
    told = [f"{_name(rules, part, each.value)}: {each.number}"
            for each in counts if each.number is not None]  # fmt: skip
    hidden = [_name(rules, part, each.value) for each in counts if each.number is None]
    if hidden:
        told.append(f"held back: {', '.join(hidden)}")
    return "; ".join(told) + "."


def _part(rules: RuleSet, part: str) -> str:
    if not part.startswith(STEP):
        return PART_NAMES[part]
    id_ = part.removeprefix(STEP)
    title = next((step.title for step in rules.steps if step.id == id_), id_)
    return f"First step, {title[0].lower()}{title[1:]}"


def _name(rules: RuleSet, part: str, value: str) -> str:
    known: Mapping[str, str] = VALUE_NAMES.get(part, {})
    if value == HELD:
        return "stopped for safety"
    if part.startswith(STEP):
        known = _STEP_NAMES
    elif part == "own_level":
        known = OTHER_CARE
    if value in known:
        return known[value]
    if part.endswith("_level") and value in rules.level_rank:
        return level_words(rules, value)
    if part.endswith("_path") and value in rules.path_by_id:
        return rules.path_by_id[value].name
    return clean(value) or _NONE
