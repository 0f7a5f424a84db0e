"""Rows of an agency's data kept as sessions, with what the rules say to them today.

Why this module exists: an import of thousands may be cut off, and is run again. What stands
there already is passed over, each session is whole or not there, and other windows can save
in between.

It must not read a file of rows, or ask anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from pathfinder.engine.decide import decide
from pathfinder.engine.ruleset import RuleSet
from pathfinder.sessions.index import lines
from pathfinder.sessions.lookup import read
from pathfinder.sessions.model import Given, Judgement, Revision, Session
from pathfinder.sessions.rows import ImportedRow
from pathfinder.sessions.serialize import session_bytes
from pathfinder.vault import Vault, new_id

_AT_A_TIME: Final = 50


class BroughtIn(NamedTuple):
    """How many sessions are new, and how many stood there already."""

    new: int
    there: int


def bring_in(vault: Vault, rules: RuleSet, rows: Sequence[ImportedRow], name: str) -> BroughtIn:
    """Keep each row as a session of its own. `name`: of the mapping; it stands as the author.

    Raises `CantWrite`; what was kept until then stays, and another run goes on from there.
    """
    there = _standing(vault, name)
    new = [row for row in rows if (row.client, row.day, _shape(row)) not in there]
    for batch in _batches(new):
        sessions = [_session(rules, row, name) for row in batch]
        with vault.writer() as writer:
            for session in sessions:
                writer.write("sessions", session.id, session_bytes(session))
    lines(vault)  # the list is worked out once, and not after each of them
    return BroughtIn(len(new), len(rows) - len(new))


def author_of(name: str) -> str:
    """What stands as the author of an imported session."""
    return f"import: {name}"


def _standing(vault: Vault, name: str) -> set[tuple[str, str, object]]:
    """What an import under this mapping kept before."""
    found: set[tuple[str, str, object]] = set()
    for line in lines(vault):
        if line.state == "saved":
            first = (session := read(vault, line.id)).revisions[0]
            if first.author == author_of(name):
                found.add((session.client, session.begun, frozenset(first.answers.items())))
    return found


def _shape(row: ImportedRow) -> object:
    return frozenset(row.answers.items())


def _batches(rows: Sequence[ImportedRow]) -> Iterator[Sequence[ImportedRow]]:
    for begin in range(0, len(rows), _AT_A_TIME):
        yield rows[begin : begin + _AT_A_TIME]


def _session(rules: RuleSet, row: ImportedRow, name: str) -> Session:
    from pathfinder.render.result_json import result

    given = result(decide(rules, row.answers))
    judgement = _judgement(given, row.level)
    revision = Revision(1, row.day, row.answers, {}, judgement, 0, author_of(name))
    return Session(new_id(), row.client, row.day, "", (revision,), (given,))


def _judgement(given: Given, level: str | None) -> Judgement | None:
    """The level that was chosen then, beside what the tool says; nobody knows why any more."""
    if level is None or not given["ranked"]:
        return None
    if level == given["ranked"][0]["level"]:
        return Judgement(agrees=True)
    return Judgement(agrees=False, level=level)
