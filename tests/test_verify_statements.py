"""`checks.yaml` is read as strictly as the rules: every slip at its place, with the way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from pathfinder.engine.conditions import Leaf
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import RulesError
from pathfinder.loader.load import load_rules
from pathfinder.ruletools.verify import read_statements
from pathfinder.ruletools.verify.statements import (
    Dropped,
    Implies,
    NeverChanges,
    NeverLoses,
    NeverLowers,
    SomebodyForEach,
    Statement,
    Worsening,
)
from pathfinder.ruletools.verify.statements_file import read_promises

STATEMENT = "statements:\n  - id: a-promise\n    says: Something holds.\n    must:\n      - "


def read(rules: RuleSet, folder: Path, text: str) -> tuple[Statement, ...]:
    (folder / "checks.yaml").write_text(text, encoding="utf-8")
    return read_statements(rules, folder)


def slips(rules: RuleSet, folder: Path, text: str) -> list[str]:
    """Every problem, without the folder."""
    with pytest.raises(RulesError) as error:
        read(rules, folder, text)
    return [str(problem).removeprefix(f"{folder}/") for problem in error.value.problems]


def test_the_built_in_statements_are_those_of_the_design_and_one_for_each_kind_of_gate(
    rules: RuleSet,
) -> None:
    statements = read_statements(rules)
    assert [statement.id for statement in statements] == [
        "dangerous-withdrawal-sees-a-doctor-first",
        "every-emergency-brings-its-alert",
        "severe-use-without-a-safe-home-leads-to-residential",
        "worse-never-means-less-care",
        "beliefs-never-change-what-is-safe",
        "secular-only-gets-no-twelve-step-path",
        "everyone-has-a-path",
        "every-path-is-first-for-somebody",
        "every-rule-is-at-work-for-somebody",
        "money-time-and-duties-never-change-what-is-safe",
        "no-safety-rule-is-lost-on-an-unknown-answer",
        "opioids-bring-medication",
        "family-comes-in-only-where-it-is-safe",
        "nobody-is-sent-far-above-their-need",
        "hard-withdrawal-is-seen-by-a-doctor",
        "one-beer-beside-cannabis-moves-nothing",
        "two-that-slow-the-breath-bring-the-warning",
        "one-more-sign-never-means-less-care",
        "minors-get-the-alerts-of-their-answers",
        "care-day-and-night-is-not-lowered",
        "care-on-most-days-is-not-lowered",
        "intensive-care-is-not-lowered",
        "a-professional-is-not-left-out",
        "nobody-gets-far-more-than-they-need",
        "nobody-goes-home-from-a-program-to-no-home",
        "danger-pain-and-pregnancy-bring-their-first-step",
        "a-doctor-is-named-where-withdrawal-is-not-known",
        "who-leaves-open-what-they-use-is-warned-by-what-they-say",
        "no-first-step-that-nothing-calls-for",
        "care-is-not-more-than-what-is-known-calls-for",
        "a-blank-is-read-with-care",
    ]


def test_each_form_of_statement_is_read(rules: RuleSet, tmp_path: Path) -> None:
    text = STATEMENT + (
        "when: {home: steady}\n        then: {first_path: outpatient, at_least: outpatient}\n"
        "      - then: {some_path: true}\n"
        "      - {one_step_worse: {home: down}, never_lowers: [safe_level]}\n"
        "      - {changing: [payment], never_changes: [first, alerts]}\n"
        "      - {not_known: [home], never_loses: [gates]}\n"
        "      - somebody_for_each: paths\n"
    )
    (statement,) = read(rules, tmp_path, text)
    first, everybody, worse, changed, unknown, reached = statement.must
    assert isinstance(first, Implies)
    assert first.when == Leaf("home", "is", ("steady",), frozenset(("steady",)))
    assert first.then.first_path == ("outpatient",)
    assert first.then.at_least == "outpatient"
    assert isinstance(everybody, Implies)
    assert everybody.when is None
    assert everybody.then.some_path
    assert worse == NeverLowers((Worsening("home", "down"),), ("safe_level",))
    assert changed == NeverChanges(("payment",), ("first", "alerts"))
    assert unknown == NeverLoses(("home",), ("gates",))
    assert reached == SomebodyForEach("paths")


@pytest.mark.parametrize(
    ("must", "message"),
    [
        ("when: {home: steady}", "5:9: nothing here says what must hold; write one of: then,"
         " one_step_worse, changing, adding, not_known, somebody_for_each"),
        ("then: {first: [medical-evaluatoin]}", '5:24: unknown first step "medical-evaluatoin";'
         ' did you mean "medical-evaluation"? Expected one of: medical-evaluation,'
         " opioid-medication, taper-with-prescriber, psychiatric-evaluation, prenatal-care,"
         " safe-place"),
        ("then: {}", '5:15: nothing is asked for; write one of: alerts, first, first_of_first,'
         " at_least, first_path, not_ranked, at_most, not_first, not_first_path, not_above_need,"
         " supports, not_supports, notes, warnings, hold, some_path"),
        ("then: {some_path: false}", "5:27: only true can be asked for; or leave the key out"),
        ("{when: {hom: steady}, then: {some_path: true}}",
         '5:17: unknown question "hom"; did you mean "home"?'),
        ("{one_step_worse: {stage: up}, never_lowers: [safe_level]}",
         "5:27: stage has no order, so nothing is one step worse"),
        ("{one_step_worse: {home: lower}, never_lowers: [safe_level]}",
         '5:33: unknown direction "lower". Expected one of: up, down'),
        ("{changing: [payment], never_changes: [paths]}", '5:47: unknown part of a result "paths".'
         " Expected one of: safe_level, first, alerts, first_path, supports, notes"),
        ("{adding: {home: none}, never_changes: [first]}",
         "5:9: write answers that can stand beside others of home, in a list"),
        ("{adding: {substances: [alcohol]}}", "5:9: write never_changes or never_lowers, or both"),
        ("{adding: {substances: [alcohol], health: [pain]}, never_changes: [first]}",
         "5:9: only one question at a time can get one answer more"),
        ("{adding: [alcohol], never_changes: [first]}",
         "5:18: expected answers like {substances: [alcohol]}; found a list"),
        ("{then: {some_path: true}, minors: true}",
         "5:17: of minors, a result holds alerts and hold alone"),
        ("then: {warnings: [two-that-slow]}", '5:27: unknown warning "two-that-slow"; did you mean'
         ' "two-that-slow-the-breath"?'),
        ("somebody_for_each: path", '5:28: unknown thing to be reached "path"; did you mean'
         ' "paths"? Expected one of: paths, rules'),
        ("{not_known: [home], never_loses: [gates], because: why}",
         '5:51: unknown key "because" of a statement with "not_known". Expected one of:'
         " not_known, never_loses"),
    ],
)  # fmt: skip
def test_a_slip_is_told_at_its_place(
    rules: RuleSet, tmp_path: Path, must: str, message: str
) -> None:
    assert slips(rules, tmp_path, f"{STATEMENT}{must}\n") == [f"checks.yaml:{message}"]


def test_all_slips_are_told_in_one_run(rules: RuleSet, tmp_path: Path) -> None:
    text = (
        "statements:\n"
        "  - {id: Twice, says: Once., must: [{somebody_for_each: paths}]}\n"
        "  - {id: Twice, must: []}\n"
    )
    found = slips(rules, tmp_path, text)
    assert len(found) == 5
    assert found[1].startswith("checks.yaml:3:5: a statement needs the key")


PROMISE = f"{STATEMENT}somebody_for_each: paths\n"
GONE = """dropped:
  - id: every-bed-is-kept
    says: There is a bed for everybody.
    because: The county closed the house.
    decided_by: the clinical lead of our agency
    date: "2026-11-28"
"""


def test_a_dropped_promise_stands_with_its_reason_and_who_decided(
    rules: RuleSet, tmp_path: Path
) -> None:
    (tmp_path / "checks.yaml").write_text(PROMISE + GONE, encoding="utf-8")
    promises = read_promises(rules, tmp_path)
    assert [each.id for each in promises.statements] == ["a-promise"]
    assert promises.dropped == (
        Dropped(
            "every-bed-is-kept",
            "There is a bed for everybody.",
            "The county closed the house.",
            "the clinical lead of our agency",
            "2026-11-28",
        ),
    )


@pytest.mark.parametrize("key", ["says", "because", "decided_by", "date"])
def test_a_promise_is_not_dropped_without_saying_it_all(
    rules: RuleSet, tmp_path: Path, key: str
) -> None:
    lines = [line for line in GONE.splitlines() if not line.startswith(f"    {key}:")]
    (told,) = slips(rules, tmp_path, PROMISE + "\n".join(lines))
    assert f'a dropped promise needs the key "{key}"' in told


def test_a_promise_is_either_made_or_dropped(rules: RuleSet, tmp_path: Path) -> None:
    both = GONE.replace("every-bed-is-kept", "a-promise")
    (told,) = slips(rules, tmp_path, PROMISE + both)
    assert 'the id "a-promise" is used already' in told


def test_rules_without_statements_are_told_so(rules: RuleSet, tmp_path: Path) -> None:
    with pytest.raises(RulesError) as error:
        read_statements(rules, tmp_path)
    assert "nothing is promised that could be proved" in str(error.value)


def test_statements_decide_nothing_so_the_hash_of_the_rules_is_without_them(
    rules: RuleSet, tmp_path: Path
) -> None:
    import shutil

    from pathfinder.loader.rule_files import built_in

    copy = tmp_path / "rules"
    shutil.copytree(built_in(), copy)
    (copy / "checks.yaml").write_text(STATEMENT + "somebody_for_each: paths\n", encoding="utf-8")
    assert load_rules(copy).sha256 == rules.sha256
