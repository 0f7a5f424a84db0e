"""One entry of a list, taken apart as strictly as a rule: every surprise is noted at its line.

Why this module exists: a number with a letter missing costs a person the one call that they
had the strength for. Both ways of reading a file (`load`, `quick`) make their values here, so
that what holds for one holds for the other.

It must not open files, or know in what order entries stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from pathfinder.loader.fields import KEBAB, UNKNOWN, Form, Known, Reader
from pathfinder.loader.syntax.nodes import MapNode, Node, is_bad
from pathfinder.programs.keys import CHOICES, IMPORT, MEETING, PROGRAM
from pathfinder.programs.languages import CODES
from pathfinder.programs.model import Imported, Meeting, Program
from pathfinder.sanitize import quoted

TEMPLATE_IDS: Final = ("example-program", "example-meeting")
_WORDS: Final = {kind: Known(kind, dict.fromkeys(choices)) for kind, choices in CHOICES.items()}
_PHONE: Final = re.compile(r"\+?[0-9(][0-9A-Za-z ().,/+-]*")
_FEWEST_DIGITS: Final = 3
_WEB: Final = re.compile(r"https?://[^\s/.]+\.[^\s]+|https?://localhost[^\s]*")
_TIME: Final = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_COORDINATES: Final = re.compile(r"(-?[0-9]{1,2}(?:\.[0-9]+)?),\s*(-?[0-9]{1,3}(?:\.[0-9]+)?)")
_NORTH, _EAST = 90.0, 180.0
_MOST_DAYS: Final = 999


class ListReader(Reader):
    """Takes a list of programs apart; its names are not those of a rule set."""

    __slots__ = ()
    codes = {**UNKNOWN, **{kind: f"unknown-{kind.replace(' ', '-')}" for kind in CHOICES}}  # noqa: RUF012


class Ids(NamedTuple):
    """The paths there are, and the ids that earlier entries took, with their places."""

    paths: Known
    taken: dict[str, str]


def ids(paths: Iterable[str]) -> Ids:
    return Ids(Known("path", dict.fromkeys(paths)), {})


def program(reader: Reader, node: Node, known: Ids) -> Program:
    """One program, with stand-ins wherever a problem was noted."""
    noted = len(reader.problems)
    made = Program(**_values(reader, node, PROGRAM, known))
    if len(reader.problems) == noted:  # else what is missing may stand there with a slip in it
        for key, message in missing_ways(made):
            _note_at(reader, node, key, "no-way-to-start", message)
    return made


def meeting(reader: Reader, node: Node, known: Ids) -> Meeting:
    noted = len(reader.problems)
    made = Meeting(**_values(reader, node, MEETING, known))
    if len(reader.problems) == noted:
        for key, message in missing_places(made):
            _note_at(reader, node, key, "no-place", message)
    return made


def missing_ways(made: Program) -> list[tuple[str, str]]:
    """What nobody could do with this entry, and the key where that shows."""
    found = []
    # A key behind each way to start: without it, a person is sent to nowhere.
    needs = {"call": "phone", "text": "text_line", "web": "web", "walk_in": "address"}
    for way in made.start:
        if way in needs and not getattr(made, needs[way]):
            found.append(("start", f"{quoted(way)} needs the key {quoted(needs[way])}"))
    if not (made.phone or made.text_line or made.web or made.start):
        message = "nobody could reach this program: give its phone, or how people start there"
        found.append(("id", message))
    return found


def missing_places(made: Meeting) -> list[tuple[str, str]]:
    if made.place or made.address or made.link or made.phone:
        return []
    return [("id", "nobody could find this meeting: give its place, address, link or phone")]


def _note_at(reader: Reader, node: Node, key: str, code: str, message: str) -> None:
    entry = node.entries.get(key) if isinstance(node, MapNode) else None
    reader.note(entry[1] if entry else node, code, message)


def _values(reader: Reader, node: Node, form: Form, known: Ids) -> dict[str, Any]:
    """Key -> value, and a stand-in for what is required and wasn't there."""
    fields = reader.fields(node, form)
    values = {key: value(reader, form, key, fields[key], known) for key in fields}
    for key in form.required:
        values.setdefault(key, () if form.allowed[key][0].endswith("+") else "")
    return values


def value(reader: Reader, form: Form, key: str, node: Node, known: Ids) -> Any:
    """What stands under one key of `form`."""
    kind = form.allowed[key][0]
    if kind == "path+":
        return reader.names(node, known.paths)
    if kind.endswith("+"):
        return (
            reader.names(node, _WORDS[kind[:-1]]) if kind != "language+" else _codes(reader, node)
        )
    if kind == "kebab":
        return _id(reader, node, known.taken)
    if kind in CHOICES:
        return reader.choice(node, kind, CHOICES[kind])
    return _SINGLE[kind](reader, node)


def _id(reader: Reader, node: Node, taken: dict[str, str]) -> str:
    made = reader.new_id(node, KEBAB, taken)
    if made in TEMPLATE_IDS:
        reader.note(node, "example-left", "this is the example; write your own entry over it")
    return made


def _codes(reader: Reader, node: Node) -> tuple[str, ...]:
    """Languages by code; who writes the name of one is told its code."""
    for item in reader.items(node, "a list of languages, as codes: en, es"):
        named = CODES.get(str(getattr(item, "value", "")).casefold())
        if named is not None:
            reader.note(item, "unknown-language", f'languages are codes; write "{named}" for it')
            return ()
    return reader.names(node, _WORDS["language"])


def _truth(reader: Reader, node: Node) -> bool | None:
    if is_bad(node):
        reader.expected_too(node, "true or false, or no such line where you don't know")
        return None
    return reader.truth(node)


def _phone(reader: Reader, node: Node) -> str:
    text = reader.text(node)
    digits = sum(char.isdigit() for char in text)
    if text and (not _PHONE.fullmatch(text) or digits < _FEWEST_DIGITS):
        message = f'expected a phone number like "555-0100" or "+1 555 0100"; found {quoted(text)}'
        reader.note(node, "not-a-phone-number", message)
    return text


def _web(reader: Reader, node: Node) -> str:
    text = reader.text(node)
    if text and not _WEB.fullmatch(text):
        message = f'expected an address like "https://example.org"; found {quoted(text)}'
        reader.note(node, "not-a-web-address", message)
    return text


def _time(reader: Reader, node: Node) -> str:
    text = reader.text(node)
    if text and not _TIME.fullmatch(text):
        message = f'expected a time like "09:00" or "19:30"; found {quoted(text)}'
        reader.note(node, "not-a-time", message)
    return text


def _coordinates(reader: Reader, node: Node) -> tuple[float, float] | None:
    text = reader.text(node)
    found = _COORDINATES.fullmatch(text.strip())
    if found:
        north, east = float(found[1]), float(found[2])
        if abs(north) <= _NORTH and abs(east) <= _EAST:
            return north, east
    if text:
        message = f'expected latitude and longitude like "42.10, -72.59"; found {quoted(text)}'
        reader.note(node, "not-coordinates", message)
    return None


def _file(reader: Reader, node: Node) -> str:
    """The name of a file beside the list: a list can't lead anywhere else."""
    text = reader.text(node)
    if text and ("/" in text or "\\" in text or text.startswith(".")):
        message = f"expected the name of a file beside this one; found {quoted(text)}"
        reader.note(node, "not-beside", message)
        return ""
    return text


def _imported(reader: Reader, node: Node) -> Imported:
    fields = reader.fields(node, IMPORT)
    kind = reader.choice(fields.get("kind"), "kind of import", CHOICES["kind of import"])
    return Imported(kind, reader.text(fields.get("key")), reader.text(fields.get("fingerprint")))


_SINGLE: Final[Mapping[str, Any]] = {
    "text": Reader.text,
    "day": Reader.day,
    "truth": _truth,
    "phone": _phone,
    "address on the web": _web,
    "time": _time,
    "coordinates": _coordinates,
    "file": _file,
    "days of waiting": lambda reader, node: reader.whole(node, 0, _MOST_DAYS),
    "an import": _imported,
}
