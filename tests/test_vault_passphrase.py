"""A passphrase comes through a pipe or a terminal, is never shown, and never an option."""

from __future__ import annotations

import fcntl
import os
import pty
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest
from screen import CTRL_X, Screen, let_keys_end_it
from vaults import PASSPHRASE, make_vault, through_pipe

from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import PathfinderError
from pathfinder.vault.passphrase import ask, ask_new


def pipe(data: bytes) -> int:
    out, into = os.pipe()
    os.write(into, data)
    os.close(into)
    return out


@pytest.mark.parametrize(
    ("data", "read"),
    [(b"words\n", "words"), (b"words", "words"), (b"words\r\n", "words"), (b" a b \nx", " a b "),
     ("café\n".encode(), "café"), (b"", ""), (b"\n", "")],
)  # fmt: skip
def test_one_line_is_read_and_its_blanks_are_part_of_it(data: bytes, read: str) -> None:
    assert ask(pipe(data)) == read


def test_the_lines_after_it_are_left_for_others() -> None:
    fd = pipe(b"old\nnew words\nrest")
    assert (ask(fd), ask_new(fd), os.read(fd, 9)) == ("old", "new words", b"rest")


@pytest.mark.parametrize("data", [b"\xff\n", b"x" * 5000])
def test_what_is_no_passphrase_is_refused_without_being_shown(data: bytes) -> None:
    with pytest.raises(PathfinderError) as refused:
        ask(pipe(data))
    assert 3 * "x" not in str(refused.value)


def test_a_number_that_is_not_open_is_one_line() -> None:
    with pytest.raises(PathfinderError, match="--passphrase-fd 999 can't be read"):
        ask(999)


def test_a_terminal_is_no_place_for_the_option() -> None:
    leader, follower = os.openpty()
    os.write(leader, b"words\n")  # a line to read, so that nothing waits for one
    try:
        with pytest.raises(PathfinderError, match="would show it"):
            ask(follower)
    finally:
        os.close(leader)
        os.close(follower)


def test_without_a_terminal_it_is_said_what_to_use(monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open

    def no_terminal(path: str, *rest: int) -> int:
        if path == "/dev/tty":
            raise OSError(6, "No such device or address")
        return real(path, *rest)

    monkeypatch.setattr(os, "open", no_terminal)
    with pytest.raises(PathfinderError, match="--passphrase-fd"):
        ask()


def test_a_new_one_is_asked_twice_until_both_are_the_same(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = iter(["  ", "7 chars", "one word", "two words", "three words", "three words"])
    monkeypatch.setattr("pathfinder.vault.passphrase._typed", lambda _: next(typed))
    assert ask_new() == "three words"
    said = capsys.readouterr()
    assert said.out == ""
    assert "can't be empty" in said.err
    assert "could be guessed" in said.err
    assert "differ" in said.err
    assert "three" not in said.err
    assert next(typed, None) is None  # a short one isn't asked for again in vain


def test_a_short_new_one_is_refused_in_a_script_too_and_an_old_one_still_opens() -> None:
    with pytest.raises(PathfinderError, match="eight letters or more"):
        ask_new(pipe(b" 7 chars \n"))
    assert ask(pipe(b"short\n")) == "short"


# --- at a real terminal -------------------------------------------------------------------


@pytest.fixture
def terminal(tmp_path: Path, rules: RuleSet) -> Iterator[pexpect.spawn]:
    make_vault(tmp_path / "vault")
    opened = pexpect.spawn(
        sys.executable,
        ["-m", "pathfinder", "sessions", "list"],
        env={**os.environ, "PATHFINDER_DATA": str(tmp_path)},
        encoding="utf-8",
        timeout=30,
        preexec_fn=let_keys_end_it,
    )
    yield opened
    opened.close(force=True)


def test_at_a_terminal_nothing_that_is_typed_is_shown(terminal: pexpect.spawn) -> None:
    terminal.expect("Passphrase: ")
    terminal.sendline(PASSPHRASE)
    terminal.expect("No sessions yet")
    assert PASSPHRASE not in terminal.before
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 0


@pytest.mark.slow
def test_a_slip_in_the_passphrase_may_be_typed_again(terminal: pexpect.spawn) -> None:
    for typed in ("not it", "nor this", PASSPHRASE):
        terminal.expect("Passphrase: ")
        terminal.sendline(typed)
    terminal.expect("No sessions yet")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 0


@pytest.mark.slow
def test_after_three_slips_the_program_ends(terminal: pexpect.spawn) -> None:
    for _ in range(3):
        terminal.expect("Passphrase: ")
        terminal.sendline("not it")
    terminal.expect(pexpect.EOF)
    assert "Passphrase: " not in terminal.before
    terminal.close()
    assert terminal.exitstatus == 77


@pytest.mark.slow
@pytest.mark.parametrize(("key", "code"), [("\x03", 130), ("\x04", 130)])
def test_ctrl_c_and_ctrl_d_stop_at_the_passphrase(
    terminal: pexpect.spawn, key: str, code: int
) -> None:
    terminal.expect("Passphrase: ")
    terminal.send(key)
    terminal.expect("Stopped")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == code
    assert "Traceback" not in terminal.before


@pytest.mark.slow
@pytest.mark.parametrize(
    "words", ["sessions list", "sessions passphrase", "quiz --for client --save"]
)
def test_ctrl_x_at_the_passphrase_leaves_at_once_and_says_nothing(
    tmp_path: Path, words: str
) -> None:
    make_vault(tmp_path / "vault")
    before = sorted(os.listdir(tmp_path / "vault"))
    with Screen(
        ["-m", "pathfinder", *words.split()], environ={"PATHFINDER_DATA": str(tmp_path)}
    ) as screen:
        screen.wait("Passphrase")
        screen.press("sev", CTRL_X)
        assert screen.end() == 0
        assert screen.everything == ""
        assert screen.left_on == set()
    assert sorted(os.listdir(tmp_path / "vault")) == before


@pytest.mark.slow
def test_ctrl_x_at_a_new_passphrase_makes_no_vault_and_leaves_the_terminal_as_it_was(
    tmp_path: Path,
) -> None:
    words = ["-m", "pathfinder", "quiz", "--for", "client", "--save"]
    with Screen(words, environ={"PATHFINDER_DATA": str(tmp_path)}) as screen:
        screen.wait("New passphrase")
        screen.press(CTRL_X)
        assert screen.end() == 0
        assert screen.modes == screen.modes_before
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])
def test_a_signal_at_the_passphrase_leaves_a_terminal_that_shows_keys(
    tmp_path: Path, number: signal.Signals
) -> None:
    make_vault(tmp_path / "vault")
    ours, theirs = pty.openpty()

    def on_its_own_terminal() -> None:
        let_keys_end_it()
        os.setsid()
        fcntl.ioctl(theirs, termios.TIOCSCTTY, 0)

    before = termios.tcgetattr(theirs)
    with subprocess.Popen(
        [sys.executable, "-m", "pathfinder", "sessions", "list"],
        stdin=theirs, stdout=theirs, stderr=theirs, preexec_fn=on_its_own_terminal,
        env={**os.environ, "PATHFINDER_DATA": str(tmp_path)},
    ) as run:  # fmt: skip
        shown = b""
        while b"Passphrase" not in shown:
            shown += os.read(ours, 1000)
        while termios.tcgetattr(theirs)[3] & termios.ECHO:
            time.sleep(0.01)
        run.send_signal(number)
        try:
            assert run.wait(timeout=30) == -number
        finally:
            run.kill()
    assert termios.tcgetattr(theirs) == before
    os.close(ours)
    os.close(theirs)


def test_the_number_of_a_pipe_is_taken_from_the_option() -> None:
    assert ask(int(through_pipe("words"))) == "words"
