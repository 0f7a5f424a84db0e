"""What is installed is what is in the repository: the rules, whole and unchanged."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

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


def for_a_clinic() -> dict[str, tuple[Requirement, int]]:
    """What docs/clinic/requirements.txt pins, by name, and how many hashes each has."""
    text = (ROOT / "docs" / "clinic" / "requirements.txt").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z])", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE))
    pins = {}
    for entry in entries:
        first, *hashes = re.split(r"\s*\\\n\s*", entry.strip())
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", each) for each in hashes), first
        pin = Requirement(first)
        pins[canonicalize_name(pin.name)] = pin, len(hashes)
    return pins


def test_a_clinic_gets_every_package_we_ask_for_at_a_version_we_allow() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["vault"],
        *project["build-system"]["requires"],
    ]
    pins = for_a_clinic()
    for requirement in map(Requirement, asked):
        pin, _ = pins[canonicalize_name(requirement.name)]
        (exact,) = pin.specifier
        assert exact.operator == "=="
        assert requirement.specifier.contains(exact.version), requirement.name
        assert pin.marker is None, "on every platform"


def test_no_file_for_a_clinic_comes_without_its_hash() -> None:
    for name, (pin, hashes) in for_a_clinic().items():
        assert [each.operator for each in pin.specifier] == ["=="], name
        assert hashes >= 1, name
