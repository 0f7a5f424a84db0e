"""The list of sessions, quickly: what each holds in short, kept in an encrypted index.

Why this module exists: opening thousands of files to show one line of each takes
seconds. The index is a memory of what was read before, never the only copy: each
line carries the stamp of its file, and where the two differ the file is read again.
So it may be lost, old or cut off, and the list is right all the same.

It must not sort out what a damaged session held: it is listed as damaged.
"""

from __future__ import annotations

import json
from typing import Any, Final, NamedTuple

from pathfinder.errors import CantWrite, PathfinderError
from pathfinder.sessions.model import Judgement
from pathfinder.sessions.serialize import draft_from, session_from
from pathfinder.sessions.times import instant
from pathfinder.vault import Shelf, Vault
from pathfinder.vault.errors import NotThere
from pathfinder.vault.store import SHELVES, Stamp

_FORMAT: Final = 1


class Line(NamedTuple):
    """One session in short. `state`: saved, unfinished, or damaged (then the rest is empty).

    `judgement`: agrees, otherwise or open; `path` is what the tool put first.
    """

    id: str
    state: str
    client: str = ""
    saved: str = ""
    revisions: int = 0
    path: str = ""
    judgement: str = "open"


def lines(vault: Vault) -> tuple[Line, ...]:
    """Every session, newest first; an unfinished one stands for itself beside its session."""
    known = _known(vault)
    found: dict[tuple[Shelf, str], tuple[Stamp, Line]] = {}
    fresh = 0
    for shelf in SHELVES:
        for id_, stamp in vault.stamps(shelf).items():
            old = known.get((shelf, id_))
            if old is not None and old[0] == stamp:
                found[shelf, id_] = old
                continue
            line = _read(vault, shelf, id_)
            if line is not None:
                found[shelf, id_] = (stamp, line)
                fresh += 1
    if fresh or len(found) != len(known):
        _remember(vault, found)
    every = [line for _, line in found.values()]
    return tuple(sorted(every, key=lambda line: (instant(line.saved), line.id), reverse=True))


def word_for(judgement: Judgement | None) -> str:
    if judgement is None:
        return "open"
    return "agrees" if judgement.agrees else "otherwise"


def _read(vault: Vault, shelf: Shelf, id_: str) -> Line | None:
    """A line from the file itself; None if it went meanwhile."""
    try:
        data = vault.read(shelf, id_)
        if shelf == "drafts":
            draft = draft_from(data, id_)
            return Line(id_, "unfinished", draft.client, draft.saved, draft.base)
        session = session_from(data, id_)
    except NotThere:
        return None
    except PathfinderError:
        return Line(id_, "damaged")
    newest = session.newest
    ranked = session.given["ranked"]
    return Line(
        id_, "saved", session.client, newest.saved, newest.number,
        ranked[0]["path"] if ranked else "", word_for(newest.judgement),
    )  # fmt: skip


def _known(vault: Vault) -> dict[tuple[Shelf, str], tuple[Stamp, Line]]:
    data = vault.index()
    if data is None:
        return {}
    try:
        root = json.loads(data)
        if root["format"] != _FORMAT:
            return {}
        return {
            (shelf, row[3]): ((row[0], row[1], row[2]), Line(*row[3:]))
            for shelf in SHELVES
            for row in root[shelf]
        }
    except (ValueError, KeyError, TypeError, IndexError, RecursionError):
        return {}


def _remember(vault: Vault, found: dict[tuple[Shelf, str], tuple[Stamp, Line]]) -> None:
    root: dict[str, Any] = {"format": _FORMAT}
    for shelf in SHELVES:
        root[shelf] = [[*stamp, *line] for (on, _), (stamp, line) in found.items() if on == shelf]
    try:
        with vault.writer() as writer:
            writer.write_index(json.dumps(root).encode())
    except CantWrite:
        pass  # the list is right without it, only slower next time
