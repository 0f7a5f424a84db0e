"""What every test may use: the built-in rules, loaded once."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator

import pytest
from built_in import RULES
from command import Run, runner
from hypothesis import settings

from pathfinder.engine.ruleset import RuleSet

settings.register_profile("no clock", deadline=None)  # a busy machine is slow, and no mistake
settings.load_profile("no clock")


def pytest_collection_finish() -> None:
    """The rules and thousands of tests stay until the end: looking through them for garbage, again
    and again, took a sixth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def no_preferences(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The preferences of whoever runs the tests must not change what they see."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATHFINDER_CONFIG_DIR", str(tmp_path_factory.mktemp("config")))
        yield


@pytest.fixture(scope="session", autouse=True)
def programs_compiled_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Hundreds of tests start Python: what one has compiled the next may take, on every core."""
    folder = tmp_path_factory.getbasetemp()
    shared = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        patch.setenv("PYTHONPYCACHEPREFIX", str(shared / "compiled"))
        yield


@pytest.fixture(scope="session", autouse=True)
def a_passphrase_that_costs_nothing_to_try() -> Iterator[None]:
    """A real guess takes a second and 256 MiB, on purpose. Tests of the cost itself set it back."""
    from pathfinder.vault import age

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(age, "WORK", 1)
        yield


@pytest.fixture(scope="session")
def rules() -> RuleSet:
    return RULES


@pytest.fixture
def pathfinder(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """The command, run in this process: `pathfinder("paths")` gives code, out and err.

    It has the built-in rules at once, as an installed one has; those of a folder it reads.
    """
    monkeypatch.setattr("pathfinder.loader.compiled._built_in", lambda: RULES)
    for name in ("PATHFINDER_RULES", "PATHFINDER_PROGRAMS", "ACCESSIBLE", "NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    return runner(monkeypatch, capfd)


@pytest.fixture
def typed_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    """For scripts of keys, which stand in the pipe before anything is shown.

    That such keys are forgotten, and that a held key isn't a press, is tested elsewhere.
    """
    import pathfinder.ask.select
    from pathfinder.ask.keystrokes import KEYBOARD

    monkeypatch.setattr(pathfinder.ask.select, "forget", lambda source: [])
    monkeypatch.setattr(KEYBOARD, "_quiet", 0)
    monkeypatch.setattr(KEYBOARD, "settles", 0)
