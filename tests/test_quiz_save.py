"""`quiz --for client --save`: kept from the first answer on, saved at the end, nothing beside."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from command import Ran, Run
from screen import CTRL_C, CTRL_S, CTRL_X, ENTER, ESCAPE, Screen
from test_startup import modules_after
from vaults import ANSWERS, PASSPHRASE, make_vault, save_one, through_pipe, update

import pathfinder.sessions as kept
from pathfinder import decide
from pathfinder.ask.phrases import READ_OUT
from pathfinder.ask.session_autosave import InSession
from pathfinder.engine.flow import applicable
from pathfinder.engine.ruleset import RuleSet
from pathfinder.sessions.model import Agreed, Held, Judgement
from pathfinder.vault import Vault

QUIZ = ("quiz", "--for", "client", "--save")
CANARY = "kanarienvogel"
OTHERWISE = Judgement(False, path="outpatient", reason="wait", line="The waiting list.")


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Vault:
    monkeypatch.setenv("PATHFINDER_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    return make_vault(tmp_path / "data" / "vault")


@pytest.fixture
def all_but_two(rules: RuleSet, tmp_path: Path) -> str:
    """A file of answers that leaves two questions open: `company` and `wishes`."""
    given: dict[str, Any] = {question.id: "skip" for question in rules.questions}
    given |= {
        key: [*value] if isinstance(value, tuple) else value for key, value in ANSWERS.items()
    }
    for question in ("company", "wishes"):
        del given[question]
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(given))
    return str(file)


def saving(pathfinder: Run, *args: str, stdin: str = "") -> Ran:
    return pathfinder(*QUIZ, "--passphrase-fd", through_pipe(PASSPHRASE), *args, stdin=stdin)


def again(pathfinder: Run, *args: str, stdin: str = "") -> Ran:
    return pathfinder(*args, "--passphrase-fd", through_pipe(PASSPHRASE), stdin=stdin)


def only(vault: Vault, shelf: str = "sessions") -> str:
    """The id of the one session, or draft."""
    (id_,) = vault.stamps("sessions" if shelf == "sessions" else "drafts")
    return id_


# --- what it goes together with -----------------------------------------------------------


@pytest.mark.parametrize(
    "args",
    [
        ("quiz", "--save"),
        ("quiz", "--save", "--for", "self"),
        (*QUIZ, "--draft", "d.yaml"),
        (*QUIZ, "--resume", "d.yaml"),
        ("quiz", "--for", "client", "--passphrase-fd", "3"),
    ],
)
def test_saving_goes_with_a_client_and_with_no_plain_file(
    pathfinder: Run, vault: Vault, args: tuple[str, ...]
) -> None:
    ran = pathfinder(*args, stdin="C-104\n")
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (2, "", 1)
    assert not vault.stamps("drafts")


def test_without_the_extra_nothing_is_asked(
    pathfinder: Run, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_: str) -> None:
        raise ImportError

    monkeypatch.setattr("pathfinder.vault.age.import_module", gone)
    ran = saving(pathfinder)
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (2, "", 1)
    assert "[vault]" in ran.err


def test_the_vault_is_opened_before_the_first_question(pathfinder: Run, vault: Vault) -> None:
    ran = pathfinder(*QUIZ, "--passphrase-fd", through_pipe("not it"), stdin="C-104\n2\n")
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (77, "", 1)


def test_a_new_vault_is_made_before_the_first_question(
    pathfinder: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATHFINDER_DATA", str(tmp_path / "new"))
    ran = saving(pathfinder, stdin="C-104\nquit\n")
    assert ran.code == 130
    assert ran.err.index("If it is lost, the sessions are lost.") < ran.err.index("Client code:")
    assert (tmp_path / "new" / "vault" / "identity.age").is_file()


def test_nothing_is_kept_of_a_client_without_the_option(
    pathfinder: Run, vault: Vault, all_but_two: str
) -> None:
    ran = pathfinder("quiz", "--for", "client", "--answers", all_but_two, stdin="skip\nskip\n")
    assert ran.code == 0
    assert not vault.stamps("sessions")
    assert not vault.stamps("drafts")


@pytest.mark.slow
def test_nothing_of_sessions_is_imported_by_what_keeps_nothing(all_but_two: str) -> None:
    for args in (("quiz", "--for", "client"), ("explain", all_but_two)):
        code, names = modules_after(*args, stdin="quit\n")
        assert code in (0, 130)
        assert not {name for name in names if name.startswith("pathfinder.vault")}, args
        assert not names & {"pathfinder.sessions", "pathfinder.ask.session_autosave", "pyrage"}, (
            args
        )


# --- from the first question to the end ---------------------------------------------------


def test_a_name_is_no_client_code(pathfinder: Run, vault: Vault) -> None:
    ran = saving(pathfinder, stdin="Ann\nAnn Smith\nann\n2\n")
    assert (ran.code, ran.out) == (130, "")
    assert "Please don't type a name" in " ".join(ran.err.split())
    assert "Question 1" not in ran.err
    assert not vault.stamps("drafts")


@pytest.mark.slow
@pytest.mark.parametrize("form", ["text", "json", "md", "html"])
def test_the_result_alone_goes_to_standard_output_and_the_session_is_saved(
    pathfinder: Run, vault: Vault, rules: RuleSet, all_but_two: str, form: str
) -> None:
    typed = f"C-104\nnote\n{CANARY} said so\n1\nskip\n"
    ran = saving(pathfinder, "--answers", all_but_two, "--format", form, stdin=typed)
    assert ran.code == 0
    id_ = only(vault)
    session = kept.read(vault, id_)
    assert (session.client, session.newest.number) == ("C-104", 1)
    assert session.newest.answers["company"] == "peers"
    assert session.newest.answers["wishes"] == "skip"
    assert session.newest.notes == {"company": f"{CANARY} said so"}
    assert session.newest.judgement is None
    first = rules.path_by_id[session.given["ranked"][0]["path"]]
    assert (first.id if form == "json" else first.name) in ran.out
    assert not vault.stamps("drafts")
    for word in (f"pathfinder sessions show {id_}", f"pathfinder sessions resume {id_}"):
        assert word in " ".join(ran.err.split())
        assert word not in " ".join(ran.out.split())
    for word in (CANARY, "C-104", "Your own judgement"):
        assert word not in ran.out
    if form == "json":
        assert json.loads(ran.out)["passport"]["sha256"] == rules.sha256
    if form == "text":
        assert "judgement: left open." in ran.out.partition("Intake note")[2]


def test_a_judgement_stands_beside_the_result_and_replaces_nothing(
    pathfinder: Run, vault: Vault, rules: RuleSet, all_but_two: str
) -> None:
    others = [path.id for path in rules.paths]
    typed = "C-104\n1\nskip\n2\n{}\n3\nThe waiting list.\n"
    first = "iop-twelve-step"
    place = [each for each in others if each != first].index("outpatient") + 1
    ran = saving(pathfinder, "--answers", all_but_two, stdin=typed.format(place))
    assert ran.code == 0
    session = kept.read(vault, only(vault))
    assert session.given["ranked"][0]["path"] == first
    assert session.newest.judgement == OTHERWISE
    record = " ".join(ran.out.partition("Intake note")[2].split())
    assert f"Ranking by the tool: 1. {rules.path_by_id[first].name}" in record
    assert (
        f"Counselor's judgement, other than the tool's: {rules.path_by_id['outpatient'].name}"
        in record
    )
    assert "the wait for the tool's path is too long" in record
    assert "The waiting list." in record


def test_answers_from_a_file_are_in_the_session_before_the_first_question(
    pathfinder: Run, vault: Vault, all_but_two: str
) -> None:
    ran = saving(pathfinder, "--answers", all_but_two, stdin="C-104\n")
    assert ran.code == 130
    assert kept.resume(vault, only(vault, "drafts")).answers["home"] == "steady"


def test_somebody_under_18_is_saved_without_a_judgement(pathfinder: Run, vault: Vault) -> None:
    ran = saving(pathfinder, stdin="C-104\n1\n")
    assert ran.code == 0
    assert kept.read(vault, only(vault)).given["scope"] == "under_18"
    assert "Your own judgement" not in ran.err


def test_save_tells_where_the_session_is_and_asks_for_no_file(
    pathfinder: Run, vault: Vault
) -> None:
    ran = saving(pathfinder, stdin="C-104\n2\nsave\nquit\n")
    id_ = only(vault, "drafts")
    assert f"Session {id_} is kept encrypted, with every answer so far." in ran.err
    assert "plain file" not in ran.err


# --- stopped in the middle ----------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("last", ["quit\n", "", "x\ny\nz\n"], ids=["quit", "end", "no answers"])
def test_who_stops_in_the_middle_is_told_how_to_go_on(
    pathfinder: Run, vault: Vault, last: str
) -> None:
    ran = saving(pathfinder, stdin=f"C-104\n2\nnote\nTired.\n{last}")
    assert (ran.code, ran.out) == (65 if "x" in last else 130, "")
    draft = kept.resume(vault, only(vault, "drafts"))
    assert (draft.answers, draft.notes) == ({"age_group": "adult"}, {"danger": "Tired."})
    assert f"pathfinder sessions resume {draft.id}" in ran.err
    assert "Nothing was saved" not in ran.err
    shown = again(pathfinder, "sessions", "show", draft.id).out
    assert f"resume {draft.id}" in " ".join(shown.split())


@pytest.mark.parametrize("last", ["quit\n", "", "x\ny\nz\n"], ids=["quit", "end", "no answers"])
def test_a_session_without_an_answer_is_not_left_behind(
    pathfinder: Run, vault: Vault, last: str
) -> None:
    saving(pathfinder, stdin=f"C-104\n{last}")
    assert not vault.stamps("drafts")


@pytest.mark.slow
def test_the_quick_exit_deletes_what_was_begun_in_this_run_and_nothing_else(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    ran = saving(pathfinder, stdin="C-104\n2\nexit!\n")
    assert (ran.code, ran.out) == (0, "")
    assert "exit! deletes it, since it was begun in this run." in " ".join(ran.err.split())
    assert not vault.stamps("drafts")
    last_week = kept.keep(vault, kept.begin(vault, "C-105"), {"age_group": "adult"}, {})
    ran = again(pathfinder, "sessions", "resume", last_week.id, stdin="none\nexit!\n")
    assert (ran.code, ran.out) == (0, "")
    assert kept.resume(vault, last_week.id).answers == {"age_group": "adult", "danger": ("none",)}
    kept.forget(vault, last_week.id)
    saved = save_one(vault, rules).id
    ran = again(pathfinder, "sessions", "resume", saved, stdin="1\nexit!\n")
    assert (ran.code, ran.out) == (0, "")
    assert "exit! doesn't delete it, since it was begun before this run." in " ".join(
        ran.err.split()
    )
    assert kept.read(vault, saved).newest.number == 1
    assert vault.has("drafts", saved)


def at_a_terminal(vault: Vault, *args: str, columns: int = 80, rows: int = 24) -> Screen:
    screen = Screen(
        ["-m", "pathfinder", *args],
        columns=columns,
        rows=rows,
        environ={"PATHFINDER_DATA": str(vault.folder.parent)},
    )
    screen.wait("Passphrase:")
    screen.line(PASSPHRASE)
    return screen


def begin(screen: Screen, code: str = "C-104") -> None:
    screen.wait("Client code:")
    screen.line(code)


def to_the_first_menu(screen: Screen) -> None:
    """Turn the pages of the opening."""
    while True:
        screen.wait(lambda s: "n note" in s.text or s.waits_for_enter)
        if "n note" in screen.text:
            return
        before = screen.lines
        screen.press(ENTER)
        screen.wait(lambda s, before=before: s.lines != before)


@pytest.mark.slow
def test_kill_9_in_the_middle_costs_the_answer_being_typed(pathfinder: Run, vault: Vault) -> None:
    with at_a_terminal(vault, *QUIZ, "--plain") as screen:
        begin(screen)
        screen.wait("How old are you?")
        screen.line("2")
        screen.wait("Question 2 of")
        screen.line("none")
        screen.wait("Question 3 of")
        screen.press("tho")
        screen.kill()
    id_ = only(vault, "drafts")
    assert kept.resume(vault, id_).answers == {"age_group": "adult", "danger": ("none",)}
    ran = again(pathfinder, "sessions", "resume", id_, stdin="")
    assert "How old" not in ran.err
    assert "Question 3 of" in ran.err


@pytest.mark.slow
def test_ctrl_c_offers_no_plain_file_and_says_how_to_go_on(vault: Vault, tmp_path: Path) -> None:
    with at_a_terminal(vault, *QUIZ, "--plain") as screen:
        begin(screen)
        screen.wait("Question 1 of")
        screen.line("2")
        screen.wait("Question 2 of")
        screen.press(CTRL_C)
        assert screen.end() == 130
        assert "File name:" not in screen.everything
        assert f"sessions resume {only(vault, 'drafts')}" in screen.text
    assert os.listdir(tmp_path) == ["data"]


@pytest.mark.slow
def test_stopping_at_an_alert_saves_and_asks_for_no_judgement(vault: Vault) -> None:
    with at_a_terminal(vault, *QUIZ, "--plain", rows=60) as screen:
        begin(screen)
        screen.wait("Question 1 of")
        screen.line("2")
        screen.wait("Question 2 of")
        screen.line("1")
        screen.wait("Stop here")
        screen.line("1")
        screen.wait("a number to call back:")
        screen.line("")
        screen.wait("Who stayed with the client:")
        # The alert, and the page after it, say "you" to the client, and the counselor reads them.
        assert screen.everything.count(READ_OUT) == 2
        assert kept.read(vault, only(vault)).newest.number == 1, "it is saved before it is asked"
        screen.line("I did, in the room")
        for label in ("Who was called:", "Supervisor told:", "where they are now:"):
            screen.wait(label)
            screen.line("")
        screen.wait("where they went:")
        screen.line("-")
        screen.wait("When all this was done")
        screen.line("14:10")
        screen.wait("Next contact, such as")
        screen.line("2026-12-05")
        assert screen.end() == 0
        assert "Saturday, 5 December 2026." in screen.everything
        assert "Your own judgement" not in screen.everything
        assert "First step" not in screen.everything.partition("Saved, encrypted")[2]
    session = kept.read(vault, only(vault))
    assert session.given["hold"] is True
    done = {"stayed": "I did, in the room", "time": "14:10"}
    assert session.newest.held == Held("danger", 2, done)
    assert session.revisions[0].held == Held("danger", 2, {})
    assert session.newest.agreed == Agreed(next_contact="2026-12-05")


@pytest.mark.slow
@pytest.mark.parametrize("size", [(80, 24), (40, 12)], ids=["80x24", "40x12"])
def test_a_note_is_taken_between_two_menus(vault: Vault, size: tuple[int, int]) -> None:
    with at_a_terminal(vault, *QUIZ, columns=size[0], rows=size[1]) as screen:
        begin(screen)
        to_the_first_menu(screen)
        screen.press("n")
        screen.wait("Your note:")
        screen.press("Came alone. [/b]", ENTER)
        screen.wait("Note kept.")
        screen.press("2")
        screen.wait("n note")
        screen.press(ENTER)
        screen.wait("Question 2 of")
        screen.press(CTRL_S)
        screen.wait("Press Enter to go on.")
        assert "File name" not in screen.text
        screen.press(ENTER)
        screen.wait("Question 2 of")
        screen.press(CTRL_C)
        assert screen.end() == 130
        assert "Came alone" not in screen.everything, "it stands on the menus' own screen"
    draft = kept.resume(vault, only(vault, "drafts"))
    assert draft.notes == {"age_group": "Came alone. [/b]"}
    assert draft.answers == {"age_group": "adult"}


@pytest.mark.slow
def test_the_key_of_the_quick_exit_deletes_the_draft(vault: Vault) -> None:
    with at_a_terminal(vault, *QUIZ) as screen:
        begin(screen)
        to_the_first_menu(screen)
        screen.press("2", ENTER)
        screen.wait("Question 2 of")
        screen.press(CTRL_X)
        assert screen.end() == 0
        assert screen.text == ""
    assert not vault.stamps("drafts")


@pytest.mark.slow
@pytest.mark.parametrize("typed", ["C-1", "exit!\r"])
def test_the_quick_exit_holds_where_the_client_code_is_typed(vault: Vault, typed: str) -> None:
    with at_a_terminal(vault, *QUIZ) as screen:
        screen.wait("Client code:")
        screen.press(typed if typed.endswith("\r") else typed + CTRL_X)
        assert screen.end() == 0
        assert screen.everything == ""
        assert screen.modes == screen.modes_before
    assert not vault.stamps("drafts")


def answers_the_last_two_in_menus(screen: Screen) -> None:
    begin(screen)
    to_the_first_menu(screen)
    for question in ("at ease with?", "important to you?"):
        screen.wait(question)
        screen.press("1", ENTER)
    screen.wait("All correct")
    screen.press(ENTER)
    screen.wait("Change an answer")


def leaves_the_rest_open(screen: Screen) -> None:
    """Give no judgement, say nothing of the first step, and write nothing down."""
    screen.wait("Number:")
    screen.line("")
    screen.wait("First step:")
    screen.press(CTRL_C)
    screen.wait("Write it down now?")
    screen.line("2")


@pytest.mark.slow
def test_a_counselor_looks_behind_the_answer_before_it_is_judged_and_saved(
    vault: Vault, rules: RuleSet, all_but_two: str
) -> None:
    with at_a_terminal(vault, *QUIZ, "--answers", all_but_two, rows=40) as screen:
        answers_the_last_two_in_menus(screen)
        (draft,) = vault.stamps("drafts")
        screen.press("1", ENTER)
        screen.wait("Esc goes back")
        screen.press(ESCAPE)
        screen.wait("Change an answer")
        done = re.search(r"(\w) Done", screen.text)
        assert done is not None
        screen.press(done[1])
        screen.settle()
        assert screen.on_second_screen, "a letter alone ends nothing"
        screen.press(ENTER)
        screen.wait("Number:")
        assert not screen.on_second_screen
        first = decide(rules, kept.resume(vault, draft).answers).ranked[0].path
        assert rules.path_by_id[first].name in screen.everything
        leaves_the_rest_open(screen)
        assert screen.end() == 0
        assert screen.everything.count("Your answer.") == 1
        assert "revision 1" in screen.everything
    assert only(vault) == draft
    assert not vault.stamps("drafts")


@pytest.mark.slow
def test_the_quick_exit_behind_the_answer_deletes_what_was_begun_in_this_run(
    vault: Vault, all_but_two: str
) -> None:
    with at_a_terminal(vault, *QUIZ, "--answers", all_but_two, rows=40) as screen:
        answers_the_last_two_in_menus(screen)
        screen.press("1", ENTER)
        screen.wait("Esc goes back")
        screen.press(CTRL_X)
        assert screen.end() == 0
        assert screen.everything == ""
    assert not vault.stamps("drafts")
    assert not vault.stamps("sessions")


@pytest.mark.slow
def test_an_answer_changed_behind_the_answer_is_the_one_that_is_saved_and_said_once(
    vault: Vault, rules: RuleSet, all_but_two: str
) -> None:
    with at_a_terminal(vault, *QUIZ, "--plain", "--answers", all_but_two, rows=60) as screen:
        begin(screen)
        for question in ("at ease with?", "important to you?"):
            screen.wait(question)
            screen.wait(lambda s: s.text.endswith("Your answer:"))
            screen.line("skip")
        screen.wait("To see your result")
        screen.line("show my result")
        screen.wait("done, exit!")
        screen.line("change")
        screen.wait("To see your result")
        given = {**json.loads(Path(all_but_two).read_text()), "company": "skip", "wishes": "skip"}
        number = [each.id for each in applicable(rules, given)].index("home") + 1
        screen.line(str(number))
        screen.wait(rules.question_by_id["home"].ask)
        screen.wait(lambda s: s.text.endswith("Your answer:"))
        screen.line("skip")
        screen.wait("To see your result")
        screen.line("show my result")
        screen.wait("done, exit!")
        screen.line("done")
        leaves_the_rest_open(screen)
        assert screen.end() == 0
    assert kept.read(vault, only(vault)).newest.answers["home"] == "skip"


@pytest.mark.slow
def test_the_quick_exit_at_the_judgement_deletes_what_was_begun_in_this_run(
    vault: Vault, all_but_two: str
) -> None:
    with at_a_terminal(vault, *QUIZ, "--plain", "--answers", all_but_two) as screen:
        begin(screen)
        for question, answer in (("at ease with?", "both"), ("important to you?", "none")):
            screen.wait(question)
            screen.wait(lambda s: s.text.endswith("Your answer:"))
            screen.line(answer)
        screen.wait("To see your result")
        screen.line("show my result")
        screen.wait("done, exit!")
        screen.line("done")
        screen.wait("Number:")
        screen.press("1", CTRL_X)
        assert screen.end() == 0
        assert screen.text == ""
    assert not vault.stamps("drafts")
    assert not vault.stamps("sessions")


@pytest.mark.slow
def test_the_quick_exit_at_the_last_word_of_forget_removes_nothing(
    vault: Vault, rules: RuleSet
) -> None:
    id_ = save_one(vault, rules).id
    with at_a_terminal(vault, "sessions", "forget", id_) as screen:
        screen.wait(lambda s: s.text.endswith(">"))
        screen.press("for", CTRL_X)
        assert screen.end() == 0
        assert screen.everything == ""
    assert only(vault) == id_


# --- when the disk or another window is in the way ----------------------------------------


def full_after(monkeypatch: pytest.MonkeyPatch, writes: int) -> None:
    """From the write after so many on, the disk is full."""
    from pathfinder.vault import store

    real, done = store.put, []

    def put(path: Path, data: bytes) -> None:
        done.append(path)
        if len(done) > writes:
            raise OSError(28, "No space left on device")
        real(path, data)

    monkeypatch.setattr(store, "put", put)


@pytest.mark.slow
def test_a_full_disk_costs_nobody_the_result(
    pathfinder: Run, vault: Vault, all_but_two: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    full_after(monkeypatch, 3)  # begun, what the file held, one answer
    ran = saving(pathfinder, "--answers", all_but_two, stdin="C-104\n1\nskip\n")
    assert ran.code == 73
    assert "Intake note" in ran.out
    assert "The quiz goes on." in " ".join(ran.err.split())
    draft = kept.resume(vault, only(vault, "drafts"))
    assert draft.answers["company"] == "peers"
    assert "wishes" not in draft.answers


def test_who_stops_with_a_full_disk_is_told_the_truth(
    pathfinder: Run, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    full_after(monkeypatch, 3)
    ran = saving(pathfinder, stdin="C-104\n2\nnote\nTired.\nnone\nquit\n")
    told = " ".join(ran.err.split())
    assert ran.code == 130
    assert "Note kept." not in told
    assert "The newest could not be saved." in told
    assert kept.resume(vault, only(vault, "drafts")).answers == {"age_group": "adult"}


def test_a_vault_that_can_not_be_written_asks_nothing(
    pathfinder: Run, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    full_after(monkeypatch, 0)
    ran = saving(pathfinder, stdin="C-104\n2\n")
    assert (ran.code, ran.out) == (73, "")
    assert "Question 1" not in ran.err


@pytest.mark.slow
def test_a_lost_folder_costs_nobody_the_quiz_and_no_plain_file_is_offered(vault: Vault) -> None:
    with at_a_terminal(vault, *QUIZ, "--plain") as screen:
        begin(screen)
        screen.wait("Question 1 of")
        shutil.rmtree(vault.folder / "drafts")
        (vault.folder / "drafts").touch()
        screen.line("2")
        screen.wait("The quiz goes on.")
        screen.wait("Question 2 of")
        screen.press(CTRL_C)
        assert screen.end() == 130
        assert "File name:" not in screen.everything
        assert "Nothing was saved." in screen.text, "the draft went with the folder"


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is full")
def test_a_result_that_can_not_be_shown_does_not_cost_the_session(
    vault: Vault, all_but_two: str
) -> None:
    fd = int(through_pipe(PASSPHRASE))
    with open("/dev/full", "w", encoding="utf-8") as full:
        run = subprocess.run(
            [sys.executable, "-m", "pathfinder", *QUIZ, "--passphrase-fd", str(fd), "--answers",
             all_but_two],
            input="C-104\n1\nskip\n", stdout=full, stderr=subprocess.PIPE, text=True, timeout=60,
            check=False, pass_fds=(fd,),
        )  # fmt: skip
    os.close(fd)
    assert run.returncode == 73
    assert f"session {only(vault)}" in run.stderr


@pytest.mark.slow
def test_a_session_that_was_saved_in_another_window_is_not_written_over(
    pathfinder: Run, vault: Vault, rules: RuleSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = {question.id: "skip" for question in rules.questions if question.id != "wishes"}
    id_ = save_one(vault, rules, answers=answers).id

    def meanwhile(*_: object) -> None:
        update(vault, id_, lambda old: old._replace(notes={"home": "from elsewhere"}))

    monkeypatch.setattr("pathfinder.commands.intake.from_the_first", meanwhile)
    ran = again(pathfinder, "sessions", "resume", id_, stdin="none\n")
    assert ran.code == 2
    assert "Intake note" in ran.out
    assert "--save-as" in ran.err
    assert kept.read(vault, id_).newest.notes == {"home": "from elsewhere"}
    assert kept.resume(vault, id_).answers["wishes"] == ("none",)


@pytest.mark.parametrize("revisions", [0, 1])
def test_two_windows_that_ask_one_session_lose_no_answer_of_either(
    vault: Vault, rules: RuleSet, revisions: int
) -> None:
    id_ = save_one(vault, rules).id if revisions else kept.begin(vault, "C-104").id
    mine, theirs = (
        InSession(vault, rules, "C-104", {}, draft=kept.resume(vault, id_)) for _ in range(2)
    )
    assert theirs.keep({"age_group": "adult"}) == ""
    told = mine.keep({"age_group": "under_18"})
    other = mine.draft.id
    assert f"Session {id_} is being asked in another window." in told
    assert other in told
    assert other in " ".join(mine.told())
    assert mine.keep({"age_group": "under_18", "home": "none"}) == "", "it is told once"
    assert theirs.keep({"age_group": "adult", "home": "steady"}) == ""
    assert kept.resume(vault, id_).answers == {"age_group": "adult", "home": "steady"}
    assert kept.resume(vault, other).answers == {"age_group": "under_18", "home": "none"}
    mine.delete()
    assert {*vault.stamps("drafts")} == {id_}


@pytest.mark.parametrize("stops", [False, True])
@pytest.mark.parametrize("revisions", [0, 1])
def test_what_was_forgotten_in_another_window_is_not_kept_again(
    pathfinder: Run,
    vault: Vault,
    rules: RuleSet,
    monkeypatch: pytest.MonkeyPatch,
    revisions: int,
    stops: bool,
) -> None:
    answers = {question.id: "skip" for question in rules.questions}
    del answers["company"], answers["wishes"]
    if revisions:
        id_ = save_one(vault, rules, answers=answers).id
    else:
        id_ = kept.keep(vault, kept.begin(vault, "C-104"), answers, {}).id
    real = InSession.keep

    def keep(self: InSession, given: Any) -> str:
        kept.forget(vault, id_)
        return real(self, given)

    monkeypatch.setattr(InSession, "keep", keep)
    if stops:
        ran = again(pathfinder, "sessions", "resume", id_, stdin="1\nquit\n")
        assert ran.code == 130
        assert f"resume {id_}" not in ran.err
        assert not vault.stamps("drafts")
        return
    ran = again(pathfinder, "sessions", "resume", id_, stdin="1\nskip\n1\nYes.\n")
    assert ran.code == 73
    told = " ".join(ran.err.split())
    assert "forgotten in another window. Nothing more is kept. The quiz goes on." in told
    assert "is kept encrypted, with every answer" not in told
    assert "you will be asked again" not in told
    assert "Intake note" in ran.out
    assert not vault.stamps("sessions")
    assert not vault.stamps("drafts")


def test_a_judgement_that_could_not_be_saved_is_said_to_be_lost(
    pathfinder: Run, vault: Vault, all_but_two: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    full_after(monkeypatch, 4)  # begun, what the file held, two answers
    ran = saving(pathfinder, "--answers", all_but_two, stdin="C-104\n1\nskip\n1\nYes.\n")
    assert ran.code == 73
    assert "Your judgement wasn't kept; you will be asked again." in ran.err


@pytest.mark.slow
def test_a_draft_that_can_not_become_the_next_revision_is_told_before_the_first_question(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    id_ = save_one(vault, rules).id
    kept.keep(vault, kept.resume(vault, id_), {"age_group": "adult"}, {})
    update(vault, id_, lambda old: old._replace(notes={"home": "new"}))
    ran = again(pathfinder, "sessions", "resume", id_)
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (2, "", 1)
    assert "--save-as CODE" in ran.err
    assert "--from-saved" in ran.err
    asked = again(pathfinder, "sessions", "resume", id_, "--save-as", "C-9", stdin="none\nquit\n")
    assert asked.code == 130
    assert kept.resume(vault, id_).answers == {"age_group": "adult", "danger": ("none",)}
    dropped = again(pathfinder, "sessions", "resume", id_, "--from-saved", stdin="quit\n")
    assert "The draft of it is dropped." in " ".join(dropped.err.split())
    again_ = again(pathfinder, "sessions", "resume", id_, "--from-saved", stdin="quit\n")
    assert f"Going on with session {id_}." in again_.err
    assert not vault.stamps("drafts")
    assert kept.read(vault, id_).newest.notes == {"home": "new"}


@pytest.mark.parametrize("args", [("compare",), ("export",)])
def test_a_session_that_is_not_finished_has_nothing_to_compare_or_export(
    pathfinder: Run, vault: Vault, args: tuple[str, ...]
) -> None:
    id_ = kept.begin(vault, "C-104").id
    ran = again(pathfinder, "sessions", *args, id_)
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (66, "", 1)
    assert (
        f"isn't finished, so there is no result yet. Go on: pathfinder sessions resume {id_}"
        in (ran.err)
    )


# --- going on -----------------------------------------------------------------------------


@pytest.mark.slow
def test_going_on_keeps_each_answer_and_carries_notes_that_can_be_changed(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    answers = {question.id: "skip" for question in rules.questions}
    del answers["company"], answers["wishes"]
    notes = {"home": "A flat.", "company": "Shy."}
    id_ = save_one(vault, rules, answers=answers, notes=notes).id
    stopped = again(
        pathfinder, "sessions", "resume", id_, stdin="note\nNot so shy.\n1\nnote\nWeekends.\n"
    )
    assert stopped.code == 130
    draft = kept.resume(vault, id_)
    assert (draft.base, draft.answers["company"]) == (1, "peers")
    assert draft.notes == {"home": "A flat.", "company": "Not so shy.", "wishes": "Weekends."}
    ran = again(pathfinder, "sessions", "resume", id_, stdin="skip\n1\nYes.\n")
    assert ran.code == 0
    session = kept.read(vault, id_)
    assert [revision.notes for revision in session.revisions] == [notes, draft.notes]
    assert session.newest.judgement == Judgement(agrees=True, line="Yes.")
    assert "judgement: agrees with the tool" in ran.out
    assert not vault.stamps("drafts")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "stays", "told"),
    [
        ("\n", True, "Your judgement of before stays."),
        ("3\n", False, "Your judgement is left open."),
        ("2\n4\n", False, ""),
    ],
)
def test_a_judgement_can_be_taken_back_and_never_goes_by_accident(
    pathfinder: Run, vault: Vault, rules: RuleSet, typed: str, stays: bool, told: str
) -> None:
    answers = {question.id: "skip" for question in rules.questions}
    id_ = save_one(vault, rules, answers=answers, judgement=OTHERWISE).id
    ran = again(pathfinder, "sessions", "resume", id_, stdin=typed)
    assert ran.code == 0
    assert "The waiting list." in ran.err
    assert told in ran.err
    assert kept.read(vault, id_).newest.judgement == (OTHERWISE if stays else None)
    assert ("The waiting list." in ran.out) is stays


def test_going_on_without_a_change_leaves_everything_as_it_was(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    id_ = save_one(vault, rules).id
    ran = again(pathfinder, "sessions", "resume", id_, stdin="quit\n")
    assert ran.code == 130
    assert f"Session {id_} is as it was." in ran.err
    assert not vault.stamps("drafts")


# --- a session as the start of an explanation and of a handout -----------------------------


@pytest.mark.slow
def test_a_session_is_explained_by_its_id_or_the_start_of_it(
    pathfinder: Run, vault: Vault, rules: RuleSet
) -> None:
    id_ = save_one(vault, rules, notes={"home": CANARY}, judgement=OTHERWISE).id
    update(vault, id_, lambda old: old._replace(answers={**ANSWERS, "home": "none"}))
    for name in (id_, id_[:5].upper()):
        ran = again(pathfinder, "explain", name)
        assert (ran.code, ran.err) == (0, "")
        assert "You have nowhere steady to stay" in " ".join(ran.out.split())
        assert CANARY not in ran.out
    assert json.loads(again(pathfinder, "explain", id_, "--format", "json").out)


@pytest.mark.slow
def test_a_session_that_was_only_begun_is_explained_and_says_so(
    pathfinder: Run, vault: Vault
) -> None:
    draft = kept.keep(vault, kept.begin(vault, "C-1"), {"home": "none"}, {})
    ran = again(pathfinder, "explain", draft.id)
    assert ran.code == 0
    assert "isn't finished" in ran.err


@pytest.mark.slow
def test_a_file_wins_over_a_session_of_its_name(
    pathfinder: Run, vault: Vault, rules: RuleSet, tmp_path: Path
) -> None:
    id_ = save_one(vault, rules).id
    (tmp_path / id_).write_text("home: none\n")
    ran = pathfinder("explain", id_)
    assert (ran.code, ran.err) == (0, "")
    assert again(pathfinder, "explain", id_).code == 2, "a file has no passphrase"


@pytest.mark.parametrize("name", ["answers", "2222222222", "../../etc/passwd", "/", "\x1b[2J", ""])
def test_a_mistyped_file_name_asks_for_no_passphrase(
    pathfinder: Run, vault: Vault, rules: RuleSet, name: str
) -> None:
    save_one(vault, rules)
    ran = pathfinder("explain", name)
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (66, "", 1)
    assert "passphrase" not in ran.err.casefold()
    assert "\x1b" not in ran.err


@pytest.mark.slow
@pytest.mark.parametrize("form", ["html", "md"])
def test_a_handout_is_made_of_a_session_without_notes_judgement_or_code(
    pathfinder: Run, vault: Vault, rules: RuleSet, tmp_path: Path, form: str
) -> None:
    judgement = OTHERWISE._replace(line=f"{CANARY} line")
    id_ = save_one(vault, rules, "C-104", notes={"home": CANARY}, judgement=judgement).id
    file = tmp_path / f"page.{form}"
    ran = again(pathfinder, "sessions", "show", id_, "--format", form, "--output", str(file))
    assert (ran.code, ran.out, ran.err) == (0, "", f"Written: {file}\n")
    first = rules.path_by_id[kept.read(vault, id_).given["ranked"][0]["path"]]
    text = file.read_text()
    assert first.name not in text, "the counselor judged otherwise, and nothing argues with them"
    for word in (CANARY, "C-104", id_):
        assert word not in text
    older = again(pathfinder, "sessions", "show", id_, "--format", form, "--revision", "2")
    assert (older.code, older.out) == (2, "")


@pytest.mark.parametrize(
    "args",
    [
        ("--format", "html", "--with-notes"),
        ("--format", "html", "--open"),
        ("--output", "page.html"),
        ("--open",),
        ("--format", "json"),
    ],
)
def test_what_a_handout_or_a_record_does_not_take_is_wrong_use(
    pathfinder: Run, vault: Vault, rules: RuleSet, args: tuple[str, ...]
) -> None:
    id_ = save_one(vault, rules).id
    ran = again(pathfinder, "sessions", "show", id_, *args)
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (2, "", 1)


@pytest.mark.slow
def test_a_handout_under_newer_rules_says_so(pathfinder: Run, vault: Vault, rules: RuleSet) -> None:
    id_ = save_one(vault, rules).id
    old = kept.read(vault, id_)
    passport: Mapping[str, Any] = {**old.given["passport"], "sha256": "0" * 64}
    given = {**old.given, "passport": passport}
    from pathfinder.sessions.serialize import session_bytes

    with vault.writer() as writer:
        writer.write("sessions", id_, session_bytes(old._replace(decisions=(given,))))
    for args in (("sessions", "show", id_, "--format", "md"), ("explain", id_)):
        ran = again(pathfinder, *args)
        assert ran.code == 0
        assert "The rules were changed since" in " ".join(ran.err.split())


# --- hostile text -------------------------------------------------------------------------

HOSTILE = [
    "[link=https://evil.example]x[/link]", "[/]", "[/b]", "drinks [beer] daily", "\\[x]", "ends\\",
    ":skull:", "[[x]]", "\x1b[2J\x1b[H", "\x1b]0;pwn\x07", "\x1b]52;c;ZWNobw==\x07",
    "\x1b]8;;https://e\x1b\\x\x1b]8;;\x1b\\", "\x9b31m", "\x1bc", "\x1b[6n", "unterminated \x1b]",
    "Safe\b\b\b\bEvil", "a\rb", "a\x00b", "\u202e9", "\ufeffx", "\u2028", "=1+1",
    "<script>alert(1)</script>", "../../etc/passwd", "C:\\x", "CON", "-rf", "~root", "x" * 4001,
]  # fmt: skip
STEERS = set("\x1b\x9b\x07\x08\x00\r\u202e\ufeff\u2028")


@pytest.mark.slow
def test_hostile_words_steer_no_terminal_whatever_they_are_typed_as(
    pathfinder: Run, vault: Vault, all_but_two: str, tmp_path: Path
) -> None:
    """From a pipe nothing is echoed: each byte that comes out was written by the program."""
    for text in HOSTILE:
        typed = f"{text}\nC-1\nnote\n{text}\n{text}\nnote\n\n1\nskip\n2\n1\n1\n{text}\n"
        ran = saving(pathfinder, "--answers", all_but_two, "--plain", stdin=typed)
        assert ran.code in (0, 65), (text, ran.err)
        assert not set(ran.out + ran.err) & STEERS, ascii(text)
        if ran.code == 0 and text.isprintable() and len(text) < 72:
            words = " ".join(ran.out.partition("In the counselor's words:")[2].split())
            assert words == text, "no markup is eaten"
    for id_ in (*vault.stamps("sessions"), *vault.stamps("drafts")):
        session = kept.resume(vault, id_)
        assert not set("".join(session.notes.values()) + session.client) & STEERS
    assert sorted(path.name for path in tmp_path.iterdir()) == ["answers.json", "data"]
    assert {path.name for path in (tmp_path / "data").iterdir()} == {"vault"}


@pytest.mark.slow
def test_hostile_words_typed_at_a_terminal_bring_no_escape_of_ours(
    vault: Vault, all_but_two: str
) -> None:
    """Plain mode writes no escape byte at all, and the terminal echoes one as two letters."""
    args = (*QUIZ, "--plain", "--answers", all_but_two)
    typed = [text for text in HOSTILE if text.isascii() and not set(text) & set("\r\x00")]
    with at_a_terminal(vault, *args, rows=60) as screen:
        begin(screen, "\x1b]0;pwn\x07<no code>")
        screen.wait("is no client code")
        begin(screen, "C-104")
        screen.wait("Your answer:")
        for text in typed:
            if len(text) > 100:
                continue
            before = len(screen.bytes)
            screen.line("note")
            screen.wait(lambda s, before=before: b"Your note:" in s.bytes[before:])
            screen.line(text)
            screen.wait(lambda s, before=before: s.bytes[before:].rstrip().endswith(b"answer:"))
        screen.line("1")
        screen.wait("Is any of this important")
        screen.line("skip")
        screen.wait("Your choice:")
        screen.line("go on")
        screen.wait("done, exit!")
        screen.line("done")
        screen.wait("Your own judgement")
        screen.line("1")
        screen.wait("Line:")
        screen.line("\x1b[2J\x1b]52;c;ZWNobw==\x07[b]x[/b]")
        screen.wait("First step:")
        screen.line("1")
        screen.wait("Write it down now?")
        screen.line("1")
        for label in ("Program, or path:", "Who calls:", "Phone:", "Day, such as"):
            screen.wait(label)
            screen.line("" if label.startswith("Day") else "\x1b[2J\x1b]52;c;ZWNobw==\x07[b]y[/b]")
        for label in ("Place:", "What to bring", "Next contact, such as", "What comes after"):
            screen.wait(label)
            screen.line("")
        screen.wait("It is left out")
        screen.line("")
        assert screen.end() == 0
        assert "Referral: " in screen.everything
        assert "[b]x[/b]" in screen.everything.partition("In the counselor's words")[2]
        shown = screen.bytes.partition(b"The path that fits best")[0]
    assert b"\x1b" not in shown
    assert b"\x07" not in shown
    for code in (b"\x1b]", b"\x1b[2J", b"\x1b[6n", b"\x1bc", b"\x9b"):
        assert code not in screen.bytes, "what rich colors is all there is"


@pytest.mark.slow
def test_hostile_words_pasted_into_a_note_in_a_menu_bring_no_code_of_theirs(vault: Vault) -> None:
    with at_a_terminal(vault, *QUIZ) as screen:
        begin(screen)
        to_the_first_menu(screen)
        screen.press("n")
        screen.wait("Your note:")
        pasted = "Safe\x1b]0;pwn\x07\x1b]52;c;ZWNobw==\x07 \x9b31m [/b] <script>"
        screen.press(f"\x1b[200~{pasted}\x1b[201~")
        screen.wait("<script>")
        screen.press(ENTER)
        screen.wait("Note kept.")
        screen.press("n")
        screen.wait("<script>")
        screen.press(ENTER)
        screen.wait("The note is as it was.")
        screen.press(CTRL_C)
        screen.end()
    for code in (b"\x1b]0;", b"\x1b]52", b"\x9b31m"):
        assert code not in screen.bytes
    (note,) = kept.resume(vault, only(vault, "drafts")).notes.values()
    assert note.isprintable()
    assert "[/b] <script>" in note


@pytest.mark.slow
def test_the_signal_of_a_closed_window_leaves_the_draft(vault: Vault) -> None:
    with at_a_terminal(vault, *QUIZ) as screen:
        begin(screen)
        to_the_first_menu(screen)
        screen.press("2", ENTER)
        screen.wait("Question 2 of")
        screen.kill(signal.SIGHUP)
    assert kept.resume(vault, only(vault, "drafts")).answers == {"age_group": "adult"}
