"""Finding sessions: by an id or its start, by a client's code, as saved, and as a draft.

Why this module exists: a person types half an id or a code, and a file may be damaged or be
the leftover of a save that was cut off. What is meant is found out in one place.

It must not write.
"""

from __future__ import annotations

from pathfinder.errors import PathfinderError
from pathfinder.sanitize import quoted
from pathfinder.sessions.index import Line, lines
from pathfinder.sessions.model import Draft, Session
from pathfinder.sessions.serialize import draft_from, session_from
from pathfinder.suggest import did_you_mean
from pathfinder.vault import Vault
from pathfinder.vault.errors import Damaged, NotThere
from pathfinder.vault.files import is_id, may_begin_id

_SEE_ALL = "See all: pathfinder sessions list"
_UNREADABLE = "?"
"""The mark of a draft that can't be read: `resume` passes it over, and `keep` replaces it."""


class Several(PathfinderError):
    """A code, or the start of an id, that stands for several sessions; `found`: newest first."""

    def __init__(self, text: str, found: tuple[Line, ...], *, by_code: bool) -> None:
        self.found = found
        self.by_code = by_code
        ids = ", ".join(line.id for line in found[:5])
        what = (
            f"{quoted(text)} stands for {len(found)} sessions, the newest first: {ids}. Name one."
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
