"""A follow-up: a new session of the same client, with the answers of before beside each question.

Why this module exists: weeks later most of a life may be the same, and none of it may be taken
for granted. So every question is asked, and what was said then is shown, with its day.

It must not answer a question from what was said before, or change the session of before.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from pathfinder.ask.phrases import Earlier
from pathfinder.commands.sessions.shared import the_session, written_on
from pathfinder.commands.shared import rules_folder
from pathfinder.loader.migrations import read_migrations
from pathfinder.loader.older_answers import carry
from pathfinder.sessions import messages, of_client, read
from pathfinder.sessions.index import session_or_none
from pathfinder.sessions.prompts import ask_client, follow_up_of
from pathfinder.sessions.times import day_or_text

if TYPE_CHECKING:
    import typer

    from pathfinder.ask.terminal import Lines
    from pathfinder.engine.ruleset import RuleSet
    from pathfinder.sessions.model import Draft, Session
    from pathfinder.vault import Vault


class Intake(NamedTuple):
    """Whose intake it is, and which session it follows up; "" and None for none."""

    client: str
    follows: str
    earlier: Earlier | None
    notes: Mapping[str, Mapping[str, str]] = {}

    @property
    def told(self) -> tuple[str, ...]:
        """What is said before the first question."""
        return (messages.following_up(self.follows),) if self.follows else ()


def intake(
    context: "typer.Context",
    rules: str | None,
    rule_set: "RuleSet",
    vault: "Vault",
    lines: "Lines",
    from_: str | None,
    passphrase_fd: int | None,
) -> Intake:
    """Ask for the client's code, and where sessions stand under it, whether to follow one up.

    `from_` names the session to follow up: then nothing is asked. Raises what finding it raises.
    """
    if from_ is not None:
        session = read(vault, the_session(vault, from_, passphrase_fd))
        client = session.client
    else:
        client = ask_client(lines)
        lines.forget_keys()  # what was typed ahead must not choose
        follows = follow_up_of(lines, client, of_client(vault, client))
        if not follows:
            return Intake(client, "", None)
        session = read(vault, follows)
        client = session.client
    earlier = _earlier(context, rules, rule_set, session)
    return Intake(client, session.id, earlier, notes_of(session))


def earlier_of(
    context: "typer.Context", rules: str | None, rule_set: "RuleSet", vault: "Vault", follows: str
) -> Earlier | None:
    """The answers of the session that an unfinished one follows up, if it is still there."""
    session = session_or_none(vault, follows) if follows else None
    return _earlier(context, rules, rule_set, session) if session is not None else None


def notes_before(vault: "Vault", draft: "Draft") -> Mapping[str, Mapping[str, str]]:
    """Notes of earlier days: of the session gone on with, and of the one that it follows up."""
    found: dict[str, Mapping[str, str]] = {}
    for id_ in (draft.follows, draft.id if draft.base else ""):
        session = session_or_none(vault, id_) if id_ else None
        for question, dated in (notes_of(session) if session else {}).items():
            found[question] = {**found.get(question, {}), **dated}
    return found


def notes_of(session: "Session") -> Mapping[str, Mapping[str, str]]:
    """Each note of a session with its day and author: question id -> words of the day -> note."""

    def since(question: str) -> str:
        words = written_on(session, lambda revision: revision.notes.get(question))
        return f"{words[:1].upper()}{words[1:]}"

    return {question: {since(question): note} for question, note in session.newest.notes.items()}


def _earlier(
    context: "typer.Context", rules: str | None, rule_set: "RuleSet", session: "Session"
) -> Earlier:
    migrations = read_migrations(rule_set, rules_folder(context, rules))
    newest, passport = session.newest, session.given["passport"]
    carried = carry(rule_set, migrations, newest.answers, {}, passport)
    return Earlier(day_or_text(newest.saved) or messages.NO_DAY, carried.answers)
