"""Finding sessions: the list of them, quickly; one by its id, the start of it, or a client's code.

Why this module exists: opening thousands of files to show one line of each takes
seconds. The index is an encrypted memory of what was read before, never the only copy: each
line carries the stamp of its file, and where the two differ the file is read again.
So it may be lost, old or cut off, and the list is right all the same.

It also remembers how far each session was saved, so that an older file in its place is
told. That is no proof: who puts back the index, too, goes unnoticed.

A person types half an id or a code, and a file may be damaged or be the leftover of a save that
was cut off: what is meant is found out here, for every command.

It must not sort out what a damaged session held (it is listed as damaged), or write a session.
"""

from __future__ import annotations

import json
from typing import Any, Final, NamedTuple

from pathfinder.errors import CantWrite, Damaged, NotThere, PathfinderError
from pathfinder.sanitize import quoted
from pathfinder.sessions.model import (
    CONTACT,
    NEXT,
    Draft,
    Judgement,
    Session,
    day_or_text,
    held_of,
    instant,
)
from pathfinder.sessions.serialize import draft_from, session_from
from pathfinder.suggest import did_you_mean
from pathfinder.vault import Shelf, Vault, Writer
from pathfinder.vault.files import is_id, may_begin_id
from pathfinder.vault.store import SHELVES, Stamp

_FORMAT: Final = 1

_Key = tuple[Shelf, str]

_SEE_ALL = "See all: pathfinder sessions list"
_UNREADABLE = "?"
"""The mark of a draft that can't be read: `resume` passes it over, and `keep` replaces it."""


class Line(NamedTuple):
    """One session in short. `state`: saved, unfinished, or damaged (then the rest is empty).

    `judgement`: agrees, otherwise or open; `path` is what the tool put first. `known`: the
    revision that was saved last, as far as it was seen; indexes of before don't say.
    `held`: the intake was stopped for safety. `next_contact`: the day that was agreed for it, and
    `phone` with it. `contact_answered`: it says what became of the contact agreed before.
    `own`: the path or level that the counselor judged instead. `seen`: of a draft, when the newest
    that was seen here was written.
    """

    id: str
    state: str
    client: str = ""
    saved: str = ""
    revisions: int = 0
    path: str = ""
    judgement: str = "open"
    known: int = 0
    held: bool = False
    next_contact: str = ""
    phone: str = ""
    contact_answered: bool = False
    begun: str = ""
    own: str = ""
    seen: str = ""

    @property
    def older(self) -> int:
        """The revision that was saved before, where an older file stands in its place; else 0."""
        return self.known if self.state == "saved" and self.known > self.revisions else 0


_Rows = dict[_Key, tuple[Stamp, Line]]


def lines(vault: Vault) -> tuple[Line, ...]:
    """Every session, newest first; an unfinished one stands for itself beside its session."""
    known = _known(vault)
    found: _Rows = {}
    fresh = 0
    for shelf in SHELVES:
        for id_, stamp in vault.stamps(shelf).items():
            old = known.get((shelf, id_))
            if old is not None and old[0] == stamp:
                found[shelf, id_] = old
                continue
            line = _read(vault, shelf, id_)
            if line is not None:
                before = _known_of(old[1]) if old is not None else 0
                drafted = (line.saved, old[1].seen if old is not None else "")
                seen = max(drafted, key=instant) if shelf == "drafts" else ""
                known_now = max(before, line.revisions)
                found[shelf, id_] = (stamp, line._replace(known=known_now, seen=seen))
                fresh += 1
    if fresh or len(found) != len(known):
        _remember(vault, known, found)
    every = [line for _, line in found.values()]
    return tuple(sorted(every, key=lambda line: (instant(line.saved), line.id), reverse=True))


def older(vault: Vault, session: Session) -> int:
    """The revision that was saved before, where an older file stands in its place; else 0."""
    row = _known(vault).get(("sessions", session.id))
    known = _known_of(row[1]) if row is not None else 0
    return known if known > session.newest.number else 0


def older_draft(vault: Vault, draft: Draft) -> str:
    """When a newer draft was written that was seen in this one's place; else "".

    Each answer writes a draft, and the list notes them only when it is made, or asking is stopped.
    """
    row = _known(vault).get(("drafts", draft.id))
    seen = row[1].seen if row is not None else ""
    return seen if instant(seen) > instant(draft.saved) else ""


def remember(vault: Vault, writer: Writer, session: Session) -> None:
    """Note what was just saved: from now on this is the newest. It never fails."""
    key: _Key = ("sessions", session.id)
    line = _line(session)._replace(known=session.newest.number)
    try:
        stamp = vault.stamps("sessions")[session.id]
        _write(writer, {**_known(vault), key: (stamp, line)})
    except (OSError, PathfinderError, KeyError):
        pass  # the session is saved, and the list finds it without this


def forget(vault: Vault, writer: Writer, id_: str) -> None:
    """Drop what is remembered of a session: its client code stands here, too. Raises OSError."""
    known = _known(vault)
    left = {key: row for key, row in known.items() if key[1] != id_}
    if len(left) == len(known):
        return
    try:
        _write(writer, left)
    except OSError:
        writer.remove_index()  # on a full disk, rather no list than one that remembers


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
        return _line(session_from(data, id_))
    except NotThere:
        return None
    except PathfinderError:
        return Line(id_, "damaged")


def _line(session: Session) -> Line:
    newest = session.newest
    ranked = session.given["ranked"]
    return Line(
        session.id, "saved", session.client, newest.saved, newest.number,
        ranked[0]["path"] if ranked else "", word_for(newest.judgement),
        held=held_of(session) is not None,
        next_contact=newest.agreed.next_contact if newest.agreed is not None else "",
        phone=newest.agreed.phone if newest.agreed is not None else "",
        contact_answered=bool({CONTACT, NEXT} & dict(newest.came).keys()),
        begun=session.begun,
        own=(newest.judgement.path or newest.judgement.level or "") if newest.judgement else "",
    )  # fmt: skip


def _known_of(line: Line) -> int:
    return max(line.known, line.revisions) if line.state != "unfinished" else 0


def _known(vault: Vault) -> _Rows:
    data = vault.index()
    if data is None:
        return {}
    try:
        root = json.loads(data)
        if root["format"] != _FORMAT:
            return {}
        return {
            (shelf, row[3]): (_stamp(row), Line(*row[3:]))
            for shelf in SHELVES
            for row in root[shelf]
        }
    except (ValueError, KeyError, TypeError, IndexError, RecursionError):
        return {}


def _stamp(row: list[Any]) -> Stamp:
    """The stamp of a row; one that fits no file where an earlier version wrote the row."""
    whole = len(row) == len(Line._fields) + 3
    return (row[0], row[1], row[2]) if whole else (-1, -1, -1)


def _remember(vault: Vault, known: _Rows, found: _Rows) -> None:
    try:
        with vault.writer() as writer:
            # Between the reading and the lock another window may have saved: its word holds.
            later = {key: row for key, row in _known(vault).items() if known.get(key) != row}
            _write(writer, {**found, **{key: row for key, row in later.items() if vault.has(*key)}})
    except CantWrite:
        pass  # the list is right without it, only slower next time


def _write(writer: Writer, rows: _Rows) -> None:
    root: dict[str, Any] = {"format": _FORMAT}
    for shelf in SHELVES:
        root[shelf] = [[*stamp, *line] for (on, _), (stamp, line) in rows.items() if on == shelf]
    writer.write_index(json.dumps(root).encode())


class Several(PathfinderError):
    """A code, or the start of an id, that stands for several sessions; `found`: newest first."""

    def __init__(self, text: str, found: tuple[Line, ...], *, by_code: bool) -> None:
        self.found = found
        self.by_code = by_code
        ids = ", ".join(line.id for line in found[:5])
        told = [
            f"{line.id} ({day_or_text(line.saved)}{', unfinished' * (line.state == 'unfinished')})"
            for line in found[:5]
        ]
        dated = ", ".join(told)
        what = (
            f"{quoted(text)} stands for {len(found)} sessions, the newest first: {dated}. Name one."
            if by_code
            else f"{quoted(text)} begins {len(found)} sessions: {ids}. Type more of it."
        )
        super().__init__(what)


def named(vault: Vault, text: str) -> str:
    """The id that a person means: an id, the start of one, or the code of a client.

    Raises `NotThere`, and `Several` for what stands for more than one.
    """
    known = {*vault.stamps("sessions"), *vault.stamps("drafts")}
    typed = text.strip().casefold()
    if typed in known:
        return typed
    begun = {id_ for id_ in known if may_begin_id(typed) and id_.startswith(typed)}
    coded = {line.id for line in of_client(vault, text)}
    found = begun | coded
    if len(found) == 1:
        return found.pop()
    if found:
        listed = {line.id: line for line in lines(vault) if line.id in found}
        raise Several(text, tuple(listed.values()), by_code=not begun)
    near = did_you_mean(typed, sorted(known)) if is_id(typed) else ""
    raise NotThere(f"There is no session {quoted(text)}.{near} {_SEE_ALL}")


def of_client(vault: Vault, code: str) -> tuple[Line, ...]:
    """Every session under a code, newest first; an unfinished one stands for itself."""
    typed = code.strip().casefold()
    if not any(letter.isdigit() for letter in typed):
        return ()  # no code: the list need not be read
    return tuple([line for line in lines(vault) if line.client.casefold() == typed])


def read(vault: Vault, id_: str) -> Session:
    """A session with all its revisions. Raises `NotThere`, also for one not finished; `Damaged`."""
    try:
        data = vault.read("sessions", id_)
    except NotThere:
        if not vault.has("drafts", id_):
            raise
        raise NotThere(
            f"Session {id_} isn't finished, so there is no result yet. "
            f"Go on: pathfinder sessions resume {id_}"
        ) from None
    return session_from(data, id_)


def session_or_none(vault: Vault, id_: str) -> Session | None:
    try:
        return read(vault, id_)
    except NotThere:
        return None


def draft_or_none(vault: Vault, id_: str) -> Draft | None:
    """The session's draft. One that only repeats what was saved is a leftover of a cut-off save."""
    try:
        draft = draft_from(vault.read("drafts", id_), id_)
    except NotThere:
        return None
    except Damaged:
        if vault.has("sessions", id_):
            return None  # the session itself is whole, and it is what was saved
        raise
    session = session_or_none(vault, id_)
    if session is not None and draft.base < session.newest.number:
        newest = session.newest
        if (draft.answers, draft.notes) == (newest.answers, newest.notes):
            return None
    return draft


def turn_of(vault: Vault, id_: str) -> str:
    """The mark of the draft that stands there; "" for none."""
    try:
        return draft_from(vault.read("drafts", id_), id_).turn
    except NotThere:
        return ""
    except Damaged:
        return _UNREADABLE
