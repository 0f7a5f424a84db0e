"""Keeping sessions: begin, keep, save, save as, read, resume, forget.

Why this module exists: what is saved stays saved. A save is a new revision beside
the old ones, never in their place; one made on an older revision is refused, and so is
a draft that another window writes, so that two windows can't undo each other's work.

It must not ask anything, show anything, or decide what an answer means.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from pathfinder.engine.decision import Decision
from pathfinder.engine.question import Answer
from pathfinder.errors import Damaged
from pathfinder.sanitize import quoted
from pathfinder.sessions import index
from pathfinder.sessions.choices import (
    Gone,
    Stale,
    is_ours,
    need_it_there,
    remove_ours,
    unfinished,
)
from pathfinder.sessions.index import draft_or_none, read, session_or_none, turn_of
from pathfinder.sessions.model import (
    NOTHING_BESIDE,
    Beside,
    Draft,
    Given,
    Judgement,
    Revision,
    Session,
)
from pathfinder.sessions.serialize import draft_bytes, session_bytes
from pathfinder.vault import Vault, Writer, new_id


def now() -> str:
    """The time as it is kept: local, with its distance from UTC, to the second."""
    from datetime import datetime

    return datetime.now().astimezone().isoformat(timespec="seconds")


# --- while the quiz runs ----------------------------------------------------------------


def begin(vault: Vault, client: str, *, begun: str | None = None, follows: str = "") -> Draft:
    """A new session, unfinished and on the disk, so that a save later isn't a first try.

    `follows`: the id of the session that it follows up.
    """
    time = begun or now()
    draft = Draft(new_id(), client, time, time, 0, {}, {}, {}, new_id(), follows)
    with vault.writer() as writer:
        writer.write("drafts", draft.id, draft_bytes(draft))
    return draft


def resume(vault: Vault, id_: str, *, from_saved: bool = False) -> Draft:
    """What to go on from: the session's draft where there is one, else its newest revision.

    `from_saved`: the newest revision; a draft is dropped then, and nothing else.
    """
    turn = turn_of(vault, id_)  # first: what is written after this moment is another window's
    draft = None if from_saved else draft_or_none(vault, id_)
    if draft is not None:
        return draft
    session = read(vault, id_)
    if from_saved:
        with vault.writer() as writer:
            writer.remove("drafts", id_)
        turn = ""
    passport = {key: str(value) for key, value in session.given["passport"].items()}
    newest = session.newest
    return Draft(
        id_, session.client, session.begun, newest.saved, newest.number, passport,
        newest.answers, newest.notes, turn, session.follows,
    )  # fmt: skip


def keep(
    vault: Vault,
    draft: Draft,
    answers: Mapping[str, Answer],
    notes: Mapping[str, str],
    passport: Mapping[str, str] | None = None,
) -> Draft:
    """The draft with these answers, on the disk when this returns.

    `passport`: of the rules that ask. Raises `Stale` where another window has written since
    `draft` was, `Gone`, and `CantWrite`; then what stands there stays.
    """
    with vault.writer() as writer:
        need_it_there(vault, draft)
        if not is_ours(vault, draft):
            raise Stale("This session is being asked in another window.")
        return _put(writer, draft, answers, notes, passport)


def branch(
    vault: Vault,
    draft: Draft,
    answers: Mapping[str, Answer],
    notes: Mapping[str, str],
    passport: Mapping[str, str] | None = None,
) -> Draft:
    """A new unfinished session with these answers, where `draft` is in another window's hands."""
    with vault.writer() as writer:
        return _put(writer, _another(draft), answers, notes, passport)


def drop(vault: Vault, draft: Draft) -> None:
    """Take a draft away, unless another window has written it since."""
    with vault.writer() as writer:
        remove_ours(vault, writer, draft)


def save(
    vault: Vault,
    draft: Draft,
    decision: Decision,
    answers: Mapping[str, Answer],
    notes: Mapping[str, str],
    judgement: Judgement | None = None,
    author: str = "",
    beside: Beside = NOTHING_BESIDE,
) -> Session:
    """A new revision of the draft's session; the draft goes, unless another window wrote it.

    Raises `Stale` if the session has a newer revision than the draft goes on from, `Gone` if
    it was forgotten meanwhile; `CantWrite`. Then all that was saved before stands, the draft too.
    """
    with vault.writer() as writer:
        need_it_there(vault, draft)
        before = session_or_none(vault, draft.id)
        if (before.newest.number if before else 0) != draft.base:
            raise _refused(draft, _put_aside(vault, writer, draft, answers, notes))
        if before is None:
            before = Session(draft.id, draft.client, draft.begun, "", (), (), draft.follows)
        revision = _revision(before, answers, notes, judgement, author, beside)
        saved = _add(vault, writer, before, _given(decision), revision)
        remove_ours(vault, writer, draft)
        return saved


def save_as(
    vault: Vault,
    draft: Draft,
    client: str,
    decision: Decision,
    answers: Mapping[str, Answer],
    notes: Mapping[str, str],
    judgement: Judgement | None = None,
    author: str = "",
    beside: Beside = NOTHING_BESIDE,
) -> Session:
    """Another session with these answers; that of the draft stays as it is. The draft goes.

    A note of a revision before stays with that: here it would pass for one of today.
    Raises `Gone` and `CantWrite`, as `save` does.
    """
    begun, copy_of = (now(), draft.id) if draft.base else (draft.begun, "")
    other = Session(new_id(), client, begun, copy_of, (), ())
    with vault.writer() as writer:
        need_it_there(vault, draft)
        notes = _of_today(vault, draft, notes)
        revision = _revision(other, answers, notes, judgement, author, beside)
        saved = _add(vault, writer, other, _given(decision), revision)
        remove_ours(vault, writer, draft)
        return saved


def amend(
    vault: Vault, session: Session, beside: Beside, judgement: Judgement | None, author: str = ""
) -> Session:
    """A new revision with what stands beside the answers; those and the decision stay as given.

    Raises `Stale` where the session was saved again since `session` was read, or a draft of it
    is unfinished: that draft could never be saved then. `Gone`, and `CantWrite`.
    """
    with vault.writer() as writer:
        there = session_or_none(vault, session.id)
        if there is None:
            raise Gone
        if there.newest.number != session.newest.number:
            raise Stale(
                f"The session {quoted(session.id)} was changed in another window meanwhile. "
                "Nothing was written. Do it once more on what stands there now."
            )
        if vault.has("drafts", session.id):
            raise unfinished(session.id)
        newest = there.newest
        revision = _revision(there, newest.answers, newest.notes, judgement, author, beside)
        return _add(vault, writer, there, there.given, revision)


# --- afterwards -------------------------------------------------------------------------


def judgement_that_still_holds(
    vault: Vault, id_: str, answers: Mapping[str, Answer], decision: Decision
) -> Judgement | None:
    """The judgement of the newest revision, if the answers and the first path are the same."""
    session = session_or_none(vault, id_)
    if session is None or dict(answers) != dict(session.newest.answers):
        return None
    first = decision.ranked[0].path if decision.ranked else None
    ranked = session.given["ranked"]
    same = first == (ranked[0]["path"] if ranked else None)
    return session.newest.judgement if same else None


def judged_last(vault: Vault, draft: Draft) -> tuple[Session, Revision] | None:
    """Where the newest judgement stands: in the session gone on with, or the one followed up."""
    id_ = draft.id if draft.base else draft.follows
    session = session_or_none(vault, id_) if id_ else None
    if session is None:
        return None
    judged = [each for each in session.revisions if each.judgement is not None]
    return (session, judged[-1]) if judged else None


def first_with(session: Session, part: Callable[[Revision], object]) -> Revision:
    """The revision since which a part of the newest one stands as it does."""
    found = session.newest
    for revision in reversed(session.revisions):
        if part(revision) != part(found):
            break
        found = revision
    return found


def beside_that_stays(vault: Vault, id_: str) -> Beside:
    """What was agreed, and what became of first steps: a new revision goes on from these."""
    session = session_or_none(vault, id_)
    if session is None:
        return NOTHING_BESIDE
    newest = session.newest
    return Beside(steps=newest.steps, agreed=newest.agreed, came=newest.came, since=newest.since)


class Forgotten(NamedTuple):
    """What was removed: the session, an unfinished draft of it."""

    session: bool
    draft: bool


def forget(vault: Vault, id_: str) -> Forgotten:
    """Remove a session, its draft, and what cut-off writes left.

    What the list remembers goes first: cut off after that, the session is still there to be
    forgotten, and never gone and yet remembered.
    """
    with vault.writer() as writer:
        index.forget(vault, writer, id_)
        draft = writer.remove("drafts", id_)
        return Forgotten(writer.remove("sessions", id_), draft)


# --- details ----------------------------------------------------------------------------


def _of_today(vault: Vault, draft: Draft, notes: Mapping[str, str]) -> dict[str, str]:
    """The notes without those that stand in the revision that the draft goes on from."""
    try:
        session = session_or_none(vault, draft.id) if draft.base else None
    except Damaged:
        session = None
    before = session.revisions[: draft.base][-1].notes if session is not None else {}
    return {question: note for question, note in notes.items() if before.get(question) != note}


def _put_aside(
    vault: Vault,
    writer: Writer,
    draft: Draft,
    answers: Mapping[str, Answer],
    notes: Mapping[str, str],
) -> Draft:
    """Answers that can't be saved, kept as a draft, but never in place of another window's."""
    free = turn_of(vault, draft.id) in ("", draft.turn)
    return _put(writer, draft if free else _another(draft), answers, notes)


def _refused(draft: Draft, aside: Draft) -> Stale:
    meanwhile = f"The session {quoted(draft.id)} was changed in another window meanwhile."
    go_on = f"pathfinder sessions resume {aside.id}"
    if aside.id == draft.id:
        return Stale(
            f"{meanwhile} Your answers are kept as its draft. To save them as another session: "
            f"{go_on} --save-as CODE"
        )
    return Stale(f"{meanwhile} Your answers are kept as a new session. To save them: {go_on}")


def _another(draft: Draft) -> Draft:
    return draft._replace(id=new_id(), begun=now(), base=0)


def _put(
    writer: Writer,
    draft: Draft,
    answers: Mapping[str, Answer],
    notes: Mapping[str, str],
    passport: Mapping[str, str] | None = None,
) -> Draft:
    kept = draft._replace(
        saved=now(),
        passport=passport or draft.passport,
        answers=dict(answers),
        notes=dict(notes),
        turn=new_id(),
    )
    writer.write("drafts", kept.id, draft_bytes(kept))
    return kept


def _revision(
    session: Session,
    answers: Mapping[str, Answer],
    notes: Mapping[str, str],
    judgement: Judgement | None,
    author: str,
    beside: Beside,
) -> Revision:
    number = len(session.revisions) + 1
    return Revision(number, now(), dict(answers), dict(notes), judgement, 0, author, *beside)


def _add(
    vault: Vault, writer: Writer, session: Session, given: Given, revision: Revision
) -> Session:
    decisions = session.decisions
    if not decisions or decisions[-1] != given:
        decisions = (*decisions, given)
    revision = revision._replace(decision=len(decisions) - 1)
    session = session._replace(revisions=(*session.revisions, revision), decisions=decisions)
    writer.write("sessions", session.id, session_bytes(session))
    index.remember(vault, writer, session)
    return session


def _given(decision: Decision) -> Given:
    from pathfinder.render.result_json import result

    return result(decision)
