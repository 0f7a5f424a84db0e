"""Slips planted on purpose, and who catches each: check, test or verify.

Run: python tests/slips_table.py
Prints one line a kind of slip, with how many were planted and who was the first to catch them, then
every slip that nobody catches, by its name. What is said there to change nobody's decision is held
to that by `test_proofs_bite.py`; anything else is a true miss, and ends the run with 1.

Not planted, as no tool can know it: a number of points that is only unwise, a sentence that says
the wrong thing well, a number to call that belongs to somebody else.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import tiny
from mutants import mutants
from test_loader_slips import SLIPS
from test_proofs_bite import REDUNDANT, by_a_promise, by_somebody, two_people

from pathfinder import load_rules
from pathfinder.errors import RulesError
from pathfinder.loader.rule_files import built_in
from pathfinder.ruletools.cases.case_file import read_cases
from pathfinder.ruletools.check.registry import TODAY, all_checks, with_change
from pathfinder.ruletools.check.run import run_checks
from pathfinder.ruletools.verify import read_statements

CATCHERS = ("check", "test", "verify", "nobody")


class Slip(NamedTuple):
    kind: str
    name: str
    caught_by: str


def written_slips() -> Iterator[Slip]:
    """A word, a key or a form that can't be read, in each kind of file."""
    for name, (file, old, new, *_) in SLIPS.items():
        with tempfile.TemporaryDirectory() as work:
            folder = tiny.write(Path(work) / "rules")
            tiny.change(folder, file, old, new)
            try:
                load_rules(folder)
            except RulesError:
                yield Slip("can't be read", name, "check")
            else:
                yield Slip("can't be read", name, "nobody")


def slips_of_the_checks() -> Iterator[Slip]:
    """What can be read and still shouldn't stand there: the bad example of each check."""
    for check in all_checks():
        with tempfile.TemporaryDirectory() as work:
            folder = Path(work)
            for name, data in with_change(check, check.bad).items():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_bytes(data)
            found = {each.code for each in run_checks(folder, TODAY).found}
            caught = "check" if check.code in found else "nobody"
            yield Slip(f"can be read: {check.family}", check.code, caught)


def broken_rules() -> Iterator[Slip]:
    """A rule that keeps people safe, or what it stands on, taken out, turned around or moved."""
    rules = load_rules()
    people = list(read_cases(rules, built_in()))
    promises = sorted(read_statements(rules), key=two_people)
    for mutant in mutants(rules):
        if by_somebody(mutant, people):
            caught = "test"
        else:
            caught = "verify" if by_a_promise(mutant, promises) else "nobody"
        yield Slip(_kind(mutant.how), mutant.name, caught)


def _kind(how: str) -> str:
    for kind in ("taken out", "turned around", "without", "reads as", "asked", "takes over"):
        if how.startswith(kind):
            return f"rule: {kind}"
    if how.startswith(("at least", "no longer")):
        return "rule: asks for less"
    return "rule: signs counted otherwise" if "signs" in how else "rule: a bound or a list moved"


def main() -> int:
    counts: dict[str, Counter[str]] = {}
    missed: list[Slip] = []
    for slips in (written_slips(), slips_of_the_checks(), broken_rules()):
        for slip in slips:
            counts.setdefault(slip.kind, Counter())[slip.caught_by] += 1
            if slip.caught_by == "nobody":
                missed.append(slip)
    print(f"{'slip':36}{'planted':>9}" + "".join(f"{who:>9}" for who in CATCHERS))
    for kind, found in counts.items():
        shown = "".join(f"{found[who]:>9}" for who in CATCHERS)
        print(f"{kind:36}{found.total():>9}{shown}")
    total = sum(counts.values(), Counter[str]())
    print(f"{'all':36}{total.total():>9}" + "".join(f"{total[who]:>9}" for who in CATCHERS))
    print("Nobody catches:")
    for slip in missed:
        why = "changes nobody's decision" if slip.name in REDUNDANT else "a true miss"
        print(f"  {slip.name} ({why})")
    return 1 if any(slip.name not in REDUNDANT for slip in missed) else 0


if __name__ == "__main__":
    sys.exit(main())
