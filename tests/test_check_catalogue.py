"""Every finding has a manual page, and every check what a check must have."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import pathfinder
from pathfinder.loader.fields import UNKNOWN
from pathfinder.loader.ids_and_answers import gather
from pathfinder.loader.load import load_rules
from pathfinder.loader.syntax.nodes import classify
from pathfinder.ruletools.cases.case_file import known_to_cases
from pathfinder.ruletools.check.registry import FAMILIES, all_checks, by_code

SOURCE = Path(pathfinder.__file__).parent
READERS = [
    *sorted((SOURCE / "loader").rglob("*.py")),
    SOURCE / "ruletools" / "cases" / "case_file.py",
    SOURCE / "ruletools" / "check" / "words_file.py",
    SOURCE / "ruletools" / "verify" / "statements_file.py",
]
ANSWERS_ONLY = {"json.py", "answers_file.py"}  # rule files are never JSON, and hold no answers
# Rows of the comparison are keys of a path.
# Links are those of a form that another system filled in.
NEVER_FOUND = {"unknown-compare-row", "unknown-link"}


def constant(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def codes_noted(file: Path) -> Iterator[str]:
    """The codes in `note(…, CODE, message)`, `Problem(…, CODE, message)`, and of unknown names."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or len(node.args) < 2:
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name in ("note", "Problem"):
            yield constant(node.args[-2])
        elif name in ("unknown", "choice"):
            yield UNKNOWN.get(constant(node.args[1]), "")
        elif name in ("known", "Known") and constant(node.args[0]):
            yield UNKNOWN[constant(node.args[0])]


@pytest.mark.parametrize("file", READERS, ids=lambda file: file.name)
def test_every_code_of_the_loader_has_a_manual_page(file: Path) -> None:
    if file.name in ANSWERS_ONLY:
        return
    found = {code for code in codes_noted(file) if code}
    assert found - set(by_code()) - NEVER_FOUND == set()


@pytest.mark.parametrize("word", ["yes", "~", "<<", "2026-1-1", "1:30"])
def test_every_code_of_a_bare_word_has_a_manual_page(word: str) -> None:
    assert classify(word)[1] in by_code()


def test_every_kind_of_name_has_a_code_and_every_such_code_a_manual_page() -> None:
    kinds = {known.what for known in gather({}) if hasattr(known, "what")}
    assert kinds | set(known_to_cases(load_rules())) <= UNKNOWN.keys()
    assert set(UNKNOWN.values()) - NEVER_FOUND <= set(by_code())


def test_a_module_is_called_like_its_code_and_none_is_left_out_of_the_registry() -> None:
    rules = SOURCE / "ruletools" / "check" / "rules"
    files = {file.stem.replace("_", "-") for file in rules.glob("*.py")} - {"--init--"}
    assert files == {check.code for check in all_checks() if check.look is not None}


def test_each_code_stands_once_and_in_a_family_of_the_list() -> None:
    assert len(by_code()) == len(all_checks())
    assert {check.family for check in all_checks()} == set(FAMILIES)


@pytest.mark.parametrize("check", all_checks(), ids=lambda check: check.code)
def test_a_manual_page_says_what_is_found_and_how_to_put_it_right(check: object) -> None:
    page = check.page  # type: ignore[attr-defined]
    first, *rest = page.split("\n\n")
    assert first.endswith(".")
    assert any(part.startswith("To put it right, ") for part in rest)
    assert all(len(line) <= 92 for line in page.split("\n"))
