"""The core is pure: it imports no screen, no clock, no chance, and writes nothing."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import pathfinder

SOURCE = Path(pathfinder.__file__).parent
CORE = [
    "logic.py", "grounds.py", "model.py", "decision.py", "readings.py", "ranking.py",
    "compromise.py", "interview.py", "help_lines.py", "errors.py", "plan.py",
    "explain/__init__.py", "explain/firmness.py", "explain/would_change.py", "explain/why_not.py",
    "explain/weighing.py", "explain/leaning.py",
]  # fmt: skip
SHELLS = {"typer", "rich", "questionary", "prompt_toolkit", "click"}
IMPURE = {"random", "time", "datetime", "os", "sys", "pathlib", "io", "subprocess", "socket"}


def imported(file: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


@pytest.mark.parametrize("name", CORE)
def test_the_core_imports_no_screen_no_clock_and_no_chance(name: str) -> None:
    found = imported(SOURCE / name)
    roots = {module.partition(".")[0] for module in found}
    assert not roots & (SHELLS | IMPURE)
    assert not {m for m in found if m.startswith(("pathfinder.ask", "pathfinder.show"))}


def test_only_the_shells_know_a_screen_library() -> None:
    for file in SOURCE.rglob("*.py"):
        inside = file.relative_to(SOURCE).parts
        if inside[0] in ("ask", "show", "cli.py", "commands"):
            continue
        roots = {module.partition(".")[0] for module in imported(file)}
        assert not roots & SHELLS, file.name


def test_every_module_says_why_it_exists() -> None:
    for file in SOURCE.rglob("*.py"):
        assert ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))), file.name


def test_no_file_has_grown_more_than_one_reason_to_change() -> None:
    for file in SOURCE.rglob("*.py"):
        assert len(file.read_text(encoding="utf-8").splitlines()) <= 400, file.name
