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
from typing import Any, Final, NamedTuple

from pathfinder.errors import PathfinderError, Problem
from pathfinder.files import read_bytes
from pathfinder.leads import NoHome, config_folder
from pathfinder.loader.syntax.nodes import Kind, MapNode, Node, ScalarNode, found
from pathfinder.sanitize import clean, quoted
from pathfinder.suggest import suggestion

KEYS: Final = (
    "plain", "region", "programs", "language", "near", "author", "keep_years", "smallest_count",
)  # fmt: skip
_MOST_BYTES = 64 * 1024


class Config(NamedTuple):
    """`slips` are told to the person, a line each; what they concern has its usual value.

    `programs`: the agency's list; a name without a folder stands beside the preferences.
    `language` and `near`: what programs are looked for with, as it is written.
    For counselors: `author` is what they call themselves in a record, `keep_years` how long
    the agency keeps sessions (0: it never said), `smallest_count` the least that a report says.
    """

    plain: bool = False
    region: str | None = None
    programs: str | None = None
    file: str = ""
    slips: tuple[str, ...] = ()
    author: str = ""
    keep_years: int = 0
    smallest_count: int = 5
    language: str = ""
    near: str = ""


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


class _Wanted(NamedTuple):
    """What stands under a key: its kind, how it is told, and the most that a number may be."""

    kind: Kind
    told: str
    most: int = 0


_WANTED: Final = {
    "plain": _Wanted(Kind.TRUTH, "true or false"),
    "region": _Wanted(Kind.TEXT, "a country such as us"),
    "programs": _Wanted(Kind.TEXT, "the name of a list of programs"),
    "language": _Wanted(Kind.TEXT, "a language such as es or Spanish"),
    "near": _Wanted(Kind.TEXT, 'a town, or a postal code in quotes such as "01101"'),
    "author": _Wanted(Kind.TEXT, "a name such as M. Field, LPC"),
    "keep_years": _Wanted(Kind.WHOLE, "a number of years from 1 to 100", 100),
    "smallest_count": _Wanted(Kind.WHOLE, "a number from 1 to 1000", 1000),
}


def _settings(root: MapNode, file: str) -> Config:
    slips: list[str] = []
    values: dict[str, Any] = {}

    def slip(node: Node, message: str) -> None:
        slips.append(str(Problem(clean(file), node.line, node.column, "config", message)))

    for key, (name, value) in root.entries.items():
        if key not in KEYS:
            slip(name, f"unknown key {quoted(key)}{suggestion(key, KEYS)}")
            continue
        setting = _value(value, _WANTED[key])
        if setting is None:
            slip(value, f"expected {_WANTED[key].told}; found {found(value)}")
        else:
            values[key] = setting
    if "programs" in values:
        values["programs"] = str(Path(file).parent / Path(values["programs"]).expanduser())
    return Config(**values, file=file, slips=tuple(slips))


def _value(node: Node, wanted: _Wanted) -> str | int | None:
    if not isinstance(node, ScalarNode) or node.kind is not wanted.kind:
        return None
    if wanted.kind is Kind.TRUTH:
        return node.value == "true"
    if wanted.kind is Kind.TEXT:
        return clean(node.value).strip() or None
    fits = len(node.value) < 6 and 1 <= int(node.value) <= wanted.most
    return int(node.value) if fits else None
