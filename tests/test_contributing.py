"""What CONTRIBUTING and the decisions say about the house is true: each file is where they say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pathfinder.commands.table import every_command

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "pathfinder"
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PAGES = [ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs" / "decisions").glob("*.md"))]
MADE_LATER = {"config.yaml"}
"""Named in a decision, and standing in a person's own folder."""


def named_files(text: str) -> set[str]:
    """Everything between backticks that is a file or a folder."""
    quoted = {word for span in re.findall(r"`([^`\n]+)`", text) for word in span.split()}
    return {each for each in quoted if re.fullmatch(r"[\w./-]+(\.(py|yaml|md|toml)|/)", each)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_is_named_is_there(page: Path) -> None:
    for name in named_files(page.read_text(encoding="utf-8")) - MADE_LATER:
        places = [ROOT / name, SOURCE / name, ROOT / "rules" / name]
        assert any(place.exists() for place in places) or name == "drafts/", name


def test_every_folder_of_the_source_stands_in_the_tree() -> None:
    folders = {file.parent for file in SOURCE.rglob("*.py")} - {SOURCE}
    for folder in folders:
        name = folder.relative_to(ROOT).as_posix() + "/"
        parents = {f"{each.relative_to(ROOT).as_posix()}/" for each in (folder, folder.parent)}
        assert any(f"| `{each}` |" in CONTRIBUTING for each in parents) or (
            f"`{name}" in CONTRIBUTING
        ), name


def test_every_command_is_found_by_its_name_in_the_room_of_its_group() -> None:
    """`sessions access add` is a function `add` below `commands/sessions/`, or in such a file."""
    for words, command in every_command().items():
        *groups, last = words.replace("-", "_").split()
        function = command.function()
        room = f"{'.'.join(('pathfinder.commands', *groups[:1]))}."
        assert function.__name__.startswith(last), words
        assert f"{function.__module__}.".startswith(room), words


def test_the_glossary_has_at_most_forty_words() -> None:
    table = CONTRIBUTING.partition("## Words that are ours")[2]
    words = [line for line in table.splitlines() if line.startswith("| ")][1:]
    assert 20 < len(words) <= 41


def test_the_quick_lane_is_named_as_pytest_knows_it() -> None:
    assert '-m "not slow"' in CONTRIBUTING
    assert 'markers = ["slow:' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
