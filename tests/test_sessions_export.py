"""What leaves the vault: only what was asked for by name, and no cell is a formula."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from command import Ran, Run
from vaults import ANSWERS, PASSPHRASE, make_vault, save_one, through_pipe

import pathfinder.sessions as kept
from pathfinder import decide
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import CantWrite
from pathfinder.output import result_stream, write_out
from pathfinder.render.result_json import result
from pathfinder.sessions.export import as_csv, as_jsonl, figures, safe_cell, whole_rows
from pathfinder.sessions.model import Judgement, Revision, Session
from pathfinder.vault import unlock

HOSTILE = [
    "=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://e","x")', "\t=1", "＝1+1", "' =1+1'",  # noqa: RUF001
    "=cmd|' /C calc'!A0", "a,b", 'a"b', "a\nb", " =1+1", "\r=1", "\n=1", "\x1b[2J", "\x9b31m",
    "a\x00b", "\u202e9", "\ufeffx", "<script>alert(1)</script>", "🙂", "RTL שלום",
]  # fmt: skip


def session(rules: RuleSet, word: str = "C-1", **fields: Any) -> Session:
    revision = Revision(
        1, "2026-03-04T10:00:00+01:00", ANSWERS, fields.pop("notes", {"home": word}),
        fields.pop("judgement", Judgement(False, "outpatient", None, "cost", word)), 0,
    )  # fmt: skip
    made = Session("k7f2mzq4xw", word, revision.saved, "", (revision,), (given(rules),))
    return made._replace(**fields)


def given(rules: RuleSet) -> dict[str, Any]:
    return json.loads(json.dumps(result(decide(rules, ANSWERS))))  # type: ignore[no-any-return]


def test_notes_are_in_no_export_unless_asked_for_by_name(rules: RuleSet) -> None:
    made = session(rules, notes={"home": "CANARY"})
    assert "CANARY" not in as_jsonl(whole_rows(rules, [made]))
    assert not any(key.startswith("note") for row in whole_rows(rules, [made]) for key in row)
    assert whole_rows(rules, [made], with_notes=True)[0]["note_home"] == "CANARY"


def test_figures_hold_no_code_no_id_no_answer_no_free_text_and_no_day(rules: RuleSet) -> None:
    made = [session(rules, "CANARY-1", id=f"k7f2mzq4x{letter}") for letter in "abc"]
    text = as_jsonl(figures(made)) + as_csv(figures(made))
    for word in ("CANARY", "k7f2", "alcohol", "steady", "2026-0", "committed"):
        assert word not in text, word
    assert [row["sessions"] for row in figures(made)] == [3]
    (row,) = figures(made[:1])
    assert row == {
        "year": "2026", "ruleset": rules.id, "version": rules.version,
        "tool_path": made[0].given["ranked"][0]["path"],
        "tool_level": made[0].given["safe_level"], "judgement": "otherwise",
        "own_path": "outpatient", "own_level": "", "reason": "cost", "held": "",
        "steps": "", "sessions": 1,
    }  # fmt: skip


def test_the_order_of_figures_does_not_tell_the_order_of_sessions(rules: RuleSet) -> None:
    judgements = [Judgement(True), None, Judgement(False, None, "day", "wait")]
    made = [session(rules, judgement=judgement) for judgement in judgements]
    assert figures(made) == figures(made[::-1])
    assert [row["judgement"] for row in figures(made)] == ["agrees", "open", "otherwise"]


def test_a_year_that_is_none_is_left_out(rules: RuleSet) -> None:
    made = session(rules)
    odd = made.revisions[0]._replace(saved="CANARY at noon")
    assert figures([made._replace(revisions=(odd,))])[0]["year"] == ""


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_is_a_formula_and_none_can_steer_a_terminal(rules: RuleSet, text: str) -> None:
    rows = whole_rows(rules, [session(rules, text)], with_notes=True)
    written = as_csv(rows)
    read = list(csv.reader(io.StringIO(written, newline="")))
    assert len(read) == 2
    for cell in read[1]:
        assert not cell.lstrip(" ").startswith(tuple("=+-@\t\r\n＝＋－＠"))  # noqa: RUF001
    assert not set(written) & set("\x1b\x9b\x00\x08\u202e\ufeff")
    assert json.loads(as_jsonl(rows))["client"] == text
    assert as_jsonl(rows).isascii()


def test_numbers_stay_numbers_and_empty_stays_empty() -> None:
    assert [safe_cell(value) for value in (3, -3, None, "", " ", ["a", "b"])] == [
        3, -3, "", "", " ", "a; b",
    ]  # fmt: skip


def test_a_whole_export_has_a_column_for_each_question_that_was_answered(rules: RuleSet) -> None:
    other = session(rules, "C-2", notes={})
    other = other._replace(
        revisions=(other.revisions[0]._replace(answers={"gone_question": ("a", "b")}),)
    )
    read = list(csv.DictReader(io.StringIO(as_csv(whole_rows(rules, [session(rules), other])))))
    assert read[0]["answer_substances"] == "alcohol"
    assert read[0]["answer_gone_question"] == ""
    assert read[1]["answer_gone_question"] == "a; b"
    assert [row["client"] for row in read] == ["C-1", "C-2"]


def test_an_export_of_nothing_is_empty() -> None:
    assert as_jsonl(figures([])) == ""
    assert as_csv(figures([])).strip() == ""


# --- the file -----------------------------------------------------------------------------


def test_an_export_is_for_its_owner_alone_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "out.csv"
    write_out("words", str(file))
    assert (file.read_text(), stat.S_IMODE(file.stat().st_mode)) == ("words", 0o600)
    write_out("other", str(file), overwrite=True)
    assert (file.read_text(), stat.S_IMODE(file.stat().st_mode)) == ("other", 0o600)
    assert os.listdir(tmp_path) == ["out.csv"]


def test_a_file_that_is_there_is_not_written_over_unless_asked(tmp_path: Path) -> None:
    file = tmp_path / "out.csv"
    file.write_text("mine")
    with pytest.raises(CantWrite, match="--overwrite"):
        write_out("words", str(file))
    assert file.read_text() == "mine"


@pytest.mark.parametrize("overwrite", [False, True])
def test_an_export_follows_no_link(tmp_path: Path, overwrite: bool) -> None:
    (tmp_path / "target").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "target")
    (tmp_path / "nowhere").symlink_to(tmp_path / "new")
    for name in ("link", "nowhere"):
        with pytest.raises(CantWrite, match="link"):
            write_out("words", str(tmp_path / name), overwrite=overwrite)
    assert (tmp_path / "target").read_text() == "mine"
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("overwrite", [False, True])
@pytest.mark.parametrize("name", ["", "no/such/folder/x", ".", "\x00", "x" * 300])
def test_a_place_that_can_not_be_written_to_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, overwrite: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CantWrite) as refused:
        write_out("words", name, overwrite=overwrite)
    assert str(refused.value).isprintable()
    assert os.listdir(tmp_path) == []


def test_a_disk_that_is_full_leaves_the_old_export_and_no_half_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "out.csv"
    write_out("old", str(file))

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    for name in ("out.csv", "new.csv"):
        with pytest.raises(CantWrite, match="No space left"):
            write_out("words", str(tmp_path / name), overwrite=True)
    assert file.read_text() == "old"
    assert os.listdir(tmp_path) == ["out.csv"]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with a vault, and a link that leads into it."""
    monkeypatch.setenv("PATHFINDER_DATA", str(tmp_path))
    make_vault(tmp_path / "vault")
    (tmp_path / "way-in").symlink_to(tmp_path / "vault")
    return tmp_path


IN_THE_VAULT = [
    "vault/identity.age", "vault/new.csv", "vault/sessions/k7f2mzq4xw.age", "vault",
    "elsewhere/../vault/identity.age", "way-in/identity.age", "way-in/sessions/new.csv",
]  # fmt: skip


@pytest.mark.parametrize("place", IN_THE_VAULT)
def test_nothing_is_written_among_the_sessions(home: Path, place: str) -> None:
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    (home / "elsewhere").mkdir()
    for overwrite in (False, True):
        if place != "vault":
            with pytest.raises(CantWrite, match="in the folder of sessions"):
                write_out("words", str(home / place), overwrite=overwrite)
    with (
        pytest.raises(CantWrite, match="in the folder of sessions"),
        result_stream(str(home / place)),
    ):
        raise AssertionError("nothing may be begun")
    assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == before


def test_no_file_takes_the_place_of_a_vault_to_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATHFINDER_DATA", str(tmp_path))
    with pytest.raises(CantWrite, match="in the folder of sessions"):
        write_out("words", str(tmp_path / "vault"))
    write_out("words", str(tmp_path / "beside.csv"))  # only the vault itself is refused
    assert os.listdir(tmp_path) == ["beside.csv"]


def test_what_a_killed_run_left_beside_its_file_goes_with_the_next(tmp_path: Path) -> None:
    gone = os.fork()
    if gone == 0:
        os._exit(0)
    os.waitpid(gone, 0)
    others = (f".out.csv.{os.getppid()}.part", ".out.csv.mine.part", f".other.csv.{gone}.part")
    for name in (f".out.csv.{gone}.part", *others):
        (tmp_path / name).write_text("CANARY")
    write_out("words", str(tmp_path / "out.csv"), overwrite=True)
    assert sorted(os.listdir(tmp_path)) == sorted(["out.csv", *others])
    with result_stream(str(tmp_path / "other.csv")) as stream:
        stream.write("words")
    assert not (tmp_path / others[-1]).exists()


def test_a_leftover_that_bears_our_own_number_does_not_stop_us(tmp_path: Path) -> None:
    (tmp_path / f".out.csv.{os.getpid()}.part").write_text("CANARY")
    write_out("words", str(tmp_path / "out.csv"), overwrite=True)
    assert os.listdir(tmp_path) == ["out.csv"]


# --- the handout of a session -------------------------------------------------------------


def show(pathfinder: Run, id_: str, *args: str) -> Ran:
    fd = through_pipe(PASSPHRASE)
    return pathfinder("sessions", "show", id_, "--format", "html", *args, "--passphrase-fd", fd)


@pytest.mark.slow
def test_a_handout_of_a_session_is_written_over_no_file_and_through_no_link(
    pathfinder: Run, home: Path, rules: RuleSet
) -> None:
    id_ = save_one(unlock(home / "vault", PASSPHRASE).vault, rules).id
    file, link = home / "page.html", home / "link.html"
    file.write_text("mine")
    link.symlink_to(file)
    for name in (file, link, home / "vault" / "identity.age"):
        ran = show(pathfinder, id_, "--output", str(name))
        assert (ran.code, ran.out, len(ran.err.splitlines())) == (73, "", 1)
    assert file.read_text() == "mine"
    assert show(pathfinder, id_, "--output", str(file), "--overwrite").code == 0
    assert "<html" in file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert show(pathfinder, id_, "--overwrite").code == 2


@pytest.mark.slow
def test_a_handout_of_a_session_says_of_which_day_its_answers_are(
    pathfinder: Run, home: Path, rules: RuleSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = unlock(home / "vault", PASSPHRASE).vault
    monkeypatch.setattr("pathfinder.sessions.store.now", lambda: "2019-03-04T10:00:00+01:00")
    id_ = save_one(vault, rules).id
    assert "with answers of 4 March 2019, with Pathfinder" in show(pathfinder, id_).out
    begun = show(pathfinder, kept.begin(vault, "C-105").id)
    assert (
        "with answers of 4 March 2019, with Pathfinder" in begun.out
    )  # unfinished, and a handout all the same
    monkeypatch.setattr("pathfinder.sessions.store.now", lambda: "[b]\x1b noon")
    odd = show(pathfinder, save_one(vault, rules).id)
    assert (odd.code, "answers of" in odd.out) == (0, False)


def test_an_export_that_was_not_written_is_not_called_one(
    pathfinder: Run, home: Path, rules: RuleSet
) -> None:
    save_one(unlock(home / "vault", PASSPHRASE).vault, rules)
    fd = through_pipe(PASSPHRASE)
    ran = pathfinder("sessions", "export", "--output", str(home), "--passphrase-fd", fd)
    assert ran.code == 73
    assert "encrypted" not in ran.err


def test_what_is_exported_is_what_was_saved_last(rules: RuleSet, tmp_path: Path) -> None:
    vault = make_vault(tmp_path / "vault")
    saved = save_one(vault, rules, "C-9", judgement=Judgement(True))
    (row,) = whole_rows(rules, [saved])
    assert (row["client"], row["judgement"], row["revision"]) == ("C-9", "agrees", 1)
    assert row["tool_path"] == decide(rules, ANSWERS).ranked[0].path
