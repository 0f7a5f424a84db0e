"""The words of the answer, and of the menu behind it.

Why this module exists: the first screen has room for few words, so they are chosen, read
aloud and translated in one place.

It must not hold anything that depends on the answers beyond a name or a number.
"""

from __future__ import annotations

from typing import Final

TITLE: Final = "Your answer"
NOT_A_DIAGNOSIS: Final = "Not a diagnosis: ask a doctor or a program for an assessment."
BEST: Final = "Fits best"
START: Final = "Start with"
OPEN_TO_YOU: Final = "If you like"
CAREFUL: Final = "Careful"
FIRST: Final = "First"
THEN: Final = "Then"
NOT_NOW: Final = "Not now"
BESIDE: Final = "Good beside a path"
WHY: Final = "Why"
BUT: Final = "But"
AT_LEAST: Final = "At least"
HOW_FIRM: Final = "How sure"
IN_THE_WAY: Final = "In the way"
UNTIL_THEN: Final = "Until then"
TODAY: Final = "Today"
CALL: Final = "Call"
HELP: Final = "Help"
FOR: Final = "For:"
AGAINST: Final = "Against:"

YOUR_CHOICE: Final = "Both fit you about equally well: the choice is yours."
FITS_AS_WELL: Final = "As good."
THE_SAME: Final = "For the same reason."
NO_MORE_NEEDED: Final = "Your answers call for no more than that. More is your choice."
CLOSE: Final = "Close. Other paths fit about as well."
KEEP_ASKING: Final = "Not enough by itself, so ask programs how the first path could work."
NO_LESSER: Final = "No lighter path is safe here. Ask what a program can make possible."

WITH_OR_WITHOUT: Final = "with or without the 12 Steps"
CHOOSABLE: Final = frozenset(("twelve-step", "secular"))
"""The approaches that a person may choose between."""

MORE: Final = "For all of it add --full. For every reason: pathfinder explain FILE"
MORE_AFTER_A_QUIZ: Final = "For all of it: pathfinder quiz --full"
LESS_IS_NOT_SAFE: Final = "Less isn't safe:"
ONCE_SAFE: Final = "Once you are safe: run this again with --full to see your paths."


def safe(level: str, because: str) -> str:
    return f"{level}. {because}"


def could_change(names: str, more: int, *, little_known: bool) -> str:
    """What a close result hangs on; where most is open yet, what would help most to know."""
    others = f", and {more} more" if more else ""
    if little_known:
        return f"Too little is known to choose well. Most would help: {names}{others}."
    return f"Close. Another path could come first, once this is known: {names}{others}."


def speaks_more(says: str, question: str) -> str:
    """An answer that has more to say for the first path than for this one."""
    if says:
        return f"{says}, and that speaks more for the first."
    return f"Your answer on {question} speaks more for the first."


def so_many(paths: int) -> str:
    """How many paths are set aside, where their names have no room."""
    return f"{paths} other paths."
