"""How the tools for rule keepers grow with the rules: seconds and memory at 1 to 10 times ours.

Run: python tests/benchmarks/growth.py [--sizes 1 2 5 10] [--tools check test verify diff]
It writes such sets (tests/bigger_folder.py) into a folder of its own, runs each tool on them and
prints the curve. Memory is the most that the tool and all its helpers held at once. It ends
with 1 if a set of 5 times the size takes any tool over 30 s or 500 MiB, or one of 10 times
over 120 s, or if verify leaves a statement undecided.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))

from bigger_folder import write_bigger

TOOLS: Final = ("check", "test", "verify", "diff")
MOST_SECONDS: Final = {5: 30, 10: 120}
MOST_MIB: Final = {5: 500}
LOOK_EVERY: Final = 0.05


class Run(NamedTuple):
    seconds: float
    mib: float
    said: str


def main() -> int:
    parser = argparse.ArgumentParser(description="The growth of the tools with the rules.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1, 2, 5, 10])
    parser.add_argument("--tools", nargs="+", choices=TOOLS, default=list(TOOLS))
    asked = parser.parse_args()
    print("size  " + "  ".join(f"{tool:>20}" for tool in asked.tools))
    over: list[str] = []
    with tempfile.TemporaryDirectory() as work:
        for size in asked.sizes:
            told = []
            for tool, arguments in _arguments(size, Path(work), asked.tools):
                run = _run(arguments)
                told.append(f"{run.seconds:8.1f} s {run.mib:6.0f} MiB")
                over += _too_much(size, tool, run)
            print(f"{size:4}  " + "  ".join(f"{each:>20}" for each in told), flush=True)
    for words in over:
        print(words)
    return 1 if over else 0


def _arguments(size: int, work: Path, tools: list[str]) -> Iterator[tuple[str, list[str]]]:
    folder = write_bigger(size, work / f"{size}")
    for tool in tools:
        folders = [str(folder)]
        if tool == "diff":
            folders.append(str(_changed(write_bigger(size, work / f"{size}-changed"))))
        yield tool, ["rules", tool, *folders]


def _changed(folder: Path) -> Path:
    """A change such as a state without residential care would make: one gate asks for less."""
    file = folder / "factors" / "severity.yaml"
    text = file.read_text(encoding="utf-8")
    asks = "at_least: residential"
    if asks not in text:
        raise SystemExit(f"no gate of {file} asks for residential care any more")
    file.write_text(text.replace(asks, "at_least: day", 1), encoding="utf-8")
    return folder


def _run(arguments: list[str]) -> Run:
    command = [sys.executable, "-m", "pathfinder", *arguments]
    start = time.perf_counter()
    with tempfile.TemporaryFile("w+") as out:
        running = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
        most = 0.0
        while running.poll() is None:
            most = max(most, _mib(running.pid))
            time.sleep(LOOK_EVERY)
        seconds = time.perf_counter() - start
        out.seek(0)
        lines = out.read().splitlines()
    return Run(seconds, most, lines[-1] if lines else "")


def _mib(pid: int) -> float:
    """What this process and those below it hold, pages that they share counted once."""
    held = 0
    for each in _with_children(pid):
        with suppress(OSError):
            for line in Path(f"/proc/{each}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    held += int(line.split()[1])
    return held / 1024


def _with_children(pid: int) -> Iterator[int]:
    yield pid
    with suppress(OSError):
        for task in os.listdir(f"/proc/{pid}/task"):
            for child in Path(f"/proc/{pid}/task/{task}/children").read_text().split():
                yield from _with_children(int(child))


def _too_much(size: int, tool: str, run: Run) -> Iterator[str]:
    if run.seconds > MOST_SECONDS.get(size, run.seconds):
        yield f"{tool} on {size} times the rules: over {MOST_SECONDS[size]} s."
    if run.mib > MOST_MIB.get(size, run.mib):
        yield f"{tool} on {size} times the rules: over {MOST_MIB[size]} MiB."
    if tool == "verify" and " 0 not decided" not in run.said:
        yield f"verify on {size} times the rules: {run.said}"


if __name__ == "__main__":
    sys.exit(main())
