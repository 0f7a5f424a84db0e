"""The example rule set, and what the example of a check changes in it.

Why this module exists: each check shows one thing that it finds and one that it doesn't,
within a rule set that is small and otherwise holds. The manual prints them, and the tests
hold every check to its own example.

It must not write files.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from pathfinder.ruletools.check.registry import Check

TODAY: Final = date(2026, 11, 22)
"""The day on which the example rule set is looked at."""

_FOLDER: Final = Path(__file__).parent / "example"


def example_files() -> dict[str, bytes]:
    """The files of the example rule set, by their names within it."""
    return {
        file.relative_to(_FOLDER).as_posix(): file.read_bytes()
        for file in sorted(_FOLDER.rglob("*.yaml"))
    }


def with_change(check: Check, text: str | bytes | None) -> dict[str, bytes]:
    """The files with `text`, the good or the bad example of `check`, at its place.

    Raises ValueError if what it stands instead of isn't in the file.
    """
    files = example_files()
    data = text.encode() if isinstance(text, str) else text
    if data is None:
        files.pop(check.file, None)
    elif check.instead_of is None:
        files[check.file] = data
    else:
        before, found, after = files[check.file].partition(check.instead_of.encode())
        if not found:
            raise ValueError(f"{check.code}: {check.instead_of!r} isn't in {check.file}")
        files[check.file] = before + data + after
    return files
