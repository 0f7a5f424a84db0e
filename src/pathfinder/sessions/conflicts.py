"""Two windows on one session: who may write its draft, and what the other one is told.

Why this module exists: a window can't see that another one writes the same draft, or that
the session was forgotten there. Each writing leaves a mark (`Draft.turn`); who finds
another mark than their own writes nothing in its place.

It must not write an answer. All but `need_newest` is asked under the lock.
"""

from __future__ import annotations

from pathfinder.errors import CantWrite, PathfinderError
from pathfinder.sanitize import quoted
from pathfinder.sessions.index import session_or_none, turn_of
from pathfinder.sessions.model import Draft
from pathfinder.vault import Vault, Writer
from pathfinder.vault.store import SHELVES


class Stale(PathfinderError):
    """Another window has changed this session since it was opened here. That stays as it is."""


class Gone(CantWrite):
    """The session was forgotten after it was opened here. It must not come back."""

    def __init__(self) -> None:
        super().__init__("This session was forgotten in another window. Nothing more is kept.")


def need_newest(vault: Vault, draft: Draft) -> None:
    """Raise `Stale` for a draft that can't become the next revision, before anyone is asked."""
    session = session_or_none(vault, draft.id)
    if session is not None and session.newest.number != draft.base:
        go_on = f"pathfinder sessions resume {draft.id}"
        raise Stale(
            f"The session {quoted(draft.id)} was saved again after this draft of it was begun. To "
            f"save the draft as another session: {go_on} --save-as CODE. To drop the draft, and "
            f"go on from what was saved: {go_on} --from-saved"
        )


def unfinished(id_: str) -> Stale:
    """Why nothing is written beside a session of which a draft is unfinished."""
    go_on = f"pathfinder sessions resume {id_}"
    return Stale(
        f"An unfinished draft of the session {quoted(id_)} stands there. Finish it first: {go_on}. "
        f"To drop it, and go on from what was saved: {go_on} --from-saved"
    )


def need_it_there(vault: Vault, draft: Draft) -> None:
    """Raise `Gone` if neither the session nor a draft of it stands there any more."""
    was_there = draft.base or draft.turn
    if was_there and not any(vault.has(shelf, draft.id) for shelf in SHELVES):
        raise Gone


def is_ours(vault: Vault, draft: Draft) -> bool:
    """Whether nobody has written since `draft` was read or written here."""
    turn = turn_of(vault, draft.id)
    if turn or draft.turn:
        return turn == draft.turn
    # No draft stands there, then or now; but one may have come, been saved and gone.
    session = session_or_none(vault, draft.id)
    return session is None or session.newest.number == draft.base


def remove_ours(vault: Vault, writer: Writer, draft: Draft) -> None:
    """Take the session's draft away, if it is the one that was read or written here."""
    if draft.turn == turn_of(vault, draft.id):
        writer.remove("drafts", draft.id)
