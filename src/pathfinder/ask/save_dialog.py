"""What is said and asked about saving while the quiz runs.

Why this module exists: to save is asked in the same words between two menus, in
plain lines, and when a person stops.

It must not know where the answers go: `keeping` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathfinder.ask.phrases import PRESS_ENTER
from pathfinder.ask.terminal import fold
from pathfinder.engine.question import Answers
from pathfinder.errors import CantWrite
from pathfinder.sanitize import quoted

if TYPE_CHECKING:
    from pathfinder.ask.autosave import Keeping
    from pathfinder.ask.terminal import Lines

NAME_LABEL = "File name:"

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
            self._lines.read(PRESS_ENTER)
            self._lines.clear()
