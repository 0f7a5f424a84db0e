"""Several people and one vault: who opens what, and what a cut-off change leaves."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
from pathlib import Path

import pytest
from command import Ran, Run
from kills import at_every_step
from vaults import PASSPHRASE, in_child, make_vault, save_one, through_pipe

import pathfinder.sessions as kept
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import CantWrite, Damaged, NotThere, PathfinderError, WrongPassphrase
from pathfinder.vault import Vault, age, change_passphrase, let_in, shut_out, unlock
from pathfinder.vault.access import LIST, People, Person, signed, signer

THEIRS = "five calm herons fly"
SINCE = "2026-11-28T10:00:00+00:00"


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Vault:
    monkeypatch.setenv("PATHFINDER_DATA", str(tmp_path))
    return make_vault(tmp_path / "vault")


def supervisor(vault: Vault) -> None:
    let_in(vault, "Supervisor", SINCE, passphrase=THEIRS)


def opens(vault: Vault, passphrase: str, id_: str) -> bool:
    try:
        kept.read(unlock(vault.folder, passphrase).vault, id_)
    except (WrongPassphrase, Damaged):
        return False
    return True


def ran(pathfinder: Run, *args: str, words: tuple[str, ...] = (PASSPHRASE,)) -> Ran:
    return pathfinder("sessions", *args, "--passphrase-fd", through_pipe(*words))


# --- who opens what -------------------------------------------------------------------------


def test_who_is_let_in_opens_what_was_saved_before_and_what_comes_after(
    vault: Vault, rules: RuleSet
) -> None:
    before = save_one(vault, rules).id
    draft = kept.begin(vault, "C-7")
    supervisor(vault)
    after = save_one(vault, rules).id
    theirs = unlock(vault.folder, THEIRS).vault
    assert (theirs.name, vault.name) == ("Supervisor", "")
    assert kept.resume(theirs, draft.id).client == "C-7"
    for id_ in (before, after):
        assert opens(vault, THEIRS, id_)
        assert opens(vault, PASSPHRASE, id_)


def test_what_a_supervisor_saves_opens_for_who_let_them_in(vault: Vault, rules: RuleSet) -> None:
    supervisor(vault)
    theirs = unlock(vault.folder, THEIRS).vault
    assert opens(vault, PASSPHRASE, save_one(theirs, rules).id)


def test_who_is_shut_out_opens_nothing_that_stands_there(vault: Vault, rules: RuleSet) -> None:
    id_ = save_one(vault, rules).id
    supervisor(vault)
    theirs = unlock(vault.folder, THEIRS).vault
    shutil.copytree(vault.folder, vault.folder.parent / "copy")
    assert shut_out(vault, "supervisor").person.name == "Supervisor"
    with pytest.raises(WrongPassphrase):
        unlock(vault.folder, THEIRS)
    with pytest.raises(Damaged):  # a window that was open all the time
        kept.read(theirs, id_)
    with pytest.raises(Damaged):
        save_one(theirs, rules)
    assert opens(vault, PASSPHRASE, id_)
    assert not list((vault.folder / "keys").iterdir())
    # What can't be undone, and is said: a copy of before still opens.
    assert kept.read(unlock(vault.folder.parent / "copy", THEIRS).vault, id_)


def test_an_open_window_seals_to_whom_the_list_names_now(vault: Vault, rules: RuleSet) -> None:
    window = unlock(vault.folder, PASSPHRASE).vault
    supervisor(vault)
    assert opens(vault, THEIRS, save_one(window, rules).id)
    shutil.copytree(vault.folder / "keys", vault.folder.parent / "keys-of-before")
    shut_out(vault, "Supervisor")
    id_ = save_one(window, rules).id
    (their_file,) = (vault.folder.parent / "keys-of-before").iterdir()
    key, _ = age.unlock_signed(their_file.read_bytes(), THEIRS)
    with pytest.raises(age.NotOpened):
        age.unseal((vault.folder / "sessions" / f"{id_}.age").read_bytes(), key)


def test_each_changes_their_own_passphrase_alone(vault: Vault, rules: RuleSet) -> None:
    id_ = save_one(vault, rules).id
    supervisor(vault)
    change_passphrase(vault.folder, THEIRS, "nine slow turtles")
    assert [opens(vault, words, id_) for words in (THEIRS, "nine slow turtles", PASSPHRASE)] == [
        False, True, True,
    ]  # fmt: skip
    change_passphrase(vault.folder, PASSPHRASE, "two old elms stand")
    assert [opens(vault, words, id_) for words in ("nine slow turtles", "two old elms stand")] == [
        True, True,
    ]  # fmt: skip
    assert unlock(vault.folder, "nine slow turtles").vault.name == "Supervisor"


def test_a_supervisor_lets_nobody_in_and_shuts_nobody_out(vault: Vault) -> None:
    supervisor(vault)
    theirs = unlock(vault.folder, THEIRS).vault
    with pytest.raises(PathfinderError, match="Only who made"):
        let_in(theirs, "Another", SINCE, passphrase="six red foxes run")
    with pytest.raises(PathfinderError, match="Only who made"):
        shut_out(theirs, "Supervisor")


def test_a_name_or_a_key_has_access_once(vault: Vault) -> None:
    key = age.public(age.new_key())
    let_in(vault, "Office", SINCE, public=f" {key}\n")
    for name, public in (("office", age.public(age.new_key())), ("Other", key)):
        with pytest.raises(PathfinderError, match="already"):
            let_in(vault, name, SINCE, public=public)
    with pytest.raises(PathfinderError, match="no public key"):
        let_in(vault, "Other", SINCE, public="age1\x1b[2J")
    with pytest.raises(NotThere, match="Office"):
        shut_out(vault, "Ofice")


@pytest.mark.parametrize(
    "words", [PASSPHRASE, f"  {THEIRS}".strip(), THEIRS.replace(" ", "\u00a0")]
)
def test_nobody_is_let_in_behind_the_passphrase_of_another(vault: Vault, words: str) -> None:
    supervisor(vault)
    with pytest.raises(PathfinderError, match="already"):
        let_in(vault, "Another", SINCE, passphrase=words)
    assert [person.name for person in vault.people().others] == ["Supervisor"]


def test_a_damaged_session_stays_as_it_is_and_is_counted(vault: Vault, rules: RuleSet) -> None:
    id_ = save_one(vault, rules).id
    hurt = vault.folder / "sessions" / f"{save_one(vault, rules).id}.age"
    hurt.write_bytes(b"junk")
    assert let_in(vault, "Supervisor", SINCE, passphrase=THEIRS).hurt == 1
    assert hurt.read_bytes() == b"junk"
    assert opens(vault, THEIRS, id_)


@pytest.mark.slow
def test_an_age_key_kept_elsewhere_opens_each_file_with_debians_age(
    vault: Vault, rules: RuleSet, tmp_path: Path
) -> None:
    if shutil.which("age") is None:
        pytest.skip("age isn't there")
    key = age.new_key()
    (tmp_path / "key.txt").write_text(f"{key}\n")
    id_ = save_one(vault, rules).id
    let_in(vault, "Office", SINCE, public=age.public(key))
    file = vault.folder / "sessions" / f"{id_}.age"
    opened = subprocess.run(
        ["age", "-d", "-i", str(tmp_path / "key.txt"), str(file)],
        capture_output=True, check=True,
    )  # fmt: skip
    assert json.loads(opened.stdout)["id"] == id_


# --- a list by other hands --------------------------------------------------------------------


def forged(vault: Vault, by: Vault) -> bytes:
    """A list that lets a stranger in, sealed to all, signed by `by`."""
    people = vault.people()
    stranger = Person("k7f2mzq4xw", "Stranger", age.public(age.new_key()), SINCE, False)
    people = people._replace(others=(*people.others, stranger))
    return age.seal(signed(people, by.holder), people.recipients)


def test_a_list_that_another_signed_lets_nobody_in(vault: Vault, rules: RuleSet) -> None:
    """Whoever had access once knows all the public keys, and may still write in the folder."""
    supervisor(vault)
    theirs = unlock(vault.folder, THEIRS).vault
    (vault.folder / LIST).write_bytes(forged(vault, by=theirs))
    opened = unlock(vault.folder, PASSPHRASE)
    assert "other hands" in opened.notes[0]
    id_ = save_one(opened.vault, rules).id  # for who made the vault alone
    assert b"-> X25519" in (data := (vault.folder / "sessions" / f"{id_}.age").read_bytes())
    assert data.count(b"-> X25519") == 1
    with pytest.raises(Damaged):
        save_one(theirs, rules)
    let_in(opened.vault, "Supervisor", SINCE, passphrase=THEIRS)
    assert unlock(vault.folder, PASSPHRASE).notes == ()
    assert opens(vault, THEIRS, id_)


@pytest.mark.parametrize("how", ["gone", "junk", "of another vault"])
def test_without_a_list_to_trust_who_was_let_in_saves_nothing(
    vault: Vault, rules: RuleSet, tmp_path: Path, how: str
) -> None:
    id_ = save_one(vault, rules).id
    supervisor(vault)
    file = vault.folder / LIST
    if how == "gone":
        file.unlink()
    elif how == "junk":
        file.write_bytes(b"junk")
    else:
        other = make_vault(tmp_path / "other")
        file.write_bytes(age.seal(signed(People(age.public(other.holder.key)), other.holder),
                                  vault.people().recipients))  # fmt: skip
    theirs = unlock(vault.folder, THEIRS).vault  # to read, it still opens
    assert (kept.read(theirs, id_).id, theirs.name) == (id_, "")
    with pytest.raises(Damaged):
        save_one(theirs, rules)
    assert opens(vault, PASSPHRASE, id_)
    save_one(unlock(vault.folder, PASSPHRASE).vault, rules)


def test_who_signs_follows_from_the_key_of_the_vault_alone(vault: Vault) -> None:
    key = vault.holder.key
    assert signer(key) == signer(unlock(vault.folder, PASSPHRASE).vault.holder.key)
    assert signer(key) != signer(age.new_key())


# --- cut off --------------------------------------------------------------------------------


def both_ways(vault: Vault, change: str) -> None:
    if change == "add":
        supervisor(vault)
    else:
        shut_out(vault, "Supervisor")


@pytest.mark.slow
@pytest.mark.parametrize("change", ["add", "remove"])
def test_a_change_that_is_killed_anywhere_costs_nothing_and_is_carried_to_its_end(
    vault: Vault, rules: RuleSet, change: str
) -> None:
    ids = [save_one(vault, rules).id for _ in range(2)]
    if change == "remove":
        supervisor(vault)
    before = vault.folder.parent / "before"
    shutil.copytree(vault.folder, before)
    finished = 0
    for _ in at_every_step(lambda: both_ways(vault, change)):
        opened = unlock(vault.folder, PASSPHRASE)  # which carries it out, if it was begun
        assert all(kept.read(opened.vault, id_) for id_ in ids)
        finished += bool(opened.notes)
        has_access = bool(opened.vault.people().others)
        assert [opens(vault, THEIRS, id_) for id_ in ids] == [has_access] * 2
        assert not opened.vault.people().pending
        save_one(opened.vault, rules)
        assert not list(vault.folder.rglob(".*.part"))
        shutil.rmtree(vault.folder)
        shutil.copytree(before, vault.folder)
    assert finished > 3


@pytest.mark.slow
def test_a_passphrase_of_theirs_whose_change_is_killed_is_the_old_one_or_the_new_one(
    vault: Vault, rules: RuleSet
) -> None:
    id_ = save_one(vault, rules).id
    supervisor(vault)
    new = "nine slow turtles"
    changed = 0
    for _ in at_every_step(lambda: change_passphrase(vault.folder, THEIRS, new)):
        holds = [words for words in (THEIRS, new) if opens(vault, words, id_)]
        assert len(holds) == 1
        assert opens(vault, PASSPHRASE, id_)
        if holds == [new]:
            changed += 1
            change_passphrase(vault.folder, new, THEIRS)
    assert changed


def test_a_full_disk_is_told_and_the_change_waits_for_the_next_opening(
    vault: Vault, rules: RuleSet
) -> None:
    supervisor(vault)
    id_ = save_one(vault, rules).id

    def change() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, 5_000))  # the list fits, a session not
        with pytest.raises(CantWrite):
            shut_out(vault, "Supervisor")

    assert in_child(change) == 0
    assert kept.read(vault, id_)
    opened = unlock(vault.folder, PASSPHRASE)
    assert "carried out now" in opened.notes[0]
    assert not opens(vault, THEIRS, id_)
    assert opens(vault, PASSPHRASE, id_)


@pytest.mark.slow
@pytest.mark.parametrize("writers", [2, 4])
def test_writers_beside_a_change_of_access_lose_nothing_and_leave_nobody_in(
    vault: Vault, rules: RuleSet, writers: int
) -> None:
    supervisor(vault)
    pids = []
    for _ in range(writers):
        pid = os.fork()
        if pid == 0:
            try:
                for _ in range(6):
                    save_one(vault, rules)
                os._exit(0)
            finally:
                os._exit(1)
        pids.append(pid)
    shut_out(vault, "Supervisor")
    supervisor(vault)
    shut_out(vault, "Supervisor")
    assert [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids] == [0] * writers
    assert len(vault.stamps("sessions")) == 6 * writers
    for id_ in vault.stamps("sessions"):
        data = (vault.folder / "sessions" / f"{id_}.age").read_bytes()
        assert data.count(b"-> X25519") == 1
        assert kept.read(vault, id_)


# --- the commands ---------------------------------------------------------------------------


@pytest.mark.slow
def test_access_is_given_listed_and_taken_away_by_commands(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    id_ = save_one(vault, rules).id
    given = ran(pathfinder, "access", "add", "Supervisor", words=(PASSPHRASE, THEIRS))
    assert (given.code, given.out) == (0, "")
    assert THEIRS not in given.err
    assert ran(pathfinder, "show", id_, words=(THEIRS,)).code == 0
    for words in (PASSPHRASE, THEIRS):
        listed = ran(pathfinder, "access", "list", words=(words,))
        assert (listed.code, len(listed.out.splitlines())) == (0, 2)
        assert "Supervisor" in listed.out
    assert ran(pathfinder, "access", "remove", "Supervisor", words=(THEIRS,)).code == 2
    gone = ran(pathfinder, "access", "remove", "Supervisor")
    assert gone.code == 0
    for word in ("backups", "copied", "folder"):
        assert word in gone.err
    assert ran(pathfinder, "show", id_, words=(THEIRS,)).code == 77
    assert ran(pathfinder, "access", "remove", "Supervisor").code == 66


def test_a_weak_passphrase_or_no_name_lets_nobody_in(pathfinder: Run, vault: Vault) -> None:
    for name, words in (("Supervisor", "password1"), (" ", THEIRS), ("x" * 61, THEIRS)):
        refused = ran(pathfinder, "access", "add", name, words=(PASSPHRASE, words))
        assert (refused.code, refused.out) == (2, "")
    assert vault.people().others == ()
    assert not (vault.folder / "keys").exists()


def test_a_name_with_codes_in_it_steers_no_terminal(pathfinder: Run, vault: Vault) -> None:
    ran(pathfinder, "access", "add", "Sup\x1b[2Jer", words=(PASSPHRASE, THEIRS))
    listed = ran(pathfinder, "access", "list")
    assert listed.code == 0
    assert "\x1b" not in listed.out + listed.err


# --- who wrote it ---------------------------------------------------------------------------


@pytest.mark.slow
def test_a_revision_says_who_saved_it(
    pathfinder: Run, vault: Vault, rules: RuleSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name on the list of access holds before the one in the settings, which may be shared."""
    monkeypatch.setenv("PATHFINDER_CONFIG_DIR", str(tmp_path))
    (tmp_path / "config.yaml").write_text("author: M. Field, LPC\n")
    id_ = save_one(vault, rules, answers={each.id: "skip" for each in rules.questions}).id
    supervisor(vault)
    for words in (PASSPHRASE, THEIRS):
        command = ("resume", id_, "--passphrase-fd", through_pipe(words))
        assert pathfinder("sessions", *command, stdin="\n").code == 0
    authors = [revision.author for revision in kept.read(vault, id_).revisions]
    assert authors == ["", "M. Field, LPC", "Supervisor"]
    shown = ran(pathfinder, "show", id_, "--revision", "2").out
    assert "Saved by: M. Field, LPC" in shown
