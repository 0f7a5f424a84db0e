"""How long a start takes, as ratios in one run: `python tests/benchmarks/startup.py`.

Not a test: times depend on the machine, and nothing here asserts. What must not
slow down is held by `tests/test_startup.py`, which looks at what is imported.
Run it with the Python of an installed Pathfinder.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pexpect

ROOT = Path(__file__).parents[2]
PATHFINDER = str(Path(sys.executable).with_name("pathfinder"))
EXAMPLE = str(ROOT / "docs" / "examples" / "steady-worker.yaml")
BARE = "import questionary; questionary.select('How old are you?', choices=['a', 'b']).ask()"
TWO_BARE = (
    "import questionary; questionary.select('first?', choices=['a', 'b']).ask(); "
    "questionary.select('second?', choices=['a', 'b']).ask()"
)
PAUSE = 1.0
"""Seconds of rest before the key: what is to be read isn't closed at once."""
TERMINAL = {**os.environ, "TERM": "xterm-256color", "PROMPT_TOOLKIT_NO_CPR": "1"}
ROUNDS = 15


def whole(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def to_first_question(command: list[str]) -> float:
    start = time.perf_counter()
    child = pexpect.spawn(command[0], command[1:], env=TERMINAL, dimensions=(40, 80), timeout=20)
    child.expect_exact("How old are you?")
    took = time.perf_counter() - start
    child.close(force=True)
    return took


def to_the_next_menu() -> float:
    """From Enter in a bare menu to the next bare menu."""
    child = pexpect.spawn(
        sys.executable, ["-c", TWO_BARE], env=TERMINAL, dimensions=(24, 80), timeout=20
    )
    child.expect_exact("first?")
    time.sleep(PAUSE)
    start = time.perf_counter()
    child.send("\r")
    child.expect_exact("second?")
    took = time.perf_counter() - start
    child.close(force=True)
    return took


def to_the_answer(file: str) -> float:
    """From the last key of the quiz to the answer."""
    child = pexpect.spawn(
        PATHFINDER, ["quiz", "--resume", file], env=TERMINAL, dimensions=(40, 80), timeout=20
    )
    child.expect_exact("All correct")
    time.sleep(PAUSE)
    start = time.perf_counter()
    child.send("\r")
    child.expect_exact("Your answer.")
    took = time.perf_counter() - start
    child.close(force=True)
    return took


def report(name: str, these: list[float], those: list[float]) -> None:
    ratio = statistics.median(a / b for a, b in zip(these, those, strict=True))
    print(f"{name:28} {statistics.median(these) * 1000:6.0f} ms  {ratio:5.2f} times")


def main() -> None:
    nothing = [sys.executable, "-c", "pass"]
    commands = {
        "--version": [PATHFINDER, "--version"],
        "--help": [PATHFINDER, "--help"],
        "recommend (text)": [PATHFINDER, "recommend", EXAMPLE],
        "recommend --full": [PATHFINDER, "recommend", EXAMPLE, "--full"],
        "recommend --format json": [PATHFINDER, "recommend", EXAMPLE, "--format", "json"],
    }
    base: list[float] = []
    took: dict[str, list[float]] = {name: [] for name in commands}
    bare: list[float] = []
    quiz: list[float] = []
    for _ in range(ROUNDS):
        base.append(whole(nothing))
        for name, command in commands.items():
            took[name].append(whole(command))
        bare.append(to_first_question([sys.executable, "-c", BARE]))
        quiz.append(to_first_question([PATHFINDER, "quiz"]))
    print("against python -c pass:")
    report("python -c pass", base, base)
    for name, times in took.items():
        report(name, times, base)
    print("to the first question, against a bare questionary.select:")
    report("bare questionary.select", bare, bare)
    report("pathfinder quiz", quiz, bare)
    between = [to_the_next_menu() for _ in range(ROUNDS)]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "answers.yaml"
        file.write_text(Path(EXAMPLE).read_text(encoding="utf-8"), encoding="utf-8")
        answer = [to_the_answer(str(file)) for _ in range(ROUNDS)]
    print("from the last key to the answer, against one bare menu after another:")
    report("bare menu after menu", between, between)
    report("the answer", answer, between)
    more = statistics.median(answer) - statistics.median(between)
    print(f"the answer takes {more * 1000:.0f} ms more (a quiet moment of 120 ms is meant)")


if __name__ == "__main__":
    main()
