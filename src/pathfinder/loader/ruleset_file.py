"""ruleset.yaml: who we are, levels of care, orders, and the sentences of every result.

It must not check names against other files' contents beyond what it names itself:
`whole` compares the files.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from pathfinder.engine.ruleset import Factor, Level, Texts
from pathfinder.loader.conditions import answers_named
from pathfinder.loader.fields import KEBAB, SNAKE, Form, Reader
from pathfinder.loader.ids import Names
from pathfinder.loader.sources_file import Passages
from pathfinder.loader.syntax.nodes import MapNode, Node

_FILE: Final = Form("ruleset.yaml", "id version title reviewed scope factors order levels texts")
_REVIEWED: Final = Form("reviewed", "date by next")
_SCOPE: Final = Form("scope", "question out")
_FACTOR: Final = Form("a factor", "id title")
_LEVEL: Final = Form("a level", "id name hours")
_TEXTS: Final = Form(
    "texts",
    "privacy sensitive not_a_diagnosis assessment review evidence level_opens_when about_equal"
    " once_safe under_18",
)


class Header(NamedTuple):
    id: str
    version: str
    title: str
    reviewed_on: str
    reviewed_by: str
    review_next: str
    scope_question: str
    scope_out: frozenset[str]
    texts: Texts
    levels: tuple[Level, ...]
    factors: tuple[Factor, ...]
    order: tuple[str, ...]


def header(reader: Reader, root: MapNode | None, names: Names, passages: Passages) -> Header:
    """Everything in ruleset.yaml."""
    fields = reader.fields(root, _FILE)
    reviewed = reader.fields(fields.get("reviewed"), _REVIEWED)
    scope_question, scope_out = _scope(reader, fields.get("scope"), names)
    return Header(
        id=reader.new_id(fields.get("id"), KEBAB, {}),
        version=reader.text(fields.get("version")),
        title=reader.text(fields.get("title")),
        reviewed_on=reader.day(reviewed.get("date")),
        reviewed_by=reader.text(reviewed.get("by")),
        review_next=reader.day(reviewed.get("next")),
        scope_question=scope_question,
        scope_out=scope_out,
        texts=_texts(reader, fields.get("texts"), passages),
        levels=_levels(reader, fields.get("levels")),
        factors=_factors(reader, fields.get("factors")),
        order=reader.names(fields.get("order"), names.questions),
    )


def _scope(reader: Reader, node: Node | None, names: Names) -> tuple[str, frozenset[str]]:
    fields = reader.fields(node, _SCOPE)
    question = reader.name(fields.get("question"), names.questions)
    out = fields.get("out")
    if question not in names.shapes or out is None:
        return question, frozenset()
    return question, frozenset(answers_named(reader, question, names.shapes[question], out))


def _texts(reader: Reader, node: Node | None, passages: Passages) -> Texts:
    fields = reader.fields(node, _TEXTS)
    return Texts(
        privacy=passages.one(reader, fields.get("privacy")),
        sensitive=passages.one(reader, fields.get("sensitive")),
        not_a_diagnosis=passages.one(reader, fields.get("not_a_diagnosis")),
        assessment=passages.one(reader, fields.get("assessment")),
        review=passages.one(reader, fields.get("review")),
        evidence=passages.one(reader, fields.get("evidence")),
        level_opens_when=passages.one(reader, fields.get("level_opens_when")),
        about_equal=passages.one(reader, fields.get("about_equal")),
        once_safe=passages.one(reader, fields.get("once_safe")),
        under_18=passages.several(reader, fields.get("under_18")),
    )


def _levels(reader: Reader, node: Node | None) -> tuple[Level, ...]:
    taken: dict[str, str] = {}
    levels = []
    for item in reader.items(node, "a list of levels of care, lowest first"):
        fields = reader.fields(item, _LEVEL)
        levels.append(
            Level(
                id=reader.new_id(fields.get("id"), KEBAB, taken),
                name=reader.text(fields.get("name")),
                hours=reader.text(fields.get("hours")),
            )
        )
    return tuple(levels)


def _factors(reader: Reader, node: Node | None) -> tuple[Factor, ...]:
    taken: dict[str, str] = {}
    factors = []
    for item in reader.items(node, "a list of factors"):
        fields = reader.fields(item, _FACTOR)
        factors.append(
            Factor(
                id=reader.new_id(fields.get("id"), SNAKE, taken),
                title=reader.text(fields.get("title")),
            )
        )
    return tuple(factors)
