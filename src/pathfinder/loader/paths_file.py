"""paths.yaml: what can be recommended, and the rows of the side-by-side view.

It must not know how a path is chosen.
"""

from __future__ import annotations

from typing import Final

from pathfinder.engine.question import Grounds, Passage
from pathfinder.engine.ruleset import Comparison, InShort, Path
from pathfinder.loader.fields import GROUNDS, KEBAB, SNAKE, Fields, Form, Reader
from pathfinder.loader.ids import Names
from pathfinder.loader.sources_file import Passages, grounds
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
