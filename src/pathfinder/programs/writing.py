"""An entry as the lines of a list, and the mark that tells whether somebody has changed it.

Why this module exists: an import writes entries, and the next import must leave alone what was
changed by hand. What it writes is plain, so that it is read quickly (`quick`).

It must not write a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from pathfinder.loader.rule_files import sha256_of
from pathfinder.loader.syntax.yaml_writer import value, word
from pathfinder.programs.model import Imported, Meeting, Program

FROM_CALLS: Final = frozenset({"wait_days", "last_called", "called_by", "seen_on"})
"""What people learn on the phone: no import says it better, and to write it is no change."""

SCHEMA: Final = "programs.schema.json"
HEAD: Final = f"# yaml-language-server: $schema={SCHEMA}\n\n"
_LENGTH: Final = 16


def template() -> str:
    """A list with one example of everything, to write over."""
    return Path(__file__).with_name("template.yaml").read_text(encoding="utf-8")


def entry_text(entry: Program | Meeting) -> str:
    """The entry under `programs:` or `meetings:`; what nobody knows has no line.

    >>> print(entry_text(Program("one", "Program One", ("outpatient",), phone="555-0100")))
      - id: one
        name: "Program One"
        paths: [outpatient]
        phone: "555-0100"
    """
    lines = [f"{key}: {said}" for key, said in _said(entry)]
    return "  - " + "\n    ".join(lines)


def list_text(programs: Iterable[Program], meetings: Iterable[Meeting]) -> str:
    """A whole file with these entries."""
    parts = []
    for key, found in (("programs", list(programs)), ("meetings", list(meetings))):
        if found:
            parts.append(f"{key}:\n" + "\n\n".join(map(entry_text, found)))
    return "\n\n".join(parts) + "\n"


def fingerprint(entry: Program | Meeting) -> str:
    """Of all that an import brings. It stays when somebody calls, and changes by hand."""
    kept = [f"{key}: {said}" for key, said in _said(entry) if key not in FROM_CALLS | {"imported"}]
    return sha256_of({"entry": "\n".join(kept).encode()})[:_LENGTH]


def _said(entry: Program | Meeting) -> Iterator[tuple[str, str]]:
    for key, said in zip(entry._fields, entry, strict=True):
        if said is None or said in ("", ()):
            continue
        yield key, _written(key, said)


def _written(key: str, said: object) -> str:
    if isinstance(said, Imported):
        pairs = ", ".join(f"{name}: {word(str(each))}" for name, each in said._asdict().items())
        return f"{{{pairs}}}"
    if isinstance(said, bool):
        return "true" if said else "false"
    if isinstance(said, int):
        return str(said)
    if key == "coordinates" and isinstance(said, tuple):
        return f'"{said[0]}, {said[1]}"'
    return value(said)
