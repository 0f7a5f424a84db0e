"""The answers of a saved session, as the rules in use take them: for a page, and for other systems.

Why this module exists: an explanation, a handout, a FHIR response and a bundle can be made from a
session, too, and are made of the same revision in the same way. What the rules have changed
since is told on standard error, never passed over.

It must not change the session: what was found then stays as it was given.
"""

import contextlib
from datetime import UTC
from typing import TYPE_CHECKING, Final, NamedTuple

from pathfinder.commands.sessions.shared import older_told, opened, say, the_session
from pathfinder.commands.shared import rules_folder
from pathfinder.errors import PathfinderError
from pathfinder.loader.migrations import read_migrations
from pathfinder.loader.older_answers import Carried, carry
from pathfinder.sessions import check_client, messages, pages, read, resume, session_or_none
from pathfinder.sessions.model import day, instant
from pathfinder.vault import vault_folder
from pathfinder.vault.files import id_of, is_id, may_begin_id
from pathfinder.vault.store import SHELVES

if TYPE_CHECKING:
    from collections.abc import Mapping

    import typer

    from pathfinder.engine.question import Answer
    from pathfinder.engine.ruleset import RuleSet
    from pathfinder.loader.record_file import RecordWords
    from pathfinder.sessions.model import Revision, Session
    from pathfinder.vault import Vault

NOT_ENCRYPTED: Final = "This isn't encrypted. Whoever can read it can read the answers."
_ENDLESS: Final = 10**6
_FILES: Final = (".yaml", ".yml", ".json", ".jsonl", ".txt", ".md")
"""What ends like this is a file name with a slip in it, and nobody is asked for a passphrase."""


class SessionAnswers(NamedTuple):
    """The answers as today's rules take them; `saved` is an instant in UTC."""

    answers: "Mapping[str, Answer]"
    client: str
    saved: str


class SavedSession(NamedTuple):
    """One revision of a session, and what today's rules make of its answers.

    `followed`: the session that it follows up, if it is still there.
    """

    session: "Session"
    revision: "Revision"
    carried: Carried
    saved: str
    followed: "Session | None"


def may_be_session(text: str) -> bool:
    """Whether a session's id begins like this, or it could be a client's code.

    File names alone are looked at, unopened: codes stand nowhere but in the files.
    """
    typed = text.strip().casefold()
    ids = []
    for shelf in SHELVES:
        with contextlib.suppress(OSError):
            ids += [id_of(file.name) or "" for file in (vault_folder() / shelf).iterdir()]
    begins = may_begin_id(typed) and any(id_.startswith(typed) for id_ in ids)
    return begins or (any(ids) and _may_be_code(text))


def _may_be_code(text: str) -> bool:
    if text.casefold().endswith(_FILES) or is_id(text):
        return False
    try:
        return check_client(text) == text.strip()
    except PathfinderError:
        return False


def answers_of(
    context: "typer.Context",
    rules: str | None,
    rule_set: "RuleSet",
    session: str,
    passphrase_fd: int | None,
) -> "Mapping[str, Answer]":
    """The answers that were saved last, or those of a session that was only begun."""
    vault = opened(passphrase_fd)
    id_ = the_session(vault, session, passphrase_fd)
    say(*older_told(vault, id_))
    return carried_answers(context, rules, rule_set, vault, id_)


def revision_of(session: "Session", number: int | None) -> "Revision":
    """The revision with this number, from 1; the newest for None. Raises PathfinderError."""
    if number is None:
        return session.newest
    if not 1 <= number <= len(session.revisions):
        raise PathfinderError(
            f"There is no revision {number}. This session has {len(session.revisions)}."
        )
    return session.revisions[number - 1]


def carried_answers(
    context: "typer.Context",
    rules: str | None,
    rule_set: "RuleSet",
    vault: "Vault",
    id_: str,
    revision: int | None = None,
) -> "Mapping[str, Answer]":
    """The same of an open vault. `revision` counts from 1; None is the newest."""
    if vault.has("sessions", id_):
        session = read(vault, id_)
        taken = revision_of(session, revision)
        answers, passport = taken.answers, session.decision(taken)["passport"]
    else:
        draft = resume(vault, id_)
        answers, passport = draft.answers, draft.passport
        say(messages.only_begun(id_))
    migrations = read_migrations(rule_set, rules_folder(context, rules))
    carried = carry(rule_set, migrations, answers, {}, passport)
    say(*pages.what_carrying_did(rule_set, carried) if carried.told else ())
    return carried.answers


def answers_of_session(
    context: "typer.Context",
    rules: str | None,
    rule_set: "RuleSet",
    session: str,
    passphrase_fd: int | None,
) -> SessionAnswers:
    """The newest revision of a session, or a draft of one that was only begun."""
    vault = opened(passphrase_fd)
    id_ = the_session(vault, session, passphrase_fd)
    say(*older_told(vault, id_))
    answers = carried_answers(context, rules, rule_set, vault, id_)
    if vault.has("sessions", id_):
        found = read(vault, id_)
        return SessionAnswers(answers, found.client, in_utc(found.newest.saved))
    draft = resume(vault, id_)
    return SessionAnswers(answers, draft.client, in_utc(draft.saved))


def saved_session(
    context: "typer.Context",
    rules: str | None,
    rule_set: "RuleSet",
    session: str,
    revision: int | None,
    passphrase_fd: int | None,
) -> SavedSession:
    """A finished session. What the rules have changed since is told."""
    vault = opened(passphrase_fd)
    id_ = the_session(vault, session, passphrase_fd)
    say(*older_told(vault, id_))
    found = read(vault, id_)
    taken = revision_of(found, revision)
    migrations = read_migrations(rule_set, rules_folder(context, rules))
    passport = found.decision(taken)["passport"]
    carried = carry(rule_set, migrations, taken.answers, taken.notes, passport)
    say(*pages.what_carrying_did(rule_set, carried) if carried.told else ())
    followed = session_or_none(vault, found.follows) if found.follows else None
    return SavedSession(found, taken, carried, in_utc(taken.saved), followed)


def note_text(
    rules: "RuleSet", told: "RecordWords", found: SavedSession, style: str, *, with_notes: bool
) -> str:
    """The session as `sessions note` tells it, each paragraph on one line."""
    from pathfinder.render.layout import plain_text
    from pathfinder.sessions.note import note

    session, revision = found.session, found.revision
    page = note(
        rules, told, session, revision, style, with_notes=with_notes, followed=found.followed
    )
    return plain_text(page, _ENDLESS)


def in_utc(time: str) -> str:
    """A time as it is kept, as FHIR's instant in UTC; "" for what can't be read as a time."""
    if day(time) is None:
        return ""
    return instant(time).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
