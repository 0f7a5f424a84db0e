"""A mapping: which columns of an agency's own data say what, as a YAML file.

Why this module exists: every agency has its own columns, and a wrong guess about one of them
would be a wrong life. So each value is named, with the answer that it means or that it says
nothing; one that isn't named is a problem, at its line.

It must not read an agency's data (`bring_in` does), or decide.

    mapping: ours
    about: Admissions of our own register
    unknown: ["", "99"]                  # these mean unknown, in whatever column
    client: {column: NUMBER, prefix: "A-"}
    day: {column: ADMITTED, form: date}
    answers:
      home:
        - {column: HOUSING, values: {"1": none, "2": steady}, says_nothing: ["3"]}
    level: {column: PLACED, values: {iop: intensive}}
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from pathfinder.engine.question import NONE, Question
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import AnswersError, Problem
from pathfinder.files import read_bytes
from pathfinder.loader.fields import Form, Known, Reader
from pathfinder.loader.syntax.nodes import MapNode, Node
from pathfinder.loader.syntax.yaml import read_yaml
from pathfinder.sanitize import clean, quoted
from pathfinder.sessions.choices import OTHER_CARE

BUILT_IN: Final = ("teds-a",)
DAYS: Final = {"date": "%Y-%m-%d", "us-date": "%m/%d/%Y", "year": "%Y"}
"""How a day may be written -> as `datetime.strptime` reads it."""

_MOST_BYTES: Final = 1024 * 1024
_FILE: Final = Form(
    "a mapping",
    {
        "mapping": ("text", "Its name."),
        "about": ("text", "What data it is for."),
        "unknown?": ("values", "Values that mean unknown, in whatever column."),
        "client": ("a code's column", "Where the client's code stands."),
        "day": ("a day's column", "Where the day of the intake stands."),
        "answers": ("columns by question", "What says which answer."),
        "level?": ("a column", "Where the level of care stands that somebody chose."),
    },
)
_CLIENT: Final = Form(
    "the client's code",
    {"column": ("text", "The column."), "prefix?": ("text", "What is put before it.")},
)
_DAY: Final = Form(
    "the day",
    {"column": ("text", "The column."), "form": ("text", "date, us-date or year.")},
)
_COLUMN: Final = Form(
    "a column",
    {
        "column": ("text", "The column."),
        "where?": ("values by column", "Only in rows where these columns hold one of these."),
        "values": ("answers by value", "What each value means."),
        "says_nothing?": ("values", "Values that leave the answer unknown."),
    },
)


class MappedColumn(NamedTuple):
    """What the values of one column mean. `silent`: values that say nothing."""

    column: str
    where: Mapping[str, tuple[str, ...]]
    values: Mapping[str, str]
    silent: frozenset[str]


class CodeColumn(NamedTuple):
    """Where the client's code stands, and what is put before it."""

    column: str
    prefix: str


class DayColumn(NamedTuple):
    """Where the day stands, and how it is written: a key of `DAYS`."""

    column: str
    form: str


class ImportMapping(NamedTuple):
    """Which columns say what. `answers`: question -> its columns, the first that says one wins."""

    id: str
    unknown: frozenset[str]
    client: CodeColumn
    day: DayColumn
    answers: Mapping[str, tuple[MappedColumn, ...]]
    level: MappedColumn | None

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that it reads, each once."""
        mapped = [column for columns in self.answers.values() for column in columns]
        mapped += [self.level] if self.level is not None else []
        names = [self.client.column, self.day.column]
        for each in mapped:
            names += [each.column, *each.where]
        return tuple(dict.fromkeys(names))


class ImportProblems(AnswersError):
    """A mapping, or the data that it is for, doesn't hold: nothing is brought in."""

    how_to_see_all = "To see them all, add --all."


def read_mapping(rules: RuleSet, name: str) -> ImportMapping:
    """The mapping in a file, or a built-in one by its name.

    Raises `ImportProblems` with every problem at its line, and FileProblem.
    """
    if name in BUILT_IN and not os.path.lexists(name):
        file = str(Path(__file__).with_name(f"{name}.yaml"))
    else:
        file = name
    label = clean(name)
    data = read_bytes(file, label, _MOST_BYTES, "Name a mapping: a YAML file, or teds-a.")
    root, problems = read_yaml(data, label)
    mapping = _mapping(Reader(label, problems), root, rules) if root is not None else None
    if problems or mapping is None:
        nothing = Problem(label, 1, 1, "empty", "no mapping stands in this file")
        raise ImportProblems(sorted(problems, key=lambda each: each[1:3]) or [nothing])
    return mapping


def _mapping(reader: Reader, root: MapNode, rules: RuleSet) -> ImportMapping:
    fields = reader.fields(root, _FILE)
    client = reader.fields(fields.get("client"), _CLIENT)
    day = reader.fields(fields.get("day"), _DAY)
    reader.text(fields.get("about"))
    level = fields.get("level")
    form = reader.text(day.get("form"))
    if form and form not in DAYS:
        reader.wrong(day["form"], "date (2026-11-28), us-date (11/28/2026) or year")
    return ImportMapping(
        id=reader.text(fields.get("mapping")),
        unknown=frozenset(_values(reader, fields.get("unknown"))) | {""},
        client=CodeColumn(
            reader.text(client.get("column")),
            reader.text(client["prefix"]) if "prefix" in client else "",
        ),
        day=DayColumn(reader.text(day.get("column")), form),
        answers=_answers(reader, fields.get("answers"), rules),
        level=_column(
            reader, level, Known("level", dict.fromkeys((*rules.level_rank, *OTHER_CARE)))
        )
        if level is not None
        else None,
    )


def _answers(
    reader: Reader, node: Node | None, rules: RuleSet
) -> dict[str, tuple[MappedColumn, ...]]:
    found: dict[str, tuple[MappedColumn, ...]] = {}
    for question, (at, value) in _entries(reader, node, "questions with their columns"):
        asked = rules.question_by_id.get(question)
        if asked is None:
            reader.unknown(at, "question", question, rules.question_by_id)
            continue
        known = Known("answer", dict.fromkeys(_answers_of(asked)))
        items = reader.items(value, "a list of columns")
        found[question] = tuple([_column(reader, item, known) for item in items])
    return found


def _answers_of(question: Question) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*question.answers, NONE) if question.kind == "many" else
                               question.answers))  # fmt: skip


def _column(reader: Reader, node: Node | None, known: Known) -> MappedColumn:
    fields = reader.fields(node, _COLUMN)
    values: dict[str, str] = {}
    for value, (_, means) in _entries(reader, fields.get("values"), "values with their answers"):
        values[value] = reader.name(means, known)
    where = {
        column: _values(reader, only)
        for column, (_, only) in _entries(reader, fields.get("where"), "columns with their values")
    }
    silent = _values(reader, fields.get("says_nothing"))
    for item, value in zip(_nodes(fields.get("says_nothing")), silent, strict=False):
        if value in values:
            reader.note(item, "repeated", f"{quoted(value)} says something above, and nothing here")
    return MappedColumn(reader.text(fields.get("column")), where, values, frozenset(silent))


def _entries(reader: Reader, node: Node | None, what: str) -> list[tuple[str, tuple[Node, Node]]]:
    if node is None:
        return []
    if not isinstance(node, MapNode):
        reader.wrong(node, f"a mapping ({what})")
        return []
    return [(key, (at, value)) for key, (at, value) in node.entries.items()]


def _values(reader: Reader, node: Node | None) -> tuple[str, ...]:
    """Values as they stand in the data: text in quotes, since 01 and 1 are two."""
    items = reader.items(node, "a list of values in quotes")
    return tuple([reader.text(item) for item in items])


def _nodes(node: Node | None) -> list[Node]:
    return list(getattr(node, "items", []))
