"""Fit tables: what each answer to a question adds or takes for each path.

Why this module exists: a row left out by mistake reads as "this says nothing",
so every answer needs its row, and an empty one is written on purpose.

It must not rank paths.
"""

from __future__ import annotations

from typing import Final

from pathfinder.engine.evidence import Grounds
from pathfinder.engine.question import SKIP, UNSURE
from pathfinder.engine.rules import FitRow, FitTable
from pathfinder.loader.answers import Shape
from pathfinder.loader.fields import GROUNDS, KEBAB, Form, Reader
from pathfinder.loader.ids import Names
from pathfinder.loader.sources_file import grounds
from pathfinder.loader.syntax.nodes import Kind, MapNode, Node
from pathfinder.sanitize import quoted

TABLE: Final = Form(
    "a fit table",
    {
        "id": ("kebab", "Its name in explanations."),
        "by": ("question", "The question whose answers give points."),
        "points": ("rows of points", "A row for every answer; `{}` where it says nothing."),
        "sources?": ("a citation+", "Grounds of every row without its own."),
        "judgement?": ("text", "Grounds of every row without its own."),
    },
)
ROW: Final = Form(
    "a row of points",
    {"because": ("text", "A fact about the answer that reads well for and against."), **GROUNDS},
)
"""What stands in a row beside its points, path by path."""
_ROW_WORDS: Final = tuple(ROW.allowed)
MOST_POINTS: Final = 3


def fit_table(
    reader: Reader, node: Node, factor: str, names: Names, taken: dict[str, str]
) -> FitTable:
    """One table. `taken`: rule ids of the whole set so far."""
    fields = reader.fields(node, TABLE)
    table_grounds = None
    if "sources" in fields or "judgement" in fields:
        table_grounds = grounds(reader, fields, node, names)
    question = reader.name(fields.get("by"), names.questions)
    rows = _rows(reader, fields.get("points"), question, names, table_grounds)
    return FitTable(
        id=reader.new_id(fields.get("id"), KEBAB, taken),
        factor=factor,
        question=question,
        rows=rows,
    )


def _rows(
    reader: Reader, node: Node | None, question: str, names: Names, default: Grounds | None
) -> dict[str, FitRow]:
    if node is None:
        return {}
    if not isinstance(node, MapNode):
        reader.wrong(node, "a mapping with a row for every answer")
        return {}
    shape = names.shapes.get(question)
    rows: dict[str, FitRow] = {}
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


def _row(reader: Reader, answer: str, node: Node, names: Names, default: Grounds | None) -> FitRow:
    if not isinstance(node, MapNode):
        reader.wrong(node, "a row like {residential: 3, because: …}, or {}")
        return FitRow(answer, {}, "", Grounds())
    fields = {key: value for key, (_, value) in node.entries.items() if key in _ROW_WORDS}
    points: dict[str, int] = {}
    for path, (at, value) in node.entries.items():
        if path in fields:
            continue
        if names.paths.complete and path not in names.paths.ids:
            if at.kind is not Kind.BAD:
                reader.unknown(at, names.paths.what, path, [*names.paths.ids, *_ROW_WORDS])
            continue
        points[path] = reader.whole(value, -MOST_POINTS, MOST_POINTS)
    if not node.entries:
        return FitRow(answer, {}, "", default or Grounds())
    if "because" not in fields:
        reader.note(node, "missing-key", f"the row for {quoted(answer)} needs the key because")
    elif len(fields) == len(node.entries):
        message = f"the row for {quoted(answer)} gives no path any points; write {{}}"
        reader.note(node, "row-without-points", message)
    return FitRow(
        answer=answer,
        points=points,
        because=reader.text(fields.get("because")),
        grounds=grounds(reader, fields, node, names, default=default),
    )


def _bounded(
    reader: Reader, node: MapNode, question: str, shape: Shape, rows: dict[str, FitRow]
) -> None:
    """Whatever is chosen of a `many` question, no path gains or loses more than 3."""
    chosen = [row for answer, row in rows.items() if answer in shape.listed]
    for path in dict.fromkeys(path for row in chosen for path in row.points):
        for sign in (1, -1):
            parts = [row.answer for row in chosen if row.points.get(path, 0) * sign > 0]
            total = sum(rows[answer].points[path] for answer in parts)
            if abs(total) > MOST_POINTS:
                limit = f"the {'most' if sign > 0 else 'least'} is {sign * MOST_POINTS}"
                message = f"{', '.join(parts)} of {question} add up to {total} for {path}; {limit}"
                reader.note(node, "sum-out-of-range", message)
