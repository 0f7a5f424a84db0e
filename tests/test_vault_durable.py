"""What was saved stays saved: writers killed in the middle, writers at the same time."""

from __future__ import annotations

import os
import signal
from collections.abc import Mapping
from pathlib import Path

import pytest
from vaults import ANSWERS, PASSPHRASE, in_child, make_vault, save_one

import pathfinder.sessions as kept
from pathfinder import decide
from pathfinder.engine.decision import Decision
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import PathfinderError, WrongPassphrase
from pathfinder.sessions.model import Session
from pathfinder.vault import Vault, change_passphrase, identity, unlock

KILLS = 12
WRITERS, UPDATES = (2, 4), 20


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return make_vault(tmp_path / "vault")


def one_more(vault: Vault, id_: str, decision: Decision) -> Session:
    """What people do: go on, give an answer, save. The note counts how often that was done."""
    draft = kept.resume(vault, id_)
    # Long enough that a write takes a while.
    notes = {"home": str(draft.base), "support": "x" * 4000}
    draft = kept.keep(vault, draft, draft.answers, notes)
    return kept.save(vault, draft, decision, draft.answers, notes)


@pytest.mark.slow
def test_a_kill_at_any_moment_loses_nothing_that_was_saved(vault: Vault, rules: RuleSet) -> None:
    id_ = save_one(vault, rules).id
    decision = decide(rules, ANSWERS)
    for _ in range(KILLS):
        told, tell = os.pipe()
        pid = os.fork()
        if pid == 0:
            while True:
                session = one_more(vault, id_, decision)
                os.write(tell, f"{session.newest.number}\n".encode())
        os.close(tell)
        with os.fdopen(told, "rb") as reports:
            last = [int(reports.readline()) for _ in range(3)][-1]
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            last = max([last, *(int(line) for line in reports if line.endswith(b"\n"))])
        session = kept.read(vault, id_)
        assert session.newest.number in (last, last + 1)
        counted = [revision.notes["home"] for revision in session.revisions[1:]]
        assert counted == [str(number) for number in range(1, session.newest.number)]
    # The lock went with the killed, and so does what they left behind.
    one_more(vault, id_, decision)
    assert not list(vault.folder.rglob(".*.part"))
    assert not vault.stamps("drafts")


def test_a_kill_at_any_moment_loses_no_answer_that_was_kept(vault: Vault) -> None:
    draft = kept.begin(vault, "C-104")
    for _ in range(KILLS):
        told, tell = os.pipe()
        pid = os.fork()
        if pid == 0:
            while True:
                count = int(draft.notes.get("home", "0")) + 1
                notes = {"home": str(count), "support": "x" * 4000}
                draft = kept.keep(vault, draft, ANSWERS, notes)
                os.write(tell, f"{count}\n".encode())
        os.close(tell)
        with os.fdopen(told, "rb") as reports:
            last = [int(reports.readline()) for _ in range(3)][-1]
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            last = max([last, *(int(line) for line in reports if line.endswith(b"\n"))])
        draft = kept.resume(vault, draft.id)
        assert int(draft.notes["home"]) in (last, last + 1)


def save_in_turn(vault: Vault, id_: str, decision: Decision) -> None:
    """Save until UPDATES were taken. What is refused is begun anew from what was saved."""
    mine: dict[int, Mapping[str, str]] = {}
    while len(mine) < UPDATES:
        notes = {"home": f"{os.getpid()} {len(mine)}"}
        try:
            draft = kept.resume(vault, id_, from_saved=True)
            draft = kept.keep(vault, draft, draft.answers, notes)
            saved = kept.save(vault, draft, decision, draft.answers, notes)
        except kept.Stale:
            continue
        mine[saved.newest.number] = notes
    revisions = kept.read(vault, id_).revisions
    assert {number: revisions[number - 1].notes for number in mine} == mine


@pytest.mark.slow
@pytest.mark.parametrize("writers", WRITERS)
def test_several_writers_never_lose_what_one_was_told_is_saved(
    vault: Vault, rules: RuleSet, writers: int
) -> None:
    id_ = save_one(vault, rules).id
    decision = decide(rules, ANSWERS)
    children = []
    for _ in range(writers):
        pid = os.fork()
        if pid == 0:
            try:
                save_in_turn(vault, id_, decision)
                os._exit(0)
            finally:
                os._exit(1)
        children.append(pid)
    codes = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in children]
    assert codes == [0] * writers
    assert kept.read(vault, id_).newest.number == 1 + writers * UPDATES


@pytest.mark.parametrize("written", [0, 1, 2])
def test_a_kill_while_the_passphrase_changes_leaves_one_that_opens_both_files(
    vault: Vault, rules: RuleSet, monkeypatch: pytest.MonkeyPatch, written: int
) -> None:
    id_ = save_one(vault, rules).id
    real, left = identity.put, iter(range(written))

    def put_or_die(path: Path, data: bytes) -> None:
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)
        real(path, data)

    with monkeypatch.context() as patch:
        patch.setattr(identity, "put", put_or_die)
        code = in_child(lambda: change_passphrase(vault.folder, PASSPHRASE, "another one"))
    assert code == (0 if written == 2 else -signal.SIGKILL)
    works = "another one" if written else PASSPHRASE
    assert kept.read(unlock(vault.folder, works).vault, id_).newest.answers == ANSWERS
    assert (vault.folder / identity.FIRST).read_bytes() == (
        vault.folder / identity.SECOND
    ).read_bytes()
    if written:
        with pytest.raises(WrongPassphrase):
            unlock(vault.folder, PASSPHRASE)


def test_of_two_who_make_a_vault_at_once_one_is_told_and_none_overwrites(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    pids = []
    for _ in range(2):
        pid = os.fork()
        if pid == 0:
            try:
                make_vault(folder)
                os._exit(0)
            except PathfinderError:
                os._exit(2)
            finally:
                os._exit(1)
        pids.append(pid)
    codes = sorted(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids)
    assert codes == [0, 2]
    unlock(folder, PASSPHRASE)
