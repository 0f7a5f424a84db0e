"""The figures of a report as a page for people, and as rows for a spreadsheet.

Why this module exists: the same figures are read aloud in a meeting and sent to a funder. In
both, what is held back stands there as held back: left out it would look like none.

It must not count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages.blocks import Block, Bullet, Heading, Text
from pathfinder.pages.phrases import level_words
from pathfinder.sanitize import clean
from pathfinder.sessions.contacts import AHEAD, MADE, MISSED
from pathfinder.sessions.report import HELD, STEP, Count, MonthFigures
from pathfinder.sessions.validate import OTHER_CARE, REASONS, STEP_WORDS

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
    "reason": {"": "no reason given, or none needed", **REASONS},
    "contact": {"": "none agreed", MADE: "made", MISSED: "not made", AHEAD: "still to come"},
}
_NONE: Final = "none named"


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
        known = {"": "not spoken of", **{id_: words.lower() for id_, words in STEP_WORDS.items()}}
    elif part == "own_level":
        known = OTHER_CARE
    if value in known:
        return known[value]
    if part.endswith("_level") and value in rules.level_rank:
        return level_words(rules, value)
    if part.endswith("_path") and value in rules.path_by_id:
        return rules.path_by_id[value].name
    return clean(value) or _NONE
