"""What the README says is true: commands, dependencies, the snippet, the files it names."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from command import Run

from pathfinder.commands.table import every_command

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def package(requirement: str) -> str:
    return re.split(r"[<>=!~\[ ]", requirement)[0]


def test_every_command_stands_in_the_readme() -> None:
    for words in every_command():
        assert f"`pathfinder {words}" in README, words


OPTIONS = (
    "--for client", "--plain", "--answers FILE", "--format", "--input", "--output FILE",
    "--region", "--rules DIR", "--draft FILE", "--resume FILE", "--explain", "--path PATH",
    "--why-not PATH", "--what-if", "--numbers", "--sources", "--save", "--open", "--with-notes",
    "--deidentified", "--passphrase-fd N", "--save-as CODE", "--overwrite", "--from-saved",
    "--from SESSION", "--map FILE", "--key AGE1",
)  # fmt: skip


@pytest.mark.parametrize("option", OPTIONS)
def test_every_option_stands_in_the_readme(option: str) -> None:
    assert option in README


def test_every_dependency_is_named_with_its_reason() -> None:
    for requirement in PROJECT["dependencies"]:
        assert re.search(rf"^\| {package(requirement)}\b.*\| .+ \|$", README, re.MULTILINE)
    extras = PROJECT["optional-dependencies"]
    for requirement in (*extras["test"], *extras["lint"]):
        name = package(requirement).removeprefix("types-")
        assert name.lower() in README.lower(), requirement


def test_the_python_of_the_readme_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (snippet,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    exec(compile(snippet, "README", "exec"), {})
    assert capsys.readouterr().out == "outpatient iop-twelve-step\n"


def test_the_answer_in_the_readme_is_what_the_program_prints(pathfinder: Run) -> None:
    (shown,) = re.findall(r"```\n(Your answer.*?)```", README, re.DOTALL)
    ran = pathfinder("recommend", str(ROOT / "docs" / "examples" / "mother-with-two-hours.yaml"))
    assert ran.out == shown


def test_what_would_change_in_the_readme_is_what_the_program_prints(pathfinder: Run) -> None:
    (shown,) = re.findall(r"```\n(What would change.*?)```", README, re.DOTALL)
    mother = str(ROOT / "docs" / "examples" / "mother-with-two-hours.yaml")
    assert shown in pathfinder("explain", mother, "--what-if").out


def test_every_file_that_the_readme_links_is_there() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


def test_ci_runs_the_test_command_of_the_readme() -> None:
    (command,) = re.findall(r"<!-- test-command -->\n```sh\n(.*?)\n```", README, re.DOTALL)
    assert "pytest" in command
    assert "<!-- test-command -->" in (ROOT / ".ci" / "run").read_text()


def test_ci_tries_the_lowest_version_of_every_run_time_dependency() -> None:
    run = subprocess.run(
        [sys.executable, str(ROOT / ".ci" / "lowest")], capture_output=True, text=True, check=True
    )
    extras = PROJECT["optional-dependencies"]
    wanted = {*PROJECT["dependencies"], *extras["vault"], *extras["verify"], *extras["xlsx"]}
    found = {line.replace("==", ">=") for line in run.stdout.splitlines()}
    assert found == {requirement.partition(",")[0] for requirement in wanted}
    assert "--constraint" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_changelog_names_the_version_or_what_is_not_released_yet() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "## [Unreleased]" in changelog or f"## [{PROJECT['version']}]" in changelog


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = sorted(int(file.name[:4]) for file in (ROOT / "docs" / "decisions").glob("*.md"))
    assert numbers == list(range(1, len(numbers) + 1))
