"""The whole people in `rules/cases/`: their answers must lead where their story says.

Why this module exists: each person is a test with a name. How a case is read and judged
is `pathfinder.ruletools.cases`; `tests/test_rules_test.py` tests that.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from pathfinder.engine.ruleset import RuleSet
from pathfinder.ruletools.cases.case_file import read_cases
from pathfinder.ruletools.cases.judge import Judged, coverage, judge

RULES = Path(__file__).parents[1] / "rules"
NAMES = sorted(file.stem for file in (RULES / "cases").glob("*.yaml"))


@pytest.fixture(scope="module")
def judged(rules: RuleSet) -> dict[str, Judged]:
    return {case.id: judge(rules, case) for case in read_cases(rules, RULES)}


@pytest.mark.parametrize("name", NAMES)
def test_this_person_comes_out_as_the_story_says(judged: dict[str, Judged], name: str) -> None:
    found = judged[name]
    assert not found.broken
    assert [(m.expected.key, m.expected.names, m.got) for m in found.missed] == []


def test_the_people_reach_every_rule_every_answer_and_every_path(
    rules: RuleSet, judged: dict[str, Judged]
) -> None:
    assert {kind.kind: kind.missing for kind in coverage(rules, judged.values())} == {
        "rules": (),
        "answers": (),
        "first paths": (),
        "ranked paths": (),
    }
