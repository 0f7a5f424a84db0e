"""What is written of a list: entries, what a call brought, a schema for editors, the page of keys.

Why this module exists: an import writes entries, and the next one must leave alone what was
changed by hand, so each carries a mark. After a call only the date (and perhaps the wait) is new,
and every other byte stays as whoever keeps the file laid it out; see docs/decisions/0017. The
schema, with which a slip is seen while typing it, and the page are made of `keys`.

It must not read or write files, or change an entry in any way that a strict reading of the
outcome doesn't confirm. A schema can't see that an id stands twice, or that nobody could reach
a program: it doesn't take the reader's place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from pathfinder.loader.fields import Form
from pathfinder.loader.rule_files import sha256_of
from pathfinder.loader.syntax.nodes import MapNode, Node, ScalarNode, SeqNode
from pathfinder.loader.syntax.text import value, word
from pathfinder.loader.syntax.yaml import read_yaml
from pathfinder.programs.keys import CHOICES, FORMS, IMPORT, LIST, MEETING, PROGRAM
from pathfinder.programs.model import LANGUAGES, Imported, Meeting, Program

FROM_CALLS: Final = frozenset({"wait_days", "last_called", "called_by", "seen_on"})
"""What people learn on the phone: no import says it better, and to write it is no change."""

SCHEMA: Final = "programs.schema.json"
HEAD: Final = f"# yaml-language-server: $schema={SCHEMA}\n\n"
_LENGTH: Final = 16


def template() -> str:
    """A list with one example of everything, to write over."""
    return Path(__file__).with_name("template.yaml").read_text(encoding="utf-8")


def entry_text(entry: Program | Meeting) -> str:
    """The entry under `programs:` or `meetings:`; what nobody knows has no line.

    >>> print(entry_text(Program("one", "Program One", ("outpatient",), phone="555-0100")))
      - id: one
        name: "Program One"
        paths: [outpatient]
        phone: "555-0100"
    """
    lines = [f"{key}: {said}" for key, said in _said(entry)]
    return "  - " + "\n    ".join(lines)


def list_text(programs: Iterable[Program], meetings: Iterable[Meeting]) -> str:
    """A whole file with these entries."""
    parts = []
    for key, found in (("programs", list(programs)), ("meetings", list(meetings))):
        if found:
            parts.append(f"{key}:\n" + "\n\n".join(map(entry_text, found)))
    return "\n\n".join(parts) + "\n"


def fingerprint(entry: Program | Meeting) -> str:
    """Of all that an import brings. It stays when somebody calls, and changes by hand."""
    kept = [f"{key}: {said}" for key, said in _said(entry) if key not in FROM_CALLS | {"imported"}]
    return sha256_of({"entry": "\n".join(kept).encode()})[:_LENGTH]


def _said(entry: Program | Meeting) -> Iterator[tuple[str, str]]:
    for key, said in zip(entry._fields, entry, strict=True):
        if said is None or said in ("", ()):
            continue
        yield key, _written(key, said)


def _written(key: str, said: object) -> str:
    if isinstance(said, Imported):
        pairs = ", ".join(f"{name}: {word(str(each))}" for name, each in said._asdict().items())
        return f"{{{pairs}}}"
    if isinstance(said, bool):
        return "true" if said else "false"
    if isinstance(said, int):
        return str(said)
    if key == "coordinates" and isinstance(said, tuple):
        return f'"{said[0]}, {said[1]}"'
    return value(said)


_SECTIONS: Final = ("programs", "meetings")
_QUOTES: Final = {
    '"': re.compile(r'"(?:[^"\\]|\\.)*"'),
    "'": re.compile(r"'(?:[^']|'')*'"),
}


# --- what a call brought: the text of a list, with lines of one entry changed ---


class Learned(NamedTuple):
    """A key of an entry, and what is to stand under it, as it is written in YAML."""

    key: str
    written: str


def stamp(day: str, by: str = "", wait: int | None = None) -> list[Learned]:
    """What a call brings to a program."""
    changes = [Learned("last_called", f'"{day}"')]
    if by:
        changes.append(Learned("called_by", word(by)))
    if wait is not None:
        changes.append(Learned("wait_days", str(wait)))
    return changes


def stamped(
    text: str, entry: str, changes: list[Learned], most_bytes: int, most_nodes: int
) -> str | None:
    """The text with `changes` in the entry of this id; None where it isn't laid out plainly.

    `text` holds: it was read strictly before.
    """
    root, problems = read_yaml(text.encode(), "", most_bytes=most_bytes, most_nodes=most_nodes)
    node = None if root is None or problems else _entry(root, entry)
    if node is None:
        return None
    lines = text.split("\n")
    made = _changed(lines, node, changes)
    if made is None:
        return None
    root, problems = read_yaml(made.encode(), "", most_bytes=most_bytes, most_nodes=most_nodes)
    after = None if root is None or problems else _entry(root, entry)
    if after is None or not _as_meant(node, after, changes):
        return None
    return made


def _entry(root: MapNode, entry: str) -> MapNode | None:
    for section in _SECTIONS:
        listed = root.get(section)
        for item in listed.items if isinstance(listed, SeqNode) else ():
            at = item.get("id") if isinstance(item, MapNode) else None
            if isinstance(item, MapNode) and isinstance(at, ScalarNode) and at.value == entry:
                return item
    return None


def _changed(lines: list[str], node: MapNode, changes: list[Learned]) -> str | None:
    """Lines of the entry changed from the last one up, so that places before stay true."""
    there = [change for change in changes if change.key in node.entries]
    new = [change for change in changes if change.key not in node.entries]
    there.sort(key=lambda change: node.entries[change.key][0].line, reverse=True)
    at = node.entries["id"][0]
    below = _last_plain(lines, node)
    for change in there:
        _, old = node.entries[change.key]
        line = lines[old.line - 1]
        end = _end(line, old)
        if end is None:
            return None
        lines[old.line - 1] = line[: old.column - 1] + change.written + line[end:]
    for change in reversed(new):
        said = f"{change.key}: {change.written}"
        if lines[node.line - 1][node.column - 1] == "{":
            line = lines[node.line - 1]
            lines[node.line - 1] = f"{line[: node.column]}{said}, {line[node.column :]}"
        else:
            feed = "\r" if lines[below - 1].endswith("\r") else ""
            lines.insert(below, " " * (at.column - 1) + said + feed)
    return "\n".join(lines)


def _last_plain(lines: list[str], node: MapNode) -> int:
    """Below the last key whose value ends on its own line: a text over several stays whole."""
    found = node.entries["id"][1].line
    for key, held in node.entries.values():
        if held.line == key.line:
            line = lines[held.line - 1]
            end = _end(line, held)
            rest = "" if end is None else line[end:].strip()
            if end is not None and (not rest or rest.startswith("#")):
                found = max(found, held.line)
    return found


def _end(line: str, node: Node) -> int | None:
    """Where a value ends that stands on its own line; None where it goes on, or is a list."""
    start = node.column - 1
    if not isinstance(node, ScalarNode) or start >= len(line):
        return None
    if quotes := _QUOTES.get(line[start]):
        found = quotes.match(line, start)
        return found.end() if found else None
    return start + len(node.value) if line.startswith(node.value, start) else None


def _as_meant(before: MapNode, after: MapNode, changes: list[Learned]) -> bool:
    """Whether the entry holds what was meant, and all else as before."""
    meant = {change.key for change in changes}
    if set(after.entries) != set(before.entries) | meant:
        return False
    for key, meant_there in changes:
        held = after.entries[key][1]
        if not isinstance(held, ScalarNode) or held.value != meant_there.strip('"'):
            return False
    return all(
        _plain(before.entries[key][1]) == _plain(after.entries[key][1])
        for key in before.entries
        if key not in meant
    )


def _plain(node: object) -> object:
    if isinstance(node, MapNode):
        return {key: _plain(value) for key, (_, value) in node.entries.items()}
    if isinstance(node, SeqNode):
        return [_plain(item) for item in node.items]
    return (node.kind, node.value) if isinstance(node, ScalarNode) else None


# --- for editors, and the page of keys ---

Schema = dict[str, Any]

BEGIN: Final = "<!-- keys: made of programs/keys.py by programs/writing.py -->"
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
    from pathfinder.ruletools.author.schema import written  # `called` writes no schema

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
