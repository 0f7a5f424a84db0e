"""Rule sets many times the size of ours, on which the tools are measured, are rule sets."""

from __future__ import annotations

from pathlib import Path

import pytest
from bigger_folder import write_bigger

from pathfinder import load_rules
from pathfinder.ruletools.cases.case_file import read_cases
from pathfinder.ruletools.cases.judge import run_trials
from pathfinder.ruletools.verify import read_statements

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_bigger(2, tmp_path_factory.mktemp("bigger") / "twice")


def test_a_set_of_twice_the_size_has_twice_of_all(twice: Path) -> None:
    ours, bigger = load_rules(), load_rules(twice)
    assert len(bigger.questions) == 2 * len(ours.questions)
    assert len(bigger.paths) == 2 * len(ours.paths)
    assert len(bigger.first_rules) == 2 * len(ours.first_rules)
    assert len(bigger.reasons) == 2 * len(ours.reasons) + 1


def test_its_people_get_what_they_got_from_ours(twice: Path) -> None:
    rules = load_rules(twice)
    assert run_trials(rules, read_cases(rules, twice)).hold


def test_it_promises_more_than_ours(twice: Path) -> None:
    ours = read_statements(load_rules())
    assert len(read_statements(load_rules(twice), twice)) > 1.5 * len(ours)
