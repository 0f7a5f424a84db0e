"""From a file (or a folder of files) to a list of programs, or to every problem in it.

Why this module exists: the list is used whole or not at all, as rules are. Whoever keeps it sees
all that doesn't hold in one run, each with file, line and column.

It must not look for a list by itself, or judge how fresh an entry is. It writes only what
somebody learned on the phone (`rewrite`).
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pathfinder.errors import CantWrite, FileProblem, Problem, ProgramsError
from pathfinder.files import read_bytes, told
from pathfinder.loader.fields import Reader
from pathfinder.loader.rule_files import sha256_of
from pathfinder.loader.syntax.nodes import MapNode
from pathfinder.loader.syntax.yaml import read_yaml
from pathfinder.programs import entries
from pathfinder.programs.entries import Ids, ListReader
from pathfinder.programs.keys import LIST
from pathfinder.programs.model import Meeting, Program, ProgramList
from pathfinder.programs.quick import read_quickly
from pathfinder.sanitize import clean, quoted

if TYPE_CHECKING:
    from pathfinder.programs.stamping import Learned

MOST_BYTES: Final = 16 * 1024 * 1024
MOST_VALUES: Final = 2_000_000
_NAME_A_LIST: Final = "Name a list of programs."
_OF_THE_LIST: Final = ("title", "kept_by", "near", "units", "postal_codes")


class ListFile(NamedTuple):
    """What one file holds. `head`: the keys of the list as a whole that stand in it."""

    head: dict[str, Any]
    programs: tuple[Program, ...]
    meetings: tuple[Meeting, ...]


def load_programs(where: Path, paths: Iterable[str]) -> ProgramList:
    """The list in the file or folder `where`. `paths`: the ids of the rule set in use.

    Raises ProgramsError with every problem of every file; FileProblem if there is no list.
    """
    known = entries.ids(paths)
    problems: list[Problem] = []
    head: dict[str, Any] = {}
    stands: dict[str, str] = {}
    programs: list[Program] = []
    meetings: list[Meeting] = []
    contents: dict[str, bytes] = {}
    for path in files_of(where):
        label = clean(str(path))
        contents[path.name] = data = read_bytes(str(path), label, MOST_BYTES, _NAME_A_LIST)
        file = read_list(data, label, known, problems)
        programs += file.programs
        meetings += file.meetings
        for key, value in file.head.items():
            if key in head:
                message = f"{quoted(key)} stands in {stands[key]} already; keep one"
                problems.append(Problem(label, 1, 1, "repeated", message))
            stands[key] = label
            head[key] = value
    if not programs and not meetings and not problems:
        problems.append(Problem(clean(str(where)), 1, 1, "empty", "no program stands here yet"))
    if problems:
        raise ProgramsError(problems)
    if head.get("postal_codes"):
        head["postal_codes"] = str(Path(stands["postal_codes"]).parent / head["postal_codes"])
    return ProgramList(
        **head, programs=tuple(programs), meetings=tuple(meetings), sha256=sha256_of(contents)
    )


def files_of(where: Path) -> list[Path]:
    """The file itself, or the lists in a folder, by name. Hidden ones are left by editors."""
    if not where.is_dir():
        return [where]
    with told(clean(str(where)), _NAME_A_LIST):
        names = sorted(os.listdir(where))
    found = [
        where / name
        for name in names
        if name.lower().endswith((".yaml", ".yml")) and not name.startswith(".")
    ]
    if not found:
        raise FileProblem(f"{clean(str(where))} holds no list of programs (*.yaml).")
    return found


def read_list(data: bytes, label: str, known: Ids, problems: list[Problem]) -> ListFile:
    """One file: quickly where it is written plainly and holds; else with every problem noted."""
    taken = dict(known.taken)
    found = read_quickly(data, label, known, MOST_BYTES)
    if found is not None:
        return ListFile(*found)
    known.taken.clear()
    known.taken.update(taken)
    root, noted = read_yaml(data, label, most_bytes=MOST_BYTES, most_nodes=MOST_VALUES)
    problems += noted
    reader = ListReader(label, problems)
    noted_before = len(problems) - len(noted)
    file = _strictly(reader, root, known)
    problems[noted_before:] = sorted(problems[noted_before:], key=lambda each: each[1:3])
    return file


def _strictly(reader: Reader, root: MapNode | None, known: Ids) -> ListFile:
    fields = reader.fields(root, LIST)
    head = {
        key: entries.value(reader, LIST, key, fields[key], known)
        for key in _OF_THE_LIST
        if key in fields
    }
    programs = reader.items(fields.get("programs"), "a list of programs", least=0)
    meetings = reader.items(fields.get("meetings"), "a list of meetings", least=0)
    return ListFile(
        head,
        tuple([entries.program(reader, item, known) for item in programs]),
        tuple([entries.meeting(reader, item, known) for item in meetings]),
    )


def rewrite(where: Path, entry: str, changes: list[Learned]) -> Path:
    """Put `changes` into the file that holds the entry; every other byte stays. Gives the file.

    Raises CantWrite where the entry isn't laid out so that this can be promised.
    """
    # Here: who only reads a list writes nothing.
    from pathfinder.output import write_over
    from pathfinder.programs.stamping import stamped

    for path in files_of(where):
        label = clean(str(path))
        data = read_bytes(str(path), label, MOST_BYTES, _NAME_A_LIST)
        text = data.decode("utf-8")
        made = stamped(text, entry, changes, MOST_BYTES, MOST_VALUES)
        if made is not None:
            write_over(made.encode("utf-8"), str(path))
            return path
    by_hand = ", ".join(f"{change.key}: {change.written}" for change in changes)
    raise CantWrite(f"{entry} is laid out in a way that must be changed by hand: {by_hand}")
