"""Keeping sessions: begin, keep, save, save as, read, resume, forget.

Why this module exists: what is saved stays saved. A save is a new revision beside
the old ones, never in their place; one made on an older revision is refused, so
that two windows can't undo each other's work.

It must not ask anything, show anything, or decide what an answer means.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from pathfinder.errors import PathfinderError
from pathfinder.nearest import did_you_mean
from pathfinder.result import Decision
from pathfinder.sessions.form import draft_bytes, draft_from, session_bytes, session_from
from pathfinder.sessions.record import Answer, Draft, Given, Judgement, Revision, Session
from pathfinder.text import quoted
from pathfinder.vault import Vault, Writer, new_id
from pathfinder.vault.names import is_id, may_begin_id
from pathfinder.vault.trouble import Damaged, NotThere

_SEE_ALL = "See all: pathfinder sessions list"


class Stale(PathfinderError):
    """Somebody saved this session after it was opened here. Nothing was changed."""


def now() -> str:
    """The time as it is kept: local, with its distance from UTC, to the second."""
    from datetime import datetime

    return datetime.now().astimezone().isoformat(timespec="seconds")


def named(vault: Vault, text: str) -> str:
    """The id that a person means: an id, or the start of one. Raises `NotThere`, or wrong use."""
    known = {*vault.stamps("sessions"), *vault.stamps("drafts")}
    typed = text.strip().casefold()
    found = sorted(id_ for id_ in known if may_begin_id(typed) and id_.startswith(typed))
    if len(found) == 1:
        return found[0]
    if found:
        raise PathfinderError(
            f"{quoted(text)} begins {len(found)} sessions: {', '.join(found[:5])}. Type more of it."
        )
    near = did_you_mean(typed, sorted(known)) if is_id(typed) else ""
    raise NotThere(f"There is no session {quoted(text)}.{near} {_SEE_ALL}")


# --- while the quiz runs ----------------------------------------------------------------


def begin(vault: Vault, client: str, *, begun: str | None = None) -> Draft:
    """A new session, unfinished and on the disk, so that a save later isn't a first try."""
    time = begun or now()
    draft = Draft(new_id(), client, time, time, 0, {}, {}, {})
    with vault.writer() as writer:
        writer.write("drafts", draft.id, draft_bytes(draft))
    return draft


def resume(vault: Vault, id_: str) -> Draft:
    """What to go on from: the session's draft where there is one, else its newest revision."""
    draft = _draft(vault, id_)
    if draft is not None:
        return draft
    session = read(vault, id_)
    passport = {key: str(value) for key, value in session.given["passport"].items()}
    newest = session.newest
    return Draft(
        id_, session.client, session.begun, newest.saved, newest.number, passport,
        newest.answers, newest.notes,
    )  # fmt: skip


def keep(
    vault: Vault,
    draft: Draft,
    answers: Mapping[str, Answer],
    notes: Mapping[str, str],
    passport: Mapping[str, str] | None = None,
) -> Draft:
    """The draft with these answers, on the disk when this returns.

    `passport`: of the rules that ask. Raises `CantWrite`; then the draft of before stands.
    """
    kept = draft._replace(
        saved=now(), passport=passport or draft.passport, answers=dict(answers), notes=dict(notes)
    )
    with vault.writer() as writer:
        writer.write("drafts", draft.id, draft_bytes(kept))
    return kept


def save(
    vault: Vault,
    draft: Draft,
    decision: Decision,
    answers: Mapping[str, Answer],
    notes: Mapping[str, str],
    judgement: Judgement | None = None,
) -> Session:
    """A new revision of the draft's session; the draft goes.

    Raises `Stale` if the session has a newer revision than the draft goes on from, or
    was forgotten meanwhile; `CantWrite`. Then all that was saved before stands, the draft too.
    """
    with vault.writer() as writer:
        before = _session(vault, draft.id)
        if (before.newest.number if before else 0) != draft.base:
            kept = draft._replace(saved=now(), answers=dict(answers), notes=dict(notes))
            writer.write("drafts", draft.id, draft_bytes(kept))
            raise Stale(
                f"The session {quoted(draft.id)} was changed in another window meanwhile. Your "
                "answers are kept as its draft. To save them as another session: "
                f"pathfinder sessions resume {draft.id} --save-as CODE"
            )
        if before is None:
            before = Session(draft.id, draft.client, draft.begun, "", (), ())
        saved = _add(writer, before, _given(decision), answers, notes, judgement)
        writer.remove("drafts", draft.id)
        return saved


def save_as(
    vault: Vault,
    draft: Draft,
    client: str,
    decision: Decision,
    answers: Mapping[str, Answer],
    notes: Mapping[str, str],
    judgement: Judgement | None = None,
) -> Session:
    """Another session with these answers; that of the draft stays as it is. The draft goes."""
    other = Session(new_id(), client, now(), draft.id if draft.base else "", (), ())
    with vault.writer() as writer:
        saved = _add(writer, other, _given(decision), answers, notes, judgement)
        writer.remove("drafts", draft.id)
        return saved


# --- afterwards -------------------------------------------------------------------------


def read(vault: Vault, id_: str) -> Session:
    """A session with all its revisions. Raises `NotThere` or `Damaged`."""
    return session_from(vault.read("sessions", id_), id_)


def judgement_that_still_holds(
    vault: Vault, id_: str, answers: Mapping[str, Answer], decision: Decision
) -> Judgement | None:
    """The judgement of the newest revision, if the answers and the first path are the same."""
    session = _session(vault, id_)
    if session is None or dict(answers) != dict(session.newest.answers):
        return None
    first = decision.ranked[0].path if decision.ranked else None
    ranked = session.given["ranked"]
    same = first == (ranked[0]["path"] if ranked else None)
    return session.newest.judgement if same else None


def update(vault: Vault, id_: str, change: Callable[[Revision], Revision]) -> Session:
    """A new revision, made from the newest one under the lock: no update is ever lost.

    `change` gets the newest revision, and gives what should stand in the new one; its
    number and time are set here, and the decision stays.
    """
    with vault.writer() as writer:
        session = read(vault, id_)
        changed = change(session.newest)
        return _add(
            writer, session, session.given, changed.answers, changed.notes, changed.judgement
        )


class Forgotten(NamedTuple):
    """What was removed: the session, an unfinished draft of it."""

    session: bool
    draft: bool


def forget(vault: Vault, id_: str) -> Forgotten:
    """Remove a session, its draft, and what cut-off writes left. The index is the caller's."""
    with vault.writer() as writer:
        draft = writer.remove("drafts", id_)
        return Forgotten(writer.remove("sessions", id_), draft)


# --- details ----------------------------------------------------------------------------


def _add(
    writer: Writer,
    session: Session,
    given: Given,
    answers: Mapping[str, Answer],
    notes: Mapping[str, str],
    judgement: Judgement | None,
) -> Session:
    decisions = session.decisions
    if not decisions or decisions[-1] != given:
        decisions = (*decisions, given)
    revision = Revision(
        len(session.revisions) + 1, now(), dict(answers), dict(notes), judgement, len(decisions) - 1
    )
    session = session._replace(revisions=(*session.revisions, revision), decisions=decisions)
    writer.write("sessions", session.id, session_bytes(session))
    return session


def _given(decision: Decision) -> Given:
    from pathfinder.show.json_form import result

    return result(decision)


def _session(vault: Vault, id_: str) -> Session | None:
    try:
        return read(vault, id_)
    except NotThere:
        return None


def _draft(vault: Vault, id_: str) -> Draft | None:
    """The session's draft. One that only repeats what was saved is a leftover of a cut-off save."""
    try:
        draft = draft_from(vault.read("drafts", id_), id_)
    except NotThere:
        return None
    except Damaged:
        if vault.has("sessions", id_):
            return None  # the session itself is whole, and it is what was saved
        raise
    session = _session(vault, id_)
    if session is not None and draft.base < session.newest.number:
        newest = session.newest
        if (draft.answers, draft.notes) == (newest.answers, newest.notes):
            return None
    return draft
