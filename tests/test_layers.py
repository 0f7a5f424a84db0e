"""The house: which room may know which, followed through every import to the end."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import pathfinder

SOURCE = Path(pathfinder.__file__).parent
SHELLS = {"typer", "rich", "questionary", "prompt_toolkit", "click"}
IMPURE = {"random", "time", "datetime", "os", "sys", "pathlib", "io", "subprocess", "socket",
          "json", "re", "importlib", "tempfile", "shutil", "yaml"}  # fmt: skip


def module_of(file: Path) -> str:
    parts = ("pathfinder", *file.relative_to(SOURCE).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_of(file): file for file in SOURCE.rglob("*.py")}
FOLDERS = {name for name, file in MODULES.items() if file.name == "__init__.py"}
"""Strings name these too: the program itself, and where data files are opened that ship there."""


@cache
def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


@pytest.fixture(scope="module", autouse=True)
def trees_are_let_go() -> Iterator[None]:
    """Three hundred trees would slow down every later test of this process."""
    yield
    tree_of.cache_clear()


@cache
def imported(name: str) -> set[str]:
    """What a module imports, anywhere in it; of ours, the modules themselves."""
    names: set[str] = set()
    for node in ast.walk(tree_of(MODULES[name])):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            inside = {f"{node.module}.{alias.name}" for alias in node.names}
            names |= (inside & MODULES.keys()) or {node.module}
    return names


@cache
def reached(name: str) -> set[str]:
    """Every module of ours that `name` pulls in, through whatever lies between."""
    seen: set[str] = set()
    to_see = [name]
    while to_see:
        each = to_see.pop()
        if each not in seen and each in MODULES:
            seen.add(each)
            to_see += imported(each)
    return seen


def inside(folder: str) -> list[str]:
    found = [each for each in MODULES if each == folder or each.startswith(folder + ".")]
    assert found, folder
    return found


def test_the_engine_imports_errors_and_nothing_else_of_ours_down_to_the_end() -> None:
    allowed = {*inside("pathfinder.engine"), "pathfinder.errors", "pathfinder._version"}
    for name in inside("pathfinder.engine"):
        assert reached(name) <= allowed, (name, reached(name) - allowed)


def test_the_engine_opens_no_file_and_knows_no_screen_no_clock_and_no_chance() -> None:
    for name in inside("pathfinder.engine"):
        for each in reached(name):
            roots = {module.partition(".")[0] for module in imported(each)}
            assert not roots & (SHELLS | IMPURE), (name, each)


def test_only_the_shells_know_a_screen_library() -> None:
    for name in MODULES:
        room = name.split(".")[1] if "." in name else ""
        if room not in ("ask", "render", "cli", "commands"):
            roots = {module.partition(".")[0] for module in imported(name)}
            assert not roots & SHELLS, name


def test_a_page_knows_no_renderer_no_file_and_no_screen() -> None:
    for name in inside("pathfinder.pages"):
        rooms = {each.split(".")[1] for each in reached(name) if "." in each}
        assert not rooms & {"render", "ask", "commands", "sessions", "vault"}, (name, rooms)


def test_what_goes_to_other_systems_opens_no_connection_and_knows_no_screen() -> None:
    for name in inside("pathfinder.fhir"):
        rooms = {each.split(".")[1] for each in reached(name) if "." in each}
        assert not rooms & {"render", "ask", "commands", "vault"}, (name, rooms)
        for each in reached(name):
            roots = {module.partition(".")[0] for module in imported(each)}
            assert not roots & {"socket", "ssl", "urllib", "http", "ftplib", "webbrowser"}, each


def test_the_list_of_programs_knows_no_page_no_screen_and_no_session() -> None:
    for name in inside("pathfinder.programs"):
        rooms = {each.split(".")[1] for each in reached(name) if "." in each}
        assert not rooms & {"pages", "render", "ask", "commands", "sessions"}, (name, rooms)


def test_no_import_of_ours_hides_in_a_string() -> None:
    """What follows imports, this file among it, sees only those that stand as imports."""
    for name, file in MODULES.items():
        for node in ast.walk(tree_of(file)):
            if isinstance(node, ast.Call) and called(node) in ("import_module", "__import__"):
                asked = [each.value for each in node.args if isinstance(each, ast.Constant)]
                assert len(asked) == 1, (name, node.lineno)
                assert not asked[0].startswith(("pathfinder", ".")), (name, node.lineno)
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                written = node.value.partition(":")[0]
                assert written not in MODULES or written in FOLDERS, (name, node.lineno)


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def test_no_module_comes_back_to_itself_by_what_it_imports() -> None:
    """Also through imports inside functions: whoever reads on must not end where they began."""
    for name, file in MODULES.items():
        if file.name != "__init__.py":
            below = set().union(*(reached(each) for each in imported(name) if each in MODULES))
            assert name not in below, name


def test_every_module_says_why_it_exists() -> None:
    for file in MODULES.values():
        assert ast.get_docstring(tree_of(file)), file.name


def test_no_file_has_grown_more_than_one_reason_to_change() -> None:
    for file in MODULES.values():
        assert len(file.read_text(encoding="utf-8").splitlines()) <= 400, file.name


def test_no_module_looks_like_a_test_to_pytest() -> None:
    for file in MODULES.values():
        assert not file.name.startswith("test_"), file
        assert not file.name.endswith("_test.py"), file


def test_no_two_records_share_a_name() -> None:
    """Who reads `Step` in one file and looks it up must not find another one."""
    where: dict[str, list[str]] = {}
    for name, file in MODULES.items():
        for node in tree_of(file).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                where.setdefault(node.name, []).append(name)
    assert {name: there for name, there in where.items() if len(there) > 1} == {}
