"""A path or a substance that is added to the built-in rules can't slip past the rules.

Held to what happens to whoever adds one: first without its traits, or with rules that list
paths by id; then as the format asks for.
"""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from pathfinder import decide
from pathfinder.engine.ruleset import RuleSet
from pathfinder.loader.load import load_rules
from pathfinder.loader.rule_files import built_in
from pathfinder.ruletools.check import run_checks

ON = date(2026, 11, 28)
NEW_PATH = "virtual-iop"
NEW_SUBSTANCE = "gabapentin"
SEVERITY = "factors/severity.yaml"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    folder = tmp_path / "rules"
    shutil.copytree(built_in(), folder)
    return folder


def change(file: Path, before: str, after: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")


def add_path(folder: Path, *, traits: bool = True) -> None:
    """A copy of an intensive program under a new name."""
    file = folder / "paths.yaml"
    text = file.read_text(encoding="utf-8")
    block = re.search(r"(?ms)^  - id: iop-secular\n.*?(?=^  - id: )", text)
    assert block is not None
    new = block.group().replace("id: iop-secular", f"id: {NEW_PATH}")
    new = re.sub(r"(?m)^    name: .*$", "    name: Intensive outpatient program by video", new)
    if not traits:
        new = re.sub(r"(?m)^    traits: .*\n", "", new)
    file.write_text(text.replace(block.group(), block.group() + new), encoding="utf-8")


def add_substance(folder: Path, traits: str) -> None:
    """A new answer of `substances`, with the row that reasons ask for."""
    label = f"{{label: Gabapentin, traits: [{traits}]}}" if traits else "Gabapentin"
    change(folder / SEVERITY, "      none: None of these\n",
           f"      {NEW_SUBSTANCE}: {label}\n      none: None of these\n")  # fmt: skip
    other = "          other: another substance\n"
    change(folder / "record.yaml", other, f"{other}          {NEW_SUBSTANCE}: gabapentin\n")
    for file in (folder / "factors").glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        for table in re.findall(r"(?ms)^    by: substances\n.*?^    answers:\n", text):
            text = text.replace(table, f"{table}      {NEW_SUBSTANCE}: {{}}\n")
        file.write_text(text, encoding="utf-8")


def errors(folder: Path) -> list[tuple[str, str]]:
    return [
        (each.code, each.message)
        for each in run_checks(folder, ON).found
        if each.severity == "error"
    ]


def first_steps(rules: RuleSet, **answers: object) -> set[str]:
    given = {"age_group": "adult", "substances": [NEW_SUBSTANCE], **answers}
    return {step.id for step in decide(rules, given).first}


# --- a path ------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_new_path_without_traits_is_told_which_are_missing(rules: Path) -> None:
    add_path(rules, traits=False)
    told = errors(rules)
    assert {code for code, _ in told} == {"missing-key"}
    assert any('"housing"' in message for _, message in told)


@pytest.mark.slow
def test_a_new_path_that_gates_leave_out_by_listing_the_others_is_told(rules: Path) -> None:
    add_path(rules)
    listed = "[iop-twelve-step, iop-secular, iop-dual-diagnosis, iop-sober-living]"
    change(rules / "factors/home.yaml", "set_aside: {level: [intensive, day], housing: false}",
           f"set_aside: {listed}")  # fmt: skip
    ids = [message for code, message in errors(rules) if code == "not-reached"]
    assert ids == [
        f"1 rule names every other intensive path, and not {NEW_PATH}: programs-you-go-home-from"
    ]


@pytest.mark.slow
def test_a_new_path_with_its_traits_is_held_by_the_rules_for_its_kind(rules: Path) -> None:
    add_path(rules)
    assert errors(rules) == []
    loaded = load_rules(rules)
    aside = {path: gate.id for gate in loaded.gates for path in gate.set_aside if path == NEW_PATH}
    assert aside, "no gate sets it aside"
    nowhere = {"age_group": "adult", "substances": ["alcohol"], "severity": "moderate",
               "home": "none"}  # fmt: skip
    decision = decide(loaded, nowhere)
    assert NEW_PATH in {path.path for path in decision.set_aside}
    assert NEW_PATH not in {path.path for path in decision.ranked}


def test_the_hours_of_a_week_stand_in_the_way_of_a_new_path_too(rules: Path) -> None:
    add_path(rules)
    loaded = load_rules(rules)
    barriers = {b.question for b in loaded.barriers if NEW_PATH in b.paths}
    assert "weekly_hours" in barriers


# --- a substance -------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_new_substance_without_traits_is_told_at_once(rules: Path) -> None:
    add_substance(rules, "")
    told = [each for each in errors(rules) if each[0] == "not-reached"]
    assert told == [("not-reached", f"no rule reaches {NEW_SUBSTANCE}, by a trait or by name")]


@pytest.mark.slow
def test_a_new_substance_with_traits_gets_their_first_steps(rules: Path) -> None:
    add_substance(rules, "slows_breath, hard_to_stop, taper")
    assert [each for each in errors(rules) if each[0] == "not-reached"] == []
    loaded = load_rules(rules)
    assert "taper-with-prescriber" in first_steps(loaded)
    assert "medical-evaluation" in first_steps(loaded, withdrawal="hard")


def test_without_traits_nothing_would_have_come_first(rules: Path) -> None:
    """What the check stands against: the same person, and no first step."""
    add_substance(rules, "")
    loaded = load_rules(rules)
    assert "taper-with-prescriber" not in first_steps(loaded)
    assert "medical-evaluation" not in first_steps(loaded, withdrawal="hard")


# --- a misspelt name of either -----------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "before", "after", "code"),
    [
        ("factors/home.yaml", "housing: false}", "hosing: false}", "unknown-trait"),
        ("factors/home.yaml", "level: [intensive, day]", "level: {at_lest: day}", "unknown-test"),
        ("factors/withdrawal.yaml", "trait: taper}", "trait: tapir}", "unknown-trait"),
        ("factors/home.yaml", "holds: cannabis-alone", "holds: canabis", "unknown-condition"),
    ],
)
def test_a_misspelt_trait_or_condition_is_told_and_not_passed_over(
    rules: Path, file: str, before: str, after: str, code: str
) -> None:
    change(rules / file, before, after)
    assert {found for found, _ in errors(rules)} == {code}
