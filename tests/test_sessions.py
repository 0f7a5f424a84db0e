"""Keeping sessions: revisions stay, an older one overwrites nothing, a draft is never lost."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from vaults import ANSWERS, make_vault, save_one, update

import pathfinder.sessions as kept
from pathfinder import decide
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import Damaged, NotThere, PathfinderError
from pathfinder.render.result_json import result
from pathfinder.sessions import index
from pathfinder.sessions.choices import REASONS
from pathfinder.sessions.model import Draft, Judgement, Session
from pathfinder.sessions.serialize import session_bytes, session_from
from pathfinder.vault import Vault, Writer, new_id

LATER = {**ANSWERS, "home": "none"}
OTHERWISE = Judgement(False, path="outpatient", reason="clients-choice", line="She wants her GP.")


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return make_vault(tmp_path / "vault")


def resave(vault: Vault, rules: RuleSet, draft: Draft, answers: dict[str, Any] = LATER) -> Session:
    return kept.save(vault, draft, decide(rules, answers), answers, {}, None)


# --- what is kept -------------------------------------------------------------------------


def test_a_session_keeps_answers_notes_decision_date_and_judgement(
    vault: Vault, rules: RuleSet
) -> None:
    saved = save_one(vault, rules, "C-104", ANSWERS, {"home": "A flat."}, OTHERWISE)
    session = kept.read(vault, saved.id)
    assert session == saved
    assert session.newest.answers == ANSWERS
    assert session.newest.notes == {"home": "A flat."}
    assert session.newest.judgement == OTHERWISE
    assert session.given == json.loads(json.dumps(result(decide(rules, ANSWERS))))
    assert session.given["passport"]["sha256"] == rules.sha256
    assert session.newest.saved >= session.begun


def test_revisions_are_kept_beside_each_other(vault: Vault, rules: RuleSet) -> None:
    id_ = save_one(vault, rules).id
    resave(vault, rules, kept.resume(vault, id_))
    session = kept.read(vault, id_)
    assert [revision.number for revision in session.revisions] == [1, 2]
    assert [revision.answers for revision in session.revisions] == [ANSWERS, LATER]
    first, second = (session.decision(revision) for revision in session.revisions)
    assert first != second


def test_a_decision_that_stayed_the_same_is_kept_once(vault: Vault, rules: RuleSet) -> None:
    id_ = save_one(vault, rules).id
    update(vault, id_, lambda old: old._replace(judgement=OTHERWISE))
    session = kept.read(vault, id_)
    assert len(session.revisions) == 2
    assert len(session.decisions) == 1
    assert session.newest.judgement == OTHERWISE


def test_a_save_on_an_older_revision_is_refused_and_nothing_is_lost(
    vault: Vault, rules: RuleSet
) -> None:
    id_ = save_one(vault, rules).id
    mine, theirs = kept.resume(vault, id_), kept.resume(vault, id_)
    resave(vault, rules, theirs, LATER)
    other = {**ANSWERS, "support": "none"}
    with pytest.raises(kept.Stale, match="--save-as"):
        resave(vault, rules, mine, other)
    assert kept.read(vault, id_).newest.answers == LATER
    # The refused answers stand as a draft, and can become another session.
    draft = kept.resume(vault, id_)
    assert draft.answers == other
    saved = kept.save_as(vault, draft, "C-105", decide(rules, other), other, {}, None)
    assert saved.copy_of == id_
    assert kept.read(vault, saved.id).newest.answers == other
    assert kept.read(vault, id_).newest.answers == LATER


def test_a_session_that_was_forgotten_meanwhile_does_not_come_back_by_a_save(
    vault: Vault, rules: RuleSet
) -> None:
    id_ = save_one(vault, rules).id
    draft = kept.keep(vault, kept.resume(vault, id_), LATER, {})
    unfinished = kept.begin(vault, "C-105")
    for each in (draft, unfinished):
        kept.forget(vault, each.id)
        with pytest.raises(kept.Gone, match=r"forgotten in another window\. Nothing more"):
            resave(vault, rules, each)
        with pytest.raises(kept.Gone):
            kept.keep(vault, each, ANSWERS, {})
        with pytest.raises(kept.Gone):
            kept.save_as(vault, each, "C-106", decide(rules, LATER), LATER, {}, None)
    assert not vault.stamps("sessions")
    assert not vault.stamps("drafts")


# --- two windows --------------------------------------------------------------------------


def test_of_two_windows_the_slower_one_is_told_and_overwrites_nothing(vault: Vault) -> None:
    begun = kept.begin(vault, "C-104")
    theirs = kept.keep(vault, begun, ANSWERS, {"home": "theirs"})
    with pytest.raises(kept.Stale, match="This session is being asked in another window"):
        kept.keep(vault, begun, LATER, {"home": "mine"})
    assert kept.resume(vault, begun.id) == theirs
    mine = kept.branch(vault, begun, LATER, {"home": "mine"})
    assert kept.resume(vault, mine.id).notes == {"home": "mine"}
    assert kept.resume(vault, begun.id) == theirs


@pytest.mark.parametrize("saved_by_them", [False, True])
def test_a_saved_session_that_two_windows_go_on_with_is_kept_by_one_of_them(
    vault: Vault, rules: RuleSet, saved_by_them: bool
) -> None:
    id_ = save_one(vault, rules).id
    mine, theirs = kept.resume(vault, id_), kept.resume(vault, id_)
    theirs = kept.keep(vault, theirs, LATER, {})
    if saved_by_them:
        resave(vault, rules, theirs)
    with pytest.raises(kept.Stale):
        kept.keep(vault, mine, ANSWERS, {})


def test_a_save_takes_away_its_own_draft_alone(vault: Vault, rules: RuleSet) -> None:
    id_ = save_one(vault, rules).id
    mine, theirs = kept.resume(vault, id_), kept.resume(vault, id_)
    theirs = kept.keep(vault, theirs, ANSWERS, {"home": "theirs"})
    kept.drop(vault, mine)
    kept.save_as(vault, mine, "C-105", decide(rules, LATER), LATER, {}, None)
    resave(vault, rules, mine)
    assert kept.resume(vault, id_) == theirs
    other = {**ANSWERS, "support": "none"}
    with pytest.raises(kept.Stale, match="kept as a new session") as refused:
        resave(vault, rules, mine, other)
    assert kept.resume(vault, id_) == theirs
    (aside,) = {*vault.stamps("drafts")} - {id_}
    assert f"resume {aside}" in str(refused.value)
    assert kept.resume(vault, aside).answers == other


def test_a_draft_of_an_older_revision_is_told_with_both_ways_out(
    vault: Vault, rules: RuleSet
) -> None:
    id_ = save_one(vault, rules).id
    draft = kept.keep(vault, kept.resume(vault, id_), LATER, {})
    kept.need_newest(vault, draft)
    update(vault, id_, lambda old: old._replace(notes={"home": "new"}))
    with pytest.raises(kept.Stale, match=r"--save-as CODE.*--from-saved"):
        kept.need_newest(vault, kept.resume(vault, id_))
    again = kept.resume(vault, id_, from_saved=True)
    assert (again.base, again.notes) == (2, {"home": "new"})
    assert not vault.has("drafts", id_)
    kept.keep(vault, again, LATER, {})


def test_a_session_that_was_only_begun_can_not_be_read_as_a_finished_one(vault: Vault) -> None:
    id_ = kept.begin(vault, "C-104").id
    with pytest.raises(NotThere, match=f"isn't finished.*sessions resume {id_}"):
        kept.read(vault, id_)


def test_saving_as_leaves_the_old_session_as_it_was(vault: Vault, rules: RuleSet) -> None:
    old = save_one(vault, rules)
    draft = kept.resume(vault, old.id)
    new = kept.save_as(vault, draft, "C-104", decide(rules, LATER), LATER, {}, None)
    assert new.id != old.id
    assert kept.read(vault, old.id) == old
    assert (new.copy_of, new.newest.number) == (old.id, 1)


# --- drafts -------------------------------------------------------------------------------


def test_an_unfinished_session_is_gone_on_with_from_its_last_answer(vault: Vault) -> None:
    draft = kept.begin(vault, "C-104")
    kept.keep(vault, draft, {"age_group": "adult"}, {"age_group": "34"})
    again = kept.resume(vault, draft.id)
    assert again.answers == {"age_group": "adult"}
    assert again.notes == {"age_group": "34"}
    assert (again.client, again.base) == ("C-104", 0)


def test_the_draft_goes_when_the_session_is_saved(vault: Vault, rules: RuleSet) -> None:
    id_ = save_one(vault, rules).id
    assert not vault.has("drafts", id_)
    kept.keep(vault, kept.resume(vault, id_), LATER, {})
    assert kept.resume(vault, id_).answers == LATER
    resave(vault, rules, kept.resume(vault, id_))
    assert not vault.has("drafts", id_)


def test_a_draft_that_a_cut_off_save_left_is_not_gone_on_with(vault: Vault, rules: RuleSet) -> None:
    draft = kept.keep(vault, kept.begin(vault, "C-104"), ANSWERS, {})
    left = (vault.folder / "drafts" / f"{draft.id}.age").read_bytes()
    kept.save(vault, draft, decide(rules, ANSWERS), ANSWERS, {}, None)
    (vault.folder / "drafts" / f"{draft.id}.age").write_bytes(left)
    assert kept.resume(vault, draft.id).base == 1


def test_a_damaged_draft_does_not_hide_the_session(vault: Vault, rules: RuleSet) -> None:
    id_ = save_one(vault, rules).id
    kept.keep(vault, kept.resume(vault, id_), LATER, {})
    (vault.folder / "drafts" / f"{id_}.age").write_bytes(b"")
    draft = kept.resume(vault, id_)
    assert draft.answers == ANSWERS
    assert kept.keep(vault, draft, LATER, {}) == kept.resume(vault, id_)


def test_forgetting_takes_the_session_its_draft_and_leftovers(vault: Vault, rules: RuleSet) -> None:
    id_ = save_one(vault, rules).id
    kept.keep(vault, kept.resume(vault, id_), LATER, {})
    (vault.folder / "sessions" / ".part-aa").write_bytes(b"half")
    assert kept.forget(vault, id_) == (True, True)
    index.lines(vault)
    left = {path.name for path in vault.folder.rglob("*") if path.is_file()}
    assert left <= {"identity.age", "identity-copy.age", ".lock", "index.age"}
    with pytest.raises(NotThere):
        kept.read(vault, id_)
    assert kept.forget(vault, id_) == (False, False)


# --- names --------------------------------------------------------------------------------


def test_a_session_is_found_by_the_start_of_its_id(vault: Vault, rules: RuleSet) -> None:
    id_ = save_one(vault, rules).id
    assert kept.named(vault, id_) == id_
    assert kept.named(vault, f" {id_[:6].upper()} ") == id_
    with pytest.raises(NotThere, match="sessions list"):
        kept.named(vault, "x/../" + id_)


def test_a_start_that_fits_several_asks_for_more_of_it(vault: Vault, rules: RuleSet) -> None:
    with vault.writer() as writer:
        for id_ in ("abcabcabca", "abcabcabcb"):
            writer.write("sessions", id_, b"{}")
    with pytest.raises(PathfinderError, match="begins 2 sessions"):
        kept.named(vault, "abc")
    with pytest.raises(NotThere, match="Did you mean"):
        kept.named(vault, "abcabcabcc")


@pytest.mark.parametrize("code", ["C-104", "2026.7", "a1", "Ö-7", "x_1", " C-104 "])
def test_a_client_code_has_letters_and_a_digit(code: str) -> None:
    assert kept.check_client(code) == code.strip()


@pytest.mark.parametrize(
    "name",
    ["", " ", "Ann", "Ann Smith", "Ann Smith 3", "x" * 41, "-rf1", "--help1", "=1+1", "+1", "@a1",
     "../1", "a/b1", "C:\\1", "\x1b[2J1", "a\x001", "1\u202e9", "<b>1</b>", "1\n2", "'1"],
)  # fmt: skip
def test_a_name_or_anything_else_that_is_no_code_is_refused_in_one_line(name: str) -> None:
    with pytest.raises(PathfinderError) as refused:
        kept.check_client(name)
    assert str(refused.value).isprintable()


@pytest.mark.parametrize(
    "judgement",
    [
        Judgement(True, path="outpatient"),
        Judgement(True, reason="cost"),
        Judgement(False),
        Judgement(False, path="outpatient"),
        Judgement(False, path="outpateint", reason="cost"),
        Judgement(False, level="heavy", reason="cost"),
        Judgement(False, path="outpatient", reason="mood"),
        Judgement(True, line="x" * 401),
    ],
)
def test_a_judgement_that_says_two_things_or_none_is_refused(
    rules: RuleSet, judgement: Judgement
) -> None:
    with pytest.raises(PathfinderError):
        kept.check_judgement(rules, judgement)


def test_a_judgement_agrees_or_names_a_path_or_level_with_a_reason(rules: RuleSet) -> None:
    for judgement in (
        Judgement(True),
        OTHERWISE,
        *(Judgement(False, level="day", reason=reason) for reason in REASONS),
    ):
        assert kept.check_judgement(rules, judgement) == judgement


def test_a_note_keeps_its_lines_and_has_a_limit() -> None:
    assert kept.check_note(" a\r\nb \ud800") == "a\nb ?"
    with pytest.raises(PathfinderError, match="4,000"):
        kept.check_note("x" * 4001)


# --- reading strictly ---------------------------------------------------------------------


def changed(session: Session, *path: Any, to: Any) -> bytes:
    data = json.loads(session_bytes(session))
    place = data
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = to
    return json.dumps(data).encode()


CHANGES: list[tuple[Any, ...]] = [
    ("made_by", "x"), ("kind", "draft"), ("format", 2), ("id", "k7f2mzq4xw"), ("client", 3),
    ("begun", None), ("copy_of", []), ("revisions", []), ("revisions", {}), ("revisions", [1]),
    ("decisions", []), ("decisions", [1]), ("revisions", 0, "number", 2),
    ("revisions", 0, "number", True), ("revisions", 0, "decision", 1),
    ("revisions", 0, "decision", -1), ("revisions", 0, "answers", []),
    ("revisions", 0, "answers", {"home": 3}), ("revisions", 0, "answers", {"home": [3]}),
    ("revisions", 0, "notes", {"home": 3}), ("revisions", 0, "saved", 3),
    ("revisions", 0, "judgement", "yes"), ("revisions", 0, "judgement", {"agrees": 1}),
    ("revisions", 0, "judgement", {"agrees": True, "path": 1}),
    ("decisions", 0, "passport", {}), ("decisions", 0, "safe_level", 3),
    ("decisions", 0, "ranked", [{}]), ("decisions", 0, "first", None),
    ("decisions", 0, "alerts", [{"id": 3}]),
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_a_session_that_other_hands_changed_is_refused_in_one_line(
    vault: Vault, rules: RuleSet, change: tuple[Any, ...]
) -> None:
    session = save_one(vault, rules)
    with pytest.raises(Damaged) as refused:
        session_from(changed(session, *change[:-1], to=change[-1]), session.id)
    assert str(refused.value).isprintable()


@pytest.mark.parametrize("data", [b"", b"[]", b"\xff", b"[" * 100_000, b'{"a": 1e999}'])
def test_what_is_no_session_at_all_is_refused(data: bytes) -> None:
    with pytest.raises(Damaged):
        session_from(data, "k7f2mzq4xw")


def test_the_file_of_another_session_in_its_place_is_noticed(vault: Vault, rules: RuleSet) -> None:
    one, other = save_one(vault, rules), save_one(vault, rules)
    folder = vault.folder / "sessions"
    (folder / f"{one.id}.age").write_bytes((folder / f"{other.id}.age").read_bytes())
    with pytest.raises(Damaged, match="another one"):
        kept.read(vault, one.id)


# --- the list -----------------------------------------------------------------------------


def test_the_list_has_a_line_for_each_session_newest_first(vault: Vault, rules: RuleSet) -> None:
    with_judgement = save_one(vault, rules, "C-1", judgement=OTHERWISE)
    draft = kept.begin(vault, "C-2", begun="2999-01-01T00:00:00+00:00")
    found = index.lines(vault)
    assert [line.id for line in found] == [draft.id, with_judgement.id]
    assert (found[0].state, found[0].client, found[0].path) == ("unfinished", "C-2", "")
    first = result(decide(rules, ANSWERS))["ranked"][0]["path"]
    assert found[1][1:] == (
        "saved", "C-1", with_judgement.newest.saved, 1, first, "otherwise", 1, False, "", "", False,
        with_judgement.begun, with_judgement.newest.judgement.path,
        "",
    )  # fmt: skip


def test_the_list_reads_only_what_changed_since_the_last_time(
    vault: Vault, rules: RuleSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [save_one(vault, rules, f"C-{number}").id for number in range(4)]
    before = index.lines(vault)
    opened: list[str] = []
    real = Vault.read

    def watched(self: Vault, shelf: Any, id_: str) -> bytes:
        opened.append(id_)
        return real(self, shelf, id_)

    monkeypatch.setattr(Vault, "read", watched)
    assert index.lines(vault) == before
    assert opened == []
    update(vault, ids[2], lambda old: old._replace(judgement=Judgement(True)))
    opened.clear()
    assert {line.id: line.judgement for line in index.lines(vault)}[ids[2]] == "agrees"
    assert opened == [ids[2]]


@pytest.mark.parametrize(
    "damaged", [None, b"", b"junk", b"{}", b'{"format": 1, "sessions": [[1]], "drafts": []}']
)
def test_a_list_that_is_lost_or_damaged_is_worked_out_again(
    vault: Vault, rules: RuleSet, damaged: bytes | None
) -> None:
    save_one(vault, rules)
    before = index.lines(vault)
    if damaged is None:
        (vault.folder / "index.age").unlink()
    else:
        with vault.writer() as writer:
            writer.write_index(damaged)
        if damaged == b"junk":
            (vault.folder / "index.age").write_bytes(damaged)
    assert index.lines(vault) == before


def test_a_session_that_can_not_be_read_is_listed_as_such(vault: Vault, rules: RuleSet) -> None:
    id_ = save_one(vault, rules).id
    save_one(vault, rules, "C-2")
    (vault.folder / "sessions" / f"{id_}.age").write_bytes(b"junk")
    found = {line.id: line.state for line in index.lines(vault)}
    assert found[id_] == "damaged"
    assert sorted(found.values()) == ["damaged", "saved"]


def test_a_forgotten_session_is_forgotten_by_the_list(vault: Vault, rules: RuleSet) -> None:
    id_ = save_one(vault, rules).id
    assert len(index.lines(vault)) == 1
    kept.forget(vault, id_)
    assert index.lines(vault) == ()
    assert id_.encode() not in (vault.index() or b"")


# --- an older file, put back in place -------------------------------------------------------


def put_back(vault: Vault, id_: str, data: bytes) -> None:
    """What a stranger does, or a backup program: another file takes the place of the newest."""
    (vault.folder / "sessions" / "x").write_bytes(data)
    (vault.folder / "sessions" / "x").rename(vault.folder / "sessions" / f"{id_}.age")


def saved_again(vault: Vault, rules: RuleSet, id_: str, home: str = "none") -> Session:
    answers = {**ANSWERS, "home": home}
    draft = kept.keep(vault, kept.resume(vault, id_), answers, {})
    return kept.save(vault, draft, decide(rules, answers), answers, {})


def olders(vault: Vault) -> list[tuple[int, int]]:
    """What stands there and what was known, of each session with an older file in its place."""
    listed = {line.id: (line.revisions, line.older) for line in index.lines(vault) if line.older}
    shown = {
        id_: (session.newest.number, known)
        for id_ in vault.stamps("sessions")
        if (known := index.older(vault, session := kept.read(vault, id_)))
    }
    assert listed == shown
    return list(shown.values())


@pytest.mark.parametrize("listed", [False, True])
def test_an_older_file_in_the_place_of_a_session_is_noticed_until_it_is_saved_again(
    vault: Vault, rules: RuleSet, listed: bool
) -> None:
    save_one(vault, rules, "C-2")
    id_ = save_one(vault, rules).id
    old = (vault.folder / "sessions" / f"{id_}.age").read_bytes()
    for home in ("none", "steady", "none"):
        saved_again(vault, rules, id_, home)
    if listed:
        assert olders(vault) == []
    put_back(vault, id_, old)
    assert olders(vault) == [(1, 4)]
    assert olders(vault) == [(1, 4)]  # not only the first time
    assert saved_again(vault, rules, id_).newest.number == 2
    assert olders(vault) == []


def test_the_newest_file_brought_back_from_a_backup_is_no_older_one(
    vault: Vault, rules: RuleSet, tmp_path: Path
) -> None:
    id_ = save_one(vault, rules).id
    saved_again(vault, rules, id_)
    shutil.copytree(vault.folder, tmp_path / "backup")
    newest = (vault.folder / "sessions" / f"{id_}.age").read_bytes()
    put_back(vault, id_, newest)
    assert olders(vault) == []
    saved_again(vault, rules, id_)
    shutil.rmtree(vault.folder)
    shutil.copytree(tmp_path / "backup", vault.folder)  # the whole folder, its list as well
    assert olders(vault) == []


def test_a_forgotten_and_a_damaged_session_and_a_lost_list_raise_no_alarm(
    vault: Vault, rules: RuleSet
) -> None:
    one, other = save_one(vault, rules).id, save_one(vault, rules, "C-2").id
    saved_again(vault, rules, one)
    kept.forget(vault, one)
    (vault.folder / "sessions" / f"{other}.age").write_bytes(b"junk")
    assert [(line.state, line.older) for line in index.lines(vault)] == [("damaged", 0)]
    (vault.folder / "index.age").unlink()
    assert [line.older for line in index.lines(vault)] == [0]


def test_a_list_of_before_without_the_number_opens_and_still_knows(
    vault: Vault, rules: RuleSet
) -> None:
    id_ = save_one(vault, rules).id
    old = (vault.folder / "sessions" / f"{id_}.age").read_bytes()
    saved_again(vault, rules, id_)
    root = json.loads(vault.index() or b"")
    root["sessions"] = [row[:-1] for row in root["sessions"]]
    with vault.writer() as writer:
        writer.write_index(json.dumps(root).encode())
    assert olders(vault) == []
    put_back(vault, id_, old)
    assert olders(vault) == [(1, 2)]


def test_a_list_that_can_not_be_written_fails_no_save_and_no_forgetting(
    vault: Vault, rules: RuleSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = save_one(vault, rules).id

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Writer, "write_index", full)
    assert saved_again(vault, rules, id_).newest.number == 2
    assert kept.forget(vault, id_).session
    assert vault.index() is None  # rather none than one that remembers the client


def test_what_another_window_saved_while_the_list_was_read_is_not_lost_from_it(
    vault: Vault, rules: RuleSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = save_one(vault, rules).id
    old = (vault.folder / "sessions" / f"{id_}.age").read_bytes()
    real = vault.writer
    first = iter([True])

    def slow() -> Any:
        if next(first, False):
            saved_again(vault, rules, id_)
        return real()

    (vault.folder / "index.age").unlink()
    monkeypatch.setattr(vault, "writer", slow)
    index.lines(vault)
    put_back(vault, id_, old)
    assert olders(vault) == [(1, 2)]
    assert new_id() != new_id()
