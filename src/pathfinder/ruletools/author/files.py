"""The files of a rule set as a person sees them: what to copy, and what to name in a schema.

Why this module exists: a working copy holds more than the loader reads (cases,
statements, words), and an editor needs ids that a loaded rule set no longer has.

It must not write.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from pathfinder.files import read_bytes
from pathfinder.loader.ids import gather
from pathfinder.loader.rule_files import built_in
from pathfinder.loader.syntax.decode import MOST_BYTES
from pathfinder.loader.syntax.yaml import read_yaml

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
