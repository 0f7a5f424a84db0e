"""What can be recommended (paths.yaml), and what each answer speaks for and against.

Why this module exists: a path without a reason is never first, and a reason without its path
says nothing. A row left out by mistake reads as "this says nothing", so every answer needs its
row, and an empty one is written on purpose. A sentence has one direction: it stands under
`for` or under `against`.

It must not rank paths, or know how one is chosen.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pathfinder.engine.conditions import Condition
from pathfinder.engine.question import SKIP, UNSURE, Grounds, Passage
from pathfinder.engine.rules import Argument, ReasonRow, ReasonTable
from pathfinder.engine.ruleset import Comparison, InShort, Path
from pathfinder.loader.conditions import optional_condition, paths_meant
from pathfinder.loader.fields import GROUNDS, KEBAB, SNAKE, Fields, Form, Key, Reader
from pathfinder.loader.ids_and_answers import Names, Shape
from pathfinder.loader.sources_and_steps import Passages, grounds
from pathfinder.loader.syntax.nodes import Kind, MapNode, Node, ScalarNode
from pathfinder.sanitize import quoted

PATHS: Final = Form(
    "paths.yaml",
    {
        "compare": ("a row of the comparison+", "The rows of `pathfinder compare`, in order."),
        "paths": ("a path+", "What can be recommended; the order breaks the last ties."),
        "shared?": ("a shared passage*", "Passages that stand in several places, named by id."),
    },
)
ROW: Final = Form(
    "a row of the comparison",
    {
        "id": ("snake", "Its key under `compare` of every path."),
        "title": ("text", "Its heading."),
    },
)
PATH: Final = Form(
    "a path",
    {
        "id": ("kebab", "Its name in rules and results; it stays when the text changes."),
        "name": ("text", "Its name as people read it."),
        "short": ("text", "What it is, in one sentence."),
        "level": ("level", "The level of care that it gives."),
        "approach": ("approach", "Whether it works with the Twelve Steps."),
        "traits?": ("traits of a path", "What it is, for rules that name traits."),
        "what": ("passage+", "What it is."),
        "good?": ("passage+", "What is good about it."),
        "hard?": ("passage+", "What may be hard about it, in as much detail as `good`."),
        "like?": ("passage+", "How a day feels, who is in the room, what one is asked to do."),
        "week": ("passage+", "What a usual week looks like."),
        "run_by": ("passage+", "Who runs it."),
        "length": ("passage+", "How long it takes."),
        "cost": ("passage+", "What it costs, and who may pay."),
        "first_moves": ("passage+", "What a person can do first."),
        "ask": ("passage+", "What to ask a program of this kind."),
        "next": ("passage+", "What comes after it."),
        "compare": ("the comparison of a path", "A short text for every row of `compare`."),
        "alongside?": ("truth", "Below the safe level it can still help beside another path."),
        "in_short?": ("a path in short", "Its facts for a page with little room."),
        "brief?": ("text", "Its name where there is little room. Default: `name`."),
    },
)
IN_SHORT: Final = Form(
    "a path in short",
    {
        "time": ("passage", "The time that it takes in a week."),
        "length": ("passage", "How long it takes in all."),
        "after": ("passage", "What comes after it."),
    },
)
APPROACHES: Final = ("twelve-step", "secular", "either")

CompareRows = tuple[tuple[str, str], ...]


def paths_file(
    reader: Reader, root: MapNode | None, names: Names, passages: Passages
) -> tuple[tuple[Path, ...], CompareRows]:
    """Every path in the order of the file, and (row id, title) of the comparison."""
    fields = reader.fields(root, PATHS)
    rows = _rows(reader, fields.get("compare"))
    row_form = comparison(rows)
    taken: dict[str, str] = {}
    paths = []
    for item in reader.items(fields.get("paths"), "a list of paths"):
        paths.append(_path(reader, item, taken, row_form, names, passages))
    return tuple(paths), rows


def comparison(rows: CompareRows) -> Form:
    """The form of `compare` in a path: a text for each row."""
    texts = {row: ("text", f"{title}.") for row, title in rows}
    return Form("the comparison of a path", {**texts, **GROUNDS})


def _rows(reader: Reader, node: Node | None) -> CompareRows:
    taken: dict[str, str] = {}
    rows = []
    for item in reader.items(node, "a list of rows like {id: …, title: …}"):
        fields = reader.fields(item, ROW)
        row = reader.new_id(fields.get("id"), SNAKE, taken)
        rows.append((row, reader.text(fields.get("title"))))
    return tuple(rows)


def _path(
    reader: Reader,
    item: Node,
    taken: dict[str, str],
    row_form: Form,
    names: Names,
    passages: Passages,
) -> Path:
    fields = reader.fields(item, PATH)

    def passage_list(key: str) -> tuple[Passage, ...]:
        return passages.several(reader, fields.get(key))

    compare, compare_grounds = _compare(reader, fields, row_form, names)
    return Path(
        id=reader.new_id(fields.get("id"), KEBAB, taken),
        name=reader.text(fields.get("name")),
        short=reader.text(fields.get("short")),
        level=reader.name(fields.get("level"), names.levels),
        approach=reader.choice(fields.get("approach"), "approach", APPROACHES),
        alongside=reader.truth(fields.get("alongside")),
        what=passage_list("what"),
        week=passage_list("week"),
        run_by=passage_list("run_by"),
        length=passage_list("length"),
        cost=passage_list("cost"),
        first_moves=passage_list("first_moves"),
        ask=passage_list("ask"),
        next=passage_list("next"),
        compare=compare,
        compare_grounds=compare_grounds,
        in_short=_in_short(reader, fields.get("in_short"), passages),
        traits=_traits(reader, item, fields.get("traits"), names),
        brief=reader.text(fields.get("brief")),
        good=_optional(reader, fields.get("good"), passages),
        hard=_optional(reader, fields.get("hard"), passages),
        like=_optional(reader, fields.get("like"), passages),
    )


def _optional(reader: Reader, node: Node | None, passages: Passages) -> tuple[Passage, ...]:
    return () if node is None else passages.several(reader, node)


def _traits(
    reader: Reader, path: Node, node: Node | None, names: Names
) -> tuple[tuple[str, str], ...]:
    """What a path is. Each answers every trait that any path has, so that none is forgotten."""
    if node is not None and not isinstance(node, MapNode):
        reader.wrong(node, "a mapping of traits like {housing: false}")
        return ()
    entries = {} if node is None else node.entries
    every = dict.fromkeys(trait for traits in names.traits.values() for trait in traits)
    for trait in every:
        if trait not in entries and trait not in ("level", "approach"):
            message = f"this path doesn't say the trait {quoted(trait)}, which others do"
            reader.note(node or path, "missing-key", message)
    traits = []
    for trait, (_, value) in entries.items():
        if isinstance(value, ScalarNode) and value.kind in (Kind.TEXT, Kind.TRUTH):
            traits.append((trait, value.value))
        else:
            reader.wrong(value, "true, false or a word")
    return tuple(traits)


def _in_short(reader: Reader, node: Node | None, passages: Passages) -> InShort | None:
    if node is None:
        return None
    fields = reader.fields(node, IN_SHORT)
    return InShort(*(passages.one(reader, fields.get(key)) for key in IN_SHORT.required))


def _compare(
    reader: Reader, path: Fields, form: Form, names: Names
) -> tuple[tuple[Comparison, ...], Grounds]:
    node = path.get("compare")
    fields = reader.fields(node, form)
    if node is None or not isinstance(node, MapNode):
        return (), Grounds()
    rows = [Comparison(row, reader.text(fields.get(row))) for row in form.required]
    return tuple(rows), grounds(reader, fields, node, names)


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
REASON_ROW: Final = Form(
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
        rows=_reason_rows(reader, fields.get("answers"), question, names, default),
    )


def _reason_rows(
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
    fields = reader.fields(node, REASON_ROW)
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
