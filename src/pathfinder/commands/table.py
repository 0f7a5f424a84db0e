"""All commands: what each is called, and where it stands.

Why this module exists: `pathfinder --help`, the start of every command and the
tests of the README read the same list.

It must not import a command.
"""

from typing import Final, NamedTuple


class Group(NamedTuple):
    """Commands under one word, such as `pathfinder rules check`."""

    help: str
    commands: dict[str, str]


COMMANDS: Final[dict[str, str | Group]] = {
    "quiz": "quiz:quiz",
    "recommend": "recommend:recommend",
    "explain": "explain:explain",
    "paths": "look:paths",
    "compare": "look:compare",
    "sources": "look:sources",
    "help-lines": "look:help_lines",
    "help": "help:help_",
}
