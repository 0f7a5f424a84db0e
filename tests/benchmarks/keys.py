"""How long a key takes to be seen, as ratios in one run: `python tests/benchmarks/keys.py`.

Not a test: times depend on the machine, and nothing here asserts. The unit is a menu of
questionary alone, with as many answers. `keys.py PATHFINDER` also measures the command of
another edition, turn by turn with this one, so that a busy machine is as busy for both.
"""

from __future__ import annotations

import os
import select
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pexpect

PATHFINDER = str(Path(sys.executable).with_name("pathfinder"))
BARE = (
    "import questionary as q; q.select('How old are you?', choices=['a', 'b']).ask(); "
    "q.checkbox('Is any of this happening?', choices=list('abcdefghij')).ask(); "
    "q.select('Last?', choices=['a', 'b']).ask()"
)
TERMINAL = {**os.environ, "TERM": "xterm-256color", "PROMPT_TOOLKIT_NO_CPR": "1"}
DOWN, UP, ENTER = "\x1b[B", "\x1b[A", "\r"
STILL = 0.25
"""Seconds without a byte after which a picture is whole."""
PATIENCE = 5.0
APART = 1.1
"""Seconds between two presses of Enter: sooner, the second waits to see whether it is held."""
ROUNDS, MOVES = 9, 20


class Menus:
    """A program that asks with menus, at its second question."""

    def __init__(self, command: Sequence[str], environ: dict[str, str]) -> None:
        self._child = pexpect.spawn(
            command[0], list(command[1:]), env=environ, dimensions=(40, 80), timeout=30
        )
        self._child.delaybeforesend = None
        self._child.expect_exact("How old are you?")
        self._rest()

    def close(self) -> None:
        self._child.close(force=True)

    def seen_after(self, key: str) -> float:
        """Seconds from a key to the last byte of the picture that it leads to."""
        start = time.perf_counter()
        self._child.send(key)
        return self._rest(PATIENCE) - start

    def press_unseen(self, key: str) -> None:
        """For a key that may change nothing."""
        self._child.send(key)
        self._rest()

    def _rest(self, until: float = STILL) -> float:
        """Read until nothing more comes. Gives the moment of the last byte."""
        last = time.perf_counter()
        while select.select([self._child.child_fd], [], [], until)[0]:
            self._child.read_nonblocking(65536, timeout=0)
            last, until = time.perf_counter(), STILL
        return last


def of(command: Sequence[str], environ: dict[str, str]) -> tuple[float, float]:
    """The median of moves in a checklist, and the time of Enter to the next menu."""
    menus = Menus(command, environ)
    try:
        time.sleep(APART)
        menus.press_unseen("2")  # the answer with which the quiz goes on
        onward = menus.seen_after(ENTER)
        moves = [menus.seen_after(key) for key in (DOWN, UP) * (MOVES // 2)]
        return statistics.median(moves), onward
    finally:
        menus.close()


def main(others: Sequence[str]) -> None:
    elsewhere = {name: value for name, value in TERMINAL.items() if name != "PYTHONPATH"}
    commands = {
        "questionary alone": ([sys.executable, "-c", BARE], TERMINAL),
        "pathfinder quiz": ([PATHFINDER, "quiz"], TERMINAL),
        **{other: ([other, "quiz"], elsewhere) for other in others},
    }
    took: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name, (command, environ) in commands.items():
            took[name].append(of(command, environ))
    bare = took["questionary alone"]
    for n, what in enumerate(("an arrow, to the redrawn menu", "Enter, to the next menu")):
        print(f"{what}:")
        for name, times in took.items():
            middle = statistics.median(each[n] for each in times) * 1000
            ratio = statistics.median(a[n] / b[n] for a, b in zip(times, bare, strict=True))
            print(f"  {name:40} {middle:6.1f} ms  {ratio:5.2f} times")


if __name__ == "__main__":
    main(sys.argv[1:])
