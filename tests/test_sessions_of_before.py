"""A vault that version 0.1 wrote, as it stands in `vault_of_0_1`: everything still opens.

Its passphrase is that of `vaults`. Session fw2xy6qbpp or 6hhwq257aa: two revisions under C-104,
with notes and judgements; the other one, C-105, was held for a plan to die; and a draft.
"""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest
from command import Ran, Run
from vaults import PASSPHRASE, through_pipe

import pathfinder.sessions as kept
from pathfinder.vault import Vault, unlock

WRITTEN = Path(__file__).parent / "vault_of_0_1"


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Vault:
    monkeypatch.setenv("PATHFINDER_DATA", str(tmp_path))
    shutil.copytree(WRITTEN, tmp_path / "vault")
    return unlock(tmp_path / "vault", PASSPHRASE).vault


def ran(pathfinder: Run, *args: str, stdin: str = "") -> Ran:
    return pathfinder("sessions", *args, "--passphrase-fd", through_pipe(PASSPHRASE), stdin=stdin)


def of(vault: Vault, client: str) -> str:
    (id_,) = [id_ for id_ in vault.stamps("sessions") if kept.read(vault, id_).client == client]
    return id_


def test_it_is_listed_whole(pathfinder: Run, vault: Vault) -> None:
    listed = ran(pathfinder, "list")
    assert listed.code == 0
    assert [row.split()[1] for row in listed.out.splitlines()[1:]] == ["C-104", "C-105", "C-104"]
    assert "can't be read" not in listed.out


@pytest.mark.slow
def test_its_sessions_are_shown_with_notes_and_both_judgements(
    pathfinder: Run, vault: Vault
) -> None:
    id_ = of(vault, "C-104")
    newest = ran(pathfinder, "show", id_, "--with-notes")
    assert (newest.code, "Lost the flat." in newest.out) == (0, True)
    first = ran(pathfinder, "show", id_, "--revision", "1")
    assert (first.code, "The next place is free in May." in first.out) == (0, True)
    (draft,) = vault.stamps("drafts")
    assert ran(pathfinder, "show", draft).code == 0


@pytest.mark.slow
def test_it_is_gone_on_with_and_keeps_what_was_saved(pathfinder: Run, vault: Vault) -> None:
    id_ = of(vault, "C-104")
    before = kept.read(vault, id_)
    lines = "skip\n" * 40
    assert ran(pathfinder, "resume", id_, stdin=lines).code == 0
    after = kept.read(vault, id_)
    assert after.revisions[:2] == before.revisions
    assert after.decisions[:2] == before.decisions
    assert after.newest.number == 3


@pytest.mark.slow
def test_its_sessions_are_compared_exported_explained_and_handed_out(
    pathfinder: Run, vault: Vault, tmp_path: Path
) -> None:
    id_ = of(vault, "C-104")
    assert ran(pathfinder, "compare", id_).code == 0
    exported = ran(pathfinder, "export", "--with-notes")
    rows = list(csv.DictReader(io.StringIO(exported.out)))
    assert [row["client"] for row in rows] == ["C-104", "C-105"]
    assert ran(pathfinder, "export", "--deidentified").code == 0
    page = tmp_path / "page.html"
    assert ran(pathfinder, "show", id_, "--format", "html", "--output", str(page)).code == 0
    fd = through_pipe(PASSPHRASE)
    assert pathfinder("explain", id_, "--passphrase-fd", fd).code == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("client", "medication"),
    [
        ("C-201", ("for_opioids",)),
        ("C-202", ("for_alcohol",)),
        ("C-203", ("for_alcohol", "for_opioids")),
    ],
    ids=["opioids", "alcohol", "both"],
)
def test_taking_a_medicine_becomes_the_one_for_what_was_named(
    pathfinder: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    client: str, medication: tuple[str, ...],
) -> None:  # fmt: skip
    """Version 0.1 asked of one medicine, `medication: taking`, for two illnesses."""
    monkeypatch.setenv("PATHFINDER_DATA", str(tmp_path))
    shutil.copytree(WRITTEN.with_name("vault_of_0_1_on_medicine"), tmp_path / "vault")
    vault = unlock(tmp_path / "vault", PASSPHRASE).vault
    id_ = of(vault, client)
    assert kept.read(vault, id_).newest.answers["medication"] == "taking"
    gone_on = ran(pathfinder, "resume", id_, stdin="skip\n" * 40)
    assert gone_on.code == 0
    after = kept.read(vault, id_).newest.answers["medication"]
    assert tuple(sorted(after)) == medication
    assert "medicine" in gone_on.err


@pytest.mark.slow
def test_it_takes_all_that_sessions_have_learned_since(
    pathfinder: Run, vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted, followed up, opened by a supervisor, put into one file and brought back."""
    id_ = of(vault, "C-104")
    before = kept.read(vault, id_)
    for command in (("due",), ("report",), ("show", "C-105"), ("compare", id_)):
        assert ran(pathfinder, *command).code == 0, command
    follow = pathfinder(
        "quiz", "--for", "client", "--save", "--from", id_,
        "--passphrase-fd", through_pipe(PASSPHRASE), stdin="adult\n",
    )  # fmt: skip
    assert (follow.code, "On 2025-11-03: 18 or older." in follow.err) == (130, True)
    words = through_pipe(PASSPHRASE, "five calm herons fly")
    added = pathfinder("sessions", "access", "add", "Supervisor", "--passphrase-fd", words)
    assert added.code == 0
    theirs = unlock(vault.folder, "five calm herons fly").vault
    assert kept.read(theirs, id_) == before
    assert ran(pathfinder, "backup", str(tmp_path / "all.age")).code == 0
    monkeypatch.setenv("PATHFINDER_DATA", str(tmp_path / "new"))
    assert ran(pathfinder, "restore", str(tmp_path / "all.age")).code == 0
    assert kept.read(unlock(tmp_path / "new" / "vault", PASSPHRASE).vault, id_) == before
