"""A backup is one file that opens again, and nothing is ever laid over what is there."""

from __future__ import annotations

import io
import os
import resource
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from command import Ran, Run
from kills import at_every_step
from vaults import PASSPHRASE, in_child, make_vault, save_one, through_pipe

import pathfinder.sessions as kept
from pathfinder.commands.sessions.keep import backup as command
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import CantWrite, Damaged, PathfinderError
from pathfinder.files import sweep_beside
from pathfinder.vault import Vault, backup, let_in, scrypt, unlock

CANARY = "kanarienvogel"
THEIRS = "five calm herons fly"


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Vault:
    monkeypatch.setenv("PATHFINDER_DATA", str(tmp_path / "data"))
    return make_vault(tmp_path / "data" / "vault")


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """What a new computer is: the file and the passphrase, and no folder."""
    return tmp_path / "new" / "vault"


def ran(pathfinder: Run, *args: str, words: tuple[str, ...] = (PASSPHRASE,)) -> Ran:
    return pathfinder("sessions", *args, "--passphrase-fd", through_pipe(*words))


def made(vault: Vault, file: Path, passphrase: str = PASSPHRASE) -> backup.Backup:
    with file.open("wb") as stream:
        return backup.write(vault, passphrase, stream)


def forged(file: Path, *names: str, kind: bytes = tarfile.REGTYPE) -> None:
    """A backup that holds these names, each with a word in it."""
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w") as tar:
        for name in names:
            about = tarfile.TarInfo(name)
            about.type, about.linkname = kind, "/etc/passwd"
            about.size = 4 if kind == tarfile.REGTYPE else 0
            tar.addfile(about, io.BytesIO(b"word"))
    file.write_bytes(scrypt.lock(plain.getvalue(), PASSPHRASE, 1))


def test_a_backup_brings_every_session_draft_and_person_back(
    pathfinder: Run, vault: Vault, rules: RuleSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = save_one(vault, rules, notes={"home": CANARY})
    draft = kept.begin(vault, "C-9")
    let_in(vault, "Supervisor", "2026-11-28T10:00:00+00:00", passphrase=THEIRS)
    file = tmp_path / "all.age"
    written = ran(pathfinder, "backup", str(file))
    assert (written.code, written.out) == (0, "")
    assert "one session and one unfinished one" in written.err
    assert file.stat().st_mode & 0o777 == 0o600
    for word in (CANARY, PASSPHRASE, session.id, "identity"):
        assert word.encode() not in file.read_bytes()
    monkeypatch.setenv("PATHFINDER_DATA", str(tmp_path / "new"))
    back = ran(pathfinder, "restore", str(file))
    assert (back.code, back.out) == (0, "")
    new = tmp_path / "new" / "vault"
    for words in (PASSPHRASE, THEIRS):
        opened = unlock(new, words).vault
        assert kept.read(opened, session.id) == session
        assert kept.resume(opened, draft.id) == draft
    modes = {path.stat().st_mode & 0o777 for path in new.rglob("*.age")}
    assert modes == {0o600}


@pytest.mark.slow
def test_a_backup_opens_with_debians_age_and_tar(
    vault: Vault, rules: RuleSet, tmp_path: Path
) -> None:
    """Without this program: `age -d` asks for the passphrase, as it does for a key file."""
    pyrage = pytest.importorskip("pyrage")
    id_ = save_one(vault, rules).id
    made(vault, tmp_path / "all.age")
    plain = bytes(pyrage.passphrase.decrypt((tmp_path / "all.age").read_bytes(), PASSPHRASE))
    (tmp_path / "out").mkdir()
    subprocess.run(["tar", "x"], input=plain, cwd=tmp_path / "out", check=True)
    assert kept.read(unlock(tmp_path / "out", PASSPHRASE).vault, id_).id == id_


def test_a_supervisors_backup_opens_with_their_own_passphrase(
    vault: Vault, rules: RuleSet, tmp_path: Path, elsewhere: Path
) -> None:
    id_ = save_one(vault, rules).id
    let_in(vault, "Supervisor", "2026-11-28T10:00:00+00:00", passphrase=THEIRS)
    made(unlock(vault.folder, THEIRS).vault, tmp_path / "all.age", THEIRS)
    backup.restore(str(tmp_path / "all.age"), THEIRS, elsewhere)
    assert kept.read(unlock(elsewhere, PASSPHRASE).vault, id_).id == id_


def test_nothing_that_is_there_is_laid_over(
    pathfinder: Run, vault: Vault, rules: RuleSet, tmp_path: Path
) -> None:
    save_one(vault, rules)
    file = tmp_path / "all.age"
    assert ran(pathfinder, "backup", str(file)).code == 0
    before = file.read_bytes()
    assert ran(pathfinder, "backup", str(file)).code == 73
    assert file.read_bytes() == before
    assert ran(pathfinder, "backup", str(file), "--overwrite").code == 0
    assert file.read_bytes() != before
    assert ran(pathfinder, "backup", str(vault.folder / "all.age")).code == 73
    later = save_one(vault, rules).id
    refused = ran(pathfinder, "restore", str(file))
    assert (refused.code, "PATHFINDER_DATA" in refused.err) == (2, True)
    assert kept.read(vault, later)


def test_a_wrong_passphrase_a_cut_off_file_and_another_file_bring_nothing_back(
    pathfinder: Run, vault: Vault, rules: RuleSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_one(vault, rules)
    file = tmp_path / "all.age"
    made(vault, file)
    whole = file.read_bytes()
    monkeypatch.setenv("PATHFINDER_DATA", str(tmp_path / "new"))
    assert ran(pathfinder, "restore", str(file), words=("not it",)).code == 77
    assert ran(pathfinder, "restore", str(tmp_path / "none.age")).code == 66
    assert ran(pathfinder, "restore", str(tmp_path)).code == 66
    for data in (whole[:-1], whole[: len(whole) // 2], whole[:100], b"", b"junk", whole + b"x"):
        file.write_bytes(data)
        refused = ran(pathfinder, "restore", str(file))
        assert (refused.code, len(refused.err.splitlines())) == (65, 1)
    assert not (tmp_path / "new" / "vault").exists()
    assert not list(tmp_path.rglob("*.part"))


def test_a_backup_that_lost_its_end_behind_the_last_file_is_refused_too(
    tmp_path: Path, elsewhere: Path
) -> None:
    """Another program may write more blocks behind the files than are read for them."""
    file = tmp_path / "long.age"
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w") as tar:
        tar.addfile(tarfile.TarInfo("identity.age"), io.BytesIO())
    whole = scrypt.lock(plain.getvalue() + bytes(200_000), PASSPHRASE, 1)
    file.write_bytes(whole[:-70_000])
    with pytest.raises(Damaged, match="damaged"), file.open("rb") as stream:
        backup.check(stream, PASSPHRASE)
    file.write_bytes(whole)
    with file.open("rb") as stream:
        assert backup.check(stream, PASSPHRASE) == ((), ())


@pytest.mark.parametrize(
    "name",
    ["../../evil", "/etc/passwd", "sessions/../../x.age", "sessions/x.age", "other/k7f2mzq4xw.age",
     "\x1b[2J", "sessions", "k7f2mzq4xw.age", "sessions/k7f2mzq4xw.age/"],
)  # fmt: skip
def test_a_backup_that_holds_anything_else_is_refused(
    tmp_path: Path, elsewhere: Path, name: str
) -> None:
    file = tmp_path / "forged.age"
    forged(file, name)
    with pytest.raises(Damaged) as refused:
        backup.restore(str(file), PASSPHRASE, elsewhere)
    assert "\x1b" not in str(refused.value)
    assert not elsewhere.exists()
    assert not (tmp_path / "evil").exists()


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE]
)
def test_a_link_or_a_folder_in_a_backup_is_refused(
    tmp_path: Path, elsewhere: Path, kind: bytes
) -> None:
    file = tmp_path / "forged.age"
    forged(file, "sessions/k7f2mzq4xw.age", kind=kind)
    with pytest.raises(Damaged):
        backup.restore(str(file), PASSPHRASE, elsewhere)
    forged(file, *["sessions/k7f2mzq4xw.age"] * 2)
    with pytest.raises(Damaged):
        backup.restore(str(file), PASSPHRASE, elsewhere)
    forged(file, "sessions/k7f2mzq4xw.age")
    with pytest.raises(PathfinderError):  # without its key it is worth nothing
        backup.restore(str(file), PASSPHRASE, elsewhere)
    assert not elsewhere.exists()


def test_a_backup_that_can_not_be_read_again_is_not_kept(
    pathfinder: Run, vault: Vault, rules: RuleSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_one(vault, rules)
    file = tmp_path / "all.age"
    file.write_bytes(b"the one of before")

    def fails(*_: object) -> None:
        raise Damaged("This can't be read.")

    monkeypatch.setattr("pathfinder.vault.backup.check", fails)
    refused = ran(pathfinder, "backup", str(file), "--overwrite")
    assert (refused.code, "read again" in refused.err) == (73, True)
    assert file.read_bytes() == b"the one of before"


def test_a_disk_that_takes_no_more_keeps_the_backup_of_before(
    vault: Vault, rules: RuleSet, tmp_path: Path
) -> None:
    save_one(vault, rules)
    file = tmp_path / "all.age"
    file.write_bytes(b"the one of before")
    fd = int(through_pipe(PASSPHRASE))

    def write() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, 5_000))
        with pytest.raises(PathfinderError):
            command(str(file), overwrite=True, passphrase_fd=fd)

    assert in_child(write) == 0
    assert file.read_bytes() == b"the one of before"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["all.age"]


@pytest.mark.slow
def test_a_restore_that_is_killed_anywhere_is_whole_or_not_there(
    vault: Vault, rules: RuleSet, tmp_path: Path, elsewhere: Path
) -> None:
    id_ = save_one(vault, rules).id
    file = tmp_path / "all.age"
    made(vault, file)
    for _ in at_every_step(lambda: backup.restore(str(file), PASSPHRASE, elsewhere)):
        if not elsewhere.exists():
            backup.restore(str(file), PASSPHRASE, elsewhere)
        assert kept.read(unlock(elsewhere, PASSPHRASE).vault, id_).id == id_
        assert [path.name for path in elsewhere.parent.iterdir()] == ["vault"]
        shutil.rmtree(elsewhere)


@pytest.mark.slow
def test_a_backup_that_is_killed_anywhere_is_the_one_of_before_or_whole(
    vault: Vault, rules: RuleSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_one(vault, rules)
    file = tmp_path / "all.age"
    made(vault, file)
    whole = 0
    monkeypatch.setattr("pathfinder.vault.passphrase.ask", lambda *_: PASSPHRASE)

    def again() -> None:
        sys.stderr = io.StringIO()
        command(str(file), overwrite=True, passphrase_fd=None)

    for _ in at_every_step(again):
        with file.open("rb") as stream:
            whole += len(backup.check(stream, PASSPHRASE).sessions)
        sweep_beside(file)
        assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["all.age"]
    assert whole > 10


def test_a_disk_that_takes_no_more_brings_back_nothing_at_all(
    vault: Vault, rules: RuleSet, tmp_path: Path, elsewhere: Path
) -> None:
    save_one(vault, rules)
    file = tmp_path / "all.age"
    made(vault, file)

    def bring_back() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, 5_000))
        with pytest.raises(CantWrite):
            backup.restore(str(file), PASSPHRASE, elsewhere)

    assert in_child(bring_back) == 0
    assert list(elsewhere.parent.iterdir()) == []


@pytest.mark.slow
def test_a_backup_beside_writers_holds_only_whole_sessions(
    vault: Vault, rules: RuleSet, tmp_path: Path, elsewhere: Path
) -> None:
    pids = []
    for _ in range(2):
        pid = os.fork()
        if pid == 0:
            try:
                for _ in range(8):
                    save_one(vault, rules)
                os._exit(0)
            finally:
                os._exit(1)
        pids.append(pid)
    held = made(vault, tmp_path / "all.age")
    assert [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids] == [0, 0]
    assert backup.restore(str(tmp_path / "all.age"), PASSPHRASE, elsewhere) == held
    opened = unlock(elsewhere, PASSPHRASE).vault
    assert all(kept.read(opened, id_) for id_ in held.sessions)


def test_a_backup_is_never_all_in_memory() -> None:
    """Pieces of 64 KiB go out as they come in."""
    out = io.BytesIO()
    with scrypt.Locking(out, PASSPHRASE, 1) as locked:
        for _ in range(40):
            locked.write(b"x" * 50_000)
            assert len(locked._rest) <= 64 * 1024
    header = scrypt.header_of(out.getvalue())
    assert header is not None
    out.seek(header.length)
    read = scrypt.Unlocking(out, header, PASSPHRASE)
    total = 0
    while piece := read.read(1000):
        total += len(piece)
        assert len(read._rest) <= 2 * 64 * 1024
    assert total == 40 * 50_000
