"""Reasons: what each answer says, and what it speaks for and against.

Why this module exists: a row left out by mistake reads as "this says nothing", so every
answer needs its row, and an empty one is written on purpose. A sentence has one direction:
it stands under `for` or under `against`.

It must not rank paths.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pathfinder.engine.conditions import Condition
from pathfinder.engine.question import SKIP, UNSURE, Grounds
from pathfinder.engine.rules import Argument, ReasonRow, ReasonTable
from pathfinder.loader.answers import Shape
from pathfinder.loader.conditions import optional_condition, paths_meant
from pathfinder.loader.fields import KEBAB, Form, Key, Reader
from pathfinder.loader.ids import Names
from pathfinder.loader.sources_file import grounds
from pathfinder.loader.syntax.nodes import Kind, MapNode, Node
from pathfinder.sanitize import quoted

_SHARED: Final[Mapping[str, Key]] = {
    "sources?": ("a citation+", "Where this is from; it holds for all that stands inside."),
    "judgement?": ("text", "What we decided ourselves, and why; for all that stands inside."),
}
TABLE: Final = Form(
    "a table of reasons",
    {
        "id": ("kebab", "Its name in explanations."),
        "by": ("question", "The question whose answers speak here."),
        "answers": ("a row for every answer", "What each answer says; `{}` for nothing."),
        **_SHARED,
    },
)
ROW: Final = Form(
    "what an answer says",
    {
        "says": ("text", "What the person said, in the second person, without a full stop."),
        "for?": ("an argument+", "What speaks for paths."),
        "against?": ("an argument+", "What speaks against paths."),
        "when?": ("condition", "The row counts only where this is known to hold."),
        "unless?": ("condition", "It doesn't count where this is known to hold."),
        **_SHARED,
    },
)
ARGUMENT: Final = Form(
    "an argument",
    {
        "paths": ("paths meant", "The paths that it is about."),
        "weight": ("weight", "1 a little, 2 clearly, 3 strongly."),
        "because": (
            "text",
            "What these paths do with it; small at the start, it goes on from `says`.",
        ),
        "when?": ("condition", "It counts only where this is known to hold."),
        "unless?": ("condition", "It doesn't count where this is known to hold."),
        **_SHARED,
    },
)
MOST_POINTS: Final = 3


def reason_table(
    reader: Reader, node: Node, factor: str, names: Names, taken: dict[str, str]
) -> ReasonTable:
    """One table. `taken`: rule ids of the whole set so far."""
    fields = reader.fields(node, TABLE)
    default = None
    if "sources" in fields or "judgement" in fields:
        default = grounds(reader, fields, node, names)
    question = reader.name(fields.get("by"), names.questions)
    return ReasonTable(
        id=reader.new_id(fields.get("id"), KEBAB, taken),
        factor=factor,
        question=question,
        rows=_rows(reader, fields.get("answers"), question, names, default),
    )


def _rows(
    reader: Reader, node: Node | None, question: str, names: Names, default: Grounds | None
) -> dict[str, ReasonRow]:
    if node is None:
        return {}
    if not isinstance(node, MapNode):
        reader.wrong(node, "a mapping with a row for every answer")
        return {}
    shape = names.shapes.get(question)
    rows: dict[str, ReasonRow] = {}
    for answer, (at, row) in node.entries.items():
        if shape is not None and answer not in shape.answers and answer not in (UNSURE, SKIP):
            if at.kind is not Kind.BAD:
                reader.unknown(
                    at, "answer", answer, shape.answers, of=question, stands=shape.stands
                )
            continue
        rows[answer] = _row(reader, answer, row, names, default)
    if shape is not None:
        for answer in shape.answers:
            if answer not in node.entries:
                message = f"no row for the answer {quoted(answer)} of {question}; write {{}}"
                reader.note(node, "missing-row", f"{message} if it says nothing")
        if shape.kind == "many":
            _bounded(reader, node, question, shape, rows)
    return rows


def _row(
    reader: Reader, answer: str, node: Node, names: Names, default: Grounds | None
) -> ReasonRow:
    if not isinstance(node, MapNode):
        reader.wrong(node, "a row like {says: …, for: […], against: […]}, or {}")
        return ReasonRow(answer, "", ())
    if not node.entries:
        return ReasonRow(answer, "", ())
    fields = reader.fields(node, ROW)
    own = default
    if "sources" in fields or "judgement" in fields:
        own = grounds(reader, fields, node, names)
    when = optional_condition(reader, fields.get("when"), names)
    unless = optional_condition(reader, fields.get("unless"), names)
    arguments = [
        _argument(reader, item, sign, names, own, (when, unless))
        for key, sign in (("for", 1), ("against", -1))
        for item in reader.items(fields.get(key), f'a list of arguments under "{key}"')
    ]
    if "for" not in fields and "against" not in fields:
        message = f"the row for {quoted(answer)} speaks for and against no path; write {{}}"
        reader.note(node, "row-without-points", message)
    return ReasonRow(answer, reader.text(fields.get("says")), tuple(arguments))


def _argument(
    reader: Reader,
    node: Node,
    sign: int,
    names: Names,
    default: Grounds | None,
    of_row: tuple[Condition | None, Condition | None],
) -> Argument:
    """One argument. The conditions of its row hold for it too, where it has none of its own."""
    fields = reader.fields(node, ARGUMENT)
    weight = fields.get("weight")
    return Argument(
        paths=paths_meant(reader, fields.get("paths"), names),
        points=0 if weight is None else sign * reader.whole(weight, 1, MOST_POINTS),
        because=reader.text(fields.get("because")),
        grounds=grounds(reader, fields, node, names, default=default),
        when=optional_condition(reader, fields.get("when"), names) or of_row[0],
        unless=optional_condition(reader, fields.get("unless"), names) or of_row[1],
    )


def _bounded(
    reader: Reader, node: MapNode, question: str, shape: Shape, rows: dict[str, ReasonRow]
) -> None:
    """Whatever is chosen of a `many` question, no path gains or loses more than 3."""
    sums: dict[tuple[str, int], dict[str, int]] = {}
    for answer, row in rows.items():
        if answer in shape.listed:
            for argument in row.arguments:
                for path in argument.paths:
                    parts = sums.setdefault((path, 1 if argument.points > 0 else -1), {})
                    parts[answer] = parts.get(answer, 0) + argument.points
    for (path, sign), parts in sums.items():
        total = sum(parts.values())
        if abs(total) > MOST_POINTS:
            limit = f"the {'most' if sign > 0 else 'least'} is {sign * MOST_POINTS}"
            message = f"{', '.join(parts)} of {question} add up to {total} for {path}; {limit}"
            reader.note(node, "sum-out-of-range", message)
