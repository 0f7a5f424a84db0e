"""What is installed is what is in the repository: the rules, whole and unchanged."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

import pathfinder

ROOT = Path(__file__).parents[1]
INSTALLED = Path(pathfinder.__file__).parent / "_rules"


def tracked(folder: str) -> list[str]:
    run = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", folder], capture_output=True, text=True, check=False
    )
    return run.stdout.split()


def test_the_wheel_holds_the_rules_of_the_repository_and_nothing_else() -> None:
    if not INSTALLED.is_dir():
        pytest.skip("runs on an installed wheel; this is an editable install or a checkout")
    names = {name.removeprefix("rules/") for name in tracked("rules")}
    found = {str(f.relative_to(INSTALLED)) for f in INSTALLED.rglob("*") if f.is_file()}
    assert found == names
    for name in names:
        assert (INSTALLED / name).read_bytes() == (ROOT / "rules" / name).read_bytes(), name


def test_no_name_of_a_machine_or_a_registry_stands_in_the_repository() -> None:
    # Put together here, so that this file doesn't find itself.
    hosts = ["py" + "pi.org", "files.python" + "hosted", "registry.npm" + "js"]
    for name in tracked("."):
        try:
            text = (ROOT / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for host in hosts:
            assert host not in text, name
