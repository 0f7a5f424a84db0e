"""Programs and meetings that don't exist, by chance: for lists of any size and any shape."""

from __future__ import annotations

from random import Random
from typing import Any

from pathfinder.programs.keys import CHOICES, MEETING, PROGRAM
from pathfinder.programs.model import Imported, Meeting, Program

PATHS = (
    "twelve-step-meetings", "secular-groups", "outpatient", "iop-twelve-step", "iop-secular",
    "iop-dual-diagnosis", "iop-sober-living", "day-treatment", "residential", "continuing-care",
)  # fmt: skip
TEXTS = (
    "Main Street 5", "it's open", 'called "The Barn"', "a: b", "x # y", "no", "2026-01-01", "12",
    "ends in colon:", "- dash", "Domingo en español", "後ろ", "[not a list]", "{not a map}",
    "back\\slash", "two  spaces", "1:30", "null", "#", "é", "true", "a" * 300,
)  # fmt: skip


def program(random: Random, number: int, known: float = 0.5) -> Program:
    """A program that can be reached; each thing that one may know of it, with this chance."""
    values = _values(random, PROGRAM.allowed, known)
    start = tuple(way for way in values.pop("start", ()) if way in ("referral", "call"))
    values |= {"id": f"program-{number}", "phone": f"555-01{number % 100:02}"}
    return Program(**values, **({"start": start} if start else {}))


def meeting(random: Random, number: int, known: float = 0.5) -> Meeting:
    values = _values(random, MEETING.allowed, known)
    return Meeting(**(values | {"id": f"meeting-{number}", "place": "A hall"}))


def _values(random: Random, keys: dict[str, Any], known: float) -> dict[str, Any]:
    required = ("name", "paths", "days", "time")
    return {
        key: _value(random, key, kind)
        for key, (kind, _) in keys.items()
        if key != "id" and (key in required or random.random() < known)
    }


def _value(random: Random, key: str, kind: str) -> Any:
    if kind[-1] == "+":
        words = PATHS if kind == "path+" else CHOICES[kind[:-1]]
        return tuple(random.sample(words, random.randint(1, min(3, len(words)))))
    if kind in CHOICES:
        return random.choice(CHOICES[kind])
    return {
        "truth": lambda: random.random() < 0.5,
        "phone": lambda: random.choice(["555-0100", "+1 (555) 0101", "555-0102 ext. 7"]),
        "address on the web": lambda: random.choice(
            ["https://example.org", "http://a.example.org/b?c=d#e"]
        ),
        "coordinates": lambda: (
            round(random.uniform(-80, 80), 4),
            round(random.uniform(-179, 179), 4),
        ),
        "day": lambda: f"2026-{random.randint(1, 11):02}-{random.randint(1, 28):02}",
        "time": lambda: f"{random.randint(0, 23):02}:{random.choice(['00', '30'])}",
        "days of waiting": lambda: random.randint(0, 60),
        "an import": lambda: Imported(
            "hsds", random.choice(["7", "a-7", "x y"]), "0123456789abcdef"
        ),
        "text": lambda: (
            random.choice(TEXTS) if key != "postal_code" else f"{random.randint(1, 4):05}"
        ),
    }[kind]()
