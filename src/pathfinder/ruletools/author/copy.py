"""A working copy of a rule set: its files, its cases, a schema for the editor, and what to do.

Why this module exists: nobody should change the rules in place, and nobody should be left
with half a copy. The copy is built beside its place and put there whole. It holds more than
the loader reads (cases, statements, words), and an editor needs ids that a loaded rule set
no longer has.

It must not change a word of the rules.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from pathfinder.errors import CantWrite
from pathfinder.files import leftovers_beside, part_of, read_bytes
from pathfinder.leads import led_to
from pathfinder.loader.ids import gather
from pathfinder.loader.rule_files import built_in
from pathfinder.loader.syntax.decode import MOST_BYTES
from pathfinder.loader.syntax.yaml import read_yaml
from pathfinder.sanitize import clean

README = "README.md"
SCHEMA = "schema.json"


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


_A_FILE: Final = "A file of rules should stand there."
_PATHS: Final = "paths.yaml"


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
