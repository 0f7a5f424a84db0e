"""What is kept of a quiz while it is asked, and where: nothing, until a file is named.

Why this module exists: a person must always be told truly what is stored. One
object knows the answers so far, where they go, and whether the two agree; everything
that is said about saving is asked of it. A counselor's session is the other kind
(`session`).

It must not know how a draft is written (`drafts` does), and it never writes over
a file that isn't this quiz's own.
"""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pathfinder.engine.question import Answers
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import MOST_TOLD, AnswersError, CantWrite, PathfinderError, Problem
from pathfinder.sanitize import clean

if TYPE_CHECKING:
    from pathfinder.ask.interview import Notes
    from pathfinder.loader.older_answers import OfAnyEdition


# --- where a quiz starts --------------------------------------------------------------


class Start(NamedTuple):
    """The answers a quiz starts from, and the file it keeps them in.

    `resumed`: the file holds these answers already. `notes` are told before the first question.
    """

    answers: Answers
    draft: str | None = None
    resumed: bool = False
    notes: tuple[str, ...] = ()


def starting_point(
    rules: RuleSet,
    *,
    answers: str | None,
    draft: str | None,
    resume: str | None,
    folder: Path | None = None,
) -> Start:
    """What `--answers`, `--draft` and `--resume` come to; each is the name of a file.

    `folder` is that of the rule set: it knows how answers of an older edition are read.

    Raises the errors that end a command: wrong use, a file that can't be read, what
    it holds, or a file that must not be written over.
    """
    if resume is not None:
        _file_name("--resume", resume)
        if answers is not None or draft is not None:
            other = "--answers" if answers is not None else "--draft"
            raise PathfinderError(
                f"--resume and {other} don't go together: --resume starts from its file, "
                "and goes on saving to it."
            )
        _sweep("--resume", resume)
        return _resumed(rules, resume, folder)
    if draft is not None:
        _file_name("--draft", draft)
        _sweep("--draft", draft)
        if os.path.lexists(draft) and not _is_empty(draft):
            return _in_place(rules, draft, answers, folder)
    if answers is None:
        return Start({}, draft)
    if answers == "-":
        raise PathfinderError(
            "--answers needs a file: the quiz reads your replies from standard input."
        )
    from pathfinder.loader.older_answers import read_answers_of_any_edition

    given = read_answers_of_any_edition(rules, answers, folder=folder)
    return Start(given.answers, draft, notes=given.told)


def _sweep(option: str, file: str) -> None:
    """Take away answers that a save which was killed left beside the draft.

    Raises CantWrite for a name that a stranger may have led elsewhere: before anyone is asked.
    """
    from pathfinder.files import sweep_beside
    from pathfinder.leads import led_to

    try:
        sweep_beside(led_to(file))
    except OSError as error:
        reason = clean(error.strerror or str(error))
        raise CantWrite(f"{option}: {clean(file)} can't be looked at: {reason}.") from None


def _file_name(option: str, name: str) -> None:
    if not name or name == "-":
        raise PathfinderError(f"{option} needs the name of a file.")
    if _is_json(name):
        raise PathfinderError(f"{option}: {clean(name)} would be read as JSON. {_OTHER_ENDING}")


_OTHER_ENDING = "A draft is YAML: name a file such as draft.yaml."


def _is_json(name: str) -> bool:
    return name.lower().endswith((".json", ".jsonl"))


def _is_empty(name: str) -> bool:
    """An empty file, as `mktemp` makes it: writing over it loses nothing."""
    try:
        return os.path.isfile(name) and os.path.getsize(name) == 0
    except OSError:
        return False


def _resumed(rules: RuleSet, file: str, folder: Path | None) -> Start:
    from pathfinder.ask.draft_file import read_draft

    draft = read_draft(rules, file)
    label = clean(file)
    if draft.same_rules is None and draft.misfits and not draft.answers:
        nothing = "no answer of today's rules stands in this file, and it names no rules"
        raise AnswersError([Problem(label, 1, 1, "no-answers", nothing)])
    notes = [f"Going on from {label}."]
    if draft.same_rules is False:
        notes.append(
            "The rules have changed since this draft was written. "
            "Each answer was checked against today's rules."
        )
    if draft.misfits and (carried := _carried(rules, file, folder)) is not None:
        return Start(carried.answers, file, True, (*notes, *carried.told))
    if draft.misfits:
        notes.append("These answers no longer fit. What is still asked today is asked again:")
        notes += draft.misfits[:MOST_TOLD]
        if (more := len(draft.misfits) - MOST_TOLD) > 0:
            notes.append(f"And {more:,} more. {AnswersError.how_to_see_all}")
    return Start(draft.answers, file, True, tuple(notes))


def _carried(rules: RuleSet, file: str, folder: Path | None) -> OfAnyEdition | None:
    """The answers of a draft as the migrations read them; None if that doesn't help."""
    from pathfinder.loader.answers_file import plain_answers
    from pathfinder.loader.migrations import read_migrations
    from pathfinder.loader.older_answers import older

    given = plain_answers(file)
    migrations = read_migrations(rules, folder) if given is not None else ()
    return older(rules, migrations, given) if given is not None and migrations else None


def _in_place(rules: RuleSet, file: str, answers: str | None, folder: Path | None) -> Start:
    """Where `--draft` names what is there already: a draft is gone on with, all else is left."""
    from pathfinder.ask.draft_file import read_draft

    label = clean(file)
    if not os.path.isfile(file):
        kind = "a folder" if os.path.isdir(file) else "no file that can be replaced"
        raise CantWrite(f"{label} is {kind}. Name another file for --draft.")
    try:
        is_draft = read_draft(rules, file).same_rules is not None
    except PathfinderError:
        is_draft = False
    if not is_draft:
        raise CantWrite(f"{label} is there already and is no draft. Name another with --draft.")
    if answers is not None:
        raise CantWrite(
            f"{label} holds a draft already. To go on from it, use --resume in place of "
            "--answers and --draft. Or name another file."
        )
    return _resumed(rules, file, folder)


# --- while the quiz is asked ----------------------------------------------------------


class Keeping(ABC):
    """The answers so far, and whether they stand where they are kept.

    Two kinds say where that is: `InFile`, and `session.InSession`.
    """

    takes_a_file = True
    """Whether the person may name a file for the answers: no plain file beside a session."""

    notes: Notes | None = None
    """What a counselor writes beside the answers, where that can be kept."""

    def __init__(self, answers: Answers, *, held: bool) -> None:
        """`held`: these answers are kept already."""
        self._answers: Answers = dict(answers)
        self._held = held
        self._behind = not held
        self._changed = False
        self._made_empty = False

    # --- what is so ---

    @property
    @abstractmethod
    def named(self) -> bool:
        """Whether there is a place that the answers go to."""

    @property
    def would_be_lost(self) -> bool:
        """Was something given in this quiz that is kept nowhere?"""
        return self._changed and self._behind

    @property
    def changed(self) -> bool:
        """Whether anything was answered since this quiz began."""
        return self._changed

    @abstractmethod
    def opening(self, way_out: str) -> str:
        """What is said of it before the first question; `way_out` is the quick exit. Or ""."""

    @abstractmethod
    def told(self) -> tuple[str, ...]:
        """Where the answers are, who can read them, how to go on. Nothing if none are kept."""

    @abstractmethod
    def told_before_the_result(self) -> tuple[str, ...]:
        """What to know of it once nothing is left to ask."""

    # --- what is done ---

    def begin(self) -> None:
        """Write once, so that the first question isn't asked in vain.

        Raises `CantWrite`. What is gone on with holds everything already, and also what
        no longer fits: it stays as it is until an answer is given.
        """
        if self.named and not self._held:
            self._put()
            self._made_empty = not self._answers

    def keep(self, answers: Answers) -> str:
        """Take the answers, and write them if there is a place. Gives what must be told, or ""."""
        was_behind = self.would_be_lost
        self._answers, self._changed, self._behind = dict(answers), True, True
        if not self.named:
            return ""
        try:
            self._put()
        except CantWrite as error:
            if was_behind:
                return ""  # told before, and it goes on
            return f"{error} The quiz goes on. It is tried again after the next answer."
        return self._caught_up() if was_behind else ""

    def save(self) -> None:
        """Write the answers where they were kept before. Raises `CantWrite`."""
        self._put()

    @abstractmethod
    def save_as(self, name: str) -> None:
        """Keep the answers in this file from now on. Raises `CantWrite`."""

    def catch_up(self) -> str:
        """Try once more to save what couldn't be saved. Gives the reason if it can't be, or ""."""
        if not self.named or not self.would_be_lost:
            return ""
        try:
            self._put()
        except CantWrite as error:
            return str(error)
        return ""

    def tidy(self) -> None:
        """Take away again what this quiz made, if nothing came into it."""
        if self._made_empty and not self._answers:
            self.delete()

    @abstractmethod
    def delete(self) -> None:
        """Take the draft away: the person wants to be gone."""

    # --- details ---

    def _put(self) -> None:
        self._write()
        self._held, self._behind = True, False

    @abstractmethod
    def _write(self) -> None: ...

    @abstractmethod
    def _caught_up(self) -> str: ...


class InFile(Keeping):
    """A plain file, if the person names one."""

    def __init__(
        self, rules: RuleSet, answers: Answers, file: str | None = None, *, resumed: bool = False
    ) -> None:
        super().__init__(answers, held=resumed)
        self._rules = rules
        self._file = file

    @property
    def named(self) -> bool:
        return self._file is not None

    def opening(self, way_out: str) -> str:
        if self._file is None:
            return ""
        return (
            f"You asked to keep them in {self._label}. "
            "Whoever can read that file can read your answers."
            + (f" {way_out} deletes it." if way_out else "")
        )

    def told(self) -> tuple[str, ...]:
        if self._file is None or not self._held:
            return ()
        import shlex

        where = f"Your answers are in {self._label}. Whoever can read that file can read them."
        if self.would_be_lost:
            if not os.path.exists(self._file):
                return ()
            where = f"The answers of before are in {self._label}. The newest could not be saved."
        return (where, f"To go on: pathfinder quiz --resume {shlex.quote(self._label)}")

    def told_before_the_result(self) -> tuple[str, ...]:
        """Where it can still be read: the answers outlive the quiz."""
        told = self.told()
        return (*told[:1], "When you don't need that file, delete it.") if told else ()

    def save_as(self, name: str) -> None:
        """Write the answers to a file that isn't there yet, and keep them there from now on."""
        if _is_json(name):
            raise CantWrite(_OTHER_ENDING)
        file = os.path.expanduser(name)
        if os.path.lexists(file):
            raise CantWrite(f"{clean(file)} is there already. It stays as it is.")
        before = self._file, self._held
        self._file, self._held = file, False
        try:
            self._put()
        except CantWrite:
            self._file, self._held = before
            raise

    def delete(self) -> None:
        if self._file is not None:
            from pathfinder.ask.draft_file import delete_draft

            delete_draft(self._file)
            self._held = False

    @property
    def _label(self) -> str:
        """The file's name, fit to be shown."""
        return clean(self._file or "")

    def _caught_up(self) -> str:
        return f"Your answers are saved in {self._label} again."

    def _write(self) -> None:
        # Here, and not above: most quizzes keep nothing.
        from datetime import datetime

        from pathfinder.ask.draft_file import save_draft

        assert self._file is not None
        now = datetime.now().astimezone().isoformat(sep=" ", timespec="minutes")
        save_draft(self._file, self._rules, self._answers, now)
