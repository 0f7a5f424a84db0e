"""Whoever builds on Pathfinder gets its types: mypy, on a file that imports what is installed."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

RIGHT = """\
from pathfinder import decide, load_rules

rules = load_rules()
decision = decide(rules, {"substances": ["alcohol"], "home": "steady"}, region="us")
first: str = decision.ranked[0].path
"""
WRONG = RIGHT.replace('region="us"', "region=7").replace("first: str", "first: int")


def checked(text: str, folder: Path) -> list[str]:
    """What mypy finds in a file outside the repository, with the installed package alone."""
    if importlib.util.find_spec("mypy") is None:
        if os.environ.get("PATHFINDER_TYPES") == "required":
            pytest.fail("mypy is required")
        pytest.skip("mypy is not here")
    file = folder / "outside.py"
    file.write_text(text, encoding="utf-8")
    path = {name: value for name, value in os.environ.items() if name != "MYPYPATH"}
    run = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--config-file=",
         f"--cache-dir={folder}", str(file)],
        capture_output=True, text=True, check=False, cwd=folder, env=path, timeout=300,
    )  # fmt: skip
    assert run.stderr == ""
    return run.stdout.splitlines()


def test_the_public_face_has_types_outside(tmp_path: Path) -> None:
    assert checked(RIGHT, tmp_path) == []


def test_a_wrong_use_of_the_public_face_is_seen(tmp_path: Path) -> None:
    found = checked(WRONG, tmp_path)
    assert [line.rpartition("[")[2] for line in found if "error" in line] == [
        "arg-type]",
        "assignment]",
    ]
