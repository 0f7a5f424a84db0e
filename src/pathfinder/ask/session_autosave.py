"""A counselor's session while the quiz is asked: encrypted, after each answer and note.

Why this module exists: a window that is closed in the middle of an intake must cost
the answer being typed and nothing else, and no plain file may stand beside the vault.

It must not save a revision, since that comes after the result, and must not be
imported by a quiz that keeps nothing.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping

import pathfinder.sessions as kept
from pathfinder._version import __version__
from pathfinder.ask.autosave import Keeping
from pathfinder.ask.interview import NOTE_NOT_YET, Notes
from pathfinder.engine.decision import Passport
from pathfinder.engine.question import Answers
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import CantWrite, PathfinderError
from pathfinder.sessions import messages
from pathfinder.sessions.model import Draft
from pathfinder.vault import Vault


class InSession(Keeping):
    """A draft in the vault. Of a new session it is made by `begin`, of an old one it is there."""

    takes_a_file = False

    def __init__(
        self,
        vault: Vault,
        rules: RuleSet,
        client: str,
        answers: Answers,
        *,
        draft: Draft | None = None,
        notes: Mapping[str, str] | None = None,
        follows: str = "",
        notes_before: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        """`follows`: the session that a new one follows up. `notes_before`: of earlier days.

        `draft`: what is gone on with. It stays as it is on the disk until an answer is given."""
        super().__init__(answers, held=draft is not None)
        self._vault = vault
        self._client = client
        self._follows = follows
        self._draft = draft
        self._resumed = draft is not None
        self._begun_here = draft is None
        self._gone = ""
        self._news = ""
        self._passport = Passport(rules.id, rules.version, rules.sha256, __version__)._asdict()
        self.notes: Notes = Notes(notes or {}, self._keep_notes, notes_before)

    @property
    def draft(self) -> Draft:
        """What a save goes on from. There is one once `begin` has been called."""
        assert self._draft is not None
        return self._draft

    @property
    def named(self) -> bool:
        return True

    def opening(self, way_out: str) -> str:
        draft = self.draft
        text = f"You asked to save this session. It is kept encrypted, as {draft.id}."
        if not way_out:
            return text
        if self._begun_here:
            return f"{text} {way_out} deletes it, since it was begun in this run."
        return f"{text} {way_out} doesn't delete it, since it was begun before this run."

    def keep(self, answers: Answers) -> str:
        """As `Keeping.keep`. Where another window has the session, that is told once."""
        known = self._gone
        told = super().keep(answers)
        if self._gone:
            return "" if known else f"{self._gone} The quiz goes on."
        news, self._news = self._news, ""
        return " ".join(text for text in (news, told) if text)

    def told(self) -> tuple[str, ...]:
        if self._draft is None or not self._held or self._gone:
            return ()
        id_ = self._draft.id
        if self.would_be_lost:
            if not self._draft.base and not self._vault.has("drafts", id_):
                return ()  # the folder was taken away: nothing is kept
            where = f"The newest could not be saved. Session {id_} is kept as it was before that."
        elif self._resumed and not self._changed:
            where = f"Session {id_} is as it was."
        else:
            where = f"Session {id_} is kept encrypted, with every answer so far."
        return (where, f"To go on: pathfinder sessions resume {id_}")

    def told_before_the_result(self) -> tuple[str, ...]:
        return ()  # it is saved after the result, and told then

    def save_as(self, name: str) -> None:
        raise CantWrite("A session is kept encrypted, and goes to no plain file.")

    def tidy(self) -> None:
        if not self.notes.kept:
            super().tidy()

    def delete(self) -> None:
        """Take away what was begun in this run. Answers of an earlier day stay."""
        if self._draft is None or not self._begun_here:
            return
        with contextlib.suppress(PathfinderError):
            kept.drop(self._vault, self._draft)
        self._held = False

    def _keep_notes(self) -> str:
        told = self.keep(self._answers)
        return told or (NOTE_NOT_YET if self.would_be_lost else "")

    def _caught_up(self) -> str:
        return "Everything is saved again."

    def _write(self) -> None:
        if self._draft is None:
            self._draft = kept.begin(self._vault, self._client, follows=self._follows)
        answers, notes = dict(self._answers), self.notes.kept
        try:
            self._draft = kept.keep(self._vault, self._draft, answers, notes, self._passport)
        except kept.Gone as gone:
            self._gone = str(gone)
            raise
        except kept.Stale:
            before = self._draft.id
            self._draft = kept.branch(self._vault, self._draft, answers, notes, self._passport)
            self._begun_here = True
            self._news = messages.branched(before, self._draft.id)
