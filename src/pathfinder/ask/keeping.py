"""What is kept of a quiz while it is asked, and where: nothing, until a file is named.

Why this module exists: a person must always be told truly what is stored. One
object knows the answers so far, the file, and whether the two agree; everything
that is said about saving is asked of it.

It must not know how a draft is written (`drafts` does), and it never writes over
a file that isn't this quiz's own.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from pathfinder.ask.base import PRESS_ENTER
from pathfinder.ask.matching import fold, leaves_at_once
from pathfinder.errors import AnswersError, CantWrite, PathfinderError, Problem
from pathfinder.interview import Answers, QuickExit
from pathfinder.model import RuleSet
from pathfinder.text import clean, quoted

if TYPE_CHECKING:
    from pathfinder.ask.terminal import Lines

NAME_LABEL = "File name:"


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
    rules: RuleSet, *, answers: str | None, draft: str | None, resume: str | None
) -> Start:
    """What `--answers`, `--draft` and `--resume` come to; each is the name of a file.

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
        return _resumed(rules, resume)
    if draft is not None:
        _file_name("--draft", draft)
        if os.path.lexists(draft) and not _is_empty(draft):
            return _in_place(rules, draft, answers)
    if answers is None:
        return Start({}, draft)
    if answers == "-":
        raise PathfinderError(
            "--answers needs a file: the quiz reads your replies from standard input."
        )
    from pathfinder.answers import read_answers

    return Start(read_answers(rules, answers), draft)


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


def _resumed(rules: RuleSet, file: str) -> Start:
    from pathfinder.drafts import read_draft

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
    if draft.misfits:
        notes.append("These answers no longer fit. What is still asked today is asked again:")
        notes += draft.misfits
    return Start(draft.answers, file, True, tuple(notes))


def _in_place(rules: RuleSet, file: str, answers: str | None) -> Start:
    """Where `--draft` names what is there already: a draft is gone on with, all else is left."""
    from pathfinder.drafts import read_draft

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
    return _resumed(rules, file)


# --- while the quiz is asked ----------------------------------------------------------


class Keeping:
    """The answers so far, and the file that they go to, if there is one."""

    def __init__(
        self, rules: RuleSet, answers: Answers, file: str | None = None, *, resumed: bool = False
    ) -> None:
        self._rules = rules
        self._answers: Answers = dict(answers)
        self._file = file
        self._held = resumed
        self._behind = not resumed
        self._changed = False
        self._made_empty = False

    # --- what is so ---

    @property
    def label(self) -> str | None:
        """The file's name, fit to be shown; None where nothing is kept."""
        return None if self._file is None else clean(self._file)

    @property
    def named(self) -> bool:
        return self._file is not None

    @property
    def would_be_lost(self) -> bool:
        """Were answers given in this quiz that stand in no file?"""
        return self._changed and self._behind

    def told(self) -> tuple[str, ...]:
        """Where the answers are, who can read them, how to go on. Nothing if none are kept."""
        if self._file is None or not self._held:
            return ()
        import shlex

        where = f"Your answers are in {self.label}. Whoever can read that file can read them."
        if self.would_be_lost:
            if not os.path.exists(self._file):
                return ()
            where = f"The answers of before are in {self.label}. The newest could not be saved."
        return (where, f"To go on: pathfinder quiz --resume {shlex.quote(clean(self._file))}")

    # --- what is done ---

    def begin(self) -> None:
        """Write the file that was asked for, so that the first question isn't asked in vain.

        Raises `CantWrite`. A draft that is gone on with holds everything already, and
        also what no longer fits: it stays as it is until an answer is given.
        """
        if self._file is not None and not self._held:
            self._write()
            self._made_empty = not self._answers

    def keep(self, answers: Answers) -> str:
        """Take the answers, and save them if a file is named. Gives what must be told, or ""."""
        was_behind = self._behind and self._changed
        self._answers, self._changed, self._behind = dict(answers), True, True
        if self._file is None:
            return ""
        try:
            self._write()
        except CantWrite as error:
            if was_behind:
                return ""  # told before, and it goes on
            return f"{error} The quiz goes on. It is tried again after the next answer."
        return f"Your answers are saved in {self.label} again." if was_behind else ""

    def save(self) -> None:
        """Write the answers to the file named before. Raises `CantWrite`."""
        self._write()

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
            self._write()
        except CantWrite:
            self._file, self._held = before
            raise

    def catch_up(self) -> str:
        """Try once more to save what couldn't be saved. Gives the reason if it can't be, or ""."""
        if self._file is None or not self.would_be_lost:
            return ""
        try:
            self._write()
        except CantWrite as error:
            return str(error)
        return ""

    def tidy(self) -> None:
        """Take the file away again if this quiz made it and no answer came into it."""
        if self._made_empty and not self._answers:
            self.delete()

    def delete(self) -> None:
        if self._file is not None:
            from pathfinder.drafts import delete_draft

            delete_draft(_behind_links(self._file))
            self._held = False

    def _write(self) -> None:
        # Here, and not above: most quizzes keep nothing.
        from datetime import datetime

        from pathfinder.drafts import save_draft

        assert self._file is not None
        now = datetime.now().astimezone().isoformat(sep=" ", timespec="minutes")
        save_draft(_behind_links(self._file), self._rules, self._answers, now)
        self._held, self._behind = True, False


def _behind_links(file: str) -> str:
    """Of a link, the file that it leads to: the draft must not take the link's place."""
    return os.path.realpath(file) if os.path.islink(file) else file


# --- what is asked about it -----------------------------------------------------------


_NO = frozenset(("no", "n", "quit", "back", "skip", "cancel", "nothing"))
_WORDS = frozenset(("yes", "y", "ok", "save", "keep", "review", "why", "list", "not sure", "go on"))
"""What a person may type in place of a name. None of it becomes a file by mistake."""


class Talk:
    """Says and asks what concerns saving, in lines, also between two menus.

    `over_menus`: the lines stand on the menus' own screen, which is emptied before and after.
    """

    def __init__(self, lines: Lines, keeping: Keeping, *, over_menus: bool = False) -> None:
        self._lines = lines
        self._keeping = keeping
        self._over_menus = over_menus

    def keep(self, answers: Answers) -> None:
        """After each answer. A draft that can't be written costs nobody the quiz."""
        trouble = self._keeping.keep(answers)
        if trouble:
            if self._over_menus:
                self._lines.forget_keys()  # a key pressed twice must not wave this away
            self._begin()
            self._lines.say(trouble)
            self._end()

    def save(self, answers: Answers | None = None) -> None:
        """For the word `save`, or its key. The answers are those kept last."""
        self._begin()
        if self._keeping.named:
            try:
                self._keeping.save()
            except CantWrite as error:
                self._lines.say(str(error), "You can go on, and try again.")
            else:
                self._lines.say(*self._keeping.told())
        else:
            self._lines.say(
                "Your answers can go to a plain file. Whoever can read that file can read them.",
                "Type its name. Enter alone saves nothing.",
            )
            if not self.ask_for_a_name():
                self._lines.say("Nothing was saved.")
            else:
                self._lines.say(*self._keeping.told(), "From now on each answer is saved there.")
        self._end()

    def ask_at_the_end(self) -> None:
        """The person stops, and the answers stand nowhere: one question."""
        self._lines.forget_keys()  # an Enter too many must not answer this
        self._lines.say(
            "You stopped. To keep your answers for later, type the name of a file.",
            "Whoever can read that file can read them. Enter alone keeps nothing.",
        )
        self.ask_for_a_name()

    def ask_for_a_name(self) -> bool:
        """Save under the name that is typed. False: nothing was saved."""
        while name := self._lines.read(NAME_LABEL):
            word = fold(name)
            if leaves_at_once(word):
                raise QuickExit
            if word in _NO:
                return False
            if word in _WORDS:
                trouble = f"{quoted(name)} is a word of this quiz, so no file has that name."
            else:
                try:
                    self._keeping.save_as(name)
                except CantWrite as error:
                    trouble = str(error)
                else:
                    return True
            self._lines.say(trouble)
            if not self._lines.typed:
                return False  # the next line of a pipe is an answer, not another name
            self._lines.say("Type another name, such as draft.yaml. Enter alone saves nothing.")
        return False

    def _begin(self) -> None:
        if self._over_menus:
            self._lines.clear()

    def _end(self) -> None:
        if self._over_menus:
            if leaves_at_once(fold(self._lines.read(PRESS_ENTER) or "")):
                raise QuickExit
            self._lines.clear()
