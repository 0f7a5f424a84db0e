"""What a command imports when it starts: guarded by counting, never by milliseconds."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[1] / "docs" / "examples" / "steady-worker.yaml"
PROBE = """
import json, sys
sys.argv = ["pathfinder", *{args!r}]
from pathfinder.cli import main
try:
    main()
except SystemExit as end:
    code = end.code
sys.stdout.flush()
print(json.dumps([int(code or 0), sorted(sys.modules)]), file=sys.stderr)
"""
HEAVY = (
    "questionary", "prompt_toolkit", "asyncio", "rich", "pydantic", "jinja2", "pygments",
    "importlib.metadata", "email", "ssl", "socket",
)  # fmt: skip


def modules_after(*args: str, stdin: str = "") -> tuple[int, set[str]]:
    run = subprocess.run(
        [sys.executable, "-c", PROBE.format(args=list(args))],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    code, names = json.loads(run.stderr.strip().splitlines()[-1])
    return code, set(names)


def loaded(names: set[str], heavy: tuple[str, ...]) -> set[str]:
    return {name for name in heavy if name in names}


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_version_and_help_import_neither_rules_nor_screens(option: str) -> None:
    code, names = modules_after(option)
    assert code == 0
    assert (
        loaded(names, (*HEAVY, "yaml", "pathfinder.loader.load", "pathfinder.engine.decide"))
        == set()
    )


@pytest.mark.parametrize("group", [(), ("rules",), ("sessions",), ("fhir",)])
def test_a_list_of_commands_imports_none_of_them(group: tuple[str, ...]) -> None:
    code, names = modules_after(*group, "--help")
    assert code == 0
    lists = ("entry", "table", "programs", "sessions")
    known = ("lazy", "shared", *lists)
    found = {name for name in names if name.startswith("pathfinder.commands.")}
    assert found == {f"pathfinder.commands.{each}" for each in known}


def test_a_recommendation_as_json_imports_no_screen() -> None:
    code, names = modules_after("recommend", str(EXAMPLE), "--format", "json")
    assert code == 0
    assert loaded(names, HEAVY) == set()
    pages = ("pathfinder.render.layout", "pathfinder.pages.blocks", "pathfinder.pages.result")
    assert loaded(names, ("pathfinder.ask", *pages)) == set()


@pytest.mark.slow
@pytest.mark.parametrize("what", [("questionnaire",), ("page",), ("response", str(EXAMPLE))])
def test_what_goes_to_other_systems_imports_no_screen(what: tuple[str, ...]) -> None:
    code, names = modules_after("fhir", *what)
    assert code == 0
    assert loaded(names, (*HEAVY, "urllib.request", "pathfinder.vault.store")) == set()


def test_who_has_no_list_of_programs_does_not_pay_for_one() -> None:
    code, names = modules_after("recommend", str(EXAMPLE))
    assert code == 0
    assert not {name for name in names if name.startswith("pathfinder.programs.")}


def test_a_piped_quiz_imports_no_menus() -> None:
    code, names = modules_after("quiz", stdin="quit\n")
    assert code == 130
    assert loaded(names, HEAVY) == set()


def test_the_library_face_imports_no_command_line() -> None:
    probe = (
        "import sys, json; from pathfinder import load_rules, decide; decide(load_rules(), {});"
        "print(json.dumps(sorted(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert loaded(set(json.loads(run.stdout)), (*HEAVY, "typer", "rich", "questionary")) == set()
