"""The files and folders of a rule set that nobody reads.

Why this module exists: the loader asks for the files that it knows, and passes over the rest.
A rule in `factors/old/home.yaml` or `home.yaml.bak` looks as if it held.

It must not read a file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pathfinder.ruletools.cases.case_file import FOLDER as CASES

_FOLDERS: Final = ("factors", CASES)
_FOR_PEOPLE: Final = frozenset(("README.md", "CHANGELOG.md", "LICENSE", "schema.json"))
"""What people and editors read."""


def unread(folder: Path) -> Iterator[str]:
    """Their names within the rule set. Endings that are only misspelt are told elsewhere."""
    for name in _inside(folder):
        if (folder / name).is_dir():
            if name not in _FOLDERS:
                yield name
        elif name not in _FOR_PEOPLE and not _is_yaml(name):
            yield name
    for inner in _FOLDERS:
        for name in _inside(folder / inner):
            if not _is_yaml(name):
                yield f"{inner}/{name}"


def _inside(folder: Path) -> list[str]:
    """What the folder holds, without hidden files: those belong to editors and to git."""
    try:
        return sorted(name for name in os.listdir(folder) if not name.startswith("."))
    except OSError:
        return []


def _is_yaml(name: str) -> bool:
    return name.lower().endswith((".yaml", ".yml"))
