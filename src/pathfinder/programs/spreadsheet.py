"""A spreadsheet of an agency's own (saved as CSV) as a list of programs to go on with.

Why this module exists: most agencies keep their programs in a sheet with columns of their own, and
nobody types ten of them again. Columns are known by their names, and what has no place is told.

It must not guess: a word that isn't known stands as it is, and `programs check` names its line.
An empty cell and a question mark mean that nobody knows. It opens no file.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from pathfinder.errors import Problem, ProgramsError
from pathfinder.loader.syntax.decode import decode
from pathfinder.programs.keys import CHOICES, PROGRAM
from pathfinder.programs.model import CODES, Program
from pathfinder.sanitize import clean, quoted

MOST_BYTES: Final = 16 * 1024 * 1024
_MOST_ROWS: Final = 20_000
_OTHER_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "name": ("program", "program name", "agency", "organization", "provider", "facility"),
    "paths": (
        "path",
        "kind of care",
        "level of care",
        "services",
        "type",
        "offers",
        "type of care",
        "program type",
        "treatment type",
        "care",
        "paths offered",
    ),
    "phone": ("telephone", "tel", "phone number", "intake phone"),
    "text_line": ("text", "sms"),
    "web": ("website", "url", "web site", "web page"),
    "address": ("street", "street address"),
    "town": ("city",),
    "postal_code": ("zip", "zip code", "postcode", "postal code"),
    "start": ("how to start", "intake"),
    "wait_days": ("wait", "wait days", "wait in days", "days to wait", "wait time"),
    "hours": ("opening hours", "open"),
    "evenings": ("evening", "evening groups"),
    "online": ("telehealth", "virtual"),
    "languages": ("language", "languages spoken"),
    "faith": ("faith based",),
    "takes": ("gender", "men women", "men or women", "who"),
    "child_care": ("childcare", "children", "kids", "kids ok"),
    "takes_pregnant": ("pregnant", "pregnancy"),
    "medication_welcome": (
        "medication",
        "mat",
        "moud",
        "medicine",
        "mat ok",
        "methadone ok",
        "methadone suboxone ok",
    ),
    "withdrawal_care": ("detox", "withdrawal"),
    "dual_diagnosis": ("mental health", "co occurring"),
    "sober_housing": ("housing", "sober living"),
    "insurance": ("insurances", "payers", "ins accepted", "insurance accepted"),
    "sliding_fee": ("sliding scale", "sliding fee scale"),
    "notes": ("public notes", "what callers should know"),
    "last_called": (
        "called",
        "date called",
        "last call",
        "verified",
        "last verified",
        "last contact",
    ),
    "called_by": ("caller", "by"),
}
_YES: Final = frozenset({"yes", "y", "true", "x", "1"})
_NO: Final = frozenset({"no", "n", "false", "0"})
_UNKNOWN: Final = frozenset({"", "?", "-", "unknown", "n/a", "na", "ask"})
_EVERYONE: Final = {"both": "everyone", "all": "everyone", "co-ed": "everyone", "any": "everyone"}
_WANTED: Final = {
    "last_called": "write it as 2026-11-28",
    "wait_days": "write a number of days",
    "medication_welcome": (
        "it may mean that nothing is prescribed there; ask if people on medicine are welcome"
    ),
}
_BETWEEN: Final = re.compile(r"\s*[;,/|]\s*|\s+and\s+")


class SheetRead(NamedTuple):
    """`lost`: what has no place in the list, a line each."""

    programs: tuple[Program, ...]
    lost: tuple[str, ...]


def read_sheet(data: bytes, label: str, names: Mapping[str, str]) -> SheetRead:
    """The rows as programs. `names`: what a path may be called, in small letters -> its id.

    Raises ProgramsError where the file is no sheet of programs.
    """
    text, problems = decode(data, label, MOST_BYTES)
    if text is None or problems:
        raise ProgramsError(problems)
    lines = text.splitlines()
    between = max(",;\t", key=(lines[0] if lines else "").count)
    rows = csv.reader(lines, delimiter=between, strict=True)
    try:
        columns = [cell.strip() for cell in next(rows, [])]
        keys = [_key(cell) for cell in columns]
        if "name" not in keys:
            said = 'the first line must name the columns, one of them "Name"'
            raise ProgramsError([Problem(label, 1, 1, "missing-column", said)])
        reader = _Rows(names)
        lost = [
            f"column {quoted(column)}: no key of a program is called so"
            for column, key in zip(columns, keys, strict=True)
            if column and not key
        ]
        programs = []
        for row in rows:
            named = dict(zip(keys, row, strict=False)).get("name", "").strip()
            if named and rows.line_num <= _MOST_ROWS:
                programs.append(reader.program(row, keys, rows.line_num))
            elif any(cell.strip() for cell in row):
                reader.lost.append(f"line {rows.line_num}: the row has no name")
    except csv.Error as error:
        said = f"not CSV: {clean(str(error))}"
        raise ProgramsError([Problem(label, rows.line_num, 1, "not-csv", said)]) from None
    return SheetRead(tuple(programs), (*lost, *reader.lost))


def _key(column: str) -> str:
    """The key of a program that a column is about, or an empty text."""
    plain = " ".join(re.sub(r"[^a-z0-9]+", " ", column.casefold()).split())
    if plain.replace(" ", "_") in PROGRAM.allowed:
        return plain.replace(" ", "_")
    return next((key for key, others in _OTHER_NAMES.items() if plain in others), "")


class _Rows:
    """Reads rows; no two programs get one id."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.lost: list[str] = []
        self._names = names
        self._ids: set[str] = set()

    def program(self, row: list[str], keys: list[str], line: int) -> Program:
        values: dict[str, Any] = {"paths": ()}
        for key, cell in zip(keys, row, strict=False):
            text = " ".join(cell.split())
            if not key or text.casefold() in _UNKNOWN:
                continue
            value = self._value(key, text)
            if value is None:
                wanted = _WANTED.get(key, "it could not be read")
                self.lost.append(f"line {line}, {key}: {quoted(text)}: {wanted}")
            else:
                values[key] = value
        return Program(**{**values, "id": self._id(values.get("id") or values["name"])})

    def _id(self, name: str) -> str:
        base = "-".join(re.findall(r"[a-z0-9]+", name.casefold())[:5]) or "program"
        made, number = base, 2
        while made in self._ids:
            made, number = f"{base}-{number}", number + 1
        self._ids.add(made)
        return made

    def _value(self, key: str, text: str) -> Any:
        """What stands under the key; None where the cell says nothing that it can hold."""
        kind = PROGRAM.allowed[key][0]
        if kind == "truth":
            word = text.casefold()
            if key == "medication_welcome" and word in _NO:
                return (
                    None  # in many sheets: we don't prescribe. As a "no" it would shut people out
                )
            return True if word in _YES else False if word in _NO else None
        if kind == "days of waiting":
            return _days(text.casefold())
        if kind == "day":
            return _day(text)
        if kind == "path+":
            return tuple(dict.fromkeys(self._paths(text)))
        if kind.endswith("+"):
            return tuple(dict.fromkeys(_word(kind[:-1], word) for word in _BETWEEN.split(text)))
        if kind in CHOICES:
            return _EVERYONE.get(text.casefold(), text.casefold())
        return None if key == "coordinates" or kind == "an import" else text

    def _paths(self, text: str) -> Iterator[str]:
        for part in re.split(r"\s*[;,|/&]\s*", text):
            whole = part.casefold() in self._names
            for word in [part] if whole else re.split(r"\s+and\s+", part):
                if word:
                    yield self._names.get(word.casefold(), word.casefold().replace(" ", "-"))


def _word(kind: str, text: str) -> str:
    word = text.casefold()
    if kind == "language":
        return CODES.get(word, word)
    words = CHOICES[kind]
    spelled = word.replace(" ", "_")
    if kind == "day of the week":
        return next((day for day in words if len(word) >= 3 and day.startswith(word)), word)
    return spelled if spelled in words else word


def _days(text: str) -> int | None:
    """Days of waiting, from "3", "3 days", "2 weeks" or "same day"."""
    if text in ("same day", "none", "no wait"):
        return 0
    found = re.fullmatch(r"([0-9]{1,3})(?:\s*(days?|weeks?))?", text)
    if not found:
        return None
    return int(found[1]) * (7 if (found[2] or "").startswith("week") else 1)


def _day(text: str) -> str | None:
    """A date as 2026-11-28. Which of 3/4/2026 is the month, nobody can tell."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None
