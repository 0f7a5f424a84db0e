"""A feed or a directory into a list: what is new, what moved, and what is left alone.

Why this module exists: an import is repeated every month, and in between people call and put
entries right. What they changed is theirs: it is never written over.

It must not reach a network: a file is read, and nothing else.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

from pathfinder.errors import PathfinderError, Problem, ProgramsError
from pathfinder.files import read_bytes
from pathfinder.loader.syntax.text import decode
from pathfinder.programs import directories, feeds, keys
from pathfinder.programs.feeds import Row
from pathfinder.programs.load import read_list
from pathfinder.programs.model import Meeting, Program
from pathfinder.programs.spreadsheet import MOST_ROWS, xlsx_rows
from pathfinder.programs.writing import FROM_CALLS, HEAD, fingerprint, list_text
from pathfinder.sanitize import clean, quoted

MOST_BYTES: Final = 64 * 1024 * 1024
WRITTEN: Final = (
    "# Written by `pathfinder programs import`. Change entries here: yours are kept.\n\n"
)
_ROWS_UNDER: Final = ("rows", "meetings", "contents", "services", "data")
_MARKS: Final[Mapping[str, tuple[str, ...]]] = {
    "bmlt": ("id_bigint", "weekday_tinyint"),
    "treatment-locator": ("type_facility", "typeFacility", "name1"),
    "meeting-guide": ("slug", "day"),
    "hsds": ("organization_id", "service_at_locations", "organization"),
}
"""Names of fields that no other format has."""
_TABLES: Final = (".csv", ".tsv", ".xlsx")

Entry = TypeVar("Entry", Program, Meeting)


class Taken(NamedTuple):
    """What a file holds, as entries without ids. `left`: what has no place, in words, counted;
    `mended`: what was put right."""

    programs: tuple[Program, ...]
    meetings: tuple[Meeting, ...]
    left: Counter[str]
    mended: Counter[str]


class Merged(NamedTuple):
    """The whole new file, and how many entries came, changed, stayed, were kept, and are gone."""

    text: str
    new: int
    changed: int
    same: int
    by_hand: tuple[str, ...]
    gone: tuple[str, ...]
    left: Counter[str]


def take(file: str, kind: str, paths: Sequence[str], fellowship: str = "") -> Taken:
    """The entries of a file in the format `kind`. Raises ProgramsError for what is no such file."""
    rows = _rows(file)
    left: Counter[str] = Counter()
    mended: Counter[str] = Counter()
    programs: Iterable[Program] = ()
    meetings: Iterable[Meeting] = ()
    if kind == "meeting-guide":
        meetings = feeds.meeting_guide(rows, paths, fellowship, left)
    elif kind == "bmlt":
        meetings = feeds.bmlt(rows, paths, fellowship, left)
    elif kind == "hsds":
        programs = directories.hsds(rows, paths, left, mended)
    else:
        programs = directories.treatment_locator(rows, paths, left, mended)
    return Taken(tuple(programs), tuple(meetings), left, mended)


def looks_like(file: str) -> str:
    """The format that a file seems to have by the names of its fields, or an empty text."""
    names = {str(name) for row in _rows(file)[:20] for name in row}
    return next((kind for kind, marks in _MARKS.items() if not names.isdisjoint(marks)), "")


def merge(taken: Taken, before: bytes | None, label: str, paths: Iterable[str]) -> Merged:
    """`before`: the file that an earlier import wrote, as it stands now; None for none.

    Raises PathfinderError where entries or comments stand in it that no import wrote, since
    the file is written anew; ProgramsError where it doesn't hold.
    """
    known = list(paths)
    old_programs, old_meetings = _before(before, label, known)
    left = Counter(taken.left)
    taken_ids = {each.id for each in old_programs} | {each.id for each in old_meetings}
    counts: Counter[str] = Counter()
    by_hand: list[str] = []
    gone: list[str] = []
    merged: list[list[Any]] = []
    programs, meetings = (
        _holding(taken.programs, known, left), _holding(taken.meetings, known, left),
    )  # fmt: skip
    merged.append(_merged(old_programs, programs, taken_ids, counts, by_hand, gone))
    merged.append(_merged(old_meetings, meetings, taken_ids, counts, by_hand, gone))
    text = HEAD + WRITTEN + list_text(*merged)
    return Merged(
        text, counts["new"], counts["changed"], counts["same"], tuple(by_hand), tuple(gone), left
    )


def _merged(
    old: Sequence[Any],
    new: Sequence[Any],
    ids: set[str],
    counts: Counter[str],
    by_hand: list[str],
    gone: list[str],
) -> list[Any]:
    stands = {(each.imported.kind, each.imported.key): each for each in old}
    brought: dict[tuple[str, str], Any] = {}
    for each in new:
        key = (each.imported.kind, each.imported.key)
        there = stands.get(key)
        if there is not None and fingerprint(there) != there.imported.fingerprint:
            by_hand.append(there.id)
            brought[key] = there
            continue
        if there is None:
            made = _marked(each._replace(id=_free(each.name, ids)))
            counts["new"] += 1
        else:
            learned = {
                field: getattr(there, field) for field in there._fields if field in FROM_CALLS
            }
            made = _marked(each._replace(id=there.id, **learned))
            counts["same" if made == there else "changed"] += 1
        brought[key] = made
    kinds = {kind for kind, _ in brought}
    for key, each in stands.items():
        if key not in brought:
            if key[0] in kinds:
                gone.append(each.id)
            brought[key] = each
    return list(brought.values())


def _marked(entry: Any) -> Any:
    return entry._replace(imported=entry.imported._replace(fingerprint=fingerprint(entry)))


def _free(name: str, ids: set[str]) -> str:
    """An id that no other entry has."""
    words = "".join(char if char.isascii() and char.isalnum() else " " for char in name.casefold())
    base = "-".join(words.split()[:5]) or "entry"
    if base[0].isdigit():
        base = f"n-{base}"
    made, number = base, 2
    while made in ids or made in keys.TEMPLATE_IDS:
        made, number = f"{base}-{number}", number + 1
    ids.add(made)
    return made


def _before(
    data: bytes | None, label: str, paths: list[str]
) -> tuple[tuple[Program, ...], tuple[Meeting, ...]]:
    if data is None:
        return (), ()
    problems: list[Problem] = []
    found = read_list(data, label, keys.ids(paths), problems)
    if problems:
        raise ProgramsError(problems)
    ours = {line for line in (HEAD + WRITTEN).splitlines() if line}
    lines = data.decode("utf-8", "replace").splitlines()
    other = [line for line in lines if line.lstrip().startswith("#") and line not in ours]
    by_nobody = [each.id for each in found.programs if each.imported is None]
    by_nobody += [each.id for each in found.meetings if each.imported is None]
    if found.head or other or by_nobody:
        what = quoted(by_nobody[0]) if by_nobody else "a comment or a key of the whole list"
        raise PathfinderError(
            f"{label} holds what no import wrote ({what}), and an import writes its file anew. "
            "Import into a file of its own beside it: a list may be a folder."
        )
    return found.programs, found.meetings


def _holding(found: Sequence[Entry], paths: list[str], left: Counter[str]) -> list[Entry]:
    """The entries that a list can hold. One that can't be reached, or has a slip, is counted."""

    def problems_of(some: Sequence[Entry]) -> list[Problem]:
        programs: list[Program] = []
        meetings: list[Meeting] = []
        for number, each in enumerate(some):
            stand_in = each._replace(id=f"n-{number}", imported=None)
            if isinstance(stand_in, Program):
                programs.append(stand_in)
            else:
                meetings.append(stand_in)
        problems: list[Problem] = []
        read_list(list_text(programs, meetings).encode(), "", keys.ids(paths), problems)
        return problems

    if not found or not problems_of(found):
        return list(found)
    kept = []
    for each in found:
        if problems := problems_of([each]):
            left[f"entries that no list can hold: {problems[0].message}"] += 1
        else:
            kept.append(each)
    return kept


# --- reading ------------------------------------------------------------------------------


def _rows(file: str) -> list[Row]:
    label = clean(file)
    path = Path(file)
    if path.is_dir():
        return _tables(path)
    data = read_bytes(file, label, MOST_BYTES, "Name the file that you saved.")
    if path.suffix.lower() == ".xlsx":
        return _under_heads(xlsx_rows(data, label))
    text, problems = decode(data, label, MOST_BYTES)
    if text is None or problems:
        raise ProgramsError(problems)
    if path.suffix.lower() in _TABLES:
        return _csv(text, label)
    return _json(text, label)


def _json(text: str, label: str) -> list[Row]:
    try:
        root = json.loads(text)
    except (ValueError, RecursionError) as error:
        place = (getattr(error, "lineno", 1), getattr(error, "colno", 1))
        said = getattr(error, "msg", "it is nested too deep, or holds a number too long")
        raise ProgramsError([Problem(label, *place, "not-json", f"not JSON: {said}")]) from None
    if isinstance(root, dict):
        root = next((root[key] for key in _ROWS_UNDER if isinstance(root.get(key), list)), [root])
    if not isinstance(root, list):
        said = f"expected a list of entries, or one under {', '.join(map(quoted, _ROWS_UNDER))}"
        raise ProgramsError([Problem(label, 1, 1, "no-entries", said)])
    return [each for each in root[:MOST_ROWS] if isinstance(each, dict)]


def _csv(text: str, label: str) -> list[Row]:
    lines = text.splitlines()
    between = max(",;\t", key=(lines[0] if lines else "").count)
    rows = csv.reader(io.StringIO(text), delimiter=between, strict=True)
    try:
        return _under_heads(rows)
    except csv.Error as error:
        said = f"not CSV: {clean(str(error))}"
        raise ProgramsError([Problem(label, rows.line_num, 1, "not-csv", said)]) from None


def _under_heads(rows: Iterable[Sequence[str]]) -> list[Row]:
    """Each row by the names of its columns, as they stand in the first one."""
    found: list[Row] = []
    heads: list[str] = []
    for row in rows:
        if not heads:
            heads = [cell.strip() for cell in row]
        elif any(row) and len(found) < MOST_ROWS:
            found.append(dict(zip(heads, row, strict=False)))
    return found


def _tables(folder: Path) -> list[Row]:
    """HSDS as a folder of CSV files: services with what hangs on them, as its JSON nests it."""

    def table(*names: str) -> list[Mapping[str, Any]]:
        for name in names:
            file = folder / f"{name}.csv"
            if file.is_file():
                data = read_bytes(str(file), clean(str(file)), MOST_BYTES, "Name a folder of HSDS.")
                text, problems = decode(data, clean(str(file)), MOST_BYTES)
                if text is None or problems:
                    raise ProgramsError(problems)
                return _csv(text, clean(str(file)))
        return []

    services = table("service", "services")
    if not services:
        raise PathfinderError(f"{clean(str(folder))} holds no services.csv, so it is no HSDS.")
    holders = {row["id"]: row for row in table("organization", "organizations") if row.get("id")}
    places = {row["id"]: dict(row) for row in table("location", "locations") if row.get("id")}
    for address in table("address", "addresses", "physical_addresses"):
        place = places.get(address.get("location_id", ""))
        if place is not None:
            place.setdefault("addresses", []).append(dict(address))
    phones, languages = table("phone", "phones"), table("language", "languages")
    at = table("service_at_location", "services_at_location")
    return [
        {
            **row,
            "organization": holders.get(row.get("organization_id", ""), {}),
            "phones": [each for each in phones if each.get("service_id") == row.get("id")],
            "languages": [each for each in languages if each.get("service_id") == row.get("id")],
            "service_at_locations": [
                {"location": places.get(each.get("location_id", ""), {})}
                for each in at
                if each.get("service_id") == row.get("id")
            ],
        }
        for row in services
    ]
