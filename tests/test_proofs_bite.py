"""The proofs bite: whoever breaks a safety rule is caught by a person or by a statement.

Each safety rule is broken in every way of `mutants`, and so is what these rules stand on:
when a question is asked, what it reads as, how signs are counted. What changes any decision
must be caught by a whole person of `rules/cases/` or by a statement of `rules/checks.yaml`;
the rule's own examples don't count. What changes none is listed here by name: it shows a
part of a rule that something else makes redundant.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from mutants import Mutant, mutants

from pathfinder.engine.decide import decide
from pathfinder.engine.ruleset import RuleSet
from pathfinder.ruletools.cases.case_file import Case, read_cases
from pathfinder.ruletools.cases.judge import judge
from pathfinder.ruletools.diff.compare import compare
from pathfinder.ruletools.verify import Statement, prove, read_statements, verdicts
from pathfinder.ruletools.verify.statements import Implies

# Some twenty thousand decisions: measuring coverage here would only take time.
pytestmark = [pytest.mark.no_cover, pytest.mark.slow]

RULES = Path(__file__).parents[1] / "rules"

PARTS = 16
"""In which the mutants are tried, so that several cores can share them."""

PEOPLE = 400_000
"""Drawn to see if a mutant changes anybody: the reason for each that doesn't stands below."""

MEDICINE_FOR_DRINKING_NOT_ASKED = "medication: asked when without substances includes alcohol"

REDUNDANT = {
    # Another part of the same exception lets everybody go who hasn't used lately.
    "withdrawal-from-alcohol-not-known: unless alcohol_frequency also not_lately",
    "withdrawal-from-sedatives-not-known: unless sedative_frequency also not_lately",
    # Hard withdrawal makes gates read mild as moderate, so nobody is left at mild.
    "moderate-use-today-with-hard-withdrawal: when severity also mild",
    # The gate asks for mild at the most, so an exception for moderate excepts nobody.
    "day-and-residential-are-too-much: unless severity also moderate",
    # Who isn't in one of the stages named is without continuing care by another gate.
    "no-drinking-or-drug-use-named: no longer sets aside continuing-care",
    # A reading of no answer is tried only where there is no answer, so this part always
    # holds. It is written so that the rule can be read aloud.
    "unknown-severity-in-steady-recovery: when without severity answered false",
    "unknown-staying-in-steady-recovery: when without staying_stopped answered false",
    "unknown-staying-with-another-risk: when without staying_stopped answered false",
    # Each rule on how often also names a drink or drug, or withdrawal, which isn't asked
    # of people who use nothing: asking them too would only cost them a question.
    "frequency: always asked",
    # Each rule on the number of drinks also names alcohol.
    "drinks: always asked",
    # Each rule on medicine also names alcohol or opioids.
    "medication: always asked",
    # Sedatives on some days are excepted, whoever is meant.
    "sedatives-never-at-once: when sedative_frequency also some_days",
    # Signs are counted only where the severity isn't known.
    "severity_signs: always asked",
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
    "withdrawal: always asked": "no-safety-rule-is-lost-on-an-unknown-answer",
    "unknown-staying-with-another-risk: reads as steady, not days": "worse-never-means-less-care",
}
"""A statement that catches this mutant by itself, whatever people there are in `cases/`."""


@pytest.fixture(scope="module")
def broken(rules: RuleSet) -> Iterator[list[Mutant]]:
    made = list(mutants(rules))
    gc.freeze()  # seven hundred rule sets, which would be looked through for garbage each time
    yield made
    gc.unfreeze()


@pytest.fixture(scope="module")
def statements(rules: RuleSet) -> tuple[Statement, ...]:
    return read_statements(rules)


def test_the_readme_counts_them_rightly(broken: list[Mutant]) -> None:
    readme = " ".join((RULES.parent / "README.md").read_text(encoding="utf-8").split())
    assert f"broken in turn, in {len(broken)} ways" in readme
    assert f"the other {len(REDUNDANT)} are listed by name" in readme


def test_every_safety_rule_is_broken_in_at_least_two_ways(
    rules: RuleSet, broken: list[Mutant]
) -> None:
    safety = [rule.id for rule in (*rules.alert_rules, *rules.first_rules, *rules.gates)]
    ways = [mutant.rule for mutant in broken]
    assert min(ways.count(rule) for rule in safety) >= 2
    assert len({mutant.name for mutant in broken}) == len(broken)


def test_everything_that_the_safety_rules_stand_on_is_broken(
    rules: RuleSet, broken: list[Mutant]
) -> None:
    ways = [mutant.rule for mutant in broken]
    for question in rules.questions:
        asked = 2 if question.ask_when is not None else 0
        counts = question.derived.counts if question.derived is not None else ()
        assert ways.count(question.id) >= asked + sum(2 if least else 1 for least, _ in counts)
        # Taken out, and read as each other answer.
        least = len(question.answers)
        assert all(ways.count(reading.id) >= least for reading in question.readings)


@pytest.mark.parametrize("part", range(PARTS))
def test_every_mutant_that_changes_a_decision_is_caught(
    rules: RuleSet, statements: tuple[Statement, ...], broken: list[Mutant], part: int
) -> None:
    people, promises = list(read_cases(rules, RULES)), sorted(statements, key=two_people)
    survivors = {
        mutant.name
        for mutant in broken[part::PARTS]
        if not by_somebody(mutant, people) and not by_a_promise(mutant, promises)
    }
    named = {mutant.name for mutant in broken[part::PARTS]}
    assert survivors == REDUNDANT & named


@pytest.mark.parametrize("name", sorted(REDUNDANT))
def test_the_mutants_that_nobody_catches_change_nobody(
    rules: RuleSet, broken: list[Mutant], name: str
) -> None:
    mutant = next(each for each in broken if each.name == name)
    touched = compare(rules, mutant.rules, sample=PEOPLE).touched
    # A sign may bring a move, which stands beside all that decides.
    assert {part for part, number in touched.items() if number} <= {"moves"}


def by_somebody(mutant: Mutant, people: list[Case]) -> bool:
    """Whether a person comes out otherwise than their story says; they are moved to the front."""
    catcher = next((each for each in people if not judge(mutant.rules, each).holds), None)
    if catcher is not None:  # slips in one rule are mostly caught by the same person
        people.remove(catcher)
        people.insert(0, catcher)
    return catcher is not None


def by_a_promise(mutant: Mutant, promises: list[Statement]) -> bool:
    """Whether a statement is broken. The quick ones, and the one that broke last, come first."""
    found = verdicts(mutant.rules, list(promises), smallest=False)
    catcher = next((each.statement for each in found if each.holds is False), None)
    promises.sort(key=lambda each: (two_people(each), each.id != catcher))
    return catcher is not None


def two_people(statement: Statement) -> bool:
    """Whether it compares two people, or asks for somebody: that takes ten times as long."""
    return not all(isinstance(must, Implies) for must in statement.must)


def test_the_words_on_a_medicine_for_drinking_follow_what_was_said_about_it(
    rules: RuleSet, broken: list[Mutant]
) -> None:
    person = {"substances": ["alcohol"], "severity": "moderate", "medication": ["for_alcohol"]}
    mutant = next(each for each in broken if each.name == MEDICINE_FOR_DRINKING_NOT_ASKED)
    assert _why(rules, person, "craving-medication") == ("medicine-for-drinking-already-taken",)
    assert _why(mutant.rules, person, "craving-medication") == ("medicine-for-drinking",)


@pytest.mark.parametrize("name", STATEMENTS_BITE)
def test_a_statement_catches_a_broken_rule_without_any_person(
    statements: tuple[Statement, ...], broken: list[Mutant], name: str
) -> None:
    mutant = next(each for each in broken if each.name == name)
    (verdict,) = prove(mutant.rules, statements, only={STATEMENTS_BITE[name]}, smallest=False)
    assert verdict.holds is False


def _why(rules: RuleSet, answers: Mapping[str, object], support: str) -> tuple[str, ...]:
    return next(each.rules for each in decide(rules, answers).supports if each.id == support)
