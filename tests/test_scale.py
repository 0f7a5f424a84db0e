"""The example for very many people decides as `recommend` does, a row a person."""

from __future__ import annotations

import importlib.util
import json
import random
from pathlib import Path
from types import ModuleType

import contract
import pytest

from pathfinder import decide
from pathfinder.engine.ruleset import RuleSet

EXAMPLE = Path(__file__).parents[1] / "docs" / "examples" / "scale.py"


@pytest.fixture(scope="module")
def example() -> ModuleType:
    spec = importlib.util.spec_from_file_location("scale", EXAMPLE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("seed", range(20))
def test_a_row_says_what_the_decision_says(example: ModuleType, rules: RuleSet, seed: int) -> None:
    answers = contract.random_answers(random.Random(seed))
    answers["age_group"] = "under_18" if seed == 3 else "adult"
    row, decision = example.result(json.dumps(answers)), decide(rules, answers)
    assert row["safe_level"] == decision.safe_level
    assert row["hold"] == decision.hold
    assert row["alerts"] == [alert.id for alert in decision.alerts]
    assert row["first_steps"] == [step.id for step in decision.first]
    assert row["path"] == (decision.ranked[0].path if decision.ranked else None)
    assert row["error"] is None
    assert set(row) == {each.split()[0] for each in named(example.RESULT)}


def named(struct: str) -> list[str]:
    return struct.removeprefix("STRUCT(").removesuffix(")").split(", ")


@pytest.mark.parametrize("text", ['{"home": "nowhere"}', "not JSON", "[]"])
def test_answers_that_do_not_hold_cost_their_own_row_only(example: ModuleType, text: str) -> None:
    assert list(example.result(text)) == ["error"]
    assert example.result(text)["error"]
