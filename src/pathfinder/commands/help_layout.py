"""How the help of a command is wrapped: no name of a command, an option or a file is broken.

Why this module exists: typer wraps at every hyphen and space, and `help-lines` cut in two
can't be typed or copied. In a help text our own commands stand as `pathfinder …` or between
backticks; each is held together, as is every word with a hyphen.

It must not be imported before somebody asks for help.
"""

import re
from collections.abc import Sequence
from typing import Final

from typer._click.formatting import HelpFormatter

from pathfinder.commands.table import COMMANDS, every_command

_HYPHEN, _SPACE = "\ue000", "\ue001"
"""Stand-ins while a text is wrapped: letters of no script, each one cell wide."""


def _calls() -> "re.Pattern[str]":
    names = sorted([*every_command(), *COMMANDS], key=len, reverse=True)  # the longest first
    words = "|".join(re.escape(name) for name in names)
    return re.compile(rf"`[^`]+`|\bpathfinder (?:{words})\b|--[a-z-]+ [A-Z]+\b")


_CALLS: Final = _calls()


def held_together(text: str) -> str:
    """The text with stand-ins where it must not be broken."""
    text = _CALLS.sub(lambda found: found[0].replace(" ", _SPACE), text)
    return re.sub(r"(?<=\S)-(?=\S)", _HYPHEN, text)


class WholeNames(HelpFormatter):
    """Typer's page of help, with names left whole."""

    def write_text(self, text: str) -> None:
        super().write_text(held_together(text))

    def write_dl(
        self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        whole = [(first, held_together(second)) for first, second in rows]
        super().write_dl(whole, col_max, col_spacing)

    def getvalue(self) -> str:
        return super().getvalue().replace(_HYPHEN, "-").replace(_SPACE, " ")
