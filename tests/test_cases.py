"""The whole people in `rules/cases/`: their answers must lead where their story says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from pathfinder import decide
from pathfinder.model import RuleSet
from pathfinder.result import Decision

CASES = sorted((Path(__file__).parents[1] / "rules" / "cases").glob("*.yaml"))
EXPECTATIONS = {
    "safe_level", "first_path", "about_equal", "first", "first_rules", "alerts", "ranked",
    "not_ranked", "alongside", "supports", "not_supports", "barriers", "helps", "compromise",
    "hold", "scope", "notes", "to_check_effects", "to_check_targets",
}  # fmt: skip


def check(found: Decision, wanted: dict[str, Any]) -> None:
    assert set(wanted) <= EXPECTATIONS
    ranked = [entry.path for entry in found.ranked]
    supports = [entry.id for entry in found.supports]
    exact = {
        "safe_level": found.safe_level,
        "hold": found.hold,
        "scope": found.scope,
        "first": [entry.id for entry in found.first],
        "alerts": [entry.id for entry in found.alerts],
        "ranked": ranked,
    }
    for key, value in exact.items():
        assert wanted.get(key, value) == value, key
    if "first_path" in wanted:
        allowed = wanted["first_path"]
        assert ranked[0] in ([allowed] if isinstance(allowed, str) else allowed)
    included = {
        "about_equal": [e.path for e in found.ranked if e.about_equal_to_top],
        "first_rules": [rule for entry in found.first for rule in entry.rules],
        "alongside": [e.path for e in found.set_aside if e.alongside],
        "supports": supports,
        "notes": [note.id for note in found.notes],
        "to_check_effects": [c.effect for c in found.to_check],
        "to_check_targets": [name for c in found.to_check for name in c.target],
    }
    for key, value in included.items():
        assert set(wanted.get(key, ())) <= set(value), key
    assert not set(wanted.get("not_ranked", ())) & set(ranked)
    assert not set(wanted.get("not_supports", ())) & set(supports)
    if {"barriers", "helps", "compromise"} & set(wanted):
        beside = found.if_not_possible
        assert beside is not None
        assert wanted.get("compromise", beside.compromise) == beside.compromise
        assert set(wanted.get("barriers", beside.barriers)) == set(beside.barriers)
        assert set(wanted.get("helps", ())) <= set(beside.helps)


@pytest.mark.parametrize("file", CASES, ids=[file.stem for file in CASES])
def test_this_person_comes_out_as_the_story_says(rules: RuleSet, file: Path) -> None:
    case = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert set(case) == {"story", "answers", "expect"}
    check(decide(rules, case["answers"]), case["expect"])


def test_there_are_the_eleven_people_of_the_design_and_ten_more() -> None:
    assert len(CASES) >= 21
