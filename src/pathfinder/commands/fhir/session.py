"""A saved session, as the commands of `pathfinder fhir` need it: answers, code, day, note.

Why this module exists: a response and a bundle are made of the same revision in the same way.

It must not change the session.
"""

from datetime import UTC
from typing import TYPE_CHECKING, Final, NamedTuple

from pathfinder.commands.session_answers import carried_answers, revision_of
from pathfinder.commands.sessions.shared import older_told, opened, say, the_session
from pathfinder.commands.shared import rules_folder
from pathfinder.loader.migrations import read_migrations
from pathfinder.loader.older_answers import Carried, carry
from pathfinder.sessions import pages, read, resume
from pathfinder.sessions.times import day, instant

if TYPE_CHECKING:
    from collections.abc import Mapping

    import typer

    from pathfinder.engine.question import Answer
    from pathfinder.engine.ruleset import RuleSet
    from pathfinder.loader.record_file import RecordWords
    from pathfinder.sessions.model import Revision, Session

NOT_ENCRYPTED: Final = "This isn't encrypted. Whoever can read it can read the answers."
_ENDLESS: Final = 10**6


class SessionAnswers(NamedTuple):
    """The answers as today's rules take them; `saved` is an instant in UTC."""

    answers: "Mapping[str, Answer]"
    client: str
    saved: str


class SavedSession(NamedTuple):
    """One revision of a session, and what today's rules make of its answers."""

    session: "Session"
    revision: "Revision"
    carried: Carried
    saved: str


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
    return SavedSession(found, taken, carried, in_utc(taken.saved))


def note_text(
    rules: "RuleSet", told: "RecordWords", found: SavedSession, style: str, *, with_notes: bool
) -> str:
    """The session as `sessions note` tells it, each paragraph on one line."""
    from pathfinder.render.layout import plain_text
    from pathfinder.sessions.note import note

    session, revision = found.session, found.revision
    page = note(rules, told, session, revision, style, with_notes=with_notes)
    return plain_text(page, _ENDLESS)


def in_utc(time: str) -> str:
    """A time as it is kept, as FHIR's instant in UTC; "" for what can't be read as a time."""
    if day(time) is None:
        return ""
    return instant(time).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
