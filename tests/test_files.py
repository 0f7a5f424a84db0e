"""Putting a file in place: whole or not at all, whoever writes it, and nothing left beside it."""

from __future__ import annotations

import os
import signal
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from vaults import in_child

from pathfinder.ask.draft_file import save_draft
from pathfinder.engine.ruleset import RuleSet
from pathfinder.files import part_of, placed
from pathfinder.output import result_stream, write_out
from pathfinder.ruletools.author.copy import write_copy


def killed_while_writing(write: Callable[[], object]) -> None:
    """Run `write` in a process of its own, and kill that at the moment of bringing to the disk."""

    def work() -> None:
        os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)
        write()

    assert in_child(work) == -signal.SIGKILL


def test_what_is_written_is_there_when_the_block_ends_and_for_the_owner_alone(
    tmp_path: Path,
) -> None:
    file = tmp_path / "file"
    with placed(file) as stream:
        stream.write(b"words")
        assert not file.exists()
    assert file.read_bytes() == b"words"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == ["file"]


def test_a_block_that_raises_leaves_what_stood_there_and_nothing_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"old")

    def stopped() -> None:
        with placed(file) as stream:
            stream.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert file.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["file"]


def test_a_file_that_came_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    file = tmp_path / "file"

    def too_late() -> None:
        with placed(file, replace=False) as stream:
            stream.write(b"mine")
            file.write_bytes(b"theirs")

    with pytest.raises(FileExistsError):
        too_late()
    assert file.read_bytes() == b"theirs"
    assert os.listdir(tmp_path) == ["file"]


def test_a_disk_without_hard_links_takes_a_new_file_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    file = tmp_path / "file"
    with placed(file, replace=False) as stream:
        stream.write(b"words")
    assert file.read_bytes() == b"words"
    with pytest.raises(FileExistsError), placed(file, replace=False) as stream:
        stream.write(b"other")
    assert os.listdir(tmp_path) == ["file"]


def stream_to(file: Path) -> None:
    with result_stream(str(file)) as stream:
        stream.write("CANARY")


@pytest.mark.parametrize("writer", ["draft", "result", "export", "export over"])
def test_a_kill_in_the_middle_leaves_the_old_file_and_the_next_run_clears_up(
    rules: RuleSet, tmp_path: Path, writer: str
) -> None:
    file = tmp_path / "file.yaml"
    write: Callable[[], object] = {
        "draft": lambda: save_draft(str(file), rules, {"home": "steady"}, "now"),
        "result": lambda: stream_to(file),
        "export": lambda: write_out("CANARY", str(file)),
        "export over": lambda: write_out("CANARY", str(file), overwrite=True),
    }[writer]
    if writer != "export":
        file.write_text("old")
    killed_while_writing(write)
    assert not file.exists() if writer == "export" else file.read_text() == "old"
    assert len(os.listdir(tmp_path)) == (1 if writer == "export" else 2)
    write()
    assert os.listdir(tmp_path) == ["file.yaml"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_copy_of_rules_that_was_killed_goes_with_the_next_one(tmp_path: Path) -> None:
    target = tmp_path / "rules"

    def die_half_way() -> None:
        Path.rename = lambda *_: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[assignment]
        write_copy({"factors/home.yaml": b"words"}, str(target))

    assert in_child(die_half_way) == -signal.SIGKILL
    assert not target.exists()
    assert len(os.listdir(tmp_path)) == 1
    write_copy({"factors/home.yaml": b"words"}, str(target))
    assert os.listdir(tmp_path) == ["rules"]


def test_the_leftover_of_a_run_that_still_writes_stays(tmp_path: Path) -> None:
    file = tmp_path / "file"
    running = part_of(file).with_name(f".file.{os.getppid()}.part")
    running.write_text("of another window")
    with placed(file) as stream:
        stream.write(b"words")
    assert sorted(os.listdir(tmp_path)) == [running.name, "file"]
