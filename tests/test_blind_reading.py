"""The sheet of the blind reading is fair: half and half, by seed, and without a mark."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from pathfinder import load_rules

SPEC = importlib.util.spec_from_file_location(
    "blind_draw", Path(__file__).parent / "blind" / "draw.py"
)
assert SPEC is not None
assert SPEC.loader is not None
blind = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(blind)


@pytest.fixture(scope="module")
def chosen() -> list[tuple[str, tuple[str, str]]]:
    drawn: list[tuple[str, tuple[str, str]]] = blind.draw(load_rules(), 7)
    return drawn


@pytest.mark.slow
def test_thirty_speak_for_and_thirty_against(chosen: list[tuple[str, tuple[str, str]]]) -> None:
    marks = [mark for mark, _ in chosen]
    assert (marks.count("for"), marks.count("against")) == (30, 30)


@pytest.mark.slow
def test_the_same_seed_draws_the_same_and_another_seed_another(
    chosen: list[tuple[str, tuple[str, str]]],
) -> None:
    assert blind.draw(load_rules(), 7) == chosen
    assert blind.draw(load_rules(), 8) != chosen


def test_a_sheet_is_the_same_whatever_the_marks_are(
    chosen: list[tuple[str, tuple[str, str]]],
) -> None:
    turned = [("against" if mark == "for" else "for", each) for mark, each in chosen]
    assert blind.sheet(turned) == blind.sheet(chosen)


def test_every_reason_drawn_stands_in_the_rules_on_that_side_for_that_path(
    chosen: list[tuple[str, tuple[str, str]]],
) -> None:
    rules = load_rules()
    names = {path.id: path.name for path in rules.paths}
    held = {
        ("for" if argument.points > 0 else "against", names[path], argument.because)
        for table in rules.reasons
        for row in table.rows.values()
        for argument in row.arguments
        for path in argument.paths
    }
    for mark, (path, because) in chosen:
        assert any(m == mark and p == path and because.endswith(b) for m, p, b in held), because


def test_cant_tell_and_a_missing_answer_count_as_wrong() -> None:
    right, wrong = blind.score(["for", "against", "for"], "1 for\n2. can't tell\n")
    assert right == 1
    assert wrong == ["2: can, but it is against", "3: no answer, but it is for"]
