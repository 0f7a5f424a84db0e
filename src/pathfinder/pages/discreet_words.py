"""What a sheet says that may lie on a kitchen table, and what it doesn't.

Why this module exists: who lives with others takes a sheet home that anybody may find. It names
no drink or drug, no thought of dying and nobody who hurts somebody, and quotes no answer. What
keeps a person safe is said all the same, in words that tell nothing to who finds it.

It must not name a person, and must not hide a number to call.
"""

from __future__ import annotations

import re
from typing import Final

from pathfinder.engine.ruleset import HelpLine

TITLE: Final = "My next steps"
CALL: Final = "Numbers to call"
WARNS: Final = "If you get much worse, call your local emergency number at once."
"""For each move that warns and can't be quoted."""

_ALERT: Final = "Call one of these numbers now. Don't stay alone."
_ALERTS: Final = {"violence": "In danger, go where other people are, and call."}
_STEP: Final = "Ask a professional what has to come first"
_STEPS: Final = {
    "medical-evaluation": "Call a doctor or a clinic today; change nothing all at once till then",
    "opioid-medication": "Ask a doctor about medicine",
    "taper-with-prescriber": "Talk to your prescriber before you change anything",
    "psychiatric-evaluation": "Be seen by a doctor today",
    "prenatal-care": "Call a doctor or a clinic today",
    "safe-place": "Ask today for help with where to live",
}
_LINES: Final = {
    "emergency": "Emergency",
    "suicide": "Someone to talk to, day and night",
    "violence": "A line that helps you plan",
    "drugs": "A line that names places near you",
    "poison": "Poison help",
    "shelter": "Places to stay",
}

NOT_OUTSIDE: Final = (
    # drink, drugs and what they do
    "alcohol", "drink", "drank", "drug", "opioid", "sedative", "stimulant", "cannabis", "ghb",
    "naloxone", "methadone", "buprenorphine", "overdose", "withdrawal", "detox", "addic", "sober",
    "seizure", "used again",
    # thoughts of dying, and how somebody is
    "suicid", "kill", "die", "harm", "crisis", "mental", "can't cope", "keep myself safe",
    "thoughts of", "hiv", "illness", "pregnan", "baby", "midwife", "you said",
    # who hurts somebody, and where they go from there
    "violence", "hurt", "threat", "fear", "done to you", "may see it", "safe place", "shelter",
    "sleep at home",
)  # fmt: skip
"""Words, or their beginnings, that don't stand on it, outside the names of paths."""

_NOT_OUTSIDE: Final = re.compile(rf"\b(?:{'|'.join(NOT_OUTSIDE)})", re.IGNORECASE)


def says_too_much(text: str) -> bool:
    """Whether a sentence names what the sheet doesn't."""
    return _NOT_OUTSIDE.search(text) is not None


def alert(id_: str, text: str) -> str:
    """An alert's `text`, where it tells nothing; otherwise what to do, and no more."""
    return _ALERTS.get(id_, _ALERT) if says_too_much(text) else text


def step(id_: str) -> str:
    """A first step, in words of its own."""
    return _STEPS.get(id_, _STEP)


def help_line(line: HelpLine) -> str:
    """What a number is for; nothing, where no kind of it is known here."""
    return next((_LINES[kind] for kind in line.kinds if kind in _LINES), "")
