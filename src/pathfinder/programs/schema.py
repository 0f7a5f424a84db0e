"""programs.yaml for editors (JSON Schema) and for the page of keys in docs/programs.md.

Why this module exists: whoever keeps a list sees a slip while typing it, and both are made of
the declaration that the strict reader goes by (`keys`).

It must not take the reader's place: a schema can't see that an id stands twice, or that nobody
could reach a program.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from pathfinder.loader.fields import Form
from pathfinder.programs.keys import CHOICES, FORMS, IMPORT, LIST, MEETING, PROGRAM
from pathfinder.programs.languages import LANGUAGES
from pathfinder.ruletools.author.schema import written

Schema = dict[str, Any]

BEGIN: Final = "<!-- keys: made of programs/keys.py by programs/schema.py -->"
END: Final = "<!-- end of keys -->"
_NAMES: Final[Mapping[str, Form]] = {
    "a program": PROGRAM,
    "a meeting": MEETING,
    "an import": IMPORT,
}
_TEXT: Final[Schema] = {"type": "string", "pattern": "\\S"}
_SHAPES: Final[Mapping[str, Schema]] = {
    "text": _TEXT,
    "file": {"type": "string", "pattern": "^[^./\\\\][^/\\\\]*$"},
    "kebab": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
    "day": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    "truth": {"type": "boolean"},
    "phone": {"type": "string", "pattern": "^\\+?[0-9(][0-9A-Za-z ().,/+-]*$"},
    "address on the web": {"type": "string", "pattern": "^https?://"},
    "time": {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"},
    "coordinates": {"type": "string", "pattern": "^-?[0-9.]+,\\s*-?[0-9.]+$"},
    "days of waiting": {"type": "integer", "minimum": 0, "maximum": 999},
}
_IN_WORDS: Final[Mapping[str, str]] = {
    "kebab": "an id like-this",
    "day": 'a date like "2026-11-28"',
    "truth": "true or false",
    "phone": "a phone number",
    "time": "a time",
    "file": "the name of a file",
    "days of waiting": "a whole number",
    "address on the web": "an address",
    "path": "a path's id",
    "language": "a language's code",
}


def schema_text(paths: Iterable[str]) -> str:
    """`programs.schema.json`, with a line feed at its end. `paths`: those of the rule set."""
    kinds = {**_SHAPES, **{kind: {"enum": list(words)} for kind, words in CHOICES.items()}}
    kinds["path"] = {"enum": list(paths)}
    kinds["language"] = {**kinds["language"], "description": ", ".join(map("=".join, _pairs()))}
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:pathfinder:programs",
        "title": "A list of programs and meetings",
        "description": "Made by `pathfinder programs schema`.",
        **_mapping(LIST),
        "$defs": {
            **{_slug(kind): shape for kind, shape in kinds.items()},
            **{_slug(name): _mapping(form) for name, form in _NAMES.items()},
        },
    }
    return written(schema) + "\n"


def _pairs() -> Iterator[tuple[str, str]]:
    yield from LANGUAGES.items()


def _mapping(form: Form) -> Schema:
    return {
        "type": "object",
        "required": list(form.required),
        "properties": {
            key: {"description": about, **_value(kind)}
            for key, (kind, about) in form.allowed.items()
        },
        "additionalProperties": False,
    }


def _value(kind: str) -> Schema:
    if kind[-1] not in "+*":
        return _reference(kind)
    listed: Schema = {"type": "array", "items": _reference(kind[:-1])}
    return {**listed, "minItems": 1, "uniqueItems": True} if kind[-1] == "+" else listed


def _reference(kind: str) -> Schema:
    return {"$ref": f"#/$defs/{_slug(kind)}"}


def _slug(kind: str) -> str:
    return kind.removeprefix("a ").removeprefix("an ").replace(" ", "-")


def with_keys(document: str) -> str:
    """The page, with the tables of keys between its two marks made anew."""
    before, _, rest = document.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{''.join(map(_table, FORMS))}\n{END}{after}"


def _table(form: Form) -> str:
    lines = [f"\n**{form.what}**\n", "| key | holds | |", "| --- | --- | --- |"]
    for key, (kind, about) in form.allowed.items():
        may = "" if key in form.required else " (optional)"
        lines.append(f"| `{key}`{may} | {_holds(kind)} | {about} |")
    return "\n".join(lines) + "\n"


def _holds(kind: str) -> str:
    if kind[-1] in "+*":
        return f"list: {_holds(kind[:-1])}"
    if kind in CHOICES and kind not in _IN_WORDS:
        return ", ".join(f"`{word}`" for word in CHOICES[kind])
    return _IN_WORDS.get(kind, kind)
