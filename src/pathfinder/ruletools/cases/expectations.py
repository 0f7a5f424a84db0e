"""Whether a person comes out as their story says.

Why this module exists: each line under `expect` is compared in its own way, and what
was missed is told as expected and got, in ids that can be found in the rule files.

It must not read files, or say why something came out: that is `report`.
"""

from __future__ import annotations

from typing import NamedTuple

from pathfinder.engine.decide import decide
from pathfinder.engine.decision import Decision
from pathfinder.engine.flow import view_of
from pathfinder.engine.parts import part_ids
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import RulesError
from pathfinder.ruletools.cases.case_file import KEYS, NOTHING, Case, Expected, How
from pathfinder.ruletools.cases.no_path import gates_in_words, no_path


class Missed(NamedTuple):
    """One expectation that doesn't hold. `got` holds ids; empty is none."""

    expected: Expected
    got: tuple[str, ...]


class Judged(NamedTuple):
    """A case and what came out. `decision` is None where the rules leave no path: see `broken`."""

    case: Case
    decision: Decision | None
    missed: tuple[Missed, ...]
    broken: str = ""

    @property
    def holds(self) -> bool:
        return not self.missed and not self.broken


def judge(rules: RuleSet, case: Case) -> Judged:
    """Decide for the person of this case, and compare."""
    try:
        decision = decide(rules, case.answers)
    except RulesError as error:
        found = no_path(rules, view_of(rules, case.answers))
        broken = str(error) if found is None else gates_in_words(found, "this person")
        return Judged(case, None, (), broken)
    return Judged(case, decision, missed(decision, case.expect))


def missed(decision: Decision, expect: tuple[Expected, ...]) -> tuple[Missed, ...]:
    """The expectations that this decision doesn't meet, in the order of the case."""
    return tuple(
        Missed(each, got)
        for each in expect
        if not _meets(KEYS[each.key].how, each.names, got := _got(decision, each.key))
    )


def _meets(how: How, names: tuple[str, ...], got: tuple[str, ...]) -> bool:
    wanted, have = set(names), set(got)
    match how:
        case "is" | "in order":
            return names == got
        case "one of":
            return have <= wanted and bool(have)
        case "holds":
            return wanted <= have
        case "holds none of":
            return wanted.isdisjoint(have)
        case "all of":
            return wanted == have


def _got(decision: Decision, key: str) -> tuple[str, ...]:
    """What came out, as an expectation would write it."""
    got = part_ids(decision, key.removeprefix("not_"))
    return got or (NOTHING,) if KEYS[key].how == "is" else got
