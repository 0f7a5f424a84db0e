"""programs.yaml: every key, what may stand under it, and how it is taken from a file.

Why this module exists: the strict reader, the schema for editors, the template and
docs/programs.md all go by one declaration. A number with a letter missing costs a person the one
call that they had the strength for, so every surprise is noted at its line. Both ways of reading
a file (see `load`) make their values here, so that what holds for one holds for the other.

It must not open files, or know in what order entries stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from pathfinder.loader.fields import KEBAB, UNKNOWN, Form, Known, Reader
from pathfinder.loader.syntax.nodes import Kind, MapNode, Node, ScalarNode, SeqNode, is_bad
from pathfinder.programs.model import (
    CODES,
    IMPORTS,
    INSURANCE,
    LANGUAGES,
    MEDICINES,
    MEETING_TYPES,
    TAKES,
    UNITS,
    WAYS_TO_START,
    WEEK,
    Imported,
    Meeting,
    Program,
)
from pathfinder.sanitize import clean, quoted

CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "day of the week": WEEK,
    "way to start": WAYS_TO_START,
    "language": tuple(LANGUAGES),
    "medicine": MEDICINES,
    "kind of insurance": INSURANCE,
    "type of meeting": MEETING_TYPES,
    "group of people": TAKES,
    "unit of distance": UNITS,
    "kind of import": IMPORTS,
}
"""Kinds of values that are one of a few words."""

LIST: Final = Form(
    "a list of programs",
    {
        "title?": ("text", "What the list is called."),
        "kept_by?": ("text", "Who keeps it, as clients know them."),
        "near?": ("text", "Your postal code or town: distances count from there."),
        "units?": ("unit of distance", "`miles`, which is the default, or `kilometers`."),
        "postal_codes?": ("file", "A table of postal codes beside this file, as CSV."),
        "programs?": ("a program*", "Where people can get treatment."),
        "meetings?": ("a meeting*", "Meetings of peers, each on its days at its time."),
    },
)
PROGRAM: Final = Form(
    "a program",
    {
        "id": ("kebab", "Its short name in commands, like-this."),
        "name": ("text", "Its name as the person will hear it on the phone."),
        "paths": ("path+", "What it offers: the ids that `pathfinder paths` lists."),
        "phone?": ("phone", "The number where people are let in."),
        "text_line?": ("text", "How to reach it by text message."),
        "web?": ("address on the web", "Its page, with https:// before it."),
        "address?": ("text", "Street and number."),
        "town?": ("text", "The town, without the postal code."),
        "postal_code?": ("text", "The postal or ZIP code, in quotes."),
        "coordinates?": ("coordinates", 'Latitude and longitude, as in "42.10, -72.59".'),
        "start?": ("way to start+", "How people get in, the usual way first."),
        "wait_days?": ("days of waiting", "Days from the call to the first visit; 0 is today."),
        "hours?": ("text", "When it is open, in words."),
        "days?": ("day of the week+", "The days on which its groups meet."),
        "evenings?": ("truth", "Groups or visits after work."),
        "online?": ("truth", "It can be done from home."),
        "languages?": ("language+", "Languages its care is given in, as codes: en, es."),
        "faith?": ("truth", "It is built on a faith."),
        "takes?": ("group of people", "`everyone`, `women` or `men`."),
        "same_gender_groups?": ("truth", "It has groups for women or men alone."),
        "lgbtq?": ("truth", "It has a group, or staff trained, for LGBTQ people."),
        "child_care?": ("truth", "Someone looks after children, or they may stay too."),
        "takes_pregnant?": ("truth", "It takes people who are pregnant."),
        "medication_welcome?": ("truth", "People on methadone, buprenorphine and such are taken."),
        "medication_on_site?": ("medicine+", "Medicines that are given or prescribed there."),
        "withdrawal_care?": ("truth", "It cares for people in withdrawal."),
        "dual_diagnosis?": ("truth", "It treats mental health along with use."),
        "sober_housing?": ("truth", "It has a place to live, or finds one."),
        "insurance?": ("kind of insurance+", "Kinds of insurance that it takes."),
        "sliding_fee?": ("truth", "The price goes by what people earn."),
        "free?": ("truth", "It costs nothing."),
        "notes?": (
            "text",
            "Clients read it: write nothing that they shouldn't see.",
        ),
        "last_called?": ("day", "The day on which somebody last called to check this entry."),
        "called_by?": ("text", "Who called: initials are enough."),
        "source?": ("text", "Where the entry is from."),
        "imported?": ("an import", "Written by an import. Leave it as it is."),
    },
)
MEETING: Final = Form(
    "a meeting",
    {
        "id": ("kebab", "Its short name, like-this."),
        "name": ("text", "What it is called."),
        "paths": ("path+", "The path it belongs to, such as `twelve-step-meetings`."),
        "days": ("day of the week+", "The days on which it meets."),
        "time": ("time", 'When it begins, as in "19:30".'),
        "ends?": ("time", 'When it ends, as in "20:30".'),
        "fellowship?": ("text", "Whose meeting it is, such as AA or SMART Recovery."),
        "place?": ("text", "The house or hall."),
        "address?": ("text", "Street and number."),
        "town?": ("text", "The town, without the postal code."),
        "postal_code?": ("text", "The postal or ZIP code, in quotes."),
        "coordinates?": ("coordinates", 'Latitude and longitude, as in "42.10, -72.59".'),
        "link?": ("address on the web", "Where it meets online."),
        "phone?": ("phone", "Where to dial in, or to ask."),
        "open?": ("truth", "Everyone may come; with false, only people with the problem."),
        "languages?": ("language+", "Languages spoken there, as codes: en, es."),
        "types?": ("type of meeting+", "What sort of meeting it is."),
        "notes?": ("text", "Newcomers read it, as it stands."),
        "seen_on?": ("day", "The day on which somebody last made sure that it meets."),
        "source?": ("text", "Where the entry is from."),
        "imported?": ("an import", "Written by an import. Leave it as it is."),
    },
)
IMPORT: Final = Form(
    "an import",
    {
        "kind": ("kind of import", "The format it was taken from."),
        "key": ("text", "Its name or number there."),
        "fingerprint": ("text", "Tells whether somebody changed the entry since."),
    },
)
FORMS: Final = (LIST, PROGRAM, MEETING, IMPORT)


# --- taking it from a file ---

TEMPLATE_IDS: Final = ("example-program", "example-meeting")
_WORDS: Final = {kind: Known(kind, dict.fromkeys(choices)) for kind, choices in CHOICES.items()}
_PHONE: Final = re.compile(r"\+?[0-9(][0-9A-Za-z ().,/+-]*")
_FEWEST_DIGITS: Final = 3
_WEB: Final = re.compile(r"https?://[^\s/.]+\.[^\s]+|https?://localhost[^\s]*")
_TIME: Final = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_COORDINATES: Final = re.compile(r"(-?[0-9]{1,2}(?:\.[0-9]+)?),\s*(-?[0-9]{1,3}(?:\.[0-9]+)?)")
_NORTH, _EAST = 90.0, 180.0
MOST_DAYS: Final = 999
_AT_ONCE: Final = {"same day": 0, "today": 0, "none": 0, "no wait": 0, "tomorrow": 1, "next day": 1}
_BRANDS: Final = {
    "suboxone": "buprenorphine", "subutex": "buprenorphine", "sublocade": "buprenorphine",
    "zubsolv": "buprenorphine", "brixadi": "buprenorphine", "vivitrol": "naltrexone",
    "revia": "naltrexone", "antabuse": "disulfiram", "campral": "acamprosate",
    "methadose": "methadone",
}  # fmt: skip
OTHER_WORDS: Final[Mapping[str, tuple[Mapping[str, str], str]]] = {
    "language": (CODES, "languages are codes"),
    "medicine": (_BRANDS, "medicines are named by what is in them"),
    "way to start": (
        {"phone": "call", "telephone": "call", "sms": "text", "website": "web", "online": "web"},
        "ways to start are what a person does",
    ),
}
"""Kind -> words that people use for it, and why they aren't those of a list."""


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
    if kind.endswith("+"):
        return _list(reader, kind[:-1], node, known)
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


def _list(reader: Reader, kind: str, node: Node, known: Ids) -> tuple[str, ...]:
    """Names from a list. Who writes one as it is said is told how it is written here."""
    if isinstance(node, ScalarNode) and node.kind is Kind.TEXT:
        reader.note(
            node, "wrong-type", f"expected a list, in brackets; write [{clean(node.value)}]"
        )
        return ()
    others, told = OTHER_WORDS.get(kind, ({}, ""))
    for item in node.items if isinstance(node, SeqNode) else ():
        named = others.get(str(getattr(item, "value", "")).casefold())
        if named is not None:
            reader.note(item, reader.codes[kind], f'{told}; write "{named}" for it')
            return ()
    return reader.names(node, known.paths if kind == "path" else _WORDS[kind])


def days_of_waiting(said: str) -> int | None:
    """Days, from "3", "3 days", "2 weeks", "same day" or "tomorrow"; None for anything else."""
    text = " ".join(said.casefold().split())
    if text in _AT_ONCE:
        return _AT_ONCE[text]
    found = re.fullmatch(r"([0-9]{1,3})(?: ?(days?|weeks?))?", text)
    if not found:
        return None
    days = int(found[1]) * (7 if (found[2] or "").startswith("week") else 1)
    return days if days <= MOST_DAYS else None


def _wait(reader: Reader, node: Node) -> int:
    if isinstance(node, ScalarNode) and node.kind is Kind.TEXT:
        days = days_of_waiting(node.value)
        how = f"write {days}" if days is not None else "write days, such as 7 for a week"
        message = f"expected a whole number of days; {how}; found {quoted(node.value)}"
        reader.note(node, "wrong-type", message)
        return 0
    return reader.whole(node, 0, MOST_DAYS)


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
    "days of waiting": _wait,
    "an import": _imported,
}
