"""The proofs bite: whoever breaks a safety rule is caught by a person or by a statement.

Each safety rule is broken in every way of `mutants`. What changes any decision must be
caught by a whole person of `rules/cases/` or by a statement of `rules/checks.yaml`; the
rule's own examples don't count. What changes none is listed here by name: it shows a part
of a rule that another rule makes redundant.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from mutants import Mutant, mutants

from pathfinder.difference.compare import compare
from pathfinder.model import RuleSet
from pathfinder.proof import Statement, prove, read_statements
from pathfinder.trials.cases import read_cases
from pathfinder.trials.judging import judge

# Some ten thousand decisions: measuring coverage here would only take time.
pytestmark = pytest.mark.no_cover

RULES = Path(__file__).parents[1] / "rules"

REDUNDANT = {
    # Another part of the same exception lets everybody go who hasn't used lately.
    "withdrawal-not-known: unless frequency also not_lately",
    # Hard withdrawal makes gates read mild as moderate, so nobody is left at mild.
    "moderate-use-today-with-hard-withdrawal: when severity also mild",
    # The gate asks for mild at the most, so an exception for moderate excepts nobody.
    "day-and-residential-are-too-much: unless severity also moderate",
    # Who isn't in one of the stages named is without continuing care by another gate.
    "no-drinking-or-drug-use-named: no longer sets aside continuing-care",
}


STATEMENTS_BITE = {
    "overdose-now: taken out": "every-emergency-brings-its-alert",
    "dangerous-withdrawal: taken out": "dangerous-withdrawal-sees-a-doctor-first",
    "hard-withdrawal: turned around": "no-safety-rule-is-lost-on-an-unknown-answer",
    "keep-opioid-medication: taken out": "opioids-bring-medication",
    "severe-use-within-days: turned around": "worse-never-means-less-care",
    "severe-use-without-a-safe-home: taken out": (
        "severe-use-without-a-safe-home-leads-to-residential"
    ),
    "no-drinking-or-drug-use-named: turned around": "everyone-has-a-path",
    "your-choice-without-a-higher-power: taken out": "secular-only-gets-no-twelve-step-path",
}
"""A statement that catches this mutant by itself, whatever people there are in `cases/`."""


@pytest.fixture(scope="module")
def broken(rules: RuleSet) -> list[Mutant]:
    return list(mutants(rules))


@pytest.fixture(scope="module")
def statements(rules: RuleSet) -> tuple[Statement, ...]:
    return read_statements(rules)


@pytest.fixture(scope="module")
def not_caught(rules: RuleSet, broken: list[Mutant]) -> list[Mutant]:
    """The mutants for whom every person comes out as their story says."""
    people = list(read_cases(rules, RULES))
    left = []
    for mutant in broken:
        catcher = next((each for each in people if not judge(mutant.rules, each).holds), None)
        if catcher is None:
            left.append(mutant)
        else:  # slips in one rule are mostly caught by the same person
            people.remove(catcher)
            people.insert(0, catcher)
    return left


def test_every_safety_rule_is_broken_in_at_least_two_ways(
    rules: RuleSet, broken: list[Mutant]
) -> None:
    safety = [rule.id for rule in (*rules.alert_rules, *rules.first_rules, *rules.gates)]
    ways = [mutant.rule for mutant in broken]
    assert min(ways.count(rule) for rule in safety) >= 2
    assert len({mutant.name for mutant in broken}) == len(broken)


def test_every_mutant_that_changes_a_decision_is_caught(
    rules: RuleSet, statements: tuple[Statement, ...], not_caught: list[Mutant]
) -> None:
    survivors = [
        mutant.name
        for mutant in not_caught
        if compare(rules, mutant.rules).any and not _broken_by(mutant, statements)
    ]
    assert survivors == []


def test_the_mutants_that_change_nobody_are_known(not_caught: list[Mutant]) -> None:
    assert {mutant.name for mutant in not_caught} == REDUNDANT


@pytest.mark.parametrize("name", STATEMENTS_BITE)
def test_a_statement_catches_a_broken_rule_without_any_person(
    statements: tuple[Statement, ...], broken: list[Mutant], name: str
) -> None:
    mutant = next(each for each in broken if each.name == name)
    assert _broken_by(mutant, statements, STATEMENTS_BITE[name]) == [STATEMENTS_BITE[name]]


def _broken_by(
    mutant: Mutant, statements: tuple[Statement, ...], only: str | None = None
) -> list[str]:
    verdicts = prove(
        mutant.rules, statements, only=None if only is None else {only}, smallest=False
    )
    return [verdict.statement for verdict in verdicts if verdict.holds is False]
