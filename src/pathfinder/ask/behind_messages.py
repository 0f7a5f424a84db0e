"""What the menu behind the answer says: its choices, its keys, what a change has done.

Why this module exists: the menu is the same in select mode and in plain lines, so its
words stand in one place.

It must not know a key press, a screen, or a rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

TWO: Final = "Two side by side"
APPROACHES: Final = "12 Steps or not"
ANSWERS: Final = "Change an answer"
SAVE: Final = "Save or print"
DONE: Final = "Done"
ONCE_SAFE: Final = "Once you are safe"

KEYS: Final = (
    "Arrow keys or a number, then Enter. Esc comes back here. Ctrl-X leaves at once.",
    "Arrows, Enter. Esc comes back. Ctrl-X leaves.",
    "Arrows, Enter. Ctrl-X leaves.",
)
BACK_HERE: Final = "Press Esc or Left to go back to your answer."
MORE_BELOW: Final = "Space or Down for more. Esc goes back."
ENOUGH: Final = (
    "You have told enough to know how much care is safe. The rest help to choose among kinds."
)
GO_ON: Final = "Go on with the questions"
SO_FAR: Final = "See the answer so far"

WHICH: Final = "Which path?"
WHICH_FIRST: Final = "Which path first?"
WHICH_BESIDE: Final = "And which one beside it?"
ALL_OTHERS: Final = "All of them, in short"

WHOM: Final = "Whom to call. What you choose here is kept nowhere."
SEE_WHOM: Final = "See the programs and meetings"
WHICH_LANGUAGE: Final = "Which language do you need?"
ANY: Final = "Any language"
WHERE_YOU_ARE: Final = "A town or a postal code. It is kept nowhere. An empty line changes nothing."
PLACE_LABEL: Final = "Near:"
ANYWHERE: Final = "Forget where I am"
FROM_HOME: Final = "Only what is online or close by"
ALL_OF_THEM: Final = "Also what is far away"

LIST: Final = "What would you like to see?"
TYPE: Final = "Type a number. Also: answer, list, done, exit!"
LABEL: Final = "Your choice:"
LABEL_OR_BACK: Final = "Your choice, or back:"
PICKING: Final = (
    "Enter opens it. Esc or Left goes back. Ctrl-X leaves at once.",
    "Enter. Esc goes back. Ctrl-X leaves.",
    "Enter. Esc goes back.",
)
NEITHER: Final = "That is none of the numbers."

SAVE_AS: Final = "How would you like to keep it?"
SHEET: Final = "A sheet to print or to open in a browser (HTML)"
MARKDOWN: Final = "A text file with headings (Markdown)"
TEXT: Final = "The whole result as plain text"
NAME: Final = "The name of the file. Esc or an empty line leaves it."
NAME_LABEL: Final = "File:"
READABLE: Final = "Only you can read the file, but whoever uses this computer as you can, too."
ENDINGS: Final = {"html": "my-answer.html", "md": "my-answer.md", "text": "my-answer.txt"}

NOTHING_CHANGED: Final = "Your answer is the same as before."


def language(name: str) -> str:
    return f"Language: {name or 'any'}"


def place(near: str) -> str:
    return f"Where I am: {near}" if near else "Say where I am"


def turning(page: int, of: int) -> Sequence[str]:
    """The keys where the answer has more than one page."""
    return (
        f"Page {page} of {of}: Space turns. Arrow keys choose. Ctrl-X leaves at once.",
        f"Page {page} of {of}: Space. Ctrl-X leaves.",
        f"Page {page} of {of}: Space.",
    )


def saved(file: str) -> str:
    return f"Written to {file}."


def so_far(parts: str) -> str:
    """Above an answer that comes before the last question."""
    return f"This is your answer so far. Still to ask: {parts}."


def now_first(path: str, before: str) -> str:
    return f"First is now: {path}. Before: {before}."


def now_safe(level: str, before: str) -> str:
    return f"The least care that is safe is now: {level}. Before: {before}."


def come(names: str) -> str:
    return f"New to do first: {names}."


def gone(names: str) -> str:
    return f"No longer first to do: {names}."


def order(path: str, rank: int, before: int) -> str:
    return f"{path} is now number {rank}. Before: {before}."
