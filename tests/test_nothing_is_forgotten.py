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
from command import Run

from pathfinder import decide
from pathfinder.engine.ruleset import RuleSet
from pathfinder.loader.load import load_rules
from pathfinder.loader.rule_files import built_in
from pathfinder.ruletools.check import run_checks
from pathfinder.ruletools.verify import prove, read_statements
from pathfinder.ruletools.verify.statements import Implies

ON = date(2026, 11, 30)
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
    new = re.sub(r"(?m)^    brief: .*$", "    brief: Intensive outpatient (video)", new)
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


def warnings(folder: Path, code: str) -> list[str]:
    return [each.message for each in run_checks(folder, ON).found if each.code == code]


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
    assert warnings(rules, "not-reached") == [
        f"2 rules name every other intensive path, and not {NEW_PATH}:"
        " mental-health-reasons, company-reasons"
    ]
    loaded = load_rules(rules)
    aside = {path: gate.id for gate in loaded.gates for path in gate.set_aside if path == NEW_PATH}
    assert aside, "no gate sets it aside"
    nowhere = {"age_group": "adult", "substances": ["alcohol"], "severity": "moderate",
               "home": "none"}  # fmt: skip
    decision = decide(loaded, nowhere)
    assert NEW_PATH in {path.path for path in decision.set_aside}
    assert NEW_PATH not in {path.path for path in decision.ranked}


def test_support_of_a_new_kind_is_not_enough_with_opioids_either(rules: Path) -> None:
    """An app, say: it is no group of peers, and brings no medical care all the same."""
    file = rules / "paths.yaml"
    text = file.read_text(encoding="utf-8")
    block = re.search(r"(?ms)^  - id: secular-groups\n.*?(?=^  - id: )", text)
    assert block is not None
    app = block.group().replace("id: secular-groups", "id: an-app")
    app = app.replace("peers: true", "peers: false").replace("family: groups", "family: apps")
    file.write_text(text.replace(block.group(), block.group() + app), encoding="utf-8")
    loaded = load_rules(rules)
    who = {"age_group": "adult", "substances": ["opioids"], "severity": "moderate",
           "staying_stopped": "steady", "mental_health": "none", "support": "strong"}  # fmt: skip
    gate = next(each for each in loaded.gates if each.id == "opioids-need-more-than-groups")
    assert set(gate.set_aside) == {each.id for each in loaded.paths if each.level == "support"}
    ranked = {each.path for each in decide(loaded, who).ranked}
    assert ranked
    assert "an-app" not in ranked


def test_the_hours_of_a_week_stand_in_the_way_of_a_new_path_too(rules: Path) -> None:
    add_path(rules)
    loaded = load_rules(rules)
    barriers = {b.question for b in loaded.barriers if NEW_PATH in b.paths}
    assert "weekly_hours" in barriers


@pytest.mark.slow
def test_a_statement_that_lists_all_paths_but_the_new_one_is_told_with_its_line(
    rules: Path,
) -> None:
    add_path(rules)
    meant = "not_ranked: {level: [intensive, day], goes_home: true}"
    listed = "not_ranked: [iop-twelve-step, iop-secular, iop-dual-diagnosis, day-treatment]"
    change(rules / "checks.yaml", meant, listed)
    told = [each for each in run_checks(rules, ON).found if each.severity == "error"]
    assert [each.code for each in told] == ["not-reached"]
    text = (rules / "checks.yaml").read_text(encoding="utf-8").split("\n")
    assert listed in text[told[0].line - 1]
    assert told[0].message.startswith("nobody-goes-home-from-a-program-to-no-home lists every")
    assert f"and not {NEW_PATH}" in told[0].message
    allowed = f"# pathfinder: allow not-reached because it is meant\n          {listed}"
    change(rules / "checks.yaml", listed, allowed)
    assert errors(rules) == []


def test_a_promise_by_traits_speaks_of_a_path_that_is_added(rules: Path) -> None:
    add_path(rules)
    promised = {each.id: each for each in read_statements(load_rules(rules), rules)}
    (must,) = promised["nobody-goes-home-from-a-program-to-no-home"].must
    assert isinstance(must, Implies)
    assert NEW_PATH in must.then.not_ranked


@pytest.mark.slow
def test_housing_that_a_program_doesn_t_give_is_caught_by_verify(rules: Path) -> None:
    """A video program said to house people would be first for those who have no home."""
    add_path(rules)
    file = rules / "paths.yaml"
    before, at, new = file.read_text(encoding="utf-8").partition(f"  - id: {NEW_PATH}\n")
    new = new.replace("housing: false, goes_home: true", "housing: true, goes_home: true", 1)
    file.write_text(before + at + new, encoding="utf-8")
    loaded = load_rules(rules)
    promised = {each.id: each for each in read_statements(loaded, rules)}
    no_home = promised["nobody-goes-home-from-a-program-to-no-home"]
    (verdict,) = prove(loaded, [no_home])
    assert verdict.holds is False
    assert any(NEW_PATH in said for said in verdict.broken)


@pytest.mark.slow
def test_a_path_in_the_words_of_another_is_told_until_it_has_its_own(rules: Path) -> None:
    add_path(rules)
    (told,) = warnings(rules, "twin-label")
    assert re.fullmatch(rf"{NEW_PATH} says \d+ of its \d+ sentences as iop-secular does", told), (
        told
    )


@pytest.mark.slow
def test_a_gate_without_a_person_tells_whom_it_does_not_keep_out(rules: Path) -> None:
    """Who leaves the one answer open that it needs is still shown what it sets aside."""
    who = "{severity: risky, support: strong, mental_health: severe, stage: steady_recovery}"
    gate = f"""gates:
  - id: no-day-program-here
    when: {who}
    set_aside: [day-treatment]
    opens_when: If you find a day program.
    because: Our agency has no day program that you could go to.
    check: Is there a day program near me?
    judgement: A path that nobody can take should not stand first.
    fires: {who}
    quiet: {{severity: severe}}
"""
    change(rules / "factors/home.yaml", "gates:\n", gate)
    (told,) = warnings(rules, "rule-without-case")
    assert told.startswith("no-day-program-here fires for no person in cases/")
    assert told.endswith(". Who leaves severity open isn't kept out")


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
    assert "medical-evaluation" in first_steps(loaded, withdrawal="unsure", frequency="every_day")


@pytest.mark.slow
def test_texts_and_promises_that_name_its_nearest_kin_alone_are_told(rules: Path) -> None:
    add_substance(rules, "slows_breath, hard_to_stop, risk_in_pregnancy, opioid")
    assert warnings(rules, "not-mentioned") == []
    change(rules / "steps.yaml", "{substances: {trait: opioid}, health: {includes: pain}}",
           "{substances: {includes: opioids}, health: {includes: pain}}")  # fmt: skip
    change(rules / "checks.yaml",
           "- when: {any: [{substances: {includes: opioids}}, {substances: {trait: opioid}}]}",
           "- when: {substances: {includes: opioids}}")  # fmt: skip
    (told,) = warnings(rules, "not-mentioned")
    assert told.startswith(f"these name opioids and not {NEW_SUBSTANCE}, which has the same traits")
    assert "taper-with-prescriber (" in told
    assert "opioids-bring-medication (" in told


@pytest.mark.slow
def test_a_new_opioid_is_asked_about_medicine_and_told_of_naloxone(rules: Path) -> None:
    add_substance(rules, "slows_breath, hard_to_stop, risk_in_pregnancy, opioid")
    loaded = load_rules(rules)
    assert "opioid-medication" in first_steps(loaded)
    asked = loaded.question_by_id["medication"].ask_when
    assert asked is not None
    assert NEW_SUBSTANCE in str(asked)


@pytest.mark.slow
def test_the_person_that_rules_test_drafts_is_all_that_was_missing(
    rules: Path, pathfinder: Run
) -> None:
    add_substance(rules, "slows_breath, hard_to_stop, risk_in_pregnancy, opioid")
    ran = pathfinder("rules", "test", str(rules), "--threshold", "100")
    assert ran.code == 1
    assert f"One person in cases/ is enough for: substances: {NEW_SUBSTANCE}.\n" in ran.out
    told, _, rest = ran.out.partition("\n\n")
    draft, _, last = rest.rpartition("\n\n")
    assert draft.startswith("story: ")
    assert told.index("Too few answers: 99.3 %") < told.index("One person in cases/")
    assert last == "Else write another person, or say that less is enough: --threshold 99\n"
    (rules / "cases/somebody-new.yaml").write_text(draft + "\n", encoding="utf-8")
    assert pathfinder("rules", "test", str(rules), "--threshold", "100").code == 0
    assert run_checks(rules, ON).found == ()


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
