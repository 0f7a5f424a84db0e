"""A decision's parts by name: cases, statements, comparisons and JSON see the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pathfinder.engine.decide import decide
from pathfinder.engine.decision import PARTS, SCOPES, part_ids
from pathfinder.engine.ruleset import RuleSet
from pathfinder.render.result_json import result
from pathfinder.ruletools.cases.case_file import KEYS, read_cases
from pathfinder.ruletools.diff.witnesses import parts_of
from pathfinder.ruletools.verify.statements import UNCHANGED

RULES = Path(__file__).parents[1] / "rules"


def test_the_scopes_are_the_two_words_that_the_schema_of_results_promises() -> None:
    schema = json.loads((RULES.parent / "docs" / "result.schema.json").read_text(encoding="utf-8"))
    assert schema["properties"]["scope"]["enum"] == list(SCOPES)


@pytest.fixture(scope="module")
def people(rules: RuleSet) -> list[dict[str, Any]]:
    return [dict(case.answers) for case in read_cases(rules, RULES)]


def test_whatever_a_case_expects_or_a_statement_holds_is_a_part() -> None:
    assert {key.removeprefix("not_") for key in KEYS} == set(PARTS)
    assert set(UNCHANGED) <= set(PARTS)


def test_the_parts_are_what_json_says(rules: RuleSet, people: list[dict[str, Any]]) -> None:
    for answers in people:
        decision = decide(rules, answers)
        said = json.loads(json.dumps(result(decision)))
        beside = said["if_not_possible"] or {"barriers": [], "helps": [], "compromise": None}
        expected = {
            "scope": [said["scope"]],
            "hold": [json.dumps(said["hold"])],
            "safe_level": [said["safe_level"]] if said["safe_level"] else [],
            "alert_rules": [rule for each in said["alerts"] for rule in each["rules"]],
            "first_rules": [rule for each in said["first"] for rule in each["rules"]],
            "first_path": [each["path"] for each in said["ranked"][:1]],
            "about_equal": [e["path"] for e in said["ranked"] if e["about_equal_to_top"]],
            "ranked": [each["path"] for each in said["ranked"]],
            "alongside": [each["path"] for each in said["set_aside"] if each["alongside"]],
            "to_check": [each["rule"] for each in said["to_check"]],
            "to_check_effects": [each["effect"] for each in said["to_check"]],
            "to_check_targets": [name for each in said["to_check"] for name in each["target"]],
            "barriers": beside["barriers"],
            "helps": beside["helps"],
            "compromise": [beside["compromise"]] if beside["compromise"] else [],
            **{
                name: [each["id"] for each in said[name]]
                for name in ("alerts", "first", "supports", "warnings", "notes")
            },
        }
        assert {name: list(part_ids(decision, name)) for name in PARTS} == expected


def test_a_comparison_of_rule_sets_sees_the_same_parts(
    rules: RuleSet, people: list[dict[str, Any]]
) -> None:
    for answers in people:
        decision, seen = decide(rules, answers), parts_of(rules, answers)
        for name, part in (("first", "first"), ("alerts", "alerts"), ("ranked", "paths"),
                           ("to_check", "to_check")):  # fmt: skip
            assert seen[part] == part_ids(decision, name)
        for name in ("first_path", "safe_level"):
            assert seen[name] == (part_ids(decision, name) or ("out of scope",))
