"""An agency's own rows brought in as sessions: each value by its mapping, each problem at its line.

Why this module exists: whoever brings in a year of admissions must be able to trust each of
them. So every row is read (`read_rows`) before any is kept (`bring_in`), a value that the mapping
doesn't name is a problem and no guess, and what a row doesn't say stays unknown. An import of
thousands may be cut off, and is run again: what stands there already is passed over, each session
is whole or not there, and other windows can save in between.

It must not ask anything, or know what a column is called: the mapping says that (`mapping_file`).
"""

from __future__ import annotations

import csv
import hmac
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from pathfinder.engine.decide import decide
from pathfinder.engine.question import NONE, Answer
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import PathfinderError, Problem
from pathfinder.files import read_bytes
from pathfinder.loader.answers_file import check_answers
from pathfinder.sanitize import clean, excerpt, quoted
from pathfinder.sessions.choices import check_client
from pathfinder.sessions.index import lines
from pathfinder.sessions.mapping_file import (
    DAYS,
    DayColumn,
    ImportMapping,
    ImportProblems,
    MappedColumn,
)
from pathfinder.sessions.model import Given, Judgement, Revision, Session
from pathfinder.sessions.serialize import session_bytes
from pathfinder.suggest import suggestion
from pathfinder.vault import Vault
from pathfinder.vault.files import id_from

_MOST_BYTES: Final = 256 * 1024 * 1024
_NAME_ONE: Final = "Name a file of rows: CSV or JSON lines."

_AT_A_TIME: Final = 50


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


class BroughtIn(NamedTuple):
    """How many sessions are new, and how many stood there already."""

    new: int
    there: int


def bring_in(vault: Vault, rules: RuleSet, rows: Sequence[ImportedRow], name: str) -> BroughtIn:
    """Keep each row as a session of its own. `name`: of the mapping; it stands as the author.

    A row always gets the same id in the same vault, so nothing comes in twice, also where two
    windows bring in the same rows. Raises `CantWrite`; what was kept until then stays.
    """
    new = 0
    for batch in _batches(_with_ids(vault, rows, name)):
        made = [
            _session(rules, row, id_, name) for id_, row in batch if not vault.has("sessions", id_)
        ]
        with vault.writer() as writer:
            for session in made:
                if not vault.has("sessions", session.id):  # another window may have been quicker
                    writer.write("sessions", session.id, session_bytes(session))
                    new += 1
    lines(vault)  # the list is worked out once, and not after each of them
    return BroughtIn(new, len(rows) - new)


def author_of(name: str) -> str:
    """What stands as the author of an imported session."""
    return f"import: {name}"


def _with_ids(
    vault: Vault, rows: Sequence[ImportedRow], name: str
) -> list[tuple[str, ImportedRow]]:
    """Each row with its id. Rows that say the same are told apart by their order.

    The digest is keyed with the vault's public key, which nobody without access knows: else
    the name of a file would confirm a guess at a code and its answers.
    """
    key = vault.people().owner.encode()
    seen: Counter[str] = Counter()
    found = []
    for row in rows:
        said = json.dumps([name, row.client, row.day, sorted(row.answers.items()), row.level])
        seen[said] += 1
        digest = hmac.digest(key, f"{said} {seen[said]}".encode(), "sha256")
        found.append((id_from(digest), row))
    return found


def _batches(
    rows: Sequence[tuple[str, ImportedRow]],
) -> Iterator[Sequence[tuple[str, ImportedRow]]]:
    for begin in range(0, len(rows), _AT_A_TIME):
        yield rows[begin : begin + _AT_A_TIME]


def _session(rules: RuleSet, row: ImportedRow, id_: str, name: str) -> Session:
    from pathfinder.render.result_json import result

    given = result(decide(rules, row.answers))
    judgement = _judgement(given, row.level)
    revision = Revision(1, row.day, row.answers, {}, judgement, 0, author_of(name))
    return Session(id_, row.client, row.day, "", (revision,), (given,))


def _judgement(given: Given, level: str | None) -> Judgement | None:
    """The level that was chosen then, beside what the tool says; nobody knows why any more."""
    if level is None or not given["ranked"]:
        return None
    if level == given["ranked"][0]["level"]:
        return Judgement(agrees=True)
    return Judgement(agrees=False, level=level)
