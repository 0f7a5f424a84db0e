"""Plain mode: numbered lines out, typed lines in; and when it is used in place of menus.

Why this module exists: a menu that is redrawn can't be read aloud or piped. Here
nothing is redrawn, each state is said in words, and Enter alone never answers. The person is
told why menus aren't used, so that is decided here too, before anything is imported for them.

It must not write an escape byte, a box or a carriage return, import anything
large, or guess: from a pipe it gives up at the first line that is no answer, since
the lines after it would answer the wrong questions. A word that only asks for
something to be told counts as one when it comes again.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TextIO

from pathfinder.ask.interview import (
    HOW_TO_NOTE,
    HOW_TO_NOTE_IN_LINES,
    NO_ANSWER_YET,
    NO_NOTE,
    NOTE_HINT,
    NOTE_LABEL,
    NOTE_LEFT,
    NOTES_NEED_SAVE,
    TAKE_NOTE_AWAY,
    THERE_IS_A_NOTE,
    AskedQuestion,
    Ended,
    Move,
    Notes,
    ReviewRow,
    answers_head,
)
from pathfinder.ask.phrases import (
    GO_ON,
    LETTERS,
    PRESS_ENTER,
    STOP_HERE,
    InputEnded,
    Left,
    NoMatch,
    Setting,
    alert_texts,
    amounts,
    before,
    by_region,
    cue,
    holds,
    in_words,
    is_lettered,
    match,
    options_of,
    progress,
    reasons,
)
from pathfinder.ask.terminal import Lines, fold, wrap
from pathfinder.engine.question import Answer, Question
from pathfinder.engine.ruleset import Alert
from pathfinder.errors import AnswersError, Problem
from pathfinder.sanitize import quoted
from pathfinder.terminal import DUMB, Size, accessible, is_terminal, shows_utf8, size_of

LABEL = "Your answer:"
REVIEW_LABEL = "Your choice:"
SHOW = "show my result"

WORDS = "Or type: not sure, skip, back, review, why, list, save, quit, exit!"
KEYS = ("To answer, type a number or the start of an answer, then Enter.", WORDS)
WAY_OUT = "exit!"


class PlainPrompter:
    """Asks in lines. `lines` are the streams of the process, or those of a test.

    `save` is called for the word `save` where no question is open: in the review and
    at an alert. At a question the word is handed to the interview. `notes` are a
    counselor's, where they can be kept.
    """

    def __init__(
        self,
        setting: Setting,
        lines: Lines,
        save: Callable[[], None] | None = None,
        notes: Notes | None = None,
    ) -> None:
        self._setting = setting
        self._lines = lines
        self._save = save
        self._notes = notes
        self._asked = ""
        self._said: set[str] = set()

    @property
    def lines(self) -> Lines:
        """Where it speaks and listens: menus that hand over to it use the same lines."""
        return self._lines

    @property
    def save(self) -> Callable[[], None] | None:
        """What the word `save` does where no question is open, if anything."""
        return self._save

    @property
    def notes(self) -> Notes | None:
        """The counselor's notes, where they can be kept."""
        return self._notes

    def wait(self) -> None:
        """Until Enter: what was said would be gone with the next picture."""
        self._read_fresh(PRESS_ENTER)

    # --- questions ---

    def ask_in_a_small_window(self, step: AskedQuestion) -> Answer | Move:
        """Stand in for a menu that the window has no room for, and say so."""
        self._lines.say("", "The window is small, so this question comes in plain lines.", *KEYS)
        return self.ask(step)

    def ask(self, step: AskedQuestion) -> Answer | Move:
        self._lines.forget_keys()  # what was typed at the question before must not answer this one
        self._put(step)
        while True:
            text = self._read(LABEL)
            word = "back" if self._lines.escaped else fold(text)
            if word == "back" and step.can_go_back:
                self._answered()
                return Move.BACK
            if word == "back":
                self._miss(text, "This is the first question, so there is nothing to go back to.")
            elif word in ("review", "save"):
                self._once(word, text)
                return Move(word)
            elif word in ("why", "?", "list"):
                self._once(word, text)
                self._tell(step, word)
            elif word == "note" and self._setting.for_client:
                self._once(word, text)
                self._note(step.question)
            elif word == "keep" and step.old is not None:
                return self._take(step, step.old)
            elif isinstance(found := match(step.question, text), NoMatch):
                words = (WORDS,) if self._notes is None else (WORDS, NOTE_HINT)
                more = words if found.unknown else ()
                self._miss(text, found.message, *more)
            else:
                return self._take(step, found, text)

    def _put(self, step: AskedQuestion) -> None:
        lines, question = self._lines, step.question
        self._asked = f"the question {question.id} ({question.ask})"
        lines.say("", progress(step), question.ask)
        for tell in (before, by_region, cue):
            if extra := tell(self._setting, question):
                lines.say(extra)
        if self._notes is not None and (mark := self._notes.mark(question.id)):
            lines.say(mark)
        self._list(step)

    def _list(self, step: AskedQuestion) -> None:
        lines = self._lines
        for number, option in enumerate(options_of(step.question), 1):
            sign = LETTERS[number - 1] if is_lettered(step.question) else number
            self._numbered(sign, option.label)
        if step.question.kind == "many":
            lines.say("More than one may fit. Type commas between them, as in 1, 2.")
        if step.old is not None:
            lines.say(f"Your answer so far: {in_words(step.question, step.old)}")
            lines.say("To leave it as it is, type keep.")

    def _tell(self, step: AskedQuestion, word: str) -> None:
        if word != "list":
            self._lines.say(*reasons(self._setting, step.question), "You can answer:")
        self._list(step)

    def _noted(self, question: str) -> bool:
        return self._notes is not None and bool(self._notes.of(question))

    def _note(self, question: Question) -> None:
        """Take a note from the next line. The question stays open."""
        if self._notes is None:
            self._lines.say(NOTES_NEED_SAVE)
            return
        old = self._notes.of(question.id)
        before = self._notes.before(question.id)
        own = (
            [f"So far: {old}"]
            if old and not any(each.endswith(f": {old}") for each in before)
            else []
        )
        self._lines.say(HOW_TO_NOTE, *before, *own)
        self._lines.say(HOW_TO_NOTE_IN_LINES)
        typed = self._read(NOTE_LABEL)
        if not typed:
            self._lines.say(NOTE_LEFT if old else NO_NOTE)
        else:
            text = "" if typed == TAKE_NOTE_AWAY else typed
            self._lines.say(self._notes.put(question.id, text))

    def _take(self, step: AskedQuestion, answer: Answer, typed: str = "") -> Answer:
        self._answered()
        if typed.isdigit() and amounts(step.question):
            self._lines.say(f"You typed {typed}.")
        self._lines.say(f"You answered: {in_words(step.question, answer)}")
        return answer

    # --- alerts ---

    def alert(self, alerts: Sequence[Alert]) -> bool | Move:
        self._lines.say("", *alert_texts(self._setting, alerts))
        if not holds(alerts) or not self._lines.typed:
            return True
        self._lines.say("", f"1. {STOP_HERE}", f"2. {GO_ON}")
        while True:
            text = self._read_fresh(LABEL)
            word = fold(text)
            if word == "back" or self._lines.escaped:
                return Move.BACK
            if word == "1" or (word and fold(STOP_HERE).startswith(word)):
                return False
            if word == "2" or (word and fold(GO_ON).startswith(word)):
                return True
            if word == "save" and self._save is not None:
                self._save()
                continue
            self._lines.say(
                f"Type 1 to stop here, or 2 to go on: {quoted(text)} is neither.",
                "You can also type: back, save, quit, exit!",
            )

    # --- the review ---

    def review(self, rows: Sequence[ReviewRow], *, finished: bool) -> str | None:
        """Say every answer, numbered, until the person picks one to change or goes on.

        From a pipe it reads lines too: whoever typed `review` there types `go on` next.
        """
        if not rows:
            self._lines.say("", "Nothing is answered yet.")
            return None
        self._rows(rows, finished)
        self._asked = "the review of the answers"
        onward = (fold(SHOW), fold(GO_ON)) if finished else (fold(GO_ON), "back")
        while True:
            text = (self._read_fresh if finished else self._read)(REVIEW_LABEL)
            word = fold(text)
            if word == "save" and self._save is not None:
                self._once(word, text)
                self._save()
            elif word in ("list", "review"):
                self._once(word, text)
                self._rows(rows, finished)
            elif word and any(each.startswith(word) for each in onward):
                # Not counted as an answer: from a pipe, `review` and `go on` could go on for ever.
                return None
            elif word.isascii() and word.isdigit() and 1 <= int(word[:6]) <= len(rows):
                return rows[int(word[:6]) - 1].question.id
            else:
                found = f"{quoted(text)} is neither. " if word else ""
                self._miss(text, found + _choices(len(rows), finished), _ALSO_IN_THE_REVIEW)

    def _rows(self, rows: Sequence[ReviewRow], finished: bool) -> None:
        self._lines.say("", *answers_head(finished=finished, in_session=self._notes is not None))
        for number, row in enumerate(rows, 1):
            answer = row.answer
            told = NO_ANSWER_YET if answer is None else in_words(row.question, answer)
            pad = " " * self._numbered(number, row.question.ask)
            self._lines.put(wrap(told, self._lines.width, pad, pad))
            if self._noted(row.question.id):
                self._lines.put([pad + THERE_IS_A_NOTE])
        self._lines.say(_choices(len(rows), finished))

    # --- the result ---

    def before_result(self, ended: Ended) -> None:
        """The result comes below what was said: nothing here would hide it, or wipe it away."""

    # --- lines ---

    def _numbered(self, number: int | str, text: str) -> int:
        """Say a numbered text, and give how far it is indented."""
        lead = f"{number}. "
        self._lines.put(wrap(lead + text, self._lines.width, " " * len(lead)))
        return len(lead)

    def _read(self, label: str) -> str:
        """The next line. The end of the input and one word stop everywhere."""
        text = self._lines.read(label)
        self._ways_out(text)
        return text or ""

    def _read_fresh(self, label: str) -> str:
        """A line that was typed after the text was shown: it is about what must be read."""
        return self._lines.read_fresh(label, self._ways_out) or ""

    def _ways_out(self, text: str | None) -> None:
        if text is None:
            raise Left if self._lines.typed else InputEnded
        if fold(text) == "quit":
            raise Left

    def _answered(self) -> None:
        self._said.clear()

    def _once(self, word: str, text: str) -> None:
        """Take a word that is no answer. From a pipe not twice: it could go on for ever."""
        if word in self._said and not self._lines.typed:
            raise self._no_answer(f"{quoted(text)} came twice, and no answer between.")
        self._said.add(word)

    def _miss(self, text: str, *messages: str) -> None:
        """Say why a line is no answer. From a pipe it ends here: nobody reads what is said."""
        if not self._lines.typed:
            found = quoted(text) if text else "an empty line"
            said = "" if found in messages[0] else f"{found} is no answer. "
            raise self._no_answer(said + messages[0])
        self._lines.say(*messages)

    def _no_answer(self, found: str) -> AnswersError:
        message = (
            f"At {self._asked}: {found} The quiz stopped, since what comes after would answer "
            "the wrong questions. Give one answer a line, or use a file: pathfinder recommend FILE"
        )
        line = self._lines.read_so_far
        return AnswersError([Problem("standard input", line, 1, "no-answer", message)])


_ALSO_IN_THE_REVIEW = "You can also type: list, save, quit, exit!"


def _choices(count: int, finished: bool) -> str:
    change = "To change an answer, type its number" + (f" from 1 to {count}." if count > 1 else ".")
    go_on = f"To see your result, type {SHOW}." if finished else f"To go on, type {GO_ON.lower()}."
    return f"{change} {go_on}"


LEAST = Size(columns=30, rows=12)
"""In a smaller window a menu would hide words."""


class Surroundings(NamedTuple):
    """What the choice depends on, looked up once, so that a test can make its own."""

    input_is_terminal: bool
    output_is_terminal: bool
    shows_utf8: bool
    size: Size
    environ: Mapping[str, str]

    @classmethod
    def of_the_process(cls) -> Surroundings:
        return cls.of_streams(sys.stdin, sys.stderr, os.environ)

    @classmethod
    def of_streams(
        cls, source: TextIO | None, target: TextIO | None, environ: Mapping[str, str]
    ) -> Surroundings:
        return cls(
            input_is_terminal=is_terminal(source),
            output_is_terminal=is_terminal(target),
            shows_utf8=shows_utf8(target),
            size=size_of(target),
            environ=environ,
        )


def why_plain(wanted: bool, here: Surroundings, *, by_config: bool = False) -> str | None:
    """The reason for plain mode in a few words, or None where menus work.

    `wanted`: the person asked for it with `--plain`; `by_config`: in their preferences.
    """
    if wanted:
        return "you asked for it with --plain"
    if by_config:
        return "your config.yaml asks for it"
    if accessible(here.environ):
        return "ACCESSIBLE is set"
    if not here.input_is_terminal:
        return "the input is not a terminal"
    if not here.output_is_terminal:
        return "the questions don't go to a terminal"
    if here.environ.get("TERM", "").casefold() in DUMB:
        return "the terminal says that it can't redraw"
    if not here.shows_utf8:
        return "the terminal can't show UTF-8 text"
    return too_small(here.size)


def too_small(size: Size) -> str | None:
    if size.columns >= LEAST.columns and size.rows >= LEAST.rows:
        return None
    return (
        f"the window is small: {size.columns} columns by {size.rows} rows. "
        f"Menus need {LEAST.columns} by {LEAST.rows}"
    )
