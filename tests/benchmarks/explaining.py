"""What an explanation costs beyond the decision, over 1,000 random people.

Run: python tests/benchmarks/explaining.py
It prints the median and the slowest of: how firm, what would change it, and why not each path.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import contract

from pathfinder import decide, load_rules
from pathfinder.engine.explain import explain
from pathfinder.engine.explain.contrast import fits_of, why_not

PEOPLE = 1000


def main() -> None:
    rules = load_rules()
    dice = random.Random(20261122)
    deciding, explaining = [], []
    for _ in range(PEOPLE):
        answers = contract.random_answers(dice, 0.12)
        start = time.perf_counter()
        decision = decide(rules, answers)
        decided = time.perf_counter()
        explain(rules, answers, decision)
        fits = fits_of(rules, answers, decision)
        for path in rules.paths:
            why_not(rules, decision, path.id, fits)
        deciding.append((decided - start) * 1000)
        explaining.append((time.perf_counter() - decided) * 1000)
    for name, times in (("decide", deciding), ("explain, beyond decide", explaining)):
        print(f"{name}: median {statistics.median(times):.2f} ms, slowest {max(times):.1f} ms")


if __name__ == "__main__":
    main()
