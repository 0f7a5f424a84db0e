"""A spreadsheet of an agency's own (saved as CSV) as a list of programs to go on with.

Why this module exists: most agencies keep their programs in a sheet with columns of their own, and
nobody types ten of them again. Columns are known by their names, and what has no place is told.

It must not guess: a word that isn't known stands as it is, and `programs check` names its line.
An empty cell and a question mark mean that nobody knows. It opens no file.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from pathfinder.errors import PathfinderError, Problem, ProgramsError
from pathfinder.loader.syntax.text import decode
from pathfinder.programs.keys import CHOICES, OTHER_WORDS, PROGRAM, days_of_waiting
from pathfinder.programs.model import Program
from pathfinder.sanitize import clean, quoted

MOST_BYTES: Final = 16 * 1024 * 1024
MOST_ROWS: Final = 100_000
_MOST_UNPACKED: Final = 256 * 1024 * 1024
BEGIN: Final = "<!-- headings: made by programs/spreadsheet.py -->"
END: Final = "<!-- end of headings -->"
_NEVER: Final = frozenset({"coordinates", "imported"})
"""Keys that no column is read for."""
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
    "days": ("group days", "meeting days"),
    "lgbtq": ("lgbt", "lgbtq friendly"),
    "medication_on_site": ("medicines on site", "prescribes"),
    "free": ("no cost",),
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
    "wait_days": "write days or weeks, such as 3 or 2 weeks",
    "medication_welcome": (
        "it may mean that nothing is prescribed there; ask if people on medicine are welcome"
    ),
}
_BETWEEN: Final = re.compile(r"\s*[;,/|]\s*|\s+and\s+")


class SheetRead(NamedTuple):
    """`lost`: what has no place in the list, a line each; `mended`: what was put right."""

    programs: tuple[Program, ...]
    lost: tuple[str, ...]
    mended: tuple[str, ...]


def read_sheet(data: bytes, label: str, names: Mapping[str, str]) -> SheetRead:
    """The rows as programs. `names`: what a path may be called, in small letters -> its id.

    `label` ends in .xlsx for such a file; all else is CSV. Raises ProgramsError where the file is
    no sheet of programs.
    """
    rows = iter(_numbered(data, label))
    _, first = next(rows, (1, []))
    columns = [cell.strip() for cell in first]
    keys = [_key(cell) for cell in columns]
    if "name" not in keys:
        said = 'the first line must name the columns, one of them "Name"'
        raise ProgramsError([Problem(label, 1, 1, "missing-column", said)])
    lost = [
        f"column {quoted(column)}: no key of a program is called so"
        for column, key in zip(columns, keys, strict=True)
        if column and not key
    ]
    kept = list(rows)
    reader = _Rows(names, zip_codes=_are_zip_codes(columns, keys, kept))
    programs = []
    for line, row in kept:
        if dict(zip(keys, row, strict=False)).get("name", "").strip():
            programs.append(reader.program(row, keys, line))
        elif any(cell.strip() for cell in row):
            reader.lost.append(f"line {line}: the row has no name")
    return SheetRead(tuple(programs), (*lost, *reader.lost), tuple(reader.mended))


def _numbered(data: bytes, label: str) -> list[tuple[int, list[str]]]:
    """Each row with its line. Raises ProgramsError where it can't be read."""
    if label.lower().endswith(".xlsx"):
        return list(enumerate(xlsx_rows(data, label), 1))
    text, problems = decode(data, label, MOST_BYTES)
    if text is None or problems:
        raise ProgramsError(problems)
    lines = text.splitlines()
    between = max(",;\t", key=(lines[0] if lines else "").count)
    rows = csv.reader(lines, delimiter=between, strict=True)
    try:
        return [(rows.line_num, row) for row in rows][:MOST_ROWS]
    except csv.Error as error:
        said = f"not CSV: {clean(str(error))}"
        raise ProgramsError([Problem(label, rows.line_num, 1, "not-csv", said)]) from None


def _are_zip_codes(columns: list[str], keys: list[str], rows: list[tuple[int, list[str]]]) -> bool:
    """Whether postal codes have five figures here: the heading says ZIP, or another one has."""
    if "postal_code" not in keys:
        return False
    at = keys.index("postal_code")
    if "zip" in columns[at].casefold():
        return True
    codes = [row[at].strip() for _, row in rows if len(row) > at]
    return any(re.fullmatch(r"[0-9]{5}(?:\.0|-[0-9]{4})?", code) for code in codes)


def _key(column: str) -> str:
    """The key of a program that a column is about, or an empty text."""
    plain = _plain(column)
    if plain.replace(" ", "_") in PROGRAM.allowed:
        return plain.replace(" ", "_")
    return next((key for key, others in _OTHER_NAMES.items() if plain in others), "")


def _plain(column: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", column.casefold()).split())


class _Rows:
    """Reads rows; no two programs get one id."""

    def __init__(self, names: Mapping[str, str], *, zip_codes: bool) -> None:
        self.lost: list[str] = []
        self.mended: list[str] = []
        self._zip_codes = zip_codes
        self._names = names
        self._ids: set[str] = set()

    def program(self, row: list[str], keys: list[str], line: int) -> Program:
        values: dict[str, Any] = {"paths": ()}
        for key, cell in zip(keys, row, strict=False):
            text = " ".join(cell.split())
            if not key or text.casefold() in _UNKNOWN:
                continue
            value = self._value(key, text)
            if key == "postal_code" and value != text:
                self.mended.append(
                    f"line {line}, {key}: {quoted(text)} is {value}; a spreadsheet takes it for a "
                    "number"
                )
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
            return days_of_waiting(text)
        if kind == "day":
            return _day(text)
        if kind == "path+":
            return tuple(dict.fromkeys(self._paths(text)))
        if kind.endswith("+"):
            return tuple(dict.fromkeys(_word(kind[:-1], word) for word in _BETWEEN.split(text)))
        if kind in CHOICES:
            return _EVERYONE.get(text.casefold(), text.casefold())
        if key == "postal_code":
            return whole_code(text, zip_codes=self._zip_codes)
        return None if key in _NEVER else text

    def _paths(self, text: str) -> Iterator[str]:
        for part in re.split(r"\s*[;,|/&]\s*", text):
            whole = part.casefold() in self._names
            for word in [part] if whole else re.split(r"\s+and\s+", part):
                if word:
                    yield self._names.get(word.casefold(), word.casefold().replace(" ", "-"))


def _word(kind: str, text: str) -> str:
    word = text.casefold()
    if kind in OTHER_WORDS and word in OTHER_WORDS[kind][0]:
        return OTHER_WORDS[kind][0][word]
    words = CHOICES[kind]
    spelled = word.replace(" ", "_")
    if kind == "day of the week":
        return next((day for day in words if len(word) >= 3 and day.startswith(word)), word)
    return spelled if spelled in words else word


def _day(text: str) -> str | None:
    """A date as 2026-11-28. Which of 3/4/2026 is the month, nobody can tell."""
    for form in ("%Y-%m-%d", "%Y-%m-%d 00:00:00", "%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y"):
        try:
            return datetime.strptime(text, form).date().isoformat()
        except ValueError:
            continue
    parts = re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", text)
    if not parts:
        return None
    first, second, year = map(int, parts.groups())
    if first <= 12 < second or first == second:
        month, day = first, second
    elif second <= 12 < first:
        month, day = second, first
    else:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def whole_code(code: str, *, zip_codes: bool) -> str:
    """A postal code as it was before a spreadsheet took it for a number: 2139.0 is 02139.

    `zip_codes`: whether it is known to be of the US, where they have five figures.
    """
    plain = code[:-2] if re.fullmatch(r"[0-9]{3,9}\.0", code) else code
    if zip_codes and re.fullmatch("[0-9]{3,4}", plain):
        return plain.zfill(5)
    if zip_codes and re.fullmatch("[0-9]{3,4}-[0-9]{4}", plain):
        return plain.zfill(10)
    return plain


# --- spreadsheets in the format XLSX, and the page of headings ---


def xlsx_rows(data: bytes, label: str) -> list[list[str]]:
    """The cells of its first sheet as text. Raises ProgramsError for what is no such file."""
    try:
        from openpyxl import load_workbook  # type: ignore[import-untyped]
    except ImportError:
        raise PathfinderError(
            f"{label}: to read XLSX, install the extra xlsx, or save the sheet as CSV."
        ) from None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(each.file_size for each in packed.infolist()) > _MOST_UNPACKED:
                raise ValueError  # a small file may unfold to fill the memory
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(values_only=True, max_row=MOST_ROWS)
        return [["" if cell is None else str(cell) for cell in row] for row in rows]
    except Exception:  # openpyxl names no class for a file that is broken in its own way
        said = "not a spreadsheet in the format XLSX; save it anew, or as CSV"
        raise ProgramsError([Problem(label, 1, 1, "not-xlsx", said)]) from None


def with_headings(document: str) -> str:
    """The page, with the table of headings between its two marks made anew."""
    before, _, rest = document.partition(BEGIN)
    _, _, after = rest.partition(END)
    rows = [
        f"| `{key}` | {', '.join(dict.fromkeys((_plain(key), *_OTHER_NAMES.get(key, ()))))} |"
        for key in PROGRAM.allowed
        if key not in _NEVER
    ]
    table = "\n".join(["| key | headings |", "| --- | --- |", *rows])
    return f"{before}{BEGIN}\n\n{table}\n\n{END}{after}"
