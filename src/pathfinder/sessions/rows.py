"""An agency's own rows as intakes: each value by its mapping, each problem at its line.

Why this module exists: whoever brings in a year of admissions must be able to trust each of
them. So every row is read before any is kept, a value that the mapping doesn't name is a
problem and no guess, and what a row doesn't say stays unknown.

It must not keep anything, or decide.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from pathfinder.engine.question import NONE, Answer
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import PathfinderError, Problem
from pathfinder.files import read_bytes
from pathfinder.loader.answers_file import check_answers
from pathfinder.sanitize import clean, excerpt, quoted
from pathfinder.sessions.mapping_file import (
    DAYS,
    DayColumn,
    ImportMapping,
    ImportProblems,
    MappedColumn,
)
from pathfinder.sessions.validate import check_client
from pathfinder.suggest import suggestion

_MOST_BYTES: Final = 256 * 1024 * 1024
_NAME_ONE: Final = "Name a file of rows: CSV or JSON lines."


class ImportedRow(NamedTuple):
    """One row as an intake. `day` is as exact as the data: a date, or a year alone."""

    line: int
    client: str
    day: str
    answers: Mapping[str, Answer]
    level: str | None


class _Row(NamedTuple):
    line: int
    values: Mapping[str, str]


def read_rows(rules: RuleSet, mapping: ImportMapping, file: str) -> list[ImportedRow]:
    """Every row of a CSV file or of JSON lines (by the name's ending).

    Raises `ImportProblems` with all problems in the order of the file, and FileProblem.
    """
    label = clean(file)
    data = read_bytes(file, label, _MOST_BYTES, _NAME_ONE)
    reading = _Reading(rules, mapping, label)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ImportProblems([reading.problem(line, 1, "not-utf-8", "not UTF-8 text")]) from None
    if len(data) > _MOST_BYTES:
        raise ImportProblems([reading.problem(1, 1, "too-large", "far too large to be rows")])
    as_lines = file.lower().endswith((".jsonl", ".ndjson"))
    rows = reading.json_lines(text) if as_lines else reading.csv(text)
    found = [row for each in rows if (row := reading.row(each)) is not None]
    if not reading.problems and not found:
        reading.note(1, 1, "empty", "no row stands in this file")
    if reading.problems:
        raise ImportProblems(reading.problems)
    return found


class _Reading:
    """One file while it is read."""

    def __init__(self, rules: RuleSet, mapping: ImportMapping, label: str) -> None:
        self._rules = rules
        self._mapping = mapping
        self._label = label
        self._places = {name: place for place, name in enumerate(mapping.columns, start=1)}
        self.problems: list[Problem] = []

    def problem(self, line: int, column: int, code: str, message: str) -> Problem:
        return Problem(self._label, line, column, code, message)

    def note(self, line: int, column: int, code: str, message: str) -> None:
        self.problems.append(self.problem(line, column, code, message))

    # --- rows out of the file ---

    def csv(self, text: str) -> Iterator[_Row]:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        try:
            head = [name.strip() for name in next(reader, [])]
            if not self._has_columns(head, 1):
                return
            self._places = {name: place for place, name in enumerate(head, start=1)}
            begins = reader.line_num + 1
            for cells in reader:
                line, begins = begins, reader.line_num + 1
                if not cells:
                    continue
                if len(cells) != len(head):
                    message = f"{len(cells)} columns, where the head has {len(head)}"
                    self.note(line, 1, "ragged", message)
                    continue
                pairs = zip(head, cells, strict=True)
                yield _Row(line, {name: cell.strip() for name, cell in pairs})
        except csv.Error as error:
            self.note(reader.line_num, 1, "not-csv", f"this isn't CSV: {clean(str(error))}")

    def json_lines(self, text: str) -> Iterator[_Row]:
        for number, line in enumerate(text.split("\n"), start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except (ValueError, RecursionError):
                self.note(number, 1, "not-json", "this line isn't JSON")
                continue
            if not isinstance(row, dict):
                self.note(number, 1, "not-an-object", "expected an object, as in {...}")
                continue
            values = {}
            for name in self._mapping.columns:
                value = row.get(name)
                if isinstance(value, bool | int | str) or value is None:
                    values[name] = "" if value is None else str(value).strip()
                else:
                    self._wrong(number, name, "expected text or a whole number")
            yield _Row(number, values)

    def _has_columns(self, head: Sequence[str], line: int) -> bool:
        missing = [name for name in self._mapping.columns if name not in head]
        for name in missing:
            self.note(
                line, 1, "missing-column", f"no column {quoted(name)}{suggestion(name, head)}"
            )
        twice = sorted({name for name in head if head.count(name) > 1 and name in self._places})
        for name in twice:
            self.note(line, 1, "repeated-column", f"the column {quoted(name)} stands here twice")
        return not missing and not twice

    # --- a row as an intake ---

    def row(self, row: _Row) -> ImportedRow | None:
        """The intake; None where the row has a problem, which is noted."""
        before = len(self.problems)
        client, day = self._client(row), self._day(row, self._mapping.day)
        answers: dict[str, object] = {}
        for question, columns in self._mapping.answers.items():
            many = self._rules.question_by_id[question].kind == "many"
            said = [means for each in columns if (means := self._means(row, each)) is not None]
            if said:
                answers[question] = _listed(said) if many else said[0]
        level = None
        if self._mapping.level is not None:
            level = self._means(row, self._mapping.level)
        if len(self.problems) > before:
            return None
        return ImportedRow(row.line, client, day, check_answers(self._rules, answers), level)

    def _means(self, row: _Row, column: MappedColumn) -> str | None:
        if any(row.values.get(name, "") not in only for name, only in column.where.items()):
            return None
        value = row.values.get(column.column, "")
        if value in column.values:
            return column.values[value]
        if value not in column.silent and value not in self._mapping.unknown:
            known = [*column.values, *column.silent]
            found = f"{quoted(excerpt(value, 40))} isn't in the mapping"
            self._wrong(row.line, column.column, f"{found}{suggestion(value, known)}")
        return None

    def _client(self, row: _Row) -> str:
        column, prefix = self._mapping.client
        value = row.values.get(column, "")
        try:
            return check_client(prefix + value if value else "")
        except PathfinderError as error:
            self._wrong(row.line, column, str(error))
            return ""

    def _day(self, row: _Row, wanted: DayColumn) -> str:
        value = row.values.get(wanted.column, "")
        try:
            found = datetime.strptime(value, DAYS[wanted.form])
        except ValueError:
            message = f"{quoted(excerpt(value, 40))} isn't a day written as {wanted.form}"
            self._wrong(row.line, wanted.column, message)
            return ""
        return f"{found.year:04}" if wanted.form == "year" else found.date().isoformat()

    def _wrong(self, line: int, column: str, message: str) -> None:
        place = self._places.get(column, 1)
        self.note(line, place, "wrong-value", f"{clean(column)}: {message}")


def _listed(said: Sequence[str]) -> list[str] | str:
    """Answers of a checklist; "none" stands alone, and gives way to anything else."""
    others = [each for each in dict.fromkeys(said) if each != NONE]
    return others or NONE
