"""Putting a file in place: whole or not at all, whoever writes it, and nothing left beside it."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from vaults import in_child

from pathfinder.ask.draft_file import save_draft
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import CantWrite
from pathfinder.files import part_of, placed, sweep_beside
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
    def no_links(*_: object, **__: object) -> None:
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


def test_only_what_a_killed_run_of_ours_left_beside_the_file_is_swept(tmp_path: Path) -> None:
    dead = 2**22 + 1  # no process has so high a number
    file = tmp_path / "draft.yaml"
    leftover = tmp_path / f".draft.yaml.{dead}.part"
    stay = {
        "draft.yaml", f"draft.yaml.{dead}.part", f".draft.yaml.{dead}.part.txt", ".draft.yaml.part",
        f".other.yaml.{dead}.part", f".draft.yaml.x{dead}.part", f".draft.yaml.{os.getppid()}.part",
        ".draft.yaml..part", ".draft-1.part", f".draft.yaml.{dead}.{dead}.part",
    }  # fmt: skip
    for name in (leftover.name, *stay):
        (tmp_path / name).write_text("home: steady")
    (tmp_path / f".draft.yaml.{dead + 1}.part").mkdir()
    (tmp_path / f".draft.yaml.{dead + 2}.part").symlink_to("draft.yaml")
    if os.geteuid() == 0:
        strangers = tmp_path / f".draft.yaml.{dead + 3}.part"
        strangers.write_text("of another user")
        os.chown(strangers, 65534, -1)
    before = set(os.listdir(tmp_path))
    sweep_beside(file)
    assert before - set(os.listdir(tmp_path)) == {leftover.name}


# --- what a person named, and what may stand there ------------------------------------

WRITERS = ["draft", "result", "export over"]


def writer_to(file: Path, rules: RuleSet, kind: str) -> Callable[[], object]:
    """A way of writing the word CANARY over a file that a person named."""
    return {
        "draft": lambda: save_draft(str(file), rules, {"home": "steady"}, "CANARY"),
        "result": lambda: stream_to(file),
        "export over": lambda: write_out("CANARY", str(file), overwrite=True),
    }[kind]


@pytest.mark.parametrize("kind", WRITERS)
def test_a_file_without_permission_to_write_is_refused_and_stays(
    rules: RuleSet, tmp_path: Path, kind: str
) -> None:
    file = tmp_path / "file.yaml"
    file.write_text("kept")
    file.chmod(0o444)
    with pytest.raises(CantWrite, match="protected"):
        writer_to(file, rules, kind)()
    assert (file.read_text(), stat.S_IMODE(file.stat().st_mode)) == ("kept", 0o444)
    assert os.listdir(tmp_path) == ["file.yaml"]


@pytest.mark.parametrize("kind", WRITERS)
def test_a_file_of_two_names_is_refused_and_both_stay_one(
    rules: RuleSet, tmp_path: Path, kind: str
) -> None:
    file, other = tmp_path / "file.yaml", tmp_path / "other"
    file.write_text("kept")
    os.link(file, other)
    with pytest.raises(CantWrite, match="second name"):
        writer_to(file, rules, kind)()
    assert file.samefile(other)
    assert file.read_text() == "kept"


@pytest.mark.parametrize("error", [errno.EBUSY, errno.EXDEV])
@pytest.mark.parametrize("kind", WRITERS)
def test_a_file_that_is_bound_to_its_place_is_written_in_place(
    rules: RuleSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, error: int
) -> None:
    def bound(*_: object, **__: object) -> None:
        raise OSError(error, os.strerror(error))

    file = tmp_path / "file.yaml"
    file.write_text("old words that are longer than what comes " * 50)
    file.chmod(0o644)
    before = file.stat().st_ino
    monkeypatch.setattr(os, "replace", bound)
    writer_to(file, rules, kind)()
    assert "CANARY" in file.read_text()
    assert "old" not in file.read_text()
    assert (file.stat().st_ino, stat.S_IMODE(file.stat().st_mode)) == (before, 0o600)
    assert os.listdir(tmp_path) == ["file.yaml"]


def test_another_reason_not_to_replace_a_file_does_not_write_it_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    file = tmp_path / "file"
    file.write_text("kept")
    monkeypatch.setattr(os, "replace", refused)
    with pytest.raises(CantWrite, match="not permitted"):
        stream_to(file)
    assert file.read_text() == "kept"
    assert os.listdir(tmp_path) == ["file"]


def test_a_file_in_a_folder_that_takes_no_other_is_written_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may = os.access

    def shut(path: Path, mode: int) -> bool:
        return path != tmp_path and may(path, mode)

    file = tmp_path / "file"
    file.write_text("old")
    monkeypatch.setattr(os, "access", shut)
    monkeypatch.setattr(os, "replace", lambda *_, **__: pytest.fail("nothing is put beside it"))
    stream_to(file)
    assert file.read_text() == "CANARY"


@pytest.mark.slow
@pytest.mark.parametrize("owner", [0, 65534])
def test_a_file_that_a_container_was_given_takes_the_result(tmp_path: Path, owner: int) -> None:
    """A real mount, in a view of the files that ends with the test's own program."""
    if shutil.which("unshare") is None or subprocess.call(["unshare", "-m", "true"]):
        pytest.skip("needs root, and leave to mount")
    tmp_path = tmp_path / "a b"  # the system spells a blank in the name of a mount
    tmp_path.mkdir()
    (tmp_path / "of_the_host").write_text("old")
    os.chown(tmp_path / "of_the_host", owner, -1)
    (tmp_path / "result").write_text("")
    write = (
        "from pathfinder.output import result_stream\n"
        "with result_stream('result') as stream: stream.write('CANARY')"
    )
    line = f'mount --bind of_the_host result && "{sys.executable}" -c "{write}"'
    done = subprocess.run(["unshare", "-m", "sh", "-c", line], cwd=tmp_path, check=False)
    assert done.returncode == 0
    assert (tmp_path / "of_the_host").read_text() == "CANARY"
    assert sorted(os.listdir(tmp_path)) == ["of_the_host", "result"]
