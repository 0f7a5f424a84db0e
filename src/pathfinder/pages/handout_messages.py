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
TITLE_DISCREET: Final = "My next steps"
NOW: Final = "Do this first"
PUT_FIRST: Final = "What Pathfinder's questions put first"
PATHS: Final = "The paths, in order"
CALL: Final = "Whom to call"
CALL_DISCREET: Final = "Numbers to call"
HOURS: Final = "Time"
ALERT_DISCREET: Final = "Call one of these numbers now. Don't stay alone."
STEP_DISCREET: Final = "Ask a professional what has to come first"
WARNS_DISCREET: Final = "If you get much worse, call your local emergency number at once."
STEPS_DISCREET: Final = {
    "medical-evaluation": "See a doctor or a clinic, and change nothing all at once before that",
    "opioid-medication": "Ask a doctor about medicine",
    "taper-with-prescriber": "Talk to your prescriber before you change anything",
    "psychiatric-evaluation": "Ask for a check-up soon",
    "prenatal-care": "See a midwife or a doctor",
    "safe-place": "Find a safe place to stay",
}
"""First steps in words that say nothing to who finds the sheet."""
LINES_DISCREET: Final = {
    "emergency": "Emergency",
    "suicide": "Someone to talk to, day and night",
    "violence": "A line that helps you plan",
    "drugs": "A line that names places near you",
    "poison": "Poison help",
    "shelter": "Places to stay",
}
NOT_OUTSIDE: Final = (
    "alcohol", "drink", "drug", "opioid", "sedative", "stimulant", "cannabis", "naloxone",
    "methadone", "buprenorphine", "overdose", "withdrawal", "detox", "suicid", "kill", "die",
    "harm", "addic", "seizure", "illness", "sober", "pregnan", "mental", "hiv", "violence",
    "crisis", "hurts me", "hurting myself", "keep myself safe",
)  # fmt: skip
"""Beginnings of words that a discreet sheet doesn't hold, outside the names of paths."""


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
