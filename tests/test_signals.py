"""Whatever ends or stops the program leaves the terminal clean and the answers safe."""

from __future__ import annotations

import contextlib
import os
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Timer

import pytest
from screen import CTRL_R, CTRL_X, DOWN, ENTER, Screen
from test_screen import start

from pathfinder import process
from pathfinder.ask.terminal import Lines
from pathfinder.process import Killed, die, handled
from pathfinder.vault.passphrase import ask

SMALL_QUIZ = str(Path(__file__).with_name("small_quiz.py"))
JOB_SHELL = str(Path(__file__).with_name("job_shell.py"))
ENDS = [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT]


def at_a_question(screen: Screen) -> None:
    start(screen)
    screen.press("2", ENTER)
    screen.wait("Question 2 of")


def at_the_help(screen: Screen) -> None:
    at_a_question(screen)
    screen.press("?")
    screen.wait("key")


def at_an_alert(screen: Screen) -> None:
    at_a_question(screen)
    screen.press("1", ENTER)
    screen.wait("Get help now")


def in_the_review(screen: Screen) -> None:
    at_a_question(screen)
    screen.press(CTRL_R)
    screen.wait("Go on with the questions")


def at_a_file_name(screen: Screen) -> None:
    at_a_question(screen)
    screen.press("\x13")
    screen.wait("Press Enter to go on.")


def typing_a_file_name(screen: Screen) -> None:
    at_a_question(screen)
    screen.press("\x13")
    screen.wait("File name:")


def in_the_opening(screen: Screen) -> None:
    screen.wait("Press Enter to go on.")


def in_plain_lines(screen: Screen) -> None:
    screen.wait("Your answer:")
    screen.line("2")
    screen.wait("Question 2 of")
    screen.wait(lambda s: s.text.endswith("Your answer:"))
    screen.press("no")


PLACES = [
    (at_a_question, (80, 24), ()),
    (at_a_question, (40, 12), ()),
    (at_the_help, (40, 12), ()),
    (at_an_alert, (80, 24), ()),
    (at_an_alert, (40, 12), ()),
    (in_the_review, (80, 24), ()),
    (at_a_file_name, (80, 24), ()),
    (in_the_opening, (40, 12), ()),
    (in_plain_lines, (80, 24), ("--plain",)),
]


@pytest.mark.slow
@pytest.mark.parametrize("number", ENDS)
@pytest.mark.parametrize(("go", "size", "words"), PLACES)
def test_what_is_killed_leaves_the_terminal_as_it_was_and_says_what_is_kept(
    number: int, go: Callable[[Screen], None], size: tuple[int, int], words: tuple[str, ...],
    tmp_path: Path,
) -> None:  # fmt: skip
    draft = tmp_path / "draft.yaml"
    command = [SMALL_QUIZ, "--draft", str(draft), *words]
    with Screen(command, columns=size[0], rows=size[1]) as screen:
        go(screen)
        screen.send_signal(number)
        assert screen.ended_by() == number
        assert screen.modes == screen.modes_before
        assert screen.left_on == set()
        assert not screen.on_second_screen
        assert "Stopped." in screen.everything
        if go is not in_the_opening:
            assert "--resume" in screen.everything
            assert "age: adult" in draft.read_text(encoding="utf-8")
    assert not [name for name in os.listdir(tmp_path) if name != "draft.yaml"]


def test_a_signal_that_is_ignored_stays_ignored() -> None:
    """As `nohup` wants it."""
    program = (
        "import os, signal; signal.signal(signal.SIGHUP, signal.SIG_IGN);"
        "from pathfinder.process import handled\n"
        "with handled():\n    os.kill(os.getpid(), signal.SIGHUP); print('still here')"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout == b"still here\n"


def test_what_handled_signals_before_handles_them_again_afterwards() -> None:
    before = [signal.getsignal(each) for each in (*ENDS, signal.SIGTSTP, signal.SIGCONT)]
    with handled(), handled():
        assert signal.getsignal(signal.SIGTERM) is not before[0]
    after = [signal.getsignal(each) for each in (*ENDS, signal.SIGTSTP, signal.SIGCONT)]
    assert after == before


def test_a_first_process_that_no_signal_ends_exits_as_if_it_had(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(process.os, "kill", lambda process, number: None)
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(SystemExit) as end:
        die(signal.SIGTERM)
    signal.signal(signal.SIGTERM, before)
    assert end.value.code == 128 + signal.SIGTERM


def test_killed_is_no_error_that_a_handler_of_errors_could_swallow() -> None:
    assert not issubclass(Killed, Exception)


@pytest.mark.skipif(
    shutil.which("unshare") is None
    or subprocess.run(["unshare", "-pf", "true"], capture_output=True, check=False).returncode != 0,
    reason="a process namespace needs a right that is missing here",
)
def test_as_the_first_process_of_a_container_it_ends_when_it_is_told_to() -> None:
    command = ["unshare", "-pf", "--kill-child", sys.executable, "-m", "pathfinder", "quiz"]
    # A pipe that stays open: it waits for a line.
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as outer:
        assert outer.stderr is not None
        while b"Question 1" not in outer.stderr.readline():
            pass
        found = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(outer.pid)], capture_output=True, check=True
        )
        os.kill(int(found.stdout), signal.SIGTERM)
        assert outer.wait(20) in (128 + signal.SIGTERM, -signal.SIGTERM)
        assert b"Stopped." in outer.stderr.read()


# --- stopped, and going on ----------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    ("go", "words"), [(at_a_question, ()), (at_an_alert, ()), (in_plain_lines, ("--plain",))]
)
def test_stopping_leaves_the_screen_and_going_on_brings_it_back(
    go: Callable[[Screen], None], words: tuple[str, ...]
) -> None:
    with Screen([JOB_SHELL, SMALL_QUIZ, *words]) as screen:
        screen.wait("[job ")
        found = re.search(r"\[job (\d+)\]", screen.text)
        assert found is not None
        go(screen)
        picture = screen.text
        os.kill(int(found[1]), signal.SIGTSTP)
        screen.wait("[stopped, terminal as before]")
        assert not screen.on_second_screen
        screen.line("")
        if words:
            screen.wait(lambda s: s.text.endswith("Your answer:"))
            screen.press(CTRL_X)
        else:
            screen.wait(lambda s: s.on_second_screen and s.text == picture)
            screen.press(DOWN)
            screen.wait("> 2. ")
            screen.press(CTRL_X)
        assert screen.end() == 0
        assert screen.left_on == set()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("go", "size", "words", "keys"),
    [
        (at_a_question, (80, 24), (), "\x1a"),
        (at_a_question, (80, 24), (), "\x1b[122;5u"),
        (at_the_help, (40, 12), (), "\x1a"),
        (at_an_alert, (80, 24), (), "\x1a"),
        (in_the_review, (80, 24), (), "\x1a"),
        (typing_a_file_name, (80, 24), (), "\x1a"),
        (in_plain_lines, (80, 24), ("--plain",), "\x1a"),
    ],
)
def test_ctrl_z_pauses_wherever_it_is_pressed_and_fg_comes_back_to_the_same_place(
    go: Callable[[Screen], None], size: tuple[int, int], words: tuple[str, ...], keys: str
) -> None:
    command = [JOB_SHELL, SMALL_QUIZ, *words]
    with Screen(command, columns=size[0], rows=size[1]) as screen:
        screen.wait("[job ")
        go(screen)
        picture = screen.text
        screen.press(keys)
        screen.wait("[stopped, terminal as before]")
        assert not screen.on_second_screen
        assert words or go is typing_a_file_name or "type fg" in screen.text
        screen.line("")
        if go is typing_a_file_name:
            screen.wait(lambda s: s.on_second_screen and s.text.endswith("File name:"))
        elif words:
            screen.wait(lambda s: s.text.endswith("Your answer:"))
        else:
            screen.wait(lambda s: s.on_second_screen and s.text == picture)
        screen.press(CTRL_X)
        assert screen.end() == 0
        assert screen.left_on == set()


@pytest.mark.slow
def test_where_no_shell_could_bring_it_back_ctrl_z_does_nothing() -> None:
    """As the first program of its terminal, of a tmux window or a container, it would be gone."""
    with Screen([SMALL_QUIZ]) as screen:
        at_a_question(screen)
        picture, before = screen.text, len(screen.bytes)
        screen.press("\x1a", DOWN)
        screen.wait("> 2. ")
        assert screen.on_second_screen
        assert b"\x1b[?1049l" not in screen.bytes[before:]
        screen.press("\x1b[A")
        screen.wait(lambda s: s.text == picture)
        screen.press(CTRL_X)
        assert screen.end() == 0


@pytest.mark.slow
def test_after_a_stop_without_warning_the_picture_is_whole_again() -> None:
    with Screen([SMALL_QUIZ]) as screen:
        at_a_question(screen)
        picture = screen.text
        screen.send_signal(signal.SIGSTOP)
        while screen.state != "T":
            time.sleep(0.01)
        screen.shell_takes_the_terminal()
        screen.send_signal(signal.SIGCONT)
        screen.wait(lambda s: s.text == picture)
        screen.press(DOWN)
        screen.wait("> 2. ")
        assert "\x1b[B" not in screen.text
        assert "^[[B" not in screen.text
        screen.press(CTRL_X)
        assert screen.end() == 0
        assert screen.modes == screen.modes_before


@pytest.mark.slow
@pytest.mark.parametrize("stopped", [False, True])
def test_when_the_terminal_is_gone_the_program_goes_too(stopped: bool, tmp_path: Path) -> None:
    """It must not tell an empty place of its trouble for ever."""
    draft = tmp_path / "draft.yaml"
    with Screen([JOB_SHELL, SMALL_QUIZ, "--draft", str(draft)]) as screen:
        screen.wait("[job ")
        found = re.search(r"\[job (\d+)\]", screen.text)
        assert found is not None
        job = int(found[1])
        at_a_question(screen)
        if stopped:
            os.kill(job, signal.SIGTSTP)
            screen.wait("[stopped")
    deadline = time.monotonic() + 10
    try:
        while Path(f"/proc/{job}/stat").exists():
            assert time.monotonic() < deadline, "it is still there"
            time.sleep(0.05)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(job, signal.SIGKILL)
    assert "age: adult" in draft.read_text(encoding="utf-8")


# --- a signal that comes just before the program waits -----------------------------------


def plain_line(terminal: int) -> str | None:
    with open(terminal, "rb", closefd=False) as source:
        return Lines(source, None, typed=True).read("Your answer:")


def passphrase(terminal: int) -> str:
    return ask()


@pytest.mark.parametrize("waits", [plain_line, passphrase])
def test_a_signal_that_comes_just_before_the_wait_ends_it(
    monkeypatch: pytest.MonkeyPatch, waits: Callable[[int], str | None]
) -> None:
    """Python hears a signal between two steps of its own, and no more once the system waits: so
    whatever waits must watch more than the keys. Here the handler has had its turn before."""
    ours, theirs = os.openpty()
    opened, waited = os.open, select.select
    heard: list[bool] = []

    def after_a_signal(
        read: list[int], write: list[int], other: list[int], *more: float
    ) -> tuple[list[int], list[int], list[int]]:
        if not more and not heard:
            signal.raise_signal(signal.SIGUSR1)
            heard.append(waited(read, [], [], 0)[0] != [])
            os.write(ours, b"words\n")
        return waited(read, write, other, *more)

    def our_terminal(path: str, *rest: int) -> int:
        return os.dup(theirs) if path == "/dev/tty" else opened(path, *rest)

    before = signal.signal(signal.SIGUSR1, lambda number, frame: None)
    monkeypatch.setattr(os, "open", our_terminal)
    monkeypatch.setattr(select, "select", after_a_signal)
    a_key = Timer(5, os.write, (ours, b"too late\n"))
    a_key.start()
    try:
        assert waits(theirs) == "words"
    finally:
        a_key.cancel()
        signal.signal(signal.SIGUSR1, before)
        os.close(ours)
        os.close(theirs)
    assert heard == [True]
    assert signal.set_wakeup_fd(-1) == -1
