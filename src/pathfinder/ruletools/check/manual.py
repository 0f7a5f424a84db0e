"""The manual page of a check, the list of all of them, and the example that each is shown in.

Why this module exists: a finding has room for one line; what it means and how to put it
right stands here. Each check shows one thing that it finds and one that it doesn't, within
a rule set that is small and otherwise holds; the tests hold every check to its example.

It must not say anything about a check that its module doesn't, or write files.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from pathfinder.ruletools.check.registry import FAMILIES, Check, all_checks
from pathfinder.sanitize import clean

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


_MOST_LINES = 10
_WIDEST = 92


def page(check: Check) -> Iterator[str]:
    """Everything about one check, line by line."""
    yield f"{check.code} ({check.severity})"
    yield ""
    yield from check.page.split("\n")
    yield ""
    yield f"Found, in {check.file}:"
    yield ""
    yield from _example(check.bad)
    yield ""
    yield "Holds:"
    yield ""
    yield from _example(check.good)
    if check.look is not None:
        yield ""
        yield "To allow it at one place, write on the line above:"
        yield ""
        yield f"    # pathfinder: allow {check.code} because …"


def contents() -> Iterator[str]:
    """Every code with the first sentence of its page, by family."""
    widest = max(len(check.code) for check in all_checks())
    for family in FAMILIES:
        yield f"{family}:"
        for check in all_checks():
            if check.family == family:
                first = check.page.partition("\n\n")[0].replace("\n", " ")
                yield f"  {check.code:{widest}}  {first}"
        yield ""
    yield "More about one of them: pathfinder rules explain CODE"


def _example(text: str | bytes | None) -> Iterator[str]:
    if text is None:
        yield "    (no such file)"
        return
    if isinstance(text, bytes):
        text = text.decode("latin-1")
    lines = text.strip("\n").split("\n")
    for line in lines[:_MOST_LINES]:
        shown = clean(line)
        yield f"    {shown if len(shown) <= _WIDEST else shown[: _WIDEST - 1] + '…'}"
    if len(lines) > _MOST_LINES:
        yield f"    … and {len(lines) - _MOST_LINES:,} lines more"
