"""A working copy of a rule set: its files, its cases, what an editor shows there, and what to do.

Why this module exists: nobody should change the rules in place, and nobody should be left
with half a copy. The copy is built beside its place and put there whole. It holds more than
the loader reads (cases, statements, words), and an editor needs ids that a loaded rule set
no longer has. Who hovers over `when` in an editor has one line of help, where the page of keys
has a page around it, and an empty file has none: here is the longer help, and how to begin a file.

It must not change a word of the rules, and what an editor shows must not allow or refuse anything.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import CantWrite
from pathfinder.files import leftovers_beside, part_of, read_bytes
from pathfinder.leads import led_to
from pathfinder.loader.ids_and_answers import gather
from pathfinder.loader.rule_files import built_in
from pathfinder.loader.syntax.text import MOST_BYTES
from pathfinder.loader.syntax.yaml import read_yaml
from pathfinder.sanitize import clean

README = "README.md"
SCHEMA = "schema.json"

_A_FILE: Final = "A file of rules should stand there."
_PATHS: Final = "paths.yaml"

Schema = dict[str, Any]

MORE: Final[Mapping[str, str]] = {
    "condition": (
        "Every line must hold: `{home: [none, unsafe], severity: {at_least: moderate}}`."
        " Checklists take `includes`, `includes_any`, `exactly`, `trait` and `two_with`."
        " `{answered: false}` is for whatever isn't known. `all`, `any` and `none` hold lists of"
        " conditions, `holds` names a shared one. An answer that isn't known makes it unknown,"
        " and never false."
    ),
    "a table of reasons*": (
        "One table a question, named under `by`, with a row for every answer. A row says what the"
        " person `says`, and then `for` and `against` which paths that speaks, how much (`weight`"
        " 1 to 3) and `because` of what. It ranks paths, and never makes one safe."
    ),
    "traits of a path": (
        "For rules that name what a path is in place of its id, such as `paths: {goes_home: true}`."
        " A path with the right traits is covered by every rule that they call for."
    ),
    "traits of an answer": (
        "Conditions name them with `trait` or `two_with`. An answer with the right traits is"
        " covered by every rule that they call for."
    ),
    "paths meant": (
        "Ids, as in `[residential]`, or what the paths are, as in `{level: intensive}`."
    ),
}
"""By the kind of a value: what is told of it beside the sentence of its key."""

GROUPS: Final[Mapping[str, str]] = {
    "all": "All of these conditions hold.",
    "any": "At least one of these conditions holds.",
    "none": "None of these conditions holds.",
    "holds": "A condition that ruleset.yaml names once for all.",
}

_BEGUN: Final[Mapping[str, Any]] = {
    "factor": {"factor": "$1", "questions": [{"id": "$2", "kind": "$3", "ask": "$4", "why": "$5"}]},
    "story": {"story": "$1", "answers": {"age_group": "adult"}, "expect": {"first_path": "$2"}},
    "statements": {
        "statements": [
            {"id": "$1", "says": "$2", "must": [{"when": {}, "then": {"at_least": "$3"}}]}
        ]
    },
}
"""Files that are begun more than once, by the key that tells them."""


def counselors_readme() -> bytes:
    """What `README.md` of a copy says."""
    return Path(__file__).with_name("README-for-counselors.md").read_bytes()


def write_copy(files: Mapping[str, bytes], directory: str) -> None:
    """Write `files` (name within the folder -> bytes) as the new folder `directory`.

    It may exist if it is empty. Raises CantWrite, and leaves nothing behind, otherwise.
    """
    shown = clean(directory)
    with _explained(shown):
        target = led_to(directory)
        _refuse(target, shown)
    beside = part_of(target)
    try:
        with _explained(shown):
            for leftover in leftovers_beside(target, stat.S_ISDIR):
                shutil.rmtree(leftover, ignore_errors=True)
            beside.mkdir()
            for name, data in files.items():
                file = beside / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(data)
            if target.is_dir():
                target.rmdir()
            beside.rename(target)
    except BaseException:
        with contextlib.suppress(OSError):
            shutil.rmtree(beside)
        raise


def _refuse(target: Path, shown: str) -> None:
    """Whatever stands there already stays as it is."""
    if not shown.strip():
        raise CantWrite("Name a new folder to copy the rules to.")
    if target.is_dir():
        if any(target.iterdir()):
            raise CantWrite(f"{shown} isn't empty. Name a new folder to copy the rules to.")
        if target == Path.cwd():
            raise CantWrite(f"{shown} is the folder you are in. Name a new folder inside it.")
    elif os.path.lexists(target):
        raise CantWrite(f"{shown} is a file. Name a new folder to copy the rules to.")
    elif not target.parent.is_dir():
        raise CantWrite(f"The folder {clean(str(target.parent))} isn't there. Make it first.")


@contextlib.contextmanager
def _explained(shown: str) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        reason = clean(getattr(error, "strerror", None) or str(error))
        raise CantWrite(f"{shown} can't be written: {reason}.") from None


def folder_of(directory: Path | None) -> Path:
    """The folder of the rule set: `directory`, or that of the built-in rules."""
    return built_in() if directory is None else directory


def yaml_files(directory: Path) -> Mapping[str, bytes]:
    """Every YAML file of a rule set that holds, by its name within the folder, in order.

    Hidden files and folders are left out: editors leave them behind.
    """
    contents = {}
    for folder, folders, names in os.walk(directory):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.endswith(".yaml") and not name.startswith("."):
                path = Path(folder) / name
                within = path.relative_to(directory).as_posix()
                contents[within] = read_bytes(str(path), str(path), MOST_BYTES, _A_FILE)
    return contents


def shared_passages(directory: Path) -> tuple[str, ...]:
    """The ids under `shared` of paths.yaml. In a loaded rule set their texts stand instead."""
    path = str(directory / _PATHS)
    root, _ = read_yaml(read_bytes(path, path, MOST_BYTES, _A_FILE), _PATHS)
    return tuple(gather({_PATHS: root}).shared.ids)


def longer(about: str, key: str, kind: str) -> str:
    """The sentence of a key, and what there is to say of such a value."""
    named = "traits of an answer" if (key, kind) == ("traits", "snake*") else kind
    more = MORE.get(named)
    return about if more is None else f"{about} {more}"


def asked_in(rules: RuleSet) -> dict[str, str]:
    """Question id -> what an editor shows where a condition names it."""
    return {question.id: question.ask for question in rules.questions}


def beginnings(files: Sequence[tuple[str, str, str]]) -> Schema:
    """What an editor offers in an empty file. `files`: (name, the key that tells it, about it)."""
    return {
        "properties": {
            key: {"description": f"{about} Begins {name}."} for name, key, about in files
        },
        "defaultSnippets": [
            {"label": name, "description": f"Begin {name}.", "body": _BEGUN.get(key, {key: "$1"})}
            for name, key, _ in files
        ],
    }
