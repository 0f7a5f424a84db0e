"""Plain mode: numbered lines out, typed lines in. For screen readers, pipes, dumb terminals.

Why this module exists: a menu that is redrawn can't be read aloud or piped. Here
nothing is redrawn, each state is said in words, and Enter alone never answers.

It must not write an escape byte, a box or a carriage return, import anything
large, or guess: from a pipe it gives up after three lines that are no answer.
"""

from __future__ import annotations

from collections.abc import Sequence

from pathfinder.ask.base import (
    GO_ON,
    STOP_HERE,
    Setting,
    alert_text,
    by_region,
    cue,
    holds,
    in_words,
    input_ended,
    options_of,
    progress,
    reasons,
    stopped,
)
from pathfinder.ask.matching import NoMatch, fold, match
from pathfinder.ask.terminal import Lines, wrap
from pathfinder.errors import AnswersError, Problem
from pathfinder.interview import Answer, Move, Step
from pathfinder.model import Alert
from pathfinder.text import quoted

LABEL = "Your answer:"

KEYS = (
    "To answer, type a number or the start of an answer, then Enter.",
    "You can also type: not sure, skip, back, why, list, quit.",
)

_MISSES = 3
"""So many lines in a row that are no answer, from a pipe, mean that nobody is there."""


class PlainPrompter:
    """Asks in lines. `lines` are the streams of the process, or those of a test."""

    def __init__(self, setting: Setting, lines: Lines) -> None:
        self._setting = setting
        self._lines = lines
        self._misses = 0

    # --- questions ---

    def ask_in_a_small_window(self, step: Step) -> Answer | Move:
        """Stand in for a menu that the window has no room for, and say so."""
        self._lines.say("", "The window is small, so this question comes in plain lines.", *KEYS)
        return self.ask(step)

    def ask(self, step: Step) -> Answer | Move:
        self._put(step)
        told: set[str] = set()
        while True:
            text = self._read()
            word = fold(text)
            if word == "quit":
                raise stopped(self._setting)
            if word == "back" and step.can_go_back:
                self._misses = 0
                return Move.BACK
            if word in ("why", "?", "list"):
                if word in told:
                    self._count(text)
                told.add(word)
                self._tell(step, word)
                continue
            if word == "back":
                self._miss(text, "This is the first question, so there is nothing to go back to.")
                continue
            if word == "keep" and step.old is not None:
                return self._take(step, step.old)
            found = match(step.question, text)
            if not isinstance(found, NoMatch):
                return self._take(step, found)
            self._miss(text, found.message)

    def _put(self, step: Step) -> None:
        lines, question = self._lines, step.question
        lines.say("", progress(step), question.ask)
        for extra in (by_region(self._setting, question), cue(self._setting, question)):
            if extra:
                lines.say(extra)
        self._list(step)

    def _list(self, step: Step) -> None:
        lines, options = self._lines, options_of(step.question)
        for number, option in enumerate(options, 1):
            lead = f"{number}. "
            lines.put(wrap(lead + option.label, lines.width, " " * len(lead)))
        if step.question.kind == "many":
            lines.say("More than one may fit. Type commas between them, as in 1, 2.")
        if step.old is not None:
            lines.say(f"Your answer so far: {in_words(step.question, step.old)}")
            lines.say("To leave it as it is, type keep.")

    def _tell(self, step: Step, word: str) -> None:
        if word == "list":
            self._list(step)
        else:
            self._lines.say(*reasons(self._setting, step.question))

    def _take(self, step: Step, answer: Answer) -> Answer:
        self._misses = 0
        self._lines.say(f"You answered: {in_words(step.question, answer)}")
        return answer

    # --- alerts ---

    def alert(self, alerts: Sequence[Alert]) -> bool:
        for each in alerts:
            self._lines.say("", *alert_text(self._setting, each))
        if not holds(alerts) or not self._lines.typed:
            return True
        self._lines.say("", f"1. {STOP_HERE}", f"2. {GO_ON}")
        while True:
            word = fold(self._read())
            if word == "quit":
                raise stopped(self._setting)
            if word == "1" or (word and fold(STOP_HERE).startswith(word)):
                return False
            if word == "2" or (word and fold(GO_ON).startswith(word)):
                return True
            self._lines.say(f"Type 1 to stop here, or 2 to go on: {quoted(word)} is neither.")

    # --- lines ---

    def _read(self) -> str:
        text = self._lines.read(LABEL)
        if text is None:
            raise stopped(self._setting) if self._lines.typed else input_ended()
        return text

    def _miss(self, text: str, message: str) -> None:
        self._lines.say(message)
        self._count(text)

    def _count(self, text: str) -> None:
        """Give up where nobody can read what was said: a pipe that doesn't answer never will."""
        self._misses += 1
        if self._lines.typed or self._misses < _MISSES:
            return
        found = f"{quoted(text)} is no answer" if text else "an empty line is no answer"
        raise AnswersError(
            [
                Problem(
                    "standard input",
                    self._lines.read_so_far,
                    1,
                    "no-answer",
                    f"{found}, and the two lines before were none either. The quiz stopped, "
                    "and nothing was saved. Give one answer a line, or use a file: "
                    "pathfinder recommend FILE",
                )
            ]
        )
