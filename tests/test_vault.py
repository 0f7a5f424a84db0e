"""The vault: one passphrase, two key files, and nothing on the disk that says a word."""

from __future__ import annotations

import errno
import os
import re
import resource
import shutil
import stat
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pexpect
import platformdirs
import pytest
from vaults import PASSPHRASE, in_child, make_vault

from pathfinder.errors import (
    CantWrite,
    Damaged,
    ExitCode,
    FileProblem,
    NotThere,
    NoVault,
    PathfinderError,
    WrongPassphrase,
)
from pathfinder.vault import (
    age,
    change_passphrase,
    create,
    exists,
    identity,
    need_age,
    new_id,
    unlock,
    vault_folder,
)
from pathfinder.vault.files import is_id, may_begin_id

REAL_WORK = 18
FIRST, SECOND = "identity.age", "identity-copy.age"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "vault"


def put(folder: Path, text: bytes, id_: str | None = None) -> str:
    id_ = id_ or new_id()
    with unlock(folder, PASSPHRASE).vault.writer() as writer:
        writer.write("sessions", id_, text)
    return id_


def modes(folder: Path) -> dict[str, int]:
    return {
        str(path.relative_to(folder)): stat.S_IMODE(path.lstat().st_mode)
        for path in (folder, *folder.rglob("*"))
    }


# --- the passphrase -----------------------------------------------------------------------


def test_a_vault_opens_with_its_passphrase_and_with_no_other(folder: Path) -> None:
    make_vault(folder)
    id_ = put(folder, b"words")
    assert unlock(folder, PASSPHRASE).vault.read("sessions", id_) == b"words"
    with pytest.raises(WrongPassphrase) as wrong:
        unlock(folder, "seven quiet owl")
    assert wrong.value.exit_code == 77
    assert "\n" not in str(wrong.value)


def test_a_letter_with_an_accent_is_the_same_however_the_keyboard_writes_it(folder: Path) -> None:
    create(folder, unicodedata.normalize("NFD", "café noir"))
    unlock(folder, unicodedata.normalize("NFC", "café noir"))


@pytest.mark.parametrize("words", ["", " ", "\t\n", "\ud800x"])
def test_an_empty_passphrase_or_one_that_is_no_text_is_refused(folder: Path, words: str) -> None:
    with pytest.raises(PathfinderError, match="passphrase"):
        create(folder, words)
    assert not exists(folder)


def test_a_changed_passphrase_opens_the_same_sessions_and_the_old_one_nothing(
    folder: Path,
) -> None:
    make_vault(folder)
    id_ = put(folder, b"words")
    change_passphrase(folder, PASSPHRASE, "another one")
    assert unlock(folder, "another one").vault.read("sessions", id_) == b"words"
    with pytest.raises(WrongPassphrase):
        unlock(folder, PASSPHRASE)
    assert (folder / FIRST).read_bytes() == (folder / SECOND).read_bytes()


def test_a_wrong_passphrase_changes_nothing(folder: Path) -> None:
    make_vault(folder)
    before = (folder / FIRST).read_bytes()
    with pytest.raises(WrongPassphrase):
        change_passphrase(folder, "not it", "another one")
    assert (folder / FIRST).read_bytes() == before


def test_without_a_vault_it_is_said_how_to_save_the_first_session(folder: Path) -> None:
    with pytest.raises(NoVault, match="quiz --for client --save") as none:
        unlock(folder, PASSPHRASE)
    assert none.value.exit_code == ExitCode.NO_INPUT


def test_a_second_vault_never_takes_the_place_of_the_first(folder: Path) -> None:
    make_vault(folder)
    before = (folder / FIRST).read_bytes()
    with pytest.raises(PathfinderError, match="already"):
        create(folder, "another")
    assert (folder / FIRST).read_bytes() == before


# --- damage -------------------------------------------------------------------------------

DAMAGE: dict[str, Callable[[Path], object]] = {
    "missing": lambda file: file.unlink(),
    "empty": lambda file: file.write_bytes(b""),
    "cut off": lambda file: file.write_bytes(file.read_bytes()[:-5]),
    "half": lambda file: file.write_bytes(file.read_bytes()[:90]),
    "a letter in the text": lambda file: file.write_bytes(flipped(file.read_bytes(), -20)),
    "a letter in the key line": lambda file: file.write_bytes(flipped(file.read_bytes(), 75)),
    "something else": lambda file: file.write_bytes(b"\x89PNG\r\n" * 40),
    "a folder": lambda file: (file.unlink(), file.mkdir()),
}


def flipped(data: bytes, place: int) -> bytes:
    changed = bytearray(data)
    changed[place] = ord("A") if changed[place] != ord("A") else ord("B")
    return bytes(changed)


@pytest.mark.parametrize("how", [how for how in DAMAGE if how != "a folder"])
def test_a_damaged_key_file_is_put_right_from_its_copy(folder: Path, how: str) -> None:
    make_vault(folder)
    whole = (folder / SECOND).read_bytes()
    DAMAGE[how](folder / FIRST)
    opened = unlock(folder, PASSPHRASE)
    assert len(opened.notes) == 1
    assert "copy" in opened.notes[0]
    assert (folder / FIRST).read_bytes() == whole
    assert unlock(folder, PASSPHRASE).notes == ()


def test_a_folder_in_the_place_of_the_key_file_is_not_said_to_be_put_right(folder: Path) -> None:
    make_vault(folder)
    DAMAGE["a folder"](folder / FIRST)
    for _ in range(2):
        (note,) = unlock(folder, PASSPHRASE).notes
        assert "couldn't be put in its place" in note
        assert "put right" not in note
        assert (folder / FIRST).is_dir()


@pytest.mark.parametrize("how", [how for how in DAMAGE if how != "a folder"])
def test_a_damaged_copy_is_put_right_without_a_word(folder: Path, how: str) -> None:
    make_vault(folder)
    DAMAGE[how](folder / SECOND)
    assert unlock(folder, PASSPHRASE).notes == ()
    assert (folder / FIRST).read_bytes() == (folder / SECOND).read_bytes()


@pytest.mark.parametrize(
    "how", ["empty", "cut off", "half", "a letter in the text", "something else", "a folder"]
)
def test_two_damaged_key_files_are_told_apart_from_a_wrong_passphrase(
    folder: Path, how: str
) -> None:
    make_vault(folder)
    for name in (FIRST, SECOND):
        DAMAGE[how](folder / name)
    with pytest.raises(Damaged, match="backup") as damaged:
        unlock(folder, PASSPHRASE)
    assert damaged.value.exit_code == ExitCode.DATA
    assert "\n" not in str(damaged.value)


def test_an_old_copy_that_opens_while_the_first_file_does_not_says_which_passphrase_holds(
    folder: Path,
) -> None:
    make_vault(folder)
    old = (folder / SECOND).read_bytes()
    change_passphrase(folder, PASSPHRASE, "another one")
    (folder / SECOND).write_bytes(old)
    assert "the old passphrase holds" in unlock(folder, PASSPHRASE).notes[0]
    with pytest.raises(WrongPassphrase):
        unlock(folder, "another one")


def test_a_copy_that_can_not_be_changed_does_not_stay_behind_with_the_old_passphrase(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_vault(folder)
    real = identity.put

    def full(path: Path, data: bytes) -> None:
        if path.name == SECOND:
            raise OSError(28, "No space left on device")
        real(path, data)

    monkeypatch.setattr(identity, "put", full)
    with pytest.raises(CantWrite, match="The new passphrase holds"):
        change_passphrase(folder, PASSPHRASE, "another one")
    monkeypatch.undo()
    with pytest.raises(WrongPassphrase):
        unlock(folder, PASSPHRASE)
    unlock(folder, "another one")
    assert (folder / SECOND).read_bytes() == (folder / FIRST).read_bytes()


def test_a_wrong_passphrase_beside_a_damaged_key_file_says_both(folder: Path) -> None:
    make_vault(folder)
    DAMAGE["half"](folder / FIRST)
    with pytest.raises(WrongPassphrase, match=r"identity\.age, is damaged"):
        unlock(folder, "not it")


def test_a_change_of_the_passphrase_that_was_cut_off_is_finished_at_the_next_start(
    folder: Path,
) -> None:
    make_vault(folder)
    old = (folder / SECOND).read_bytes()
    change_passphrase(folder, PASSPHRASE, "another one")
    (folder / SECOND).write_bytes(old)
    assert unlock(folder, "another one").notes == ()
    assert (folder / SECOND).read_bytes() == (folder / FIRST).read_bytes()


def test_sessions_whose_key_is_gone_are_said_to_be_so_and_get_no_new_key(folder: Path) -> None:
    make_vault(folder)
    put(folder, b"words")
    for name in (FIRST, SECOND):
        (folder / name).unlink()
    for act in (unlock, create):
        with pytest.raises(Damaged, match="both key files are gone"):
            act(folder, PASSPHRASE)
    assert not exists(folder)


def test_a_key_file_that_asks_for_all_memory_is_refused_before_it_gets_any(folder: Path) -> None:
    make_vault(folder)
    for name in (FIRST, SECOND):
        file = folder / name
        file.write_bytes(file.read_bytes().replace(b" 1\n", b" 30\n", 1))
    with pytest.raises(Damaged, match="more memory than any key file"):
        unlock(folder, PASSPHRASE)


@pytest.mark.parametrize("how", ["empty", "cut off", "half", "something else"])
def test_a_damaged_session_is_one_line_and_gives_no_part_of_itself(folder: Path, how: str) -> None:
    make_vault(folder)
    id_ = put(folder, b"a canary in a coal mine" * 9000)
    DAMAGE[how](folder / "sessions" / f"{id_}.age")
    with pytest.raises(Damaged) as damaged:
        unlock(folder, PASSPHRASE).vault.read("sessions", id_)
    assert "\n" not in str(damaged.value)
    assert "canary" not in str(damaged.value)


def test_a_session_of_another_vault_is_told_as_such(folder: Path, tmp_path: Path) -> None:
    make_vault(folder)
    make_vault(tmp_path / "other")
    id_ = put(folder, b"words")
    shutil.copytree(folder / "sessions", tmp_path / "other" / "sessions")
    with pytest.raises(Damaged, match="another key"):
        unlock(tmp_path / "other", PASSPHRASE).vault.read("sessions", id_)


def test_drafts_whose_key_is_gone_get_no_new_key(folder: Path) -> None:
    vault = make_vault(folder)
    with vault.writer() as writer:
        writer.write("drafts", new_id(), b"words")
    for name in (FIRST, SECOND):
        (folder / name).unlink()
    with pytest.raises(Damaged, match="both key files are gone"):
        create(folder, PASSPHRASE)


@pytest.mark.parametrize("broken", [FIRST, SECOND])
def test_a_change_of_the_passphrase_in_another_window_is_not_undone_by_mending(
    folder: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    """Between the reading of the key files and the lock, another window changes them."""
    make_vault(folder)
    DAMAGE["half"](folder / broken)
    real = age.unlock_key

    def slow(data: bytes, words: str) -> age.AgeKey:
        key = real(data, words)
        monkeypatch.setattr(age, "unlock_key", real)
        change_passphrase(folder, PASSPHRASE, "another one")
        return key

    monkeypatch.setattr(age, "unlock_key", slow)
    unlock(folder, PASSPHRASE)
    with pytest.raises(WrongPassphrase):  # first: the right one would mend what is wrong
        unlock(folder, PASSPHRASE)
    unlock(folder, "another one")


# --- files and folders --------------------------------------------------------------------


def test_folders_and_files_are_for_their_owner_alone_whatever_the_umask(folder: Path) -> None:
    before = os.umask(0)
    try:
        make_vault(folder)
        put(folder, b"words")
    finally:
        os.umask(before)
    for name, mode in modes(folder.parent).items():
        assert mode == (0o700 if (folder.parent / name).is_dir() else 0o600), name


def test_a_folder_that_others_could_read_is_closed_to_them(folder: Path) -> None:
    make_vault(folder)
    put(folder, b"words")
    for path in (folder, folder / "sessions"):
        path.chmod(0o755)
    (folder / FIRST).chmod(0o644)
    put(folder, b"more")
    assert {mode for name, mode in modes(folder).items() if (folder / name).is_dir()} == {0o700}
    assert modes(folder)[FIRST] == 0o600


def test_a_session_that_a_backup_brought_back_open_is_closed_when_it_is_read(folder: Path) -> None:
    vault = make_vault(folder)
    id_ = put(folder, b"words")
    file = folder / "sessions" / f"{id_}.age"
    file.chmod(0o644)
    assert vault.read("sessions", id_) == b"words"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_mode_of_what_a_link_leads_to_stays(folder: Path, tmp_path: Path) -> None:
    make_vault(folder)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(0o755)
    (tmp_path / "file").write_bytes((folder / SECOND).read_bytes())
    (tmp_path / "file").chmod(0o644)
    (folder / SECOND).unlink()
    (folder / SECOND).symlink_to(tmp_path / "file")
    vault = unlock(folder, PASSPHRASE).vault
    (folder / "drafts").symlink_to(elsewhere)
    with pytest.raises(CantWrite), vault.writer():
        pass
    assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o755
    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == 0o644


def test_a_name_is_brought_to_the_disk_with_its_folder_when_it_comes_and_when_it_goes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = make_vault(folder)
    id_ = put(folder, b"old")
    done: list[str] = []
    fsync, replace, unlink = os.fsync, os.replace, os.unlink

    def synced(handle: int) -> None:
        at = Path(os.readlink(f"/proc/self/fd/{handle}") if Path("/proc").is_dir() else "sessions")
        done.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        assert at.name == "sessions" or at.name.endswith(".part")
        fsync(handle)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", lambda *a, **at: (done.append("put"), replace(*a, **at)))
    monkeypatch.setattr(os, "unlink", lambda *a, **at: (done.append("remove"), unlink(*a, **at)))
    with vault.writer() as writer:
        writer.write("sessions", id_, b"new")
        writer.remove("sessions", id_)
    assert done == ["file", "put", "folder", "remove", "folder"]


def test_a_link_in_the_place_of_the_lock_is_not_followed_and_nothing_is_saved(
    folder: Path, tmp_path: Path
) -> None:
    vault = make_vault(folder)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("somebody's")
    elsewhere.chmod(0o644)
    for target in (elsewhere, tmp_path / "nowhere"):
        (folder / ".lock").unlink()
        (folder / ".lock").symlink_to(target)
        with pytest.raises(CantWrite, match="symbolic links"), vault.writer():
            pytest.fail("held a lock that isn't ours")
    assert elsewhere.read_text() == "somebody's"
    assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o644
    assert not (tmp_path / "nowhere").exists()


def test_who_lacks_the_lock_is_told_what_to_install_before_anything_is_typed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "filelock", None)
    with pytest.raises(PathfinderError, match=r"filelock.*\[vault\]"):
        need_age()


@pytest.mark.parametrize("number", [errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP, errno.EROFS])
def test_a_disk_that_knows_no_locks_is_told_and_nothing_stands_in_for_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    vault = make_vault(folder)

    def none_here(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("fcntl.flock", none_here)
    with pytest.raises(CantWrite, match=os.strerror(number)), vault.writer():
        pytest.fail("wrote without a lock")
    monkeypatch.undo()
    put(folder, b"words")  # no mark of that try keeps anybody out
    assert {path.name for path in folder.glob(".*")} == {".lock"}


def test_the_names_of_files_tell_nothing(folder: Path) -> None:
    make_vault(folder)
    for _ in range(5):
        put(folder, b"words")
    names = {path.name for path in folder.rglob("*")}
    rest = names - {FIRST, SECOND, ".lock", "sessions", "drafts"}
    assert len(rest) == 5
    assert all(re.fullmatch(r"[2-9a-z]{10}\.age", name) for name in rest)


@pytest.mark.parametrize(
    "text",
    [
        "../../etc/passwd", "/etc/passwd", "a/b", "a\\b", "C:\\x", "CON", "nul.txt", ".", "..", "",
        "~root", "-rf", "--help", "%2e%2e%2f", "name.", "x ", "x" * 300, "é", "e\u0301", "aaaaa\n",
        "\x1b[2J", "k7f2mzq4xw\n", "*", "k7f2mzq4xw.age",
    ],
)  # fmt: skip
def test_a_name_that_is_no_id_never_becomes_a_path(folder: Path, text: str) -> None:
    vault = make_vault(folder)
    assert not is_id(text)
    assert not may_begin_id(text)
    assert not vault.has("sessions", text)
    with pytest.raises(NotThere) as none:
        vault.read("sessions", text)
    assert "\x1b" not in str(none.value)
    assert "\n" not in str(none.value)


def test_what_a_cut_off_write_left_is_swept_by_the_next_one(folder: Path) -> None:
    make_vault(folder)
    put(folder, b"words")
    for place in (folder, folder / "sessions", folder / "drafts"):
        (place / ".index.age.1.part").write_bytes(b"half")
        (place / ".part-0123456789ab").write_bytes(b"half, by an earlier version")
    put(folder, b"more")
    assert not list(folder.rglob(".*part*"))


def test_a_link_or_a_pipe_in_place_of_a_session_is_refused(folder: Path, tmp_path: Path) -> None:
    vault = make_vault(folder)
    id_, other, third = put(folder, b"words"), new_id(), new_id()
    (folder / "sessions" / f"{other}.age").symlink_to(folder / "sessions" / f"{id_}.age")
    os.mkfifo(folder / "sessions" / f"{third}.age")
    for name in (other, third):
        with pytest.raises(Damaged):
            vault.read("sessions", name)


def test_a_write_that_fails_leaves_the_old_session_and_no_half_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = make_vault(folder)
    id_ = put(folder, b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CantWrite, match="No space left on device") as refused:
        put(folder, b"new", id_)
    assert "\n" not in str(refused.value)
    assert vault.read("sessions", id_) == b"old"
    assert not list(folder.rglob(".*.part"))


def test_a_disk_that_takes_no_more_costs_nothing_that_was_saved(folder: Path) -> None:
    vault = make_vault(folder)
    id_ = put(folder, b"old")

    def save_too_much() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
        with pytest.raises(CantWrite), vault.writer() as writer:
            writer.write("sessions", id_, bytes(100_000))

    assert in_child(save_too_much) == 0
    assert vault.read("sessions", id_) == b"old"
    assert not list(folder.rglob(".*.part"))


def test_a_folder_that_can_not_be_written_to_is_one_line_and_still_read(
    folder: Path, tmp_path: Path
) -> None:
    vault = make_vault(folder)
    id_ = put(folder, b"old")
    for path in (folder / "sessions", folder / "drafts", folder):
        path.chmod(0o500)

    def try_to_save() -> None:
        if os.geteuid() == 0:  # to whom nothing is forbidden
            for path in (folder.parent, folder, *folder.rglob("*")):
                os.chown(path, 65534, 65534)
            os.chdir(folder)
            os.setuid(65534)
        with pytest.raises(CantWrite) as refused, vault.writer() as writer:
            writer.write("sessions", id_, b"new")
        assert "\n" not in str(refused.value)

    assert in_child(try_to_save) == 0
    assert vault.read("sessions", id_) == b"old"


def test_a_session_that_grew_beyond_all_measure_is_refused_and_the_old_one_stays(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = make_vault(folder)
    id_ = put(folder, b"old")
    monkeypatch.setattr("pathfinder.vault.files.MOST_BYTES", 1000)
    with pytest.raises(CantWrite, match="too large"):
        put(folder, bytes(2000), id_)
    assert vault.read("sessions", id_) == b"old"


def test_a_folder_that_can_not_be_looked_into_is_not_taken_for_an_empty_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = make_vault(folder)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(os, "lstat", refuse)
        with pytest.raises(FileProblem, match="Permission denied") as refused:
            unlock(folder, PASSPHRASE)
        assert not isinstance(refused.value, NoVault)
    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(FileProblem, match="Permission denied"):
        vault.stamps("sessions")


def test_a_data_folder_that_is_a_file_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(CantWrite, match="can't be used"):
        make_vault(tmp_path / "file" / "vault")
    with pytest.raises(NoVault):
        unlock(tmp_path / "file" / "vault", PASSPHRASE)


def test_a_file_that_can_not_be_read_is_not_taken_for_one_that_is_not_there(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = make_vault(folder)
    id_ = put(folder, b"old")

    def refuse(*_: object, **__: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(FileProblem) as refused:
        vault.read("sessions", id_)
    assert not isinstance(refused.value, NotThere)


def test_the_folder_is_the_one_that_the_variable_names(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATHFINDER_DATA", str(tmp_path / "mine"))
    assert vault_folder() == tmp_path / "mine" / "vault"


def test_the_folder_is_else_the_one_of_the_platform_for_data(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATHFINDER_DATA", "")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert vault_folder() == platformdirs.user_data_path("pathfinder", appauthor=False) / "vault"
    assert vault_folder().is_relative_to(tmp_path)
    if sys.platform == "linux":
        assert vault_folder() == tmp_path / "home" / "pathfinder" / "vault"


# --- without this program -----------------------------------------------------------------


def test_the_extra_that_is_missing_is_one_line_that_says_how_to_get_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_: str) -> None:
        raise ImportError

    monkeypatch.setattr("pathfinder.vault.age.import_module", gone)
    with pytest.raises(PathfinderError, match=r"\[vault\]") as missing:
        create(folder, PASSPHRASE)
    assert "\n" not in str(missing.value)
    assert not folder.exists()


@pytest.mark.slow
def test_a_session_opens_with_debians_age_and_without_pathfinder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if shutil.which("age") is None:
        assert os.environ.get("PATHFINDER_AGE") != "required", "age isn't installed"
        pytest.skip("needs Debian's age; PATHFINDER_AGE=required makes this a failure")
    monkeypatch.setattr(age, "WORK", REAL_WORK)
    with create(folder, PASSPHRASE).writer() as writer:
        writer.write("sessions", id_ := new_id(), b'{"client": "C-104"}')
    assert (folder / FIRST).read_bytes() == (folder / SECOND).read_bytes()
    session = folder / "sessions" / f"{id_}.age"
    opened = pexpect.spawn("age", ["-d", "-i", str(folder / SECOND), str(session)], timeout=60)
    opened.expect("passphrase")
    opened.sendline(PASSPHRASE)
    opened.expect_exact('{"client": "C-104"}')
    opened.expect(pexpect.EOF)
    opened.close()
    assert opened.exitstatus == 0
