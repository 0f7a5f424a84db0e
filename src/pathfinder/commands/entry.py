"""An entry of the list of commands: one command, or several under one word.

Why this module exists: the list has more entries than a file should have lines, so a large group
keeps its own part of it, in its folder. All of them are made of these.

It must not name a command, or import one.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

Function = Callable[..., Any]


class Command(NamedTuple):
    """One command. `summary` is its line in a list; `more` follows in its own help."""

    summary: str
    function: Callable[[], Function]
    more: str = ""

    @property
    def help(self) -> str:
        apart = "" if not self.more or self.more.startswith("\n") else " "
        return self.summary + apart + self.more


class Group(NamedTuple):
    """Commands under one word, such as `pathfinder rules check`."""

    summary: str
    commands: "dict[str, Command | Group]"
