"""Killed before any step on the disk: nothing that was there is lost, and nothing stays behind."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from kills import at_every_step, before_every_step
from vaults import ANSWERS, PASSPHRASE, in_child, make_vault, save_one

import pathfinder.sessions as kept
from pathfinder import decide
from pathfinder.ask.draft_file import delete_draft, save_draft
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import WrongPassphrase
from pathfinder.output import result_stream, write_out
from pathfinder.sessions import index
from pathfinder.vault import Vault, change_passphrase, unlock

OLD, NEW = "the words of before\n", "new words\n" * 20_000


LATER = {**ANSWERS, "home": "none"}


def save_again(vault: Vault, rules: RuleSet, id_: str) -> None:
    """Go on with a session, change an answer, and save it as its next revision."""
    draft = kept.keep(vault, kept.resume(vault, id_), LATER, {})
    kept.save(vault, draft, decide(rules, LATER), LATER, {})


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return make_vault(tmp_path / "vault")


def write_result(file: Path) -> None:
    """What `recommend --output` does, and so every handout that is made of a file."""
    with result_stream(str(file)) as stream:
        stream.write(NEW)


WRITERS: dict[str, Callable[[Path], object]] = {
    "a result, or a handout": write_result,
    "an export, or a handout of a session": lambda file: write_out(NEW, str(file), overwrite=True),
}


@pytest.mark.slow
@pytest.mark.parametrize("writer", WRITERS)
def test_a_file_in_place_of_another_is_whole_and_the_next_run_takes_the_rest_away(
    tmp_path: Path, writer: str
) -> None:
    file = tmp_path / "page.html"
    file.write_text(OLD)
    left = []
    for _ in at_every_step(lambda: WRITERS[writer](file)):
        assert file.read_text() in (OLD, NEW)
        left.append(len(os.listdir(tmp_path)) - 1)
        WRITERS[writer](file)
        assert os.listdir(tmp_path) == [file.name]
        assert file.read_text() == NEW
        file.write_text(OLD)
    assert left[-1] == 0
    assert max(left) == 1  # some did leave something for the next run


@pytest.mark.slow
def test_an_export_to_a_new_place_is_whole_or_not_there(tmp_path: Path) -> None:
    file = tmp_path / "sessions.csv"
    for _ in at_every_step(lambda: write_out(NEW, str(file))):
        if file.exists():
            assert file.read_text() == NEW
            file.unlink()
        write_out(NEW, str(file))
        assert os.listdir(tmp_path) == [file.name]
        file.unlink()


@pytest.mark.slow
def test_a_draft_that_is_deleted_at_quick_exit_is_gone_after_a_second_try(
    tmp_path: Path, rules: RuleSet
) -> None:
    file = str(tmp_path / "draft.yaml")

    def save_and_leave() -> None:
        save_draft(file, rules, ANSWERS, "now")
        delete_draft(file)

    for _ in at_every_step(save_and_leave):
        delete_draft(file)
        assert os.listdir(tmp_path) == []


def remembered(vault: Vault, id_: str) -> bool:
    return id_.encode() in (vault.index() or b"")


@pytest.mark.slow
@pytest.mark.parametrize("disk", ["with room", "full"])
def test_who_is_being_forgotten_is_there_or_gone_and_never_gone_and_yet_remembered(
    vault: Vault, rules: RuleSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, disk: str
) -> None:
    stays, goes = save_one(vault, rules, "C-1").id, save_one(vault, rules, "C-2").id
    draft = kept.resume(vault, goes)
    kept.keep(vault, draft, ANSWERS, {"home": "a note"})
    index.lines(vault)
    assert remembered(vault, goes)
    shutil.copytree(vault.folder, tmp_path / "before")
    if disk == "full":
        monkeypatch.setattr("pathfinder.vault.store.put", no_room)
    for _ in at_every_step(lambda: kept.forget(vault, goes)):
        there = vault.has("sessions", goes) or vault.has("drafts", goes)
        assert there or not remembered(vault, goes)
        assert kept.read(vault, stays).newest.answers == ANSWERS
        kept.forget(vault, goes)
        assert not remembered(vault, goes)
        names = [path.name for path in vault.folder.rglob("*") if path.is_file()]
        assert not [name for name in names if goes in name or name.endswith(".part")]
        assert kept.read(vault, stays).newest.answers == ANSWERS
        shutil.rmtree(vault.folder)
        shutil.copytree(tmp_path / "before", vault.folder)


def no_room(path: Path, data: bytes) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.slow
def test_a_kill_while_a_session_is_saved_loses_neither_it_nor_an_answer(
    vault: Vault, rules: RuleSet
) -> None:
    id_ = save_one(vault, rules).id

    def save() -> None:
        save_again(vault, rules, id_)

    for _ in at_every_step(save):
        session = kept.read(vault, id_)
        assert session.newest.answers in (ANSWERS, LATER)
        assert not index.older(vault, session)
        save()
        assert kept.read(vault, id_).newest.answers == LATER
        assert not [path for path in vault.folder.rglob(".*") if path.name.endswith(".part")]
        assert not vault.stamps("drafts")
        vault.folder.joinpath("sessions", f"{id_}.age").unlink()
        id_ = save_one(vault, rules).id


@pytest.mark.slow
def test_a_kill_while_what_was_agreed_is_saved_leaves_it_whole_or_not_there(
    vault: Vault, rules: RuleSet
) -> None:
    id_ = save_one(vault, rules).id
    plan = kept.Beside(
        (kept.StepWord("medical-evaluation", "agreed"),),
        kept.Agreed("Elm Street", next_contact="2026-12-05"),
        kept.Held("self_harm", 3, {"stayed": "Kim"}),
    )

    def agree() -> None:
        kept.amend(vault, kept.read(vault, id_), plan, None)

    for _ in at_every_step(agree):
        session = kept.read(vault, id_)
        assert session.newest.beside in (kept.Beside(), plan)
        assert session.revisions[0].beside == kept.Beside()
        assert not index.older(vault, session)
        agree()
        assert kept.read(vault, id_).newest.beside == plan
        assert not [path for path in vault.folder.rglob(".*") if path.name.endswith(".part")]
        vault.folder.joinpath("sessions", f"{id_}.age").unlink()
        id_ = save_one(vault, rules).id


# --- a backup that is made while something is written ---------------------------------------


def backups_of(vault: Vault, into: Path, work: Callable[[], object]) -> list[Path]:
    """What a backup program copies, at every step of the work and at its end."""
    into.mkdir()

    def copy() -> None:
        shutil.copytree(vault.folder, into / str(len(os.listdir(into))))

    def watched() -> None:
        before_every_step(copy)
        work()

    assert in_child(watched) == 0
    copy()
    found = sorted(into.iterdir(), key=lambda folder: int(folder.name))
    assert len(found) > 5
    return found


@pytest.mark.slow
def test_a_backup_made_at_any_step_of_a_save_opens_and_can_be_worked_with(
    vault: Vault, rules: RuleSet, tmp_path: Path
) -> None:
    id_ = save_one(vault, rules).id
    numbers = []
    for folder in backups_of(vault, tmp_path / "backups", lambda: save_again(vault, rules, id_)):
        copy, notes = unlock(folder, PASSPHRASE)
        assert notes == ()
        numbers.append(kept.read(copy, id_).newest.number)
        assert [line.older for line in index.lines(copy)] == [0] * len(index.lines(copy))
        save_again(copy, rules, id_)
        assert kept.read(copy, id_).newest.answers == LATER
        assert not [path for path in folder.rglob(".*") if path.name.endswith(".part")]
    assert (numbers[0], numbers[-1]) == (1, 2)
    assert numbers == sorted(numbers)


def test_a_backup_made_while_the_passphrase_changes_opens_with_one_of_the_two(
    vault: Vault, rules: RuleSet, tmp_path: Path
) -> None:
    id_ = save_one(vault, rules).id
    other = "nine loud crows"
    opened_by = []
    for folder in backups_of(
        vault, tmp_path / "backups", lambda: change_passphrase(vault.folder, PASSPHRASE, other)
    ):
        try:
            copy = unlock(folder, other).vault
            opened_by.append(other)
        except WrongPassphrase:
            copy = unlock(folder, PASSPHRASE).vault
            opened_by.append(PASSPHRASE)
        assert kept.read(copy, id_).newest.answers == ANSWERS
    assert (opened_by[0], opened_by[-1]) == (PASSPHRASE, other)
