"""What people were told before a change of the program, and what they are told now.

    python tests/told.py ../before          what 1,000 random people read, there and here
    python tests/told.py ../before --people 4000 --seed 7 --only "naloxone|suddenly"

Why this exists: `rules diff` tells what a change of rules does to decisions. A page can lose a
sentence with every decision the same: three reviews in a row found more by such a comparison than
ten readers did, above all what keeps somebody safe and was left out on one form of four.

`../before` is a checkout of another commit (`git worktree add ../before COMMIT`). Each person is
told their result by the commands of both, in every form; only what `pathfinder` prints is compared,
so that the two may differ inside as they like.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import io
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parents[1]
FORMS = {
    "first screen": (),
    "whole text": ("--full",),
    "handout": ("--format", "md"),
    "discreet": ("--format", "md", "--discreet"),
}
REGIONS = ("us", "us", "us", "ca", "uk", "elsewhere")
DECIDED = ("scope", "hold", "safe_level", "alerts", "first", "ranked", "set_aside", "supports")
NAMED_BY = ("id", "path", "rules", "points")
_MARKS = re.compile(r"^[\s>#*•+-]*|\*\*|\s\[[\d, ]+\]|\b[0-9a-f]{12}\b")
_ENDS = re.compile(r"(?<=[.?!”])\s+|;\s+|(?<=:)\s+")


def people(number: int, seed: int) -> list[dict[str, Any]]:
    """Random adults of whom nothing, a seventh or half isn't known."""
    from contract import random_answers

    dice = random.Random(seed)
    return [random_answers(dice, dice.choice((0.0, 0.15, 0.5))) for _ in range(number)]


def sentences(text: str, *, hanging: bool = False) -> set[str]:
    """The sentences of a form, without marks, numbers of sources and the name of the rule set.

    A line goes on where the next one begins at the same place, or set in if lines are `hanging`;
    so a title stands by itself.
    """
    parts: list[str] = []
    before = -1  # where a line that goes on begins
    for line in text.splitlines():
        bare = _MARKS.sub("", line).strip()
        at = len(line) - len(line.lstrip(" "))
        marked = not line.lstrip(" ").startswith(bare[:3])
        if bare and not marked and (at > 0 < len(parts) if hanging else at == before):
            parts[-1] += f" {bare}"
        else:
            parts.append(bare)
        before = (at + 2 if marked else at) if bare else -1
    return {each.strip() for part in parts for each in _ENDS.split(part) if each.strip()}


def decided(result: Mapping[str, Any]) -> list[Any]:
    """What a result decides, by ids: its texts are what the forms are compared for."""

    def ids(each: Any) -> Any:
        return {key: each.get(key) for key in NAMED_BY} if isinstance(each, dict) else each

    found = [result.get(key) for key in DECIDED]
    return [list(map(ids, each)) if isinstance(each, list) else each for each in found]


def tell() -> None:
    """Reads people as JSON lines, and writes what the program in this process tells each of them.

    It is run with another checkout's `src` in front, and uses of it what a shell would.
    """
    from pathfinder.cli import main

    with contextlib.suppress(ImportError, AttributeError):  # else each run reads the rules anew
        from pathfinder.loader import load

        load.load_rules = functools.cache(load.load_rules)

    def said(*args: str) -> str:
        sys.argv = ["pathfinder", "recommend", *args]
        with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.suppress(SystemExit):
            main()
        return out.getvalue()

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "answers.json")
        for number, line in enumerate(sys.stdin):
            file.write_text(line)
            args = (str(file), "--region", REGIONS[number % len(REGIONS)])
            result = decided(json.loads(said(*args, "--format", "json")))
            told = {
                form: sorted(sentences(said(*args, *more), hanging=not more))
                for form, more in FORMS.items()
            }
            print(json.dumps([result, told]), file=sys.__stdout__, flush=True)


@contextlib.contextmanager
def teller(checkout: Path, file: Path) -> Iterator[Iterator[Any]]:
    """What a checkout tells the people in a file, one after the other."""
    env = {**os.environ, "PYTHONPATH": str(checkout / "src"), "COLUMNS": "80", "NO_COLOR": "1"}
    with file.open() as lines, subprocess.Popen(
        [sys.executable, str(Path(__file__).resolve()), "--tell", str(checkout)],
        stdin=lines, stdout=subprocess.PIPE, cwd=checkout, env=env, text=True,
    ) as run:  # fmt: skip
        assert run.stdout is not None
        yield map(json.loads, run.stdout)


Lost = dict[tuple[str, str], list[int]]
"""By form and sentence, the numbers of the people who have it no more."""


def compare(before: Path, now: Path, drawn: list[dict[str, Any]]) -> tuple[list[int], Lost, Lost]:
    """Whose decision differs; what was told and isn't now; what is told now and wasn't."""
    differ: list[int] = []
    gone: Lost = defaultdict(list)
    come: Lost = defaultdict(list)
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        file.write("".join(json.dumps(each) + "\n" for each in drawn))
        file.flush()
        with teller(before, Path(file.name)) as old, teller(now, Path(file.name)) as new:
            for number, ((was, said), (is_, says)) in enumerate(zip(old, new, strict=True)):
                if was != is_:
                    differ.append(number)
                for form in FORMS:
                    for each in set(said[form]) - set(says[form]):
                        gone[form, each].append(number)
                    for each in set(says[form]) - set(said[form]):
                        come[form, each].append(number)
    return differ, gone, come


def report(
    drawn: list[dict[str, Any]], differ: list[int], changed: Mapping[str, Lost], only: str
) -> Iterator[str]:
    """By form, each sentence with how many people it concerns and the answers of one."""
    yield f"{len(drawn)} people. Decided otherwise: {len(differ)}."
    yield from (f"  {json.dumps(drawn[number])}" for number in differ[:3])
    for title, sets in changed.items():
        for form in FORMS:
            found = [(who, text) for (at, text), who in sets.items() if at == form]
            found = [each for each in found if re.search(only, each[1], re.IGNORECASE)]
            if found:
                yield f"\n{title}, {form}:"
            for who, text in sorted(found, key=lambda each: (-len(each[0]), each[1])):
                yield f"  {len(who):5} {text}\n        {json.dumps(drawn[who[0]])}"


def run(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("before", type=Path, help="a checkout of the program before the change")
    parser.add_argument("now", type=Path, nargs="?", default=HERE, help="default: this one")
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="a regular expression for the sentences")
    asked = parser.parse_args(words)
    drawn = people(asked.people, asked.seed)
    differ, gone, come = compare(asked.before.resolve(), asked.now.resolve(), drawn)
    print("\n".join(report(drawn, differ, {"Gone": gone, "Come": come}, asked.only)))
    return 1 if differ or gone or come else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--tell"]:
        tell()
    else:
        sys.exit(run())
