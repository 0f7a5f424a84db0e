"""Rows of an agency's data kept as sessions, with what the rules say to them today.

Why this module exists: an import of thousands may be cut off, and is run again. What stands
there already is passed over, each session is whole or not there, and other windows can save
in between.

It must not read a file of rows, or ask anything.
"""

from __future__ import annotations

import hmac
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from pathfinder.engine.decide import decide
from pathfinder.engine.ruleset import RuleSet
from pathfinder.sessions.index import lines
from pathfinder.sessions.model import Given, Judgement, Revision, Session
from pathfinder.sessions.rows import ImportedRow
from pathfinder.sessions.serialize import session_bytes
from pathfinder.vault import Vault
from pathfinder.vault.files import id_from

_AT_A_TIME: Final = 50


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
