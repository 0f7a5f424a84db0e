"""The quiz as a command: drafts, going on, leaving at once, Ctrl-C, and preferences.

The small rule set stands in where only the streams matter, and the real command
where its options do.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from command import Run
from screen import CTRL_C, CTRL_D, ENTER, Screen
from small_rules import small_rules

from pathfinder.ask.autosave import InFile
from pathfinder.ask.draft_file import read_draft, save_draft
from pathfinder.ask.phrases import Setting, opening
from pathfinder.ask.plain import KEYS, WAY_OUT
from pathfinder.ask.terminal import wrap
from pathfinder.engine.ruleset import RuleSet
from pathfinder.loader.answers_file import read_answers

RULES = small_rules()
SMALL_QUIZ = str(Path(__file__).with_name("small_quiz.py"))
CTRL_X = "\x18"
WIPE = b"\x1b[H\x1b[2J\x1b[3J"
NOW = "2026-11-22 08:00"
AN_ANSWER = "Your answer:"
ALL = {"age": "adult", "danger": "none", "use": "none", "severity": "mild", "place": "own"}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own to work in, and one for preferences that are nobody's."""
    (tmp_path / "config").mkdir()
    (tmp_path / "work").mkdir()
    monkeypatch.setenv("PATHFINDER_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path / "work"


def plain(*words: str, columns: int = 80, rows: int = 24, term: str = "xterm") -> Screen:
    arguments = [SMALL_QUIZ, "--plain", *words]
    return Screen(arguments, columns=columns, rows=rows, environ={"TERM": term})


def say(screen: Screen, *lines: str) -> None:
    """Type each line when an answer is asked for."""
    for line in lines:
        screen.wait(lambda screen: screen.text.endswith(AN_ANSWER))
        before = len(screen.bytes)
        screen.line(line)
        screen.wait(after(before, ":"))


def after(before: int, end: str) -> Callable[[Screen], bool]:
    """A condition: something new has been said, and it ends like this."""
    return lambda screen: screen.bytes[before:].rstrip().endswith(end.encode())


def piped(text: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, SMALL_QUIZ, *words],
        input=text,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def answers_in(file: Path) -> object:
    return read_draft(RULES, str(file)).answers


# --- quick exit ---------------------------------------------------------------


def test_exit_wipes_deletes_the_draft_says_nothing_and_is_done(home: Path) -> None:
    with plain("--draft", "d.yaml") as screen:
        say(screen, "2")
        assert (home / "d.yaml").exists()
        screen.line("exit!")
        assert screen.end() == 0
        assert screen.bytes.partition(WIPE)[1:] == (WIPE, b"")
        assert screen.text == ""
    assert os.listdir(home) == []


@pytest.mark.slow
@pytest.mark.parametrize("at", ["an alert", "the review", "the name of a file", "Ctrl-C"])
def test_exit_works_wherever_a_line_is_read(home: Path, at: str) -> None:
    with plain() as screen:
        say(screen, "2")
        if at == "an alert":
            say(screen, "1")
        elif at == "the review":
            say(screen, "review")
        elif at == "the name of a file":
            say(screen, "save")
        else:
            screen.wait(AN_ANSWER)
            screen.press(CTRL_C)
            screen.wait("File name:")
        screen.line("exit!")
        assert screen.end() == 0
        assert screen.bytes.endswith(WIPE)
    assert os.listdir(home) == []


@pytest.mark.slow
def test_exit_deletes_a_draft_that_was_saved_or_gone_on_with_in_this_quiz(home: Path) -> None:
    with plain() as screen:
        say(screen, "2", "save")
        screen.wait("File name:")
        screen.line("mine")
        screen.wait("From now on each answer is saved there.")
        screen.wait(lambda screen: screen.text.endswith(AN_ANSWER))
        assert os.listdir(home) == ["mine"]
        screen.line("exit!")
        assert screen.end() == 0
    assert os.listdir(home) == []
    save_draft("mine", RULES, {"age": "adult"}, NOW)
    assert piped("exit!\n", "--resume", "mine").returncode == 0
    assert os.listdir(home) == []


@pytest.mark.slow
def test_the_key_of_the_menus_does_the_same(home: Path) -> None:
    with Screen([SMALL_QUIZ, "--draft", "d.yaml"]) as screen:
        to_the_first_menu(screen)
        screen.press("2", ENTER)
        screen.wait("Question 2 of 8.")
        screen.press(CTRL_X)
        assert screen.end() == 0
        assert screen.bytes.partition(WIPE)[1:] == (WIPE, b"")
    assert os.listdir(home) == []


def to_the_first_menu(screen: Screen) -> None:
    while "Question 1 of" not in screen.text:
        screen.wait(lambda s: s.waits_for_enter or "Question 1" in s.text)
        before = len(screen.bytes)
        if "Question 1 of" not in screen.text:
            screen.press(ENTER)
            screen.wait(lambda screen, n=before: len(screen.bytes) > n + 4)  # type: ignore[misc]


@pytest.mark.slow
def test_the_opening_of_the_menus_can_be_left_at_once() -> None:
    for keys in ("exit!", CTRL_X):
        with Screen([SMALL_QUIZ], columns=40, rows=12) as screen:
            screen.wait("Press Enter to go on.")
            screen.line(keys)
            assert screen.end() == 0
            assert screen.bytes.endswith(WIPE)


def test_a_terminal_that_can_not_clear_gets_no_code_and_is_told_so(home: Path) -> None:
    with plain("--draft", "d.yaml", term="dumb") as screen:
        screen.wait("exit! leaves at once. It can't clear this screen")
        say(screen, "2")
        screen.line("exit!")
        assert screen.end() == 0
        assert b"\x1b" not in screen.bytes
    assert os.listdir(home) == []


def test_exit_from_a_pipe_is_silent_and_done(home: Path) -> None:
    done = piped("2\nexit!\n", "--draft", "d.yaml")
    assert (done.returncode, done.stdout) == (0, "")
    assert "\x1b" not in done.stderr
    assert done.stderr.rstrip().endswith(AN_ANSWER)
    assert os.listdir(home) == []


def test_the_real_command_leaves_at_once_with_no_word(pathfinder: Run) -> None:
    ran = pathfinder("quiz", stdin="2\nexit!\n")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.rstrip().endswith(AN_ANSWER)


# --- the opening --------------------------------------------------------------


def test_quick_exit_is_explained_once_with_what_it_can_not_do(rules: RuleSet) -> None:
    texts = opening(Setting(rules, rules.regions[0], False), KEYS, way_out=WAY_OUT)
    told = " ".join(texts)
    assert told.count("leaves at once") == 1
    for word in ("history", "logs", "recordings", "someone has seen"):
        assert word in told


@pytest.mark.parametrize("file", [None, "draft.yaml"])
def test_the_opening_is_short(rules: RuleSet, file: str | None) -> None:
    setting = Setting(rules, rules.regions[0], False)
    kept = InFile(rules, {}, file).opening(WAY_OUT)
    texts = opening(setting, KEYS, way_out=WAY_OUT, kept=kept)
    rows = [row for text in texts for row in wrap(text, 72)]
    assert len(rows) + 1 <= (14 if file is None else 16)


def test_with_a_draft_the_opening_names_the_file_and_who_can_read_it() -> None:
    said = piped("quit\n", "--draft", "d.yaml").stderr
    before = " ".join(said.partition("Question 1")[0].split())
    assert "keep them in d.yaml. Whoever can read that file can read your answers." in before
    assert "exit! deletes it." in before
    assert "deletes it" not in piped("quit\n").stderr


# --- a draft that was asked for -----------------------------------------------


def test_a_draft_holds_each_answer_as_soon_as_it_is_given(home: Path) -> None:
    draft = home / "d.yaml"
    with plain("--draft", "d.yaml") as screen:
        screen.wait(AN_ANSWER)
        assert answers_in(draft) == {}, "written before the first question"
        say(screen, "2")
        assert answers_in(draft) == {"age": "adult"}
        say(screen, "none")
        assert answers_in(draft) == {"age": "adult", "danger": ("none",)}
        assert stat.S_IMODE(draft.stat().st_mode) == 0o600
        screen.line("quit")
        assert screen.end() == 130
        assert "File name:" not in screen.text, "nothing to ask: it is saved"
        assert "Your answers are in d.yaml." in screen.text
        assert "To go on: pathfinder quiz --resume d.yaml" in screen.text
    assert os.listdir(home) == ["d.yaml"]


def test_a_draft_without_an_answer_is_not_left_behind(home: Path) -> None:
    done = piped("quit\n", "--draft", "d.yaml")
    assert done.returncode == 130
    assert "Nothing was saved." in done.stderr
    assert os.listdir(home) == []


def test_a_finished_quiz_says_where_its_answers_are(home: Path) -> None:
    done = piped("2\nnone\nnone\n1\n3\n", "--draft", "d.yaml")
    assert done.returncode == 0
    assert "Your answers are in d.yaml. Whoever can read that file can read them." in done.stderr
    assert answers_in(home / "d.yaml") == json.loads(done.stdout)["answers"] | {
        "danger": ("none",),
        "use": ("none",),
    }


def test_a_pipe_that_ends_or_never_answers_keeps_its_draft() -> None:
    for text, code in (("2\n", 130), ("2\nx\ny\nz\n", 65)):
        done = piped(text, "--draft", f"{code}.yaml")
        assert done.returncode == code
        assert f"pathfinder quiz --resume {code}.yaml" in done.stderr
        assert "Nothing was saved" not in done.stderr
        assert answers_in(Path(f"{code}.yaml")) == {"age": "adult"}


@pytest.mark.parametrize("where", ["missing/d.yaml", ".", "config.yml", "notes.txt", "dev-null"])
def test_a_draft_that_must_not_or_can_not_be_written_is_73_and_asks_nothing(
    pathfinder: Run, home: Path, where: str
) -> None:
    (home / "config.yml").write_text("services: {web: {image: x}}\n")
    (home / "notes.txt").write_text("my notes")
    (home / "dev-null").symlink_to("/dev/null")
    ran = pathfinder("quiz", "--draft", where, stdin="skip\n" * 40)
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (73, "", 1)
    assert (home / "config.yml").read_text() == "services: {web: {image: x}}\n"
    assert (home / "notes.txt").read_text() == "my notes"
    assert (home / "dev-null").is_symlink()


def test_an_answers_file_that_a_person_wrote_is_not_written_over(
    pathfinder: Run, home: Path
) -> None:
    (home / "a.yaml").write_text("home: steady  # since May\n")
    assert pathfinder("quiz", "--draft", "a.yaml", stdin="skip\n" * 40).code == 73
    assert "since May" in (home / "a.yaml").read_text()


def test_a_draft_that_is_there_already_is_gone_on_with(home: Path) -> None:
    save_draft("d.yaml", RULES, {"age": "adult", "danger": ("none",)}, NOW)
    done = piped("none\n", "--draft", "d.yaml")
    assert "Going on from d.yaml." in done.stderr
    assert "How old are you?" not in done.stderr
    assert answers_in(home / "d.yaml") == {"age": "adult", "danger": ("none",), "use": ("none",)}


def test_a_draft_that_is_there_is_not_written_over_with_other_answers(home: Path) -> None:
    save_draft("d.yaml", RULES, {"age": "adult"}, NOW)
    (home / "a.yaml").write_text("place: own\n")
    done = piped("", "--draft", "d.yaml", "--answers", "a.yaml")
    assert done.returncode == 73
    assert "--resume" in done.stderr
    assert answers_in(home / "d.yaml") == {"age": "adult"}


def test_an_empty_file_may_become_a_draft(home: Path) -> None:
    (home / "d.yaml").touch()
    piped("2\n", "--draft", "d.yaml")
    assert answers_in(home / "d.yaml") == {"age": "adult"}
    assert stat.S_IMODE((home / "d.yaml").stat().st_mode) == 0o600


def test_a_link_stays_a_link(home: Path) -> None:
    (home / "there.yaml").touch()
    (home / "link.yaml").symlink_to("there.yaml")
    piped("2\n", "--draft", "link.yaml")
    assert (home / "link.yaml").is_symlink()
    assert answers_in(home / "there.yaml") == {"age": "adult"}


def test_a_draft_holds_the_answers_that_the_quiz_started_from(home: Path) -> None:
    (home / "a.yaml").write_text("place: own\n")
    piped("2\n", "--answers", "a.yaml", "--draft", "d.yaml")
    assert answers_in(home / "d.yaml") == {"place": "own", "age": "adult"}


@pytest.mark.parametrize(
    "words",
    [
        ("--draft", ""),
        ("--draft", "-"),
        ("--draft", "d.json"),
        ("--resume", "-"),
        ("--resume", "d.JSONL"),
        ("--resume", "d.yaml", "--draft", "e.yaml"),
        ("--resume", "d.yaml", "--answers", "a.yaml"),
        ("--answers", "-"),
    ],
)
def test_options_that_make_no_sense_are_wrong_use(
    pathfinder: Run, home: Path, words: tuple[str, ...]
) -> None:
    ran = pathfinder("quiz", *words, stdin="skip\n" * 40)
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (2, "", 1)
    assert os.listdir(home) == []


# --- a draft that can't be written any more ------------------------------------


@pytest.mark.slow
def test_a_folder_that_goes_away_costs_nobody_the_quiz(home: Path) -> None:
    (home / "stick").mkdir()
    with plain("--draft", "stick/d.yaml") as screen:
        say(screen, "2")
        shutil.rmtree(home / "stick")
        say(screen, "none", "none")
        said = "No such file or directory. The quiz goes on. It is tried again"
        assert screen.everything.count(said) == 1
        (home / "stick").mkdir()
        say(screen, "1")
        assert "Your answers are saved in stick/d.yaml again." in screen.text
        screen.line("quit")
        assert screen.end() == 130
    assert answers_in(home / "stick" / "d.yaml") == {
        "age": "adult",
        "danger": ("none",),
        "use": ("none",),
        "severity": "mild",
    }


@pytest.mark.slow
def test_who_stops_then_is_told_the_truth_and_asked_for_another_file(home: Path) -> None:
    (home / "stick").mkdir()
    with plain("--draft", "stick/d.yaml") as screen:
        say(screen, "2")
        shutil.rmtree(home / "stick")
        say(screen, "none")
        screen.line("quit")
        screen.wait("File name:")
        screen.line("here.yaml")
        assert screen.end() == 130
        assert "Your answers are in here.yaml." in screen.text
    assert answers_in(home / "here.yaml") == {"age": "adult", "danger": ("none",)}


def test_a_pipe_is_told_at_the_end_that_the_newest_answers_stand_nowhere(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeping = InFile(RULES, {}, "d.yaml")
    keeping.begin()
    assert keeping.keep({"age": "adult"}) == ""

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        assert "No space left" in keeping.keep({"age": "adult", "place": "own"})
        assert keeping.keep({"age": "adult", "place": "none"}) == "", "said once"
        assert "No space left" in keeping.catch_up()
        assert keeping.would_be_lost
        assert "The newest could not be saved." in keeping.told()[0]
    assert answers_in(home / "d.yaml") == {"age": "adult"}
    assert keeping.catch_up() == ""
    assert not keeping.would_be_lost
    assert answers_in(home / "d.yaml") == {"age": "adult", "place": "none"}


# --- save ---------------------------------------------------------------------


@pytest.mark.slow
def test_save_asks_for_a_name_and_keeps_what_follows_there(home: Path) -> None:
    (home / "taken").write_text("mine")
    with plain() as screen:
        say(screen, "2", "save")
        screen.wait("Whoever can read that file can read them.")
        for name, told in (
            ("yes", "is a word of this quiz"),
            ("taken", "taken is there already. It stays as it is."),
            ("d.json", "A draft is YAML"),
            ("no/d", "No such file"),
        ):
            before = len(screen.bytes)
            screen.line(name)
            screen.wait(after(before, "File name:"))
            assert told in screen.text
        screen.line("d.yaml")
        screen.wait("To go on: pathfinder quiz --resume d.yaml")
        say(screen, "none")
        screen.press(CTRL_C)
        assert screen.end() == 130
        assert "Nothing was saved" not in screen.text
    assert (home / "taken").read_text() == "mine"
    assert sorted(os.listdir(home)) == ["d.yaml", "taken"]
    assert answers_in(home / "d.yaml") == {"age": "adult", "danger": ("none",)}


@pytest.mark.parametrize("name", ["", "no", "back"])
def test_save_without_a_name_saves_nothing_and_goes_on(home: Path, name: str) -> None:
    with plain() as screen:
        say(screen, "2", "save")
        screen.wait("File name:")
        screen.line(name)
        screen.wait("Nothing was saved.")
        screen.wait("Question 2 of 8.")
    assert os.listdir(home) == []


def test_save_with_a_draft_says_where_it_is(home: Path) -> None:
    done = piped("2\nsave\n", "--draft", "d.yaml")
    assert done.stderr.count("Your answers are in d.yaml.") == 2


def test_save_in_a_pipe_takes_the_next_line_as_the_name(home: Path) -> None:
    done = piped("2\nsave\nd.yaml\nnone\n")
    assert answers_in(home / "d.yaml") == {"age": "adult", "danger": ("none",)}
    assert "pathfinder quiz --resume d.yaml" in done.stderr


def test_a_pipe_that_says_save_for_ever_makes_no_file(home: Path) -> None:
    assert piped("save\n" * 20).returncode == 65
    assert os.listdir(home) == []


@pytest.mark.slow
def test_saving_from_a_menu_comes_back_to_the_question(home: Path) -> None:
    with Screen([SMALL_QUIZ]) as screen:
        to_the_first_menu(screen)
        screen.press("2", ENTER)
        screen.wait("Question 2 of 8.")
        screen.press("\x13")
        screen.wait("File name:")
        screen.settle()
        screen.line("d.yaml")
        screen.wait("To go on: pathfinder quiz --resume d.yaml")
        screen.wait("Press Enter to go on.")
        screen.settle()
        screen.press(ENTER)
        screen.wait("Question 2 of 8.")
        screen.press(CTRL_C)
        assert screen.end() == 130
        assert "Your answers are in d.yaml." in screen.text
    assert answers_in(home / "d.yaml") == {"age": "adult"}


# --- stopping -----------------------------------------------------------------


def stop(screen: Screen, how: str) -> None:
    if how == "quit":
        screen.line("quit")
    else:
        screen.press(how)
    screen.wait("You stopped. To keep your answers for later, type the name of a file.")
    screen.wait("File name:")
    screen.settle()


@pytest.mark.slow
@pytest.mark.parametrize("how", [CTRL_C, CTRL_D, "quit"])
def test_who_stops_may_keep_the_answers_in_a_file(home: Path, how: str) -> None:
    with plain() as screen:
        say(screen, "2", "none")
        stop(screen, how)
        screen.line("my answers.yaml")
        assert screen.end() == 130
        assert "Your answers are in my answers.yaml. Whoever can read that file" in screen.text
        assert "pathfinder quiz --resume 'my answers.yaml'" in screen.text
        assert "Emergency services: 911" in screen.text
    file = home / "my answers.yaml"
    assert answers_in(file) == {"age": "adult", "danger": ("none",)}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.slow
@pytest.mark.parametrize("then", [ENTER, CTRL_C, CTRL_D, "quit\r", "no\r"])
def test_enter_or_stopping_once_more_keeps_nothing(home: Path, then: str) -> None:
    with plain() as screen:
        say(screen, "2")
        stop(screen, CTRL_C)
        screen.press(then)
        assert screen.end() == 130
        assert "Stopped. Nothing was saved. To start again: pathfinder quiz" in screen.text
        assert b"Traceback" not in screen.bytes
    assert os.listdir(home) == []


def test_who_has_answered_nothing_is_asked_nothing() -> None:
    with plain() as screen:
        screen.wait(AN_ANSWER)
        screen.press(CTRL_C)
        assert screen.end() == 130
        assert "Nothing was saved." in screen.text
        assert "File name:" not in screen.text


def test_a_pipe_that_quits_is_asked_nothing() -> None:
    done = piped("2\nquit\nd.yaml\n")
    assert done.returncode == 130
    assert "File name:" not in done.stderr


@pytest.mark.slow
def test_who_stops_in_a_menu_may_keep_the_answers_too(home: Path) -> None:
    with Screen([SMALL_QUIZ]) as screen:
        to_the_first_menu(screen)
        screen.press("2", ENTER)
        screen.wait("Question 2 of 8.")
        stop(screen, CTRL_C)
        screen.line("d.yaml")
        assert screen.end() == 130
        assert "pathfinder quiz --resume d.yaml" in screen.text
    assert answers_in(home / "d.yaml") == {"age": "adult"}


# --- going on from a draft ----------------------------------------------------


def test_going_on_asks_only_what_is_open_and_keeps_on_saving(home: Path) -> None:
    save_draft("d.yaml", RULES, {"age": "adult", "place": "own"}, NOW)
    done = piped("none\nnone\n1\n", "--resume", "d.yaml")
    assert done.returncode == 0
    assert "How old are you?" not in done.stderr
    assert "Where do you sleep?" not in done.stderr
    assert "changed" not in done.stderr
    assert answers_in(home / "d.yaml") == {
        "age": "adult",
        "place": "own",
        "danger": ("none",),
        "use": ("none",),
        "severity": "mild",
    }


@pytest.fixture
def killed(home: Path) -> Path:
    """A draft, and what a save of it left beside it that was killed before its end."""
    from pathfinder.files import part_of

    file = home / "draft.yaml"
    file.write_text("answers: {age: adult}\npassport: {sha256: a}\n")
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left = part_of(file).with_name(f".draft.yaml.{gone.pid}.part")
    left.write_text("answers: {self_harm: CANARY")
    return file


@pytest.mark.parametrize("option", ["--draft", "--resume"])
def test_the_start_with_a_draft_takes_away_what_a_killed_save_left_and_says_nothing(
    killed: Path, option: str
) -> None:
    told = piped("quit\n", option, "draft.yaml").stderr
    assert os.listdir(killed.parent) == ["draft.yaml"]
    assert told == piped("quit\n", option, "draft.yaml").stderr


def test_it_goes_also_where_the_draft_itself_was_never_made(killed: Path) -> None:
    killed.unlink()
    assert piped("quit\n", "--resume", "draft.yaml").returncode == 66
    assert os.listdir(killed.parent) == []


def test_it_goes_also_where_a_link_leads_to_the_draft(killed: Path) -> None:
    link = killed.parent / "elsewhere" / "link.yaml"
    link.parent.mkdir()
    link.symlink_to(killed)
    piped("quit\n", "--resume", str(link))
    assert sorted(os.listdir(killed.parent)) == ["draft.yaml", "elsewhere"]
    assert os.listdir(link.parent) == ["link.yaml"]


def test_what_no_longer_fits_is_named_and_asked_again(home: Path) -> None:
    (home / "d.yaml").write_text(
        f"passport: {{ruleset: small, sha256: {'a' * 64}}}\n"
        "answers: {age: adult, danger: [fire], use: [none], severity: mild, shoes: 9b}\n"
    )
    done = piped("none\n", "--resume", "d.yaml")
    said = " ".join(done.stderr.split())
    assert "The rules have changed since this draft was written." in said
    assert "fire" in said.partition("Question")[0]
    assert "shoes" in said.partition("Question")[0]
    assert "Is any of this happening right now?" in said
    assert "What do you use?" not in said
    assert "fire" not in (home / "d.yaml").read_text()


def test_a_draft_is_as_it_was_until_an_answer_is_given(home: Path) -> None:
    (home / "d.yaml").write_text("passport: {}\nanswers: {age: adult, danger: [fire]}\n")
    before = (home / "d.yaml").read_text()
    done = piped("quit\n", "--resume", "d.yaml")
    assert "Your answers are in d.yaml." in done.stderr
    assert (home / "d.yaml").read_text() == before


def test_answers_that_name_no_rules_are_not_said_to_be_old(home: Path) -> None:
    (home / "a.yaml").write_text("age: adult\n")
    done = piped("quit\n", "--resume", "a.yaml")
    assert "Going on from a.yaml." in done.stderr
    assert "rules have changed" not in done.stderr


@pytest.mark.parametrize(
    ("text", "code"),
    [(None, 66), ("", 65), ("[1]", 65), ("answers: [", 65), ("services: {web: 1}\n", 65)],
)
def test_what_can_not_be_gone_on_from_is_one_line(
    pathfinder: Run, home: Path, text: str | None, code: int
) -> None:
    if text is not None:
        (home / "d.yaml").write_text(text)
    ran = pathfinder("quiz", "--resume", "d.yaml", stdin="skip\n" * 40)
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (code, "", 1)


def test_a_full_draft_in_a_pipe_leads_to_the_result(home: Path) -> None:
    save_draft("d.yaml", RULES, ALL, NOW)
    done = piped("", "--resume", "d.yaml")
    assert done.returncode == 0
    assert json.loads(done.stdout)["ended"] == "finished"
    assert AN_ANSWER not in done.stderr


@pytest.mark.slow
def test_a_full_draft_at_a_terminal_is_looked_through_first(home: Path) -> None:
    save_draft("d.yaml", RULES, ALL, NOW)
    with plain("--resume", "d.yaml") as screen:
        screen.wait("To see your result, type show my result.")
        assert "Question" not in screen.everything
        screen.line("5")
        screen.wait("Question 5 of 5.")
        say(screen, "1")
        screen.wait(lambda screen: screen.text.endswith("Your choice:"))
        screen.line("show my result")
        assert screen.end() == 0
    assert answers_in(home / "d.yaml") == {
        "age": "adult",
        "danger": ("none",),
        "use": ("none",),
        "severity": "mild",
        "place": "none",
    }


def test_answers_that_leave_nothing_open_are_not_looked_through(home: Path) -> None:
    (home / "a.yaml").write_text("".join(f"{key}: {value}\n" for key, value in ALL.items()))
    with plain("--answers", "a.yaml") as screen:
        assert screen.end() == 0
        assert "Your choice:" not in screen.text


@pytest.mark.slow
def test_a_draft_of_the_real_quiz_is_gone_on_with_and_read_by_recommend(
    pathfinder: Run, rules: RuleSet, home: Path
) -> None:
    whole = pathfinder("quiz", "--format", "json", stdin="2\n" + "skip\n" * 40)
    first = pathfinder("quiz", "--draft", "d.yaml", stdin="2\nskip\nskip\n")
    assert first.code == 130
    assert len(read_answers(rules, "d.yaml")) == 3
    rest = pathfinder("quiz", "--resume", "d.yaml", "--format", "json", stdin="skip\n" * 40)
    assert (rest.code, json.loads(rest.out)) == (0, json.loads(whole.out))
    again = pathfinder("recommend", "d.yaml", "--format", "json")
    assert json.loads(again.out) == json.loads(whole.out)


# --- reviewing at a terminal ---------------------------------------------------


@pytest.mark.slow
def test_only_what_newly_applies_is_asked_after_an_edit_and_the_review_comes_again() -> None:
    with plain(rows=50) as screen:
        say(screen, "2", "none", "none", "1", "3")
        screen.wait(lambda screen: screen.text.endswith("Your choice:"))
        screen.line("3")
        screen.wait("Your answer so far: None.")
        say(screen, "2", "1")
        screen.wait(lambda screen: screen.text.endswith("Your choice:"))
        asked = re.findall(r"Question \d of \d\. \w+\. (.*?\?)", screen.everything)
        assert asked[5:] == ["What do you use?", "What about often?"]
        screen.line("show")
        assert screen.end() == 0
        assert '"often": "rarely"' in screen.everything


# --- preferences --------------------------------------------------------------


def test_plain_mode_may_be_a_preference_and_says_so_first(home: Path) -> None:
    (home.parent / "config" / "config.yaml").write_text("plain: true\nregion: uk\n")
    with Screen(["-m", "pathfinder", "quiz"]) as screen:
        screen.wait("Question 1 of")
        assert screen.lines[0] == "Plain mode is on: your config.yaml asks for it."
        assert "Call 999." in screen.text
        assert b"\x1b" not in screen.bytes


def test_the_country_of_the_command_line_counts_more_than_the_preference(
    pathfinder: Run, home: Path
) -> None:
    (home.parent / "config" / "config.yaml").write_text("region: uk\n")
    assert "Call 999." in pathfinder("quiz", stdin="quit\n").err
    assert "Call 911." in pathfinder("quiz", "--region", "us", stdin="quit\n").err


def test_a_slip_in_the_preferences_is_told_and_keeps_nobody_from_the_quiz(
    pathfinder: Run, home: Path
) -> None:
    (home.parent / "config" / "config.yaml").write_text("plian: true\nregion: [uk]\n")
    ran = pathfinder("quiz", stdin="1\n")
    assert ran.code == 0
    said = ran.err.partition("Question")[0]
    assert 'unknown key "plian"' in said
    assert "config.yaml:2:9" in "".join(said.split())


def test_other_commands_read_no_preferences(pathfinder: Run, home: Path) -> None:
    (home.parent / "config" / "config.yaml").write_text("plian: true\nregion: uk\n")
    ran = pathfinder("help-lines")
    assert ran.err == ""
    assert "911" in ran.out.partition("999")[0]
