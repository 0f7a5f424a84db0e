"""How long an answer is for 2,000 random people: `python tests/benchmarks/answering.py`.

Not a test: it prints, and `tests/test_answer.py` holds the measures for fewer people.
"""

from __future__ import annotations

import random
import statistics
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))

from contract import random_answers

from pathfinder import decide, load_rules
from pathfinder.engine.decision import Decision
from pathfinder.engine.explain import explain
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages.answer import answer
from pathfinder.programs.load import load_programs
from pathfinder.programs.matching import Finder
from pathfinder.render.answer import WIDEST, fitted, joined

PEOPLE = 2000
ROWS = 23
"""A window of 24 rows, less the line that the shell writes next."""
SEED = 12


class Measured(NamedTuple):
    lines: int
    words: int
    left_out: tuple[str, ...]


LIST = Path(__file__).parents[2] / "docs" / "examples" / "programs" / "invented-programs.yaml"


def finder(rules: RuleSet) -> Finder:
    """Finds programs in the invented list."""
    return Finder(rules, load_programs(LIST, rules.path_by_id), date(2026, 11, 28))


def measure(
    rules: RuleSet,
    answers: dict[str, object],
    *,
    drawn: bool = True,
    find: Finder | None = None,
) -> Measured:
    """The answer for one adult, and what it fails to say."""
    decision = decide(rules, answers)
    found = None if find is None else find(decision)
    told = answer(rules, decision, explain(rules, answers, decision), found)
    lines = joined(fitted(told, WIDEST, ROWS, drawn=drawn))
    text = " ".join(" ".join("".join(part.text for part in line).split()) for line in lines)
    return Measured(len(lines), len(text.split()), tuple(_missing(rules, decision, text)))


def _missing(rules: RuleSet, decision: Decision, text: str) -> list[str]:
    """The facts that no answer may leave out, in the words of the rules."""
    alerts = {alert.id: alert.title for alert in rules.alerts}
    wanted = [alerts[alert.id] for alert in decision.alerts]
    numbers = {line.id: line.number for line in decision.help_lines}
    wanted += [numbers[id_] for a in decision.alerts for id_ in a.lines if id_ in numbers]
    if not decision.hold:
        steps = {step.id: step.titled(decision.view) for step in rules.steps}
        wanted += [steps[step.id] for step in decision.first]
        paths = [rules.path_by_id[entry.path] for entry in decision.ranked]
        wanted += [path.in_a_row for path in paths if path.name not in text]
        wanted += [] if decision.alerts else [next(iter(numbers.values()))]
    return [fact for fact in wanted if fact not in text]


def main() -> None:
    rules = load_rules()
    for find, what in ((None, "without a list"), (finder(rules), "with a list of programs")):
        print(f"\n{what}")
        told(rules, find)


def told(rules: RuleSet, find: Finder | None) -> None:
    dice = random.Random(SEED)
    found = [measure(rules, random_answers(dice), find=find) for _ in range(PEOPLE)]
    lines = [each.lines for each in found]
    words = [each.words for each in found]
    fits = sum(each <= ROWS for each in lines)
    print(f"people                    {PEOPLE} (seed {SEED}), {WIDEST} columns")
    print(f"within {ROWS} lines           {100 * fits / PEOPLE:.1f} %")
    print(f"within 24 lines           {100 * sum(each <= 24 for each in lines) / PEOPLE:.1f} %")
    standing = [each for each in found if each.lines > 12]
    fits = sum(each.lines <= 24 for each in standing)
    print(f"of those without danger   {100 * fits / len(standing):.1f} % of {len(standing)}")
    print(f"longest                   {max(lines)} lines")
    print(f"words, median / longest   {statistics.median(words):.0f} / {max(words)}")
    missing = Counter(fact for each in found for fact in each.left_out)
    print(f"facts left out            {sum(missing.values())} {dict(missing.most_common(5))}")


if __name__ == "__main__":
    main()
