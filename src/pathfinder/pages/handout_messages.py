"""The handout's own words: what stands in no rule and on no other page.

Why this module exists: paper is read later, alone, and sometimes by others; these few
sentences say what the page is, what its points mean, and that it needs a safe place.

It must not hold anything that depends on the answers beyond a name or a number.
"""

from __future__ import annotations

from typing import Final

TITLE: Final = "Recovery paths to talk about"
TITLE_UNDER_18: Final = "Help and people to talk to"
UNDER_18: Final = "If you are under 18"
RANKED: Final = "How the paths fit"
POINTS_MEAN: Final = (
    "Each answer can give a path up to 3 points, for it or against it. "
    "The points only put the paths in order. They don't measure you."
)
CAPTION: Final = "The paths that are safe for you, best fit first."
BAR_MEANS: Final = "A longer bar means that more of your answers speak for the path."
BAR_MEANS_BOTH_WAYS: Final = (
    "The upright line is zero. A bar to its right means more for the path, to its left more "
    "against it."
)
PATH: Final = "Path"
FIT: Final = "How it fits you"
ASK_HOW: Final = "Tick each question when you have asked it."
KEEP_SAFE: Final = "This page says a lot about you. Keep it where only people you trust can see it."

# --- the sheet -------------------------------------------------------------------

TITLE_AGREED: Final = "What to do now"
NOW: Final = "Do this first"
PUT_FIRST: Final = "What Pathfinder's questions put first"
PATHS: Final = "The paths, in order"
CALL: Final = "Whom to call"
HOURS: Final = "Time"
COUNSELOR_TOO: Final = "Your counselor sees it the same way."


def kindly(headline: str) -> str:
    """What the tool put first, where the counselor judged otherwise: it argues with nobody."""
    return (
        f"Your answers alone pointed to this: {headline} Your counselor knows more than these "
        "questions can, and suggests what stands above. Ask them about it."
    )


def sheet_made(date: str) -> str:
    return f"Made on {date} with Pathfinder. It was sent to nobody."


# --- what the points of a path come to, in words -----------------------------------

BEST: Final = "fits best"
AS_WELL: Final = "fits about as well"
LESS: Final = "fits less well"
EVEN: Final = "as much speaks against it as for it"
AGAINST: Final = "more speaks against it than for it"
OPEN: Final = "nothing speaks for it or against it yet"


def made(date: str, rules: str, version: str, sha256: str, app: str) -> str:
    """When the page was made, and from which rules."""
    return f"Made on {date} from the rules {rules} {version} ({sha256}), with Pathfinder {app}."


def points(number: int) -> str:
    """Points with a real minus sign: a hyphen is read aloud as "to" or not at all."""
    figure = f"\N{MINUS SIGN}{-number}" if number < 0 else str(number)
    return f"{figure} point" if abs(number) == 1 else f"{figure} points"


FIRST_STEPS: Final = "First steps"
AGREED_STEP: Final = "You agreed to this."
BOOKED_STEP: Final = "You agreed to this; your appointment is above."
DONE_STEP: Final = "Done already"
CHOSE_NOT: Final = (
    "You chose not to do this now. It would still help, and you can choose it on any day."
)
NOT_POSSIBLE: Final = "This isn't possible just now. Ask about it again: it would still help."
