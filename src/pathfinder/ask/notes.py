"""The counselor's notes: a short one to any question, apart from the answers.

Why this module exists: menus and plain lines take notes in the same words, and a
note must be on the disk before it is said to be kept.

It must not know where notes are kept, and it never shows one that wasn't asked
for: a client may be looking, too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from pathfinder.sanitize import clean

LABEL: Final = "Your note:"
HOW: Final = "A short note. It stays in the session, and no handout shows it."
HOW_IN_A_MENU: Final = "Enter keeps it. An empty one takes it away. Esc leaves it as it was."
HOW_IN_LINES: Final = "Enter alone leaves it as it is. A hyphen (-) takes it away."
THERE_IS_ONE: Final = "There is a note."
THERE_WAS_ONE: Final = "There is a note of an earlier day."
HINT: Final = "Type note to write a note to a question."
NEEDS_SAVE: Final = "Notes are kept in a session: pathfinder quiz --for client --save"
NOTHING_WRITTEN: Final = "There is no note."
LEFT: Final = "The note is as it was."
KEPT: Final = "Note kept."
GONE: Final = "The note is gone."
NOT_YET: Final = "The note can't be saved yet. It is tried again after the next answer."
TAKE_AWAY: Final = "-"


class Notes:
    """Notes by question. `write` brings them to the disk and gives what must be told, or ""."""

    def __init__(
        self,
        kept: Mapping[str, str],
        write: Callable[[], str],
        before: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        """`before`: notes of earlier days, question id -> the words of its day -> note."""
        self._kept = dict(kept)
        self._write = write
        self._before = before or {}

    @property
    def kept(self) -> Mapping[str, str]:
        """Question id -> note. None of them is empty."""
        return dict(self._kept)

    def of(self, question: str) -> str:
        """The note to this question, fit to be shown. "" where there is none."""
        return clean(self._kept.get(question, ""))

    def before(self, question: str) -> tuple[str, ...]:
        """Notes of earlier days to this question, each with its day: shown before a new one."""
        dated = self._before.get(question, {})
        return tuple(f"{clean(day)}: {clean(note)}" for day, note in dated.items())

    def mark(self, question: str) -> str:
        """That there is a note, now or of an earlier day, without its words; or ""."""
        if self._kept.get(question):
            return THERE_IS_ONE
        return THERE_WAS_ONE if question in self._before else ""

    def put(self, question: str, text: str) -> str:
        """Take a note, on one line; an empty one takes it away. Gives what is said back."""
        # Here, and not above: only a session has notes.
        from pathfinder.errors import PathfinderError
        from pathfinder.sessions.validate import check_note

        before = self._kept.pop(question, "")
        try:
            note = check_note(clean(" ".join(text.split())))
        except PathfinderError as error:
            if before:
                self._kept[question] = before
            return str(error)
        if note:
            self._kept[question] = note
        if note == before:
            return LEFT if note else NOTHING_WRITTEN
        return self._write() or (KEPT if note else GONE)
