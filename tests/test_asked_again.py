"""A counselor's slips: a code that tells too much, a wrong pick, and a place that is no folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from command import Run
from stages_alone import ask_judgement
from test_sessions_asking import Script
from test_startup import EXAMPLE, modules_after
from vaults import ANSWERS

from pathfinder import decide
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import PathfinderError
from pathfinder.sessions import messages
from pathfinder.sessions.choices import REASONS, check_client
from pathfinder.sessions.model import Judgement


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("1985-03-04", "a date"), ("04.03.1985", "a date"), ("3-4-85", "a date"),
        ("C-1985_3_4", "a date"), ("19850304", "a date"), ("C04031985", "a date"),
        ("123-45-6789", "a social security number"), ("123.45.6789", "a social security number"),
        ("ann.smith1", "a name"), ("a.smith-2", "a name"), ("J.Müller3", "a name"),
    ],
)  # fmt: skip
def test_a_code_that_tells_of_the_person_is_refused_in_one_kind_line(code: str, what: str) -> None:
    with pytest.raises(PathfinderError, match=f"looks like {what}") as refused:
        check_client(code)
    assert "such as C-104" in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "code",
    ["C-104", "2026.7", "2026-03", "2026-03-104", "2026-104", "TEAM-NORTH-12", "x.1", "12345678",
     "abc.12", "1234-56-7890", "C-1985", "99-99-99"],
)  # fmt: skip
def test_a_code_of_an_agency_is_taken(code: str) -> None:
    assert check_client(code) == code


def judged(rules: RuleSet, *typed: str) -> tuple[Judgement | None, list[str]]:
    script = Script(*typed)
    return ask_judgement(script, rules, decide(rules, ANSWERS)), script.said


def test_back_takes_the_last_pick_back_at_every_step(rules: RuleSet) -> None:
    first = rules.levels[0].id
    reasons = list(REASONS)
    wanted = Judgement(False, None, first, reasons[1], "x")
    for typed in (
        ("2", "back", "3", "1", "2", "x"),
        ("3", "2", "Back", "1", "2", "x"),
        ("3", "1", "1", "back", "2", "x"),
        ("1", "back", "3", "1", "2", "x"),
        ("back", "3", "1", "2", "x"),
        ("2", "1", "1", "back", "back", "back", "3", "1", "2", "x"),
    ):
        assert judged(rules, *typed)[0] == wanted, typed


def test_how_to_go_back_is_said_where_there_is_something_to_undo(rules: RuleSet) -> None:
    assert not any('"back"' in line for line in judged(rules, "")[1])
    assert sum('"back"' in line for line in judged(rules, "3", "1", "")[1]) == 2


@pytest.mark.parametrize("typed", [("x", "9", "0"), ("2", "x", "99", "y"), ("2", ""), ("3", "1")])
def test_a_judgement_that_comes_to_nothing_is_said_to_be_left_open(
    rules: RuleSet, typed: tuple[str, ...]
) -> None:
    judgement, said = judged(rules, *typed)
    assert judgement is None
    assert said[-1] == messages.LEFT_OPEN


@pytest.mark.parametrize("typed", [("4",), ("",)])
def test_one_that_is_left_open_on_purpose_needs_no_word(
    rules: RuleSet, typed: tuple[str, ...]
) -> None:
    judgement, said = judged(rules, *typed)
    assert judgement is None
    assert messages.LEFT_OPEN not in said


@pytest.mark.parametrize("inside", ["", "/further/in"])
def test_a_file_where_the_data_folder_should_be_is_told_before_a_passphrase_is_chosen(
    pathfinder: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inside: str
) -> None:
    (tmp_path / "data").write_text("mine")
    monkeypatch.setenv("PATHFINDER_DATA", f"{tmp_path}/data{inside}")
    ran = pathfinder("quiz", "--for", "client", "--save", "--passphrase-fd", "999", stdin="C-1\n")
    assert ran.code == 73
    assert "data is a file, and sessions need a folder" in ran.err
    assert (tmp_path / "data").read_text() == "mine"


@pytest.mark.slow
def test_a_result_that_goes_to_a_file_opens_no_vault_to_know_where_it_is(tmp_path: Path) -> None:
    code, names = modules_after("recommend", str(EXAMPLE), "--output", str(tmp_path / "page.txt"))
    assert code == 0
    assert not names & {"pyrage", "pathfinder.sessions", "pathfinder.sessions.store"}
