"""paths.yaml: what can be recommended, and the rows of the side-by-side view.

It must not know how a path is chosen.
"""

from __future__ import annotations

from typing import Final

from pathfinder.engine.evidence import Grounds, Passage
from pathfinder.engine.ruleset import Comparison, InShort, Path
from pathfinder.loader.fields import KEBAB, SNAKE, Fields, Form, Reader
from pathfinder.loader.ids import Names
from pathfinder.loader.sources_file import Passages, grounds
from pathfinder.loader.syntax.nodes import MapNode, Node

_FILE: Final = Form("paths.yaml", "compare paths", "shared")
_ROW: Final = Form("a row of the comparison", "id title")
_PATH: Final = Form(
    "a path",
    "id name short level approach what week run_by length cost first_moves ask next compare",
    "alongside in_short",
)
_IN_SHORT: Final = Form("a path in short", "time length after")
_APPROACHES: Final = ("twelve-step", "secular", "either")

CompareRows = tuple[tuple[str, str], ...]


def paths_file(
    reader: Reader, root: MapNode | None, names: Names, passages: Passages
) -> tuple[tuple[Path, ...], CompareRows]:
    """Every path in the order of the file, and (row id, title) of the comparison."""
    fields = reader.fields(root, _FILE)
    rows = _rows(reader, fields.get("compare"))
    row_form = Form(
        "the comparison of a path", " ".join(row for row, _ in rows), "sources judgement"
    )
    taken: dict[str, str] = {}
    paths = []
    for item in reader.items(fields.get("paths"), "a list of paths"):
        paths.append(_path(reader, item, taken, row_form, names, passages))
    return tuple(paths), rows


def _rows(reader: Reader, node: Node | None) -> CompareRows:
    taken: dict[str, str] = {}
    rows = []
    for item in reader.items(node, "a list of rows like {id: …, title: …}"):
        fields = reader.fields(item, _ROW)
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
    fields = reader.fields(item, _PATH)

    def passage_list(key: str) -> tuple[Passage, ...]:
        return passages.several(reader, fields.get(key))

    compare, compare_grounds = _compare(reader, fields, row_form, names)
    return Path(
        id=reader.new_id(fields.get("id"), KEBAB, taken),
        name=reader.text(fields.get("name")),
        short=reader.text(fields.get("short")),
        level=reader.name(fields.get("level"), names.levels),
        approach=reader.choice(fields.get("approach"), "approach", _APPROACHES),
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
    )


def _in_short(reader: Reader, node: Node | None, passages: Passages) -> InShort | None:
    if node is None:
        return None
    fields = reader.fields(node, _IN_SHORT)
    return InShort(*(passages.one(reader, fields.get(key)) for key in _IN_SHORT.required))


def _compare(
    reader: Reader, path: Fields, form: Form, names: Names
) -> tuple[tuple[Comparison, ...], Grounds]:
    node = path.get("compare")
    fields = reader.fields(node, form)
    if node is None or not isinstance(node, MapNode):
        return (), Grounds()
    rows = [Comparison(row, reader.text(fields.get(row))) for row in form.required]
    return tuple(rows), grounds(reader, fields, node, names)
