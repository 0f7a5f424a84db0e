"""Going on with a session: nothing is saved that nobody agreed to, and nothing old passes for new.

What two windows do to each other stands in test_sessions; the questions in test_quiz_save.
"""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest
from command import Run
from vaults import ANSWERS, PASSPHRASE, make_vault, save_one, through_pipe

import pathfinder.sessions as kept
from pathfinder import decide
from pathfinder.engine.ruleset import RuleSet
from pathfinder.sessions import messages
from pathfinder.sessions.model import Judgement
from pathfinder.vault import Vault

OTHERWISE = Judgement(False, path="outpatient", reason="wait", line="The waiting list.")


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Vault:
    monkeypatch.setenv("PATHFINDER_DATA", str(tmp_path / "data"))
    return make_vault(tmp_path / "data" / "vault")


@pytest.fixture
def whole(rules: RuleSet) -> dict[str, str]:
    """Answers that leave no question open."""
    return {question.id: "skip" for question in rules.questions}


@pytest.mark.slow
@pytest.mark.parametrize("more", [(), ("--save-as", "C-105")], ids=["resume", "save-as"])
def test_an_input_that_ends_before_a_word_saves_nothing_and_exits_with_130(
    pathfinder: Run, vault: Vault, rules: RuleSet, whole: dict[str, str], more: tuple[str, ...]
) -> None:
    id_ = save_one(vault, rules, answers=whole, judgement=OTHERWISE).id
    before = vault.stamps("sessions")
    fd = through_pipe(PASSPHRASE)
    ran = pathfinder("sessions", "resume", id_, *more, "--passphrase-fd", fd, stdin="")
    assert (ran.code, ran.out) == (130, "")
    assert f"sessions resume {id_}" in ran.err
    assert vault.stamps("sessions") == before
    assert not vault.stamps("drafts")


@pytest.mark.slow
def test_a_copy_takes_neither_the_notes_nor_the_judgement_of_before(
    pathfinder: Run, vault: Vault, rules: RuleSet, whole: dict[str, str]
) -> None:
    old = save_one(vault, rules, "C-104", whole, {"home": "of before"}, OTHERWISE)
    fd = through_pipe(PASSPHRASE)
    command = ("sessions", "resume", old.id, "--save-as", "C-105", "--passphrase-fd", fd)
    ran = pathfinder(*command, stdin="\n")
    assert ran.code == 0
    assert "One note of before stays" in ran.err
    (new_id,) = set(vault.stamps("sessions")) - {old.id}
    new = kept.read(vault, new_id)
    assert (new.copy_of, dict(new.newest.notes), new.newest.judgement) == (old.id, {}, None)
    assert kept.read(vault, old.id) == old


def test_a_note_of_today_goes_with_a_copy_and_one_of_before_does_not(
    vault: Vault, rules: RuleSet
) -> None:
    old = save_one(vault, rules, notes={"home": "of before", "support": "of before"})
    notes = {"home": "of before", "support": "of today", "danger": "of today"}
    draft = kept.keep(vault, kept.resume(vault, old.id), ANSWERS, notes)
    new = kept.save_as(vault, draft, "C-105", decide(rules, ANSWERS), ANSWERS, notes, None)
    assert new.newest.notes == {"support": "of today", "danger": "of today"}


def test_an_unfinished_session_that_is_saved_under_a_code_keeps_its_day_and_all_its_notes(
    vault: Vault, rules: RuleSet
) -> None:
    begun = "2026-01-02T10:00:00+00:00"
    draft = kept.keep(vault, kept.begin(vault, "C-104", begun=begun), ANSWERS, {"home": "a flat"})
    new = kept.save_as(vault, draft, "C-105", decide(rules, ANSWERS), ANSWERS, draft.notes, None)
    assert (new.begun, new.copy_of, new.newest.notes) == (begun, "", {"home": "a flat"})


def test_an_older_draft_that_is_put_back_is_told_in_one_line(
    pathfinder: Run, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = count()
    monkeypatch.setattr(
        "pathfinder.sessions.store.now", lambda: f"2026-11-28T10:00:{next(seconds):02}+00:00"
    )
    fd = ("--passphrase-fd", through_pipe(PASSPHRASE))
    asked = pathfinder("quiz", "--for", "client", "--save", *fd, stdin="C-104\nadult\n")
    assert asked.code == 130
    (id_,) = vault.stamps("drafts")
    file = vault.folder / "drafts" / f"{id_}.age"
    old = file.read_bytes()

    def gone_on(*typed: str) -> str:
        fd = ("--passphrase-fd", through_pipe(PASSPHRASE))
        stdin = "".join(f"{line}\n" for line in typed)
        return pathfinder("sessions", "resume", id_, *fd, stdin=stdin).err

    assert "older draft" not in gone_on("none", "none")
    newest = kept.resume(vault, id_)
    assert set(newest.answers) == {"age_group", "danger", "self_harm"}
    (vault.folder / "x").write_bytes(old)
    (vault.folder / "x").rename(file)
    draft = kept.resume(vault, id_)
    told = messages.older_draft(id_, draft.saved, newest.saved)
    assert told in gone_on().replace("\n", " ")
    assert told in gone_on().replace("\n", " "), "until a newer one is written"
    assert told in gone_on("none", "none").replace("\n", " ")
    assert "older draft" not in gone_on()
