"""SIGKILL at a random moment of every write: what was saved opens whole, and nothing is half there.

Why this file exists: `kills.at_every_step` kills before each step that Python takes. A real kill
falls between those, too: inside a library, while the system writes, while a lock is waited for.
"""

from __future__ import annotations

import io
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from vaults import ANSWERS, PASSPHRASE, make_vault, save_one

import pathfinder.sessions as kept
from pathfinder import decide
from pathfinder.commands.sessions.keep import backup as backup_command
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import WrongPassphrase
from pathfinder.sessions.bring_in import ImportedRow, bring_in
from pathfinder.sessions.model import Judgement
from pathfinder.vault import Vault, backup, change_passphrase, let_in, shut_out, unlock

KILLS = 60
CANARY = "kanarienvogel"
THEIRS, NEW = "five calm herons fly", "nine loud crows"
SINCE = "2026-11-28T10:00:00+00:00"
LATER = {**ANSWERS, "home": "none"}
OTHERWISE = Judgement(agrees=False, level="residential", reason="clinical", line=CANARY)
PLAN = kept.Beside(
    (kept.StepWord("medical-evaluation", "agreed"),),
    kept.Agreed("Elm Street", next_contact="2026-12-05", place=CANARY),
)

Work = Callable[[Vault | None], object]
"""A command; run again after it was cut off, it comes to the same end. None: no vault is there."""


class Seen(NamedTuple):
    """What a person finds: sessions with all that was ever saved, drafts, who has access."""

    sessions: dict[str, tuple[Any, ...]]
    drafts: dict[str, Any]
    people: list[str]


NOTHING = Seen({}, {}, [])


# --- every write --------------------------------------------------------------------------


def saved(vault: Vault | None, rules: RuleSet, id_: str) -> None:
    """What an intake, a session that is gone on with and a follow-up end with."""
    assert vault is not None
    draft = kept.resume(vault, id_)
    notes = {"home": CANARY}
    draft = kept.keep(vault, draft, LATER, notes)
    kept.save(vault, draft, decide(rules, LATER), LATER, notes, OTHERWISE, "Kim", PLAN)


def intake(vault: Vault, rules: RuleSet) -> Work:
    id_ = kept.begin(vault, "C-7").id
    return lambda found: saved(found, rules, id_)


def going_on(vault: Vault, rules: RuleSet) -> Work:
    id_ = save_one(vault, rules, "C-7").id
    return lambda found: saved(found, rules, id_)


def follow_up(vault: Vault, rules: RuleSet) -> Work:
    id_ = kept.begin(vault, "C-7", follows=save_one(vault, rules, "C-7").id).id
    return lambda found: saved(found, rules, id_)


def draft_write(vault: Vault, rules: RuleSet) -> Work:
    id_ = kept.begin(vault, "C-7").id

    def keep(found: Vault | None) -> None:
        assert found is not None
        kept.keep(found, kept.resume(found, id_), LATER, {"home": CANARY})

    return keep


def agree(vault: Vault, rules: RuleSet) -> Work:
    id_ = save_one(vault, rules, "C-7").id

    def amend(found: Vault | None) -> None:
        assert found is not None
        kept.amend(found, kept.read(found, id_), PLAN, OTHERWISE)

    return amend


def forget(vault: Vault, rules: RuleSet) -> Work:
    id_ = save_one(vault, rules, "C-7").id
    kept.keep(vault, kept.resume(vault, id_), LATER, {})

    def remove(found: Vault | None) -> None:
        assert found is not None
        kept.forget(found, id_)

    return remove


def names(vault: Vault) -> list[str]:
    return [person.name for person in vault.people().others]


def access_add(vault: Vault, rules: RuleSet) -> Work:
    def add(found: Vault | None) -> None:
        assert found is not None
        if "Kim" not in names(found):
            let_in(found, "Kim", SINCE, passphrase=THEIRS)

    return add


def access_remove(vault: Vault, rules: RuleSet) -> Work:
    let_in(vault, "Kim", SINCE, passphrase=THEIRS)

    def remove(found: Vault | None) -> None:
        assert found is not None
        if names(found):
            shut_out(found, "Kim")

    return remove


def brought_in(vault: Vault, rules: RuleSet) -> Work:
    rows = [ImportedRow(n, f"K-{n}", "2024", ANSWERS, "residential") for n in range(6)]

    def bring(found: Vault | None) -> None:
        assert found is not None
        bring_in(found, rules, rows, "ours")

    return bring


def passphrase(vault: Vault, rules: RuleSet) -> Work:
    def change(found: Vault | None) -> None:
        try:
            change_passphrase(vault.folder, PASSPHRASE, NEW)
        except WrongPassphrase:
            change_passphrase(vault.folder, NEW, NEW)

    return change


def file_of(vault: Vault) -> Path:
    return vault.folder.parent / "all.age"


def backed_up(vault: Vault, rules: RuleSet) -> Work:
    def command(found: Vault | None) -> None:
        sys.stderr = io.StringIO()
        try:
            backup_command(str(file_of(vault)), overwrite=True, passphrase_fd=None)
        finally:
            sys.stderr = sys.__stderr__

    return command


def restored(vault: Vault, rules: RuleSet) -> Work:
    with file_of(vault).open("wb") as stream:
        backup.write(vault, PASSPHRASE, stream)
    shutil.rmtree(vault.folder)

    def restore(found: Vault | None) -> None:
        if found is None:
            backup.restore(str(file_of(vault)), PASSPHRASE, vault.folder)

    return restore


WRITES = {
    "intake": intake, "resume": going_on, "follow-up": follow_up, "draft": draft_write,
    "agree": agree, "forget": forget, "access add": access_add, "access remove": access_remove,
    "import": brought_in, "passphrase": passphrase, "backup": backed_up, "restore": restored,
}  # fmt: skip


# --- the kills ----------------------------------------------------------------------------


def opened(folder: Path) -> Vault | None:
    if not folder.exists():
        return None
    try:
        return unlock(folder, PASSPHRASE).vault
    except WrongPassphrase:
        return unlock(folder, NEW).vault


def seen(vault: Vault | None) -> Seen:
    """Reads every session and draft to its end."""
    if vault is None:
        return NOTHING
    sessions = {id_: kept.read(vault, id_) for id_ in vault.stamps("sessions")}
    drafts = {id_: kept.resume(vault, id_) for id_ in vault.stamps("drafts")}
    return Seen(
        {
            id_: tuple((r.answers, r.notes, r.judgement, r.beside) for r in found.revisions)
            for id_, found in sessions.items()
        },
        {id_: (found.answers, found.notes) for id_, found in drafts.items()},
        names(vault),
    )


def killed_at_random(
    ready: Callable[[], object], work: Callable[[], object], seed: str
) -> Iterator[bool]:
    """KILLS times: get ready, kill a child at work, and give whether it was done before that."""
    chance = random.Random(seed)
    span = 0.05
    for _ in range(KILLS):
        ready()
        told, tell = os.pipe()
        pid = os.fork()
        if pid == 0:
            try:
                os.write(tell, b"!")
                work()
                os._exit(0)
            finally:
                os._exit(1)
        os.read(told, 1)
        time.sleep(span * chance.random())
        os.kill(pid, signal.SIGKILL)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        os.close(told)
        os.close(tell)
        assert code in (0, -signal.SIGKILL)
        # However busy the computer is: about three of four fall into the work.
        span *= 0.85 if code == 0 else 1.07
        yield code == 0


def unencrypted(root: Path) -> list[str]:
    """Files that hold a word of a client, or aren't age's; what a kill cut off may be short."""
    found = []
    for path in root.rglob("*"):
        if path.is_file() and path.name != ".lock":
            data = path.read_bytes()
            begins = b"age-encryption.org/v1\n"
            if CANARY.encode() in data or not begins.startswith(data[: len(begins)]):
                found.append(path.name)
    return found


def put_back(before: Path, root: Path) -> None:
    shutil.rmtree(root)
    shutil.copytree(before, root)


@pytest.mark.slow
@pytest.mark.parametrize("write", WRITES)
def test_a_kill_at_a_random_moment_leaves_all_that_was_saved_and_nothing_half(
    tmp_path: Path, rules: RuleSet, monkeypatch: pytest.MonkeyPatch, write: str
) -> None:
    monkeypatch.setattr("pathfinder.sessions.bring_in._AT_A_TIME", 2)
    monkeypatch.setattr("pathfinder.vault.passphrase.ask", lambda *_: PASSPHRASE)
    root, before = tmp_path / "data", tmp_path / "before"
    monkeypatch.setenv("PATHFINDER_DATA", str(root))
    vault = make_vault(root / "vault")
    others = [save_one(vault, rules, f"C-{n}", notes={"home": CANARY}).id for n in range(3)]
    work = WRITES[write](vault, rules)
    folder = vault.folder
    shutil.copytree(root, before)
    then = seen(opened(folder))
    work(opened(folder))
    end = seen(opened(folder))
    finished = 0
    for ended in killed_at_random(
        lambda: put_back(before, root), lambda: work(opened(folder)), write
    ):
        finished += ended
        assert not unencrypted(root)
        found = opened(folder)
        now = seen(found)
        assert found is None or set(others) <= set(now.sessions)
        for id_ in {*then.sessions, *now.sessions, *end.sessions}:
            either = (then.sessions.get(id_), end.sessions.get(id_))
            assert now.sessions.get(id_) in either
        for id_, answers in then.drafts.items():  # gone only once it is saved, or to be forgotten
            assert (
                id_ in now.drafts
                or now.sessions.get(id_) == end.sessions.get(id_)
                or id_ not in end.sessions
            )
            assert now.drafts.get(id_) in (None, answers, (LATER, {"home": CANARY}))
        assert now.people in (then.people, end.people)
        work(found)  # the next command
        again = seen(opened(folder))
        assert {id_: told[-1] for id_, told in again.sessions.items()} == {
            id_: told[-1] for id_, told in end.sessions.items()
        }
        assert (again.drafts, again.people) == (end.drafts, end.people)
        assert not unencrypted(root)
        assert not [path.name for path in root.rglob("*.part*")]
    assert finished < KILLS  # some fell into the work
