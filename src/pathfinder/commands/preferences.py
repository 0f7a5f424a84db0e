"""Preferences: a small file that a person may write once, and that is only ever read.

Why this module exists: someone who needs plain mode needs it each time. The file
is `config.yaml` in the platform's folder for settings, or in the folder that
`PATHFINDER_CONFIG_DIR` names. It holds preferences, never answers.

It must not be written by the program, and a slip in it must not keep anyone
from the quiz: it is told, and the usual way is taken.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from pathfinder.errors import PathfinderError, Problem
from pathfinder.files import read_bytes
from pathfinder.folders import NoHome, config_folder
from pathfinder.loader.syntax.nodes import Kind, MapNode, Node, ScalarNode, found
from pathfinder.sanitize import clean, quoted
from pathfinder.suggest import suggestion

KEYS = ("plain", "region")
_MOST_BYTES = 64 * 1024


class Config(NamedTuple):
    """`slips` are told to the person, a line each; what they concern has its usual value."""

    plain: bool = False
    region: str | None = None
    file: str = ""
    slips: tuple[str, ...] = ()


def config_file() -> Path:
    """Where the preferences would stand."""
    return config_folder() / "config.yaml"


def read_config() -> Config:
    """The preferences, or the usual ones where there is no file."""
    try:
        file = config_file()
    except NoHome:
        return Config()  # then there is no file either
    except PathfinderError as error:
        return Config(slips=(str(error),))
    if not os.path.lexists(file):
        return Config()
    try:
        data = read_bytes(str(file), clean(str(file)), _MOST_BYTES, "Preferences are a file.")
    except PathfinderError as error:
        return Config(slips=(str(error),))
    from pathfinder.loader.syntax.yaml import read_yaml

    root, problems = read_yaml(data, clean(str(file)))
    if root is None or problems:
        nothing = Problem(clean(str(file)), 1, 1, "empty", "nothing stands in this file")
        return Config(slips=tuple(map(str, problems or [nothing])))
    return _settings(root, str(file))


def _settings(root: MapNode, file: str) -> Config:
    plain, region = False, None
    slips: list[str] = []

    def slip(node: Node, message: str) -> None:
        slips.append(str(Problem(clean(file), node.line, node.column, "config", message)))

    for key, (name, value) in root.entries.items():
        if key not in KEYS:
            slip(name, f"unknown key {quoted(key)}{suggestion(key, KEYS)}")
        elif key == "plain":
            if isinstance(value, ScalarNode) and value.kind is Kind.TRUTH:
                plain = value.value == "true"
            else:
                slip(value, f"expected true or false; found {found(value)}")
        elif isinstance(value, ScalarNode) and value.kind is Kind.TEXT:
            region = value.value
        else:
            slip(value, f"expected a country such as us; found {found(value)}")
    return Config(plain, region, file, tuple(slips))
