"""How long a large list of programs takes: `python tests/benchmarks/programs.py`.

5,000 programs and 20,000 meetings, as many as a state has. Not a test: it prints. The promise is
`programs check` under 2 s from nothing, and matching under 50 ms. Seconds by the clock, and of the
processor: on a computer that others use, too, only the second can be compared.
"""

from __future__ import annotations

import gc
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1]))

import invented
from contract import random_answers

from pathfinder import decide, load_rules
from pathfinder.programs.load import load_programs
from pathfinder.programs.matching import match, shelved
from pathfinder.programs.places import Distances, MappedTown, here
from pathfinder.programs.writing import list_text

PROGRAMS, MEETINGS, PEOPLE, RUNS = 5_000, 20_000, 200, 5
PLAIN = "Plain words"


def large_list(random: Random) -> str:
    """A list as somebody keeps it: texts that are plain, codes of ten thousand places."""
    texts = ("name", "address", "town", "hours", "notes", "called_by", "source", "text_line")
    programs = [
        invented.program(random, number, known=0.5)._replace(
            **dict.fromkeys(texts, f"{PLAIN} {number}"), postal_code=f"{number % 10_000:05}"
        )
        for number in range(PROGRAMS)
    ]
    meetings = [
        invented.meeting(random, number, known=0.5)._replace(
            **dict.fromkeys(("name", "address", "town", "notes", "source"), f"{PLAIN} {number}"),
            fellowship="AA",
            postal_code=f"{number % 10_000:05}",
        )
        for number in range(MEETINGS)
    ]
    return list_text(programs, meetings)


def main() -> None:
    random = Random(7)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "programs.yaml"
        file.write_text(large_list(random), encoding="utf-8")
        print(f"list         {PROGRAMS:,} programs, {MEETINGS:,} meetings")
        print(f"size         {file.stat().st_size / 2**20:.1f} MiB")
        command = [sys.executable, "-m", "pathfinder", "programs", "check", str(file)]
        took, used = [], []
        for _ in range(RUNS):
            start, before = time.perf_counter(), sum(os.times()[2:4])
            ran = subprocess.run(command, capture_output=True, env=os.environ, check=False)
            took.append(time.perf_counter() - start)
            used.append(sum(os.times()[2:4]) - before)
            assert ran.returncode == 0, ran.stderr
        print(f"check        {statistics.median(took):.2f} s from nothing, "
              f"{statistics.median(used):.2f} s of the processor")  # fmt: skip
        rules = load_rules()
        listed = load_programs(file, rules.path_by_id)
    table = {
        f"{code:05}": MappedTown((random.uniform(25, 48), random.uniform(-120, -70)), "Somewhere")
        for code in range(10_000)
    }
    start = here("00042", table)
    took, used = [], []
    gc.disable()  # as in the program, until the start is over
    for _ in range(PEOPLE):
        decision = decide(rules, random_answers(random))
        begin, before = time.perf_counter(), time.process_time()
        shelves = shelved(listed)  # as for the first answer; it is kept for those that follow
        match(rules, decision, shelves, Distances(start, table), date(2026, 11, 28))
        used.append(time.process_time() - before)
        took.append(time.perf_counter() - begin)
    for name, each in (("by the clock", sorted(took)), ("of the processor", sorted(used))):
        print(f"matching     {1000 * statistics.median(each):.0f} ms, median of {PEOPLE} people; "
              f"95 of 100 within {1000 * each[int(PEOPLE * 0.95)]:.0f} ms, {name}")  # fmt: skip


if __name__ == "__main__":
    main()
