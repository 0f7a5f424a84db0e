"""Every check is held to its own example: the bad one is found, the good one isn't."""

from __future__ import annotations

from pathlib import Path

import pytest

from pathfinder.ruletools.check import Findings, run_checks
from pathfinder.ruletools.check.registry import TODAY, Check, all_checks, example_files, with_change


def written(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return folder


def codes(found: Findings) -> list[str]:
    return [each.code for each in found.found]


def test_the_example_rule_set_holds_without_a_finding(tmp_path: Path) -> None:
    found = run_checks(written(tmp_path, example_files()), TODAY)
    assert [str(each) for each in found.found] == []
    assert found.waiting == ()


@pytest.mark.slow
@pytest.mark.parametrize("check", all_checks(), ids=lambda check: check.code)
def test_each_check_finds_its_bad_example_and_not_its_good_one(
    check: Check, tmp_path: Path
) -> None:
    good = run_checks(written(tmp_path / "good", with_change(check, check.good)), TODAY)
    assert [str(each) for each in good.found] == []
    bad = run_checks(written(tmp_path / "bad", with_change(check, check.bad)), TODAY)
    assert {each.severity for each in bad.found if each.code == check.code} == {check.severity}
