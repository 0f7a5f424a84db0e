"""Draw reasons for a blind reading: do the words alone tell which way a reason points?

Why this stands here: a reason that a reader can't place argues nothing. No test of words
finds that; only people who don't know the rules do.

    python tests/blind/draw.py draw SEED SHEET KEY      60 reasons to a sheet, the marks to a key
    python tests/blind/draw.py score KEY ANSWERS        the readers' answers against the key

How to run it. Draw with a new seed. Give the sheet alone to someone who knows neither the
rules nor the key. They write one line for each number: `1 for`, `2 against`, `3 can't tell`.
They go by the words of the sentence and what it says of the path, never by what they would
advise; "can't tell" is an answer, and counts as wrong. At least 57 of 60 must be right.

It must not show a mark, a weight or a question in the sheet, or draw what nobody is shown:
only reasons of paths that were ranked for some random person.
"""

from __future__ import annotations

import json
import random
import re
import sys
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from contract import random_answers

from pathfinder import decide, load_rules
from pathfinder.engine.ruleset import RuleSet

EACH: Final = 30
ENOUGH: Final = 57
PEOPLE: Final = 400
HEAD: Final = """\
Each number names a path and one sentence about a person. Say what the sentence is, going by
its words alone: a reason for this path, a reason against it, or can't tell.
"""

Drawn = tuple[str, str]
"""The name of a path, and the sentence."""


def pool(rules: RuleSet, dice: random.Random) -> dict[str, list[Drawn]]:
    """Every reason that some random person is shown, by its mark, each sentence once."""
    seen: dict[str, dict[str, list[str]]] = {"for": {}, "against": {}}
    names = {path.id: path.name for path in rules.paths}
    for _ in range(PEOPLE):
        for ranked in decide(rules, random_answers(dice)).ranked:
            for mark, reasons in (("for", ranked.for_), ("against", ranked.against)):
                for reason in reasons:
                    seen[mark].setdefault(reason.because, []).append(names[ranked.path])
    return {
        mark: [(dice.choice(paths), because) for because, paths in sorted(found.items())]
        for mark, found in seen.items()
    }


def draw(rules: RuleSet, seed: int) -> list[tuple[str, Drawn]]:
    """30 reasons for and 30 against, each with its mark, shuffled."""
    dice = random.Random(seed)
    every = pool(rules, dice)
    chosen = [(mark, each) for mark in every for each in dice.sample(every[mark], EACH)]
    dice.shuffle(chosen)
    return chosen


def sheet(chosen: list[tuple[str, Drawn]]) -> str:
    lines = [f"{i}. {path}\n   {because}\n" for i, (_, (path, because)) in enumerate(chosen, 1)]
    return "\n".join([HEAD, *lines])


def score(key: list[str], answers: str) -> tuple[int, list[str]]:
    """How many are right, and a line for each that isn't. A missing answer is wrong."""
    given = {int(m[1]): m[2].lower() for m in re.finditer(r"(?m)^\s*(\d+)\W+(\w+)", answers)}
    wrong = [
        f"{number}: {given.get(number, 'no answer')}, but it is {mark}"
        for number, mark in enumerate(key, 1)
        if given.get(number) != mark
    ]
    return len(key) - len(wrong), wrong


def main(words: list[str]) -> int:
    match words:
        case ["draw", seed, to_sheet, to_key]:
            chosen = draw(load_rules(), int(seed))
            Path(to_sheet).write_text(sheet(chosen), encoding="utf-8")
            marks = json.dumps([mark for mark, _ in chosen])
            Path(to_key).write_text(marks + "\n", encoding="utf-8")
        case ["score", from_key, from_answers]:
            key = json.loads(Path(from_key).read_text(encoding="utf-8"))
            right, wrong = score(key, Path(from_answers).read_text(encoding="utf-8"))
            print("\n".join([*wrong, f"{right} of {len(key)} right; {ENOUGH} are asked for"]))
            return 0 if right >= ENOUGH else 1
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
