"""The program's own folders: the same ones from wherever it is called, and without a home."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pathfinder.commands.preferences import Config, read_config
from pathfinder.errors import PathfinderError
from pathfinder.leads import NoHome, config_folder, data_folder
from pathfinder.vault import vault_folder

FOLDERS = [("PATHFINDER_DATA", data_folder), ("PATHFINDER_CONFIG_DIR", config_folder)]


@pytest.mark.parametrize(("variable", "folder"), FOLDERS)
def test_a_tilde_is_the_home_folder_as_a_shell_has_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, variable: str, folder: Callable[[], Path]
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv(variable, "~/x")
    assert folder() == tmp_path / "x"


@pytest.mark.parametrize(("variable", "folder"), FOLDERS)
@pytest.mark.parametrize("named", ["x", "./x", "../x", "."])
def test_a_folder_that_depends_on_where_one_stands_is_refused(
    monkeypatch: pytest.MonkeyPatch, variable: str, folder: Callable[[], Path], named: str
) -> None:
    monkeypatch.setenv(variable, named)
    with pytest.raises(PathfinderError, match=variable) as refused:
        folder()
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("variable", "of_the_platform", "folder"),
    [
        ("PATHFINDER_DATA", "XDG_DATA_HOME", data_folder),
        ("PATHFINDER_CONFIG_DIR", "XDG_CONFIG_HOME", config_folder),
    ],
)
@pytest.mark.parametrize("named", ["x", "~/x"])
def test_a_relative_folder_of_the_platform_is_refused_whatever_platformdirs_makes_of_it(
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
    of_the_platform: str,
    folder: Callable[[], Path],
    named: str,
) -> None:
    monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv(of_the_platform, named)
    with pytest.raises(PathfinderError, match=of_the_platform):
        folder()


@pytest.mark.parametrize(("variable", "folder"), FOLDERS)
def test_without_a_home_it_is_said_what_to_name(
    monkeypatch: pytest.MonkeyPatch, variable: str, folder: Callable[[], Path]
) -> None:
    def none() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", none)
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    for name in (variable, "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(PathfinderError, match=r"HOME|home"):
        folder()
    monkeypatch.setenv(variable, "~/x")
    with pytest.raises(NoHome, match=variable):
        folder()


def nobody_at_home(*args: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command as a user who isn't in the list of users, without HOME."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("XDG_")}
    for name in ("HOME", "PATHFINDER_DATA", "PATHFINDER_CONFIG_DIR"):
        kept.pop(name, None)
    probe = (
        "import pathlib, os.path, sys, pwd\n"
        "def none(*_): raise KeyError('nobody')\n"
        "pwd.getpwuid = none\n"
        f"sys.argv = ['pathfinder', *{list(args)!r}]\n"
        "from pathfinder.cli import main\nmain()\n"
    )
    return subprocess.run(
        [sys.executable, "-c", probe],
        input=stdin, capture_output=True, text=True, check=False, env=kept,
    )  # fmt: skip


def test_without_a_home_the_quiz_asks_and_sessions_say_what_to_name() -> None:
    quiz = nobody_at_home("quiz", stdin="quit\n")
    assert quiz.returncode == 130
    assert "Traceback" not in quiz.stderr
    sessions = nobody_at_home("sessions", "list")
    assert sessions.returncode == 2
    assert len(sessions.stderr.splitlines()) == 1
    assert "PATHFINDER_DATA" in sessions.stderr


def test_a_home_that_was_not_found_is_no_folder_of_that_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As the lowest allowed platformdirs tells it."""
    monkeypatch.delenv("PATHFINDER_DATA", raising=False)
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: Path("~/.local/share/x"))
    with pytest.raises(NoHome, match="PATHFINDER_DATA"):
        data_folder()


def test_preferences_in_a_folder_that_depends_on_where_one_stands_are_a_slip_and_no_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATHFINDER_CONFIG_DIR", "here")
    config = read_config()
    assert (config.plain, config.region) == (False, None)
    assert len(config.slips) == 1


def test_a_pipe_in_place_of_preferences_keeps_nobody_waiting(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATHFINDER_CONFIG_DIR", str(tmp_path))
    os.mkfifo(tmp_path / "config.yaml")
    assert read_config()._replace(slips=()) == Config()
    assert len(read_config().slips) == 1


def test_the_vault_is_one_folder_from_wherever_the_command_is_called(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PATHFINDER_DATA", "~/kept")
    found = []
    for place in ("/", str(tmp_path)):
        monkeypatch.chdir(place)
        found.append(vault_folder())
    assert found[0] == found[1] == tmp_path / "kept" / "vault"
