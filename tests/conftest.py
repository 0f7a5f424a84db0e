"""What every test may use: the built-in rules, loaded once."""

from __future__ import annotations

import pytest
from command import Run, runner

from pathfinder import load_rules
from pathfinder.model import RuleSet


@pytest.fixture(scope="session")
def rules() -> RuleSet:
    return load_rules()


@pytest.fixture
def pathfinder(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """The command, run in this process: `pathfinder("paths")` gives code, out and err."""
    for name in ("PATHFINDER_RULES", "ACCESSIBLE", "NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    return runner(monkeypatch, capfd)
