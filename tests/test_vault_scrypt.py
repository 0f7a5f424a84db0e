"""The passphrase lock: the same cost everywhere, and the right passphrase always opens."""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pexpect
import pyrage
import pytest
from busy import busy_computer
from command import Run
from vaults import PASSPHRASE, make_vault, through_pipe

from pathfinder.errors import FileProblem
from pathfinder.vault import age, change_passphrase, locked_as_today, scrypt, unlock
from pathfinder.vault.age import NotOpened
from pathfinder.vault.identity import FIRST, SECOND
from pathfinder.vault.passphrase import weakness

TRIES = 200
LIGHT, OLD = 10, 16


def lock(work: int, text: bytes = b"words") -> bytes:
    return scrypt.lock(text, PASSPHRASE, work)


def opened(data: bytes, passphrase: str = PASSPHRASE) -> bytes:
    header = scrypt.header_of(data)
    assert header is not None
    return scrypt.unlock(data, header, passphrase)


# --- it is the age format ---------------------------------------------------------------


@pytest.mark.parametrize("work", [1, 2, LIGHT])
def test_what_is_locked_here_opens_with_pyrage(work: int) -> None:
    assert bytes(pyrage.passphrase.decrypt(lock(work), PASSPHRASE)) == b"words"


@pytest.mark.slow
def test_what_pyrage_locked_opens_here_whatever_cost_it_chose() -> None:
    assert opened(bytes(pyrage.passphrase.encrypt(b"words", PASSPHRASE))) == b"words"


def test_what_is_locked_here_opens_with_debians_age(tmp_path: Path) -> None:
    if shutil.which("age") is None:
        assert os.environ.get("PATHFINDER_AGE") != "required", "age isn't installed"
        pytest.skip("needs Debian's age; PATHFINDER_AGE=required makes this a failure")
    (tmp_path / "file").write_bytes(lock(LIGHT, b"some words"))
    spoken = pexpect.spawn("age", ["-d", str(tmp_path / "file")], timeout=60)
    spoken.expect("passphrase")
    spoken.sendline(PASSPHRASE)
    spoken.expect_exact("some words")
    spoken.expect(pexpect.EOF)
    spoken.close()


def test_a_wrong_passphrase_and_a_damage_are_told_apart() -> None:
    data = lock(1)
    with pytest.raises(scrypt.WrongKey):
        opened(data, "seven quiet owl")
    for place in (len(data) - 1, data.index(b"---") + 5):  # the text, and the seal of the header
        hurt = bytearray(data)
        hurt[place] = ord("A") if hurt[place] != ord("A") else ord("B")
        with pytest.raises(scrypt.Broken):
            opened(bytes(hurt))


@pytest.mark.parametrize("part", [3, 5, 7], ids=["salt", "key", "seal"])
def test_a_second_spelling_of_the_same_header_is_refused_as_every_age_does(part: int) -> None:
    """The last letter has bits to spare. Set, they decode to the same bytes."""
    data = lock(1)
    written = b" ".join(data.split(b"\n", 4)[:4]).split(b" ")[part]
    letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    last = letters[letters.index(written[-1]) + 1]
    twin = written[:-1] + bytes([last])
    assert base64.b64decode(twin + b"==") == base64.b64decode(written + b"==")
    other = data.replace(written, twin, 1)
    assert scrypt.header_of(data) is not None
    assert scrypt.header_of(other) is None
    with pytest.raises(pyrage.DecryptError):
        pyrage.passphrase.decrypt(other, PASSPHRASE)
    with pytest.raises(NotOpened, match="damaged"):
        age.unlock_key(other, PASSPHRASE)


@pytest.mark.slow
@pytest.mark.parametrize("length", [0, 64 * 1024, 64 * 1024 + 1, 128 * 1024, 128 * 1024 + 1])
def test_text_of_several_chunks_is_an_age_file_and_gives_no_part_of_itself(length: int) -> None:
    most = 64 * 1024
    text = os.urandom(length)
    data = lock(1, text)
    assert opened(data) == text
    assert bytes(pyrage.passphrase.decrypt(data, PASSPHRASE)) == text
    assert opened(pyrage.passphrase.encrypt(text, PASSPHRASE)) == text
    last = 16 + (length % most or (most if length else 0))
    for other in (data[:-last], data + data[-last:], data + b"x" * 17):
        with pytest.raises(scrypt.Broken):
            opened(other)


def test_a_file_that_was_cut_off_gives_no_part_of_itself() -> None:
    data = lock(1, b"x" * 100)
    for cut in range(len(data)):
        if scrypt.header_of(data[:cut]) is not None:
            with pytest.raises(scrypt.Broken):
                opened(data[:cut])


# --- a busy computer --------------------------------------------------------------------


@pytest.mark.slow
def test_on_a_busy_computer_the_right_passphrase_is_refused_in_no_try_of_200() -> None:
    data = lock(LIGHT)
    with busy_computer():
        assert [opened(data) for _ in range(TRIES)] == [b"words"] * TRIES
        key = age.new_key()
        old = scrypt.lock(str(key).encode(), PASSPHRASE, OLD)  # as earlier versions made it
        assert str(age.unlock_key(old, PASSPHRASE)) == str(key)


def test_no_stopwatch_has_a_say_in_opening_or_locking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(pyrage, "passphrase")  # it measures the computer at every call
    folder = tmp_path / "vault"
    make_vault(folder)
    change_passphrase(folder, PASSPHRASE, "another one")
    unlock(folder, "another one")


# --- the cost of a guess ----------------------------------------------------------------


@pytest.mark.slow
def test_every_new_lock_costs_what_debians_age_takes() -> None:
    probe = (
        "from pathfinder.vault import age, scrypt;"
        "print(scrypt.header_of(age.lock_key(age.new_key(), 'seven quiet owls')).work)"
    )
    ran = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert ran.stdout == "18\n"


@pytest.mark.parametrize("work", [3, 14])
def test_an_old_vault_opens_and_is_offered_a_new_lock_until_it_has_one(
    pathfinder: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, work: int
) -> None:
    monkeypatch.setenv("PATHFINDER_DATA", str(tmp_path))
    folder = tmp_path / "vault"
    with monkeypatch.context() as then:
        then.setattr(age, "WORK", work)
        make_vault(folder)
    for _ in range(2):
        ran = pathfinder("sessions", "list", "--passphrase-fd", through_pipe(PASSPHRASE))
        assert ran.code == 0
        assert "pathfinder sessions passphrase" in ran.err
    fd = through_pipe(PASSPHRASE, PASSPHRASE)
    assert pathfinder("sessions", "passphrase", "--passphrase-fd", fd).code == 0
    assert locked_as_today(folder)
    ran = pathfinder("sessions", "list", "--passphrase-fd", through_pipe(PASSPHRASE))
    assert ran.code == 0
    assert "pathfinder sessions passphrase" not in ran.err


def test_a_lock_that_asks_for_all_memory_gets_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> bytes:
        raise AssertionError("it was tried")

    monkeypatch.setattr(scrypt, "unlock", never)
    data = lock(1).replace(b" 1\n", b" 40\n", 1)
    with pytest.raises(NotOpened):
        age.unlock_key(data, PASSPHRASE)


@pytest.mark.slow
def test_too_little_memory_is_one_line_that_says_the_files_are_whole(tmp_path: Path) -> None:
    make_vault(tmp_path / "vault")
    for name in (FIRST, SECOND):
        (tmp_path / "vault" / name).write_bytes(
            scrypt.lock(str(age.new_key()).encode(), PASSPHRASE, 18)
        )
    before = (tmp_path / "vault" / FIRST).read_bytes()
    ran = subprocess.run(
        [
            sys.executable,
            "-c",
            "import os, resource\n"
            "from pathfinder.vault import age, scrypt\n"
            "scrypt.lock(b'', 'warm', 1)\n"  # whatever is imported, is imported
            "used = int(open('/proc/self/statm').read().split()[0]) * resource.getpagesize()\n"
            "resource.setrlimit(resource.RLIMIT_AS, (used + 160 * 2**20,) * 2)\n"
            "import sys; sys.argv = ['pathfinder', 'sessions', 'list', '--passphrase-fd', '0']\n"
            "from pathfinder.cli import main\n"
            "main()\n",
        ],
        input=PASSPHRASE + "\n", capture_output=True, text=True, check=False,
        env={**os.environ, "PATHFINDER_DATA": str(tmp_path)},
    )  # fmt: skip
    assert ran.returncode == 66
    assert "256 MiB" in ran.stderr
    assert "The files are whole" in ran.stderr
    assert len(ran.stderr.splitlines()) == 1
    assert (tmp_path / "vault" / FIRST).read_bytes() == before


def test_memory_that_runs_out_is_never_taken_for_a_wrong_passphrase(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "vault"
    make_vault(folder)

    def no_memory(*_: object) -> bytes:
        raise MemoryError

    monkeypatch.setattr(scrypt, "unlock", no_memory)
    with pytest.raises(FileProblem, match="The files are whole"):
        unlock(folder, PASSPHRASE)


# --- what anyone would try first ----------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "password", "Password1!", "p@ssw0rd", "P4SSW0RD99", "aaaaaaaa", "abababab", "12345678",
        "87654321", "20260304", "qwertyui", "asdfghjkl", "abcdefgh", "owlowlowl", "!!!!!!!!",
        "iloveyou", "counselor", "pathfinder2026", "letmein1", "pass word", "brief",
        "P@ssw0rd1", "p@$$w0rd2026!", "$ecret123",
        "ｐａｓｓｗｏｒｄ",  # noqa: RUF001 (a Japanese keyboard in its wide mode)
    ],
)  # fmt: skip
def test_what_anyone_would_try_first_is_refused_and_five_random_words_are_suggested(
    words: str,
) -> None:
    assert "five words picked at random" in weakness(words)
    assert words not in weakness(words)


@pytest.mark.parametrize(
    "words",
    ["seven quiet owls", "correct horse", "tr0ub4dor&3x", "ünter den linden", "пять тихих сов",
     "another one", "gate river stone amber kite", "582910473658"],
)  # fmt: skip
def test_what_no_list_knows_may_be_chosen(words: str) -> None:
    assert weakness(words) == ""
