"""The building blocks of the schema: texts, ids, choices, lists, and mappings with fixed keys.

Why this module exists: the same few shapes stand in every rule file, and are
written here once.

It must not describe a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from pathfinder.engine.ruleset import RuleSet
from pathfinder.loader.ids import LINE_KINDS

Schema = dict[str, Any]
"""One JSON Schema, or a part of one."""

TEXT: Final[Schema] = {"$ref": "#/$defs/text"}
KEBAB: Final[Schema] = {"$ref": "#/$defs/kebab"}
SNAKE: Final[Schema] = {"$ref": "#/$defs/snake"}
DAY: Final[Schema] = {"$ref": "#/$defs/day"}
CONDITION: Final[Schema] = {"$ref": "#/$defs/condition"}
PASSAGE: Final[Schema] = {"$ref": "#/$defs/passage"}
ANSWERS: Final[Schema] = {"$ref": "#/$defs/answers"}
SOURCES: Final[Schema] = {"$ref": "#/$defs/citations"}
TRUTH: Final[Schema] = {"type": "boolean"}

GROUNDS: Final[Mapping[str, Schema]] = {"sources": SOURCES, "judgement": TEXT}
HAS_GROUNDS: Final[Schema] = {"anyOf": [{"required": ["sources"]}, {"required": ["judgement"]}]}

PATH: Final[Schema] = {"$ref": "#/$defs/path-id"}
LEVEL: Final[Schema] = {"$ref": "#/$defs/level-id"}
STEP: Final[Schema] = {"$ref": "#/$defs/step-id"}
SUPPORT: Final[Schema] = {"$ref": "#/$defs/support-id"}
ALERT: Final[Schema] = {"$ref": "#/$defs/alert-id"}
QUESTION: Final[Schema] = {"$ref": "#/$defs/question-id"}
SOURCE: Final[Schema] = {"$ref": "#/$defs/source-id"}
LINE_KIND: Final[Schema] = {"$ref": "#/$defs/line-kind"}

_FORMS: Final[Mapping[str, Schema]] = {
    "text": {"type": "string", "pattern": "\\S"},
    "kebab": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
    "snake": {"type": "string", "pattern": "^[a-z0-9]+(_[a-z0-9]+)*$"},
    "day": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
}


def id_definitions(rules: RuleSet) -> dict[str, Schema]:
    """The ids of this rule set, kind by kind, and the forms of texts and new ids."""
    kinds = {
        "path-id": [path.id for path in rules.paths],
        "level-id": [level.id for level in rules.levels],
        "step-id": [step.id for step in rules.steps],
        "support-id": [support.id for support in rules.supports],
        "alert-id": [alert.id for alert in rules.alerts],
        "question-id": [question.id for question in rules.questions],
        "source-id": [source.id for source in rules.sources],
        "line-kind": list(LINE_KINDS),
    }
    return {**{kind: one_of(ids) for kind, ids in kinds.items()}, **_FORMS}


def one_of(names: Iterable[str]) -> Schema:
    """One of these names."""
    return {"enum": list(names)}


def names(name: Schema, least: int = 1) -> Schema:
    """A list of names, each once."""
    return some(name, least, uniqueItems=True)


def some(item: Schema, least: int = 1, **more: Any) -> Schema:
    """A list of `least` items or more."""
    listed: Schema = {"type": "array", "items": item}
    return {**listed, **({"minItems": least} if least else {}), **more}


def mapping(
    required: Mapping[str, Schema], optional: Mapping[str, Schema] | None = None, **more: Any
) -> Schema:
    """A mapping with these keys and no other."""
    return {
        "type": "object",
        "required": list(required),
        "properties": {**required, **(optional or {})},
        "additionalProperties": False,
        **more,
    }


def grounded(
    required: Mapping[str, Schema], optional: Mapping[str, Schema] | None = None, **more: Any
) -> Schema:
    """The same for what needs `sources` or `judgement`."""
    return mapping(required, {**(optional or {}), **GROUNDS}, **HAS_GROUNDS, **more)


def where(key: str, value: str, then: Schema) -> Schema:
    """What also holds where `key` has this value."""
    return {"if": {"required": [key], "properties": {key: {"const": value}}}, "then": then}


def by_key(kinds: Mapping[str, Schema]) -> Schema:
    """One of several kinds of mapping, told apart by a key that only this kind has."""
    apart: Schema = {"anyOf": [{"required": [key]} for key in kinds]}
    for key, then in reversed(list(kinds.items())):
        apart = {"if": {"required": [key]}, "then": then, "else": apart}
    return apart
