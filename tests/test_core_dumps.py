"""No picture of the memory on the disk, once answers or a passphrase are in it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from vaults import make_vault

PROBE = """
import ctypes, resource, sys
def look(*args, **kwargs):
    dumpable = ctypes.CDLL(None).prctl(3, 0, 0, 0, 0) if sys.platform == "linux" else 0
    print(dumpable, resource.getrlimit(resource.RLIMIT_CORE)[0])
    sys.exit()
import pathfinder.ask, pathfinder.vault.passphrase as passphrase
pathfinder.ask.run_quiz = passphrase.ask = passphrase.ask_new = look
sys.argv = ["pathfinder", *sys.argv[1:]]
from pathfinder.cli import main
main()
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    ["quiz", "quiz --for client --save", "sessions list", "sessions export", "sessions passphrase",
     "sessions resume abc", "sessions forget abc", "sessions show abc", "sessions compare abc abd",
     "sessions backup out.age", "sessions access list", "sessions access add ann",
     "sessions access remove ann", "explain 7ry2qydzpe", "fhir bundle 7ry2qydzpe"],
)  # fmt: skip
def test_what_asks_for_answers_or_a_passphrase_leaves_no_core_dump(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    if not command.startswith("quiz"):
        make_vault(tmp_path / "vault")
        drafts = tmp_path / "vault" / "drafts"
        drafts.mkdir(exist_ok=True)
        (drafts / "7ry2qydzpe.age").touch()  # `explain` looks whether a session is named
    monkeypatch.setenv("PATHFINDER_DATA", str(tmp_path))
    ran = subprocess.run(
        [sys.executable, "-c", PROBE, *command.split()], input="", capture_output=True, text=True,
        check=False, preexec_fn=allow_core_dumps,
    )  # fmt: skip
    assert (ran.stdout, ran.returncode) == ("0 0\n", 0), ran.stderr


def allow_core_dumps() -> None:
    import resource

    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
