"""What a sheet says that may lie on a kitchen table, and what it doesn't.

Why this module exists: who lives with others takes a sheet home that anybody may find. It names
no drink or drug, no thought of dying and nobody who hurts somebody, and quotes no answer. What
keeps a person safe is said all the same, in words that tell nothing to who finds it.

Everybody has the same numbers on it, so that none of them tells why it stands there.

It must not name a person, and must not hide a number to call.
"""

from __future__ import annotations

import re
from typing import Final

from pathfinder.engine.decision import Decision
from pathfinder.engine.ruleset import HelpLine, RuleSet, region_of

TITLE: Final = "My next steps"
CALL: Final = "Numbers to call"
KEEP_SAFE: Final = "Keep this where only people you trust can see it."
WARNS: Final = "If you get much worse, call your local emergency number at once."
"""For each move that warns and can't be quoted, but where it has words of its own."""

_WARNS: Final = {
    "guns": "Ask someone you trust to keep what isn't safe for you to have near.",
    "next dose": "Ask those who treat you when to take your medicine again.",
    "as it was prescribed": "Keep taking your medicine as it was prescribed.",
    "dose you were once": "After a break, ask before you take what you took before.",
    "If you use what": "After a break, ask before you take what you took before. "
    "Have someone you trust near, who can call for help.",
    "don't mix them": "Ask before you take two things together.",
    "If you use now": "Change nothing all at once on your own.",
}
_ALERT: Final = "Call one of these numbers now. Don't stay alone."
_ALERTS: Final = {"violence": "If you aren't safe, go where other people are, and call."}
_STEP: Final = "Ask a professional what has to come first"
_STEPS: Final = {
    "medical-evaluation": "Call a doctor or a clinic today; until then, stop nothing all at once",
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
    "seizure", "used again", "you used", "if you use", "use alone", "use could",
    "someone uses", "your use", "stopping was", "in recovery", "recovery homes", "dose", "shak",
    "throw", "cut down", "when you stop", "what you use",
    # thoughts of dying, and how somebody is
    "suicid", "kill", "die", "harm", "guns", "crisis", "mental", "can't cope", "keep myself safe",
    "thoughts", "hiv", "illness", "pregnan", "baby", "midwife", "you said", "your answers",
    # who hurts somebody, and where they go from there
    "violence", "hurt", "threat", "fear", "done to you", "may see", "safe place", "shelter",
    "place to sleep", "the address",
    # whom they love, and who asks something of them
    "lgbtq", "court",
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


def instead(text: str, *, warns: bool) -> str:
    """What stands in place of a move that can't be quoted. Nothing where it has no words of its own
    and doesn't warn."""
    return next((own for word, own in _WARNS.items() if word in text), WARNS if warns else "")


def numbers(rules: RuleSet, decision: Decision) -> list[HelpLine]:
    """The lines of this person's country that stand on everybody's sheet there: of each kind the
    first two, since some countries have one for each part of theirs."""
    of_kind: dict[str, list[HelpLine]] = {kind: [] for kind in _LINES}
    for line in region_of(rules, decision.region).lines:
        if line.kinds[0] in of_kind:
            of_kind[line.kinds[0]].append(line)
    return [line for lines in of_kind.values() for line in lines[:2]]


def help_line(line: HelpLine) -> str:
    """What a number is for. One that is made for some people says for whom."""
    label = _LINES[line.kinds[0]]
    return f"{label}, by TTY" if line.name.endswith("TTY") else label
