"""How far a program is, without asking anybody: a postal code, a small table, and a sphere.

Why this module exists: a program that nobody can get to is no help, and looking a place up over
the network would tell somebody where a person in need is. The table is the agency's own: a line a
postal code, with latitude, longitude and town.

It must not open a connection, or guess where this computer stands.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from pathfinder.errors import Problem, ProgramsError
from pathfinder.files import read_bytes
from pathfinder.loader.syntax.text import decode
from pathfinder.programs.model import Meeting, Program
from pathfinder.sanitize import clean, quoted

EARTH: Final = 3958.8  # miles, its mean radius
KILOMETERS: Final = 1.609344  # in a mile
MOST_BYTES: Final = 16 * 1024 * 1024
COLUMNS: Final[tuple[str, ...]] = ("postal_code", "latitude", "longitude", "town")
_MOST_TOLD: Final = 100

Point = tuple[float, float]


class MappedTown(NamedTuple):
    """A postal code's place. `town` may be empty."""

    point: Point
    town: str


Table = Mapping[str, MappedTown]


class Here(NamedTuple):
    """Where distances count from, as far as it is known."""

    point: Point | None = None
    postal_code: str = ""
    town: str = ""


NOWHERE: Final = Here()


class Distances:
    """How far entries are from one place. Of two things it knows one: miles, or the same town."""

    def __init__(self, here: Here, table: Table) -> None:
        self.here = here
        self._table = table
        self._of_codes: dict[str, float | None] = {"": None}
        self._of_points: dict[Point, float] = {}
        self._between = None if here.point is None else between(here.point)

    def miles(self, entry: Program | Meeting) -> float | None:
        """None where either place isn't known."""
        if self._between is None:
            return None
        if entry.coordinates is not None:
            miles = self._of_points.get(entry.coordinates)
            if miles is None:
                miles = self._of_points[entry.coordinates] = self._between(*entry.coordinates)
            return miles
        code = entry.postal_code
        if code in self._of_codes:
            return self._of_codes[code]
        place = self._table.get(plain_code(code))
        self._of_codes[code] = None if place is None else self._between(*place.point)
        return self._of_codes[code]

    def knows(self, entry: Program | Meeting) -> bool:
        """Whether anybody can tell where it is."""
        return entry.coordinates is not None or plain_code(entry.postal_code) in self._table

    def same_town(self, entry: Program | Meeting) -> bool:
        """Known to be in the same town, or under the same postal code."""
        code = plain_code(entry.postal_code)
        if code and code == self.here.postal_code:
            return True
        return bool(entry.town) and entry.town.casefold() == self.here.town


def here(near: str, table: Table) -> Here:
    """The place that `near` means: "01101", "Springfield", or "42.10, -72.59"."""
    text = near.strip()
    point = _point(text)
    if point is not None:
        return Here(point)
    code = plain_code(text)
    if code in table:
        place = table[code]
        return Here(place.point, code, place.town.casefold())
    if any(char.isdigit() for char in text):
        return Here(None, code)
    town = text.casefold()
    in_town = [place.point for place in table.values() if town and place.town.casefold() == town]
    return Here(_middle(in_town), "", town)


def _middle(points: list[Point]) -> Point | None:
    if not points:
        return None
    return sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points)


def _point(text: str) -> Point | None:
    north, comma, east = text.partition(",")
    try:
        point = float(north), float(east)
    except ValueError:
        return None
    return point if comma and abs(point[0]) <= 90 and abs(point[1]) <= 180 else None


def plain_code(code: str) -> str:
    """A postal code as it is compared: `01101-1234` and `sw1a 1aa` are `01101` and `SW1A1AA`."""
    if code.isdigit():
        return code
    text = code.strip().upper().replace(" ", "")
    first, _, rest = text.partition("-")
    return first if rest and first.isdigit() and len(first) == 5 else text


def between(here: Point) -> Callable[[float, float], float]:
    """Miles from `here` along the surface, by the haversine formula: quick, for thousands."""
    sin, cos, radians = math.sin, math.cos, math.radians
    north, east = radians(here[0]), radians(here[1])
    cosine = cos(north)

    def miles(latitude: float, longitude: float) -> float:
        to_north = radians(latitude)
        up = sin((to_north - north) / 2)
        along = sin((radians(longitude) - east) / 2)
        half = up * up + cosine * cos(to_north) * along * along
        return 2 * EARTH * math.asin(min(1.0, math.sqrt(half)))

    return miles


# --- the table ----------------------------------------------------------------------


def read_table(file: str) -> Table:
    """The agency's table of postal codes. Raises ProgramsError with every line that doesn't hold,
    FileProblem where it isn't there."""
    import csv  # only an agency that has such a table needs it

    label = clean(file)
    data = read_bytes(file, label, MOST_BYTES, "Name a table of postal codes.")
    text, problems = decode(data, label, MOST_BYTES)
    rows = csv.reader((text or "").splitlines(), strict=True)
    table: dict[str, MappedTown] = {}
    try:
        head = [cell.strip().casefold() for cell in next(rows, [])]
        missing = [name for name in COLUMNS[:3] if name not in head]
        if text is not None and missing:
            said = f"the first line names the columns {', '.join(COLUMNS)}; missing: {missing[0]}"
            problems.append(Problem(label, 1, 1, "missing-column", said))
        if problems:
            raise ProgramsError(problems)
        at = {name: head.index(name) for name in COLUMNS if name in head}
        for row in rows:
            if row and len(problems) < _MOST_TOLD:
                _add(table, row, at, Problem(label, rows.line_num, 1, "not-a-place", ""), problems)
    except csv.Error as error:
        problems.append(Problem(label, rows.line_num, 1, "not-csv", f"not CSV: {error}"))
    if problems:
        raise ProgramsError(problems)
    return table


def _add(
    table: dict[str, MappedTown],
    row: list[str],
    at: Mapping[str, int],
    place: Problem,
    problems: list[Problem],
) -> None:
    cells = {name: row[n].strip() for name, n in at.items() if n < len(row)}
    point = _point(f"{cells.get('latitude', '')},{cells.get('longitude', '')}")
    code = plain_code(cells.get("postal_code", ""))
    if point is None or not code:
        said = "expected a postal code, latitude and longitude"
        problems.append(place._replace(message=f"{said}; found {quoted(', '.join(row))}"))
        return
    table[code] = MappedTown(point, cells.get("town", ""))
