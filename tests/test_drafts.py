"""Drafts: plain, for the owner alone, whole or not at all, and read under today's rules."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from pathfinder.ask.autosave import starting_point
from pathfinder.ask.draft_file import delete_draft, read_draft, save_draft
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import MOST_TOLD, AnswersError, CantWrite, FileProblem
from pathfinder.loader.answers_file import read_answers

ANSWERS = {
    "age_group": "adult",
    "danger": ("violence",),
    "substances": ("alcohol", "opioids"),
    "frequency": "skip",
    "drinks": "5_to_9",
    "weekly_hours": "20_plus",
}
NOW = "2026-11-22 08:00"


def test_a_draft_is_an_answers_file_that_every_command_reads(
    rules: RuleSet, tmp_path: Path
) -> None:
    file = str(tmp_path / "draft.yaml")
    save_draft(file, rules, ANSWERS, NOW)
    assert read_answers(rules, file) == ANSWERS
    assert read_draft(rules, file) == (ANSWERS, (), True)


def test_a_draft_is_readable_by_its_owner_alone_and_says_who_can_read_it(
    rules: RuleSet, tmp_path: Path
) -> None:
    file = tmp_path / "draft.yaml"
    file.write_text("old")
    file.chmod(0o644)
    save_draft(str(file), rules, ANSWERS, NOW)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "Whoever can read this file" in file.read_text()
    assert os.listdir(tmp_path) == ["draft.yaml"]


def test_a_draft_that_can_not_be_written_is_one_line_and_keeps_the_old_one(
    rules: RuleSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "draft.yaml"
    save_draft(str(file), rules, ANSWERS, NOW)
    before = file.read_text()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CantWrite, match="No space left"):
        save_draft(str(file), rules, {}, NOW)
    assert file.read_text() == before
    assert os.listdir(tmp_path) == ["draft.yaml"]


def test_a_draft_in_a_folder_that_is_not_there_is_one_line(rules: RuleSet, tmp_path: Path) -> None:
    with pytest.raises(CantWrite, match="No such file"):
        save_draft(str(tmp_path / "no" / "draft.yaml"), rules, ANSWERS, NOW)


def test_answers_that_no_longer_fit_are_named_and_left_out(rules: RuleSet, tmp_path: Path) -> None:
    file = tmp_path / "draft.yaml"
    file.write_text(
        "passport: {ruleset: pathfinder-core, sha256: abc}\n"
        "answers:\n  home: tent\n  shoe_size: big\n  severity: mild\n  danger: [none, violence]\n"
    )
    draft = read_draft(rules, str(file))
    assert draft.answers == {"severity": "mild"}
    assert len(draft.misfits) == 3
    assert any("tent" in line for line in draft.misfits)
    assert any("shoe_size" in line for line in draft.misfits)
    assert draft.same_rules is False


def test_a_number_that_is_no_answer_is_not_called_a_missing_one(
    rules: RuleSet, tmp_path: Path
) -> None:
    file = tmp_path / "draft.yaml"
    file.write_text("severity: mild\nfrequency: 1\n")
    draft = read_draft(rules, str(file))
    assert draft.answers == {"severity": "mild"}
    assert len(draft.misfits) == 1
    assert 'unknown answer "1" of frequency' in draft.misfits[0]


def test_a_file_that_names_no_rules_is_neither_of_these_rules_nor_of_others(
    rules: RuleSet, tmp_path: Path
) -> None:
    file = tmp_path / "answers.yaml"
    file.write_text("severity: mild\n")
    assert read_draft(rules, str(file)) == ({"severity": "mild"}, (), None)


def test_an_empty_draft_is_a_draft(rules: RuleSet, tmp_path: Path) -> None:
    file = str(tmp_path / "draft.yaml")
    save_draft(file, rules, {}, NOW)
    assert read_draft(rules, file).answers == {}


@pytest.mark.parametrize("text", ["", "[1, 2]", "a: [", "answers: &a {}"])
def test_what_is_no_answers_file_is_refused_whole(
    rules: RuleSet, tmp_path: Path, text: str
) -> None:
    file = tmp_path / "draft.yaml"
    file.write_text(text)
    with pytest.raises(AnswersError):
        read_draft(rules, str(file))


def test_a_missing_draft_is_a_file_problem(rules: RuleSet, tmp_path: Path) -> None:
    with pytest.raises(FileProblem):
        read_draft(rules, str(tmp_path / "none.yaml"))


def test_deleting_a_draft_takes_what_killed_saves_of_it_left_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "draft.yaml"
    for name in ("draft.yaml", f".draft.yaml.{2**22 + 1}.part", f".other.yaml.{2**22 + 1}.part"):
        (tmp_path / name).write_text("home: steady")
    delete_draft(str(file))
    assert os.listdir(tmp_path) == [f".other.yaml.{2**22 + 1}.part"]


def test_a_draft_that_can_not_be_deleted_is_emptied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "draft.yaml"
    file.write_text("home: steady")

    def bound(_: str, **__: object) -> None:
        raise OSError(16, "Device or resource busy")

    monkeypatch.setattr(os, "unlink", bound)
    delete_draft(str(file))
    assert file.read_text() == ""


def test_deleting_a_draft_that_is_gone_is_no_error(tmp_path: Path) -> None:
    file = tmp_path / "draft.yaml"
    file.write_text("x")
    delete_draft(str(file))
    delete_draft(str(file))
    assert not file.exists()


def test_a_draft_is_never_written_among_saved_sessions(
    rules: RuleSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATHFINDER_DATA", str(tmp_path))
    key = tmp_path / "vault" / "identity.age"
    key.parent.mkdir()
    key.write_text("the key")
    with pytest.raises(CantWrite, match="folder of sessions"):
        save_draft(str(key), rules, ANSWERS, NOW)
    assert key.read_text() == "the key"


@pytest.mark.slow
def test_of_a_hopeless_file_the_first_twenty_problems_are_told_and_how_many_more(
    rules: RuleSet, tmp_path: Path
) -> None:
    file = tmp_path / "draft.yaml"
    file.write_text("home: steady\n" + "".join(f"q{number}: x\n" for number in range(3000)))
    start = starting_point(rules, answers=None, draft=None, resume=str(file))
    told = [note for note in start.notes if "unknown question" in note]
    assert len(told) == MOST_TOLD
    assert start.notes[-1].startswith("And 2,980 more. To see them all: ")
    with pytest.raises(AnswersError) as same:
        starting_point(rules, answers=str(file), draft=None, resume=None)
    *first, last = same.value.told().split("\n")
    assert len(first) == MOST_TOLD
    assert last.startswith("And ")


def test_of_twenty_problems_all_are_told_and_no_more_are_spoken_of(
    rules: RuleSet, tmp_path: Path
) -> None:
    file = tmp_path / "draft.yaml"
    file.write_text("home: steady\n" + "".join(f"q{number}: x\n" for number in range(MOST_TOLD)))
    notes = starting_point(rules, answers=None, draft=None, resume=str(file)).notes
    assert len([note for note in notes if "unknown question" in note]) == MOST_TOLD
    assert "unknown question" in notes[-1]
