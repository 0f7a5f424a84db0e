"""A saved session, as the commands of `pathfinder fhir` need it: answers, code, day.

Why this module exists: a response and a bundle are made of the same revision in the same way.

It must not change the session.
"""

from typing import TYPE_CHECKING, NamedTuple

from pathfinder.commands.session_answers import carried_answers
from pathfinder.commands.sessions.shared import older_told, opened, say
from pathfinder.sessions import named, read, resume
from pathfinder.sessions.times import day, instant

if TYPE_CHECKING:
    from collections.abc import Mapping

    import typer

    from pathfinder.engine.question import Answer
    from pathfinder.engine.ruleset import RuleSet


class SessionAnswers(NamedTuple):
    """The answers as today's rules take them; `saved` is an instant in UTC."""

    answers: "Mapping[str, Answer]"
    client: str
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
    id_ = named(vault, session)
    say(*older_told(vault, id_))
    answers = carried_answers(context, rules, rule_set, vault, id_)
    if vault.has("sessions", id_):
        found = read(vault, id_)
        return SessionAnswers(answers, found.client, in_utc(found.newest.saved))
    draft = resume(vault, id_)
    return SessionAnswers(answers, draft.client, in_utc(draft.saved))


def in_utc(time: str) -> str:
    """A time as it is kept, as FHIR's instant in UTC; "" for what can't be read as a time."""
    from datetime import UTC

    if day(time) is None:
        return ""
    return instant(time).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
