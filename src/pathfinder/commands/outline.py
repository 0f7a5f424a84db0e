"""What may be typed: every command with its options and what each of them takes.

Why this module exists: shell completion and the manual page are made of the same table and
the same options that run, so neither can name a word that isn't there.

It must not know a shell or a page. It builds every command: nothing may import it at a start.
"""

from collections.abc import Iterator
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

import typer

if TYPE_CHECKING:
    from typer import _click as click


class Takes(Enum):
    """What no list of words can tell."""

    NOTHING = "nothing"
    ANYTHING = "anything"
    FILE = "file"
    FOLDER = "folder"


Values = Takes | tuple[str, ...]
"""What may stand after an option or as an argument: these words, or a file, or whatever."""


class Option(NamedTuple):
    flags: tuple[str, ...]
    metavar: str
    help: str
    values: Values


class Argument(NamedTuple):
    metavar: str
    help: str
    values: Values


class Outline(NamedTuple):
    """One command; `commands` are those below it."""

    words: tuple[str, ...]
    help: str
    options: tuple[Option, ...]
    arguments: tuple[Argument, ...]
    commands: tuple["Outline", ...]

    @property
    def called(self) -> str:
        return " ".join(self.words)


def outline(known: dict[str, tuple[str, ...]]) -> Outline:
    """The whole command line. `known` lists the words for a placeholder, such as PATH."""
    from pathfinder.cli import app

    return _outline(typer.main.get_command(app), (), None, known)


def every(top: Outline) -> Iterator[Outline]:
    """A command, and all below it."""
    yield top
    for below in top.commands:
        yield from every(below)


def _outline(
    command: "click.Command",
    words: tuple[str, ...],
    parent: "click.Context | None",
    known: dict[str, tuple[str, ...]],
) -> Outline:
    context = command.context_class(
        command,
        parent=parent,
        info_name=words[-1] if words else "pathfinder",
        **command.context_settings,
    )
    below = []
    for name in command.list_commands(context) if hasattr(command, "list_commands") else ():
        entry = command.get_command(context, name)  # type: ignore[attr-defined]
        below.append(_outline(entry, (*words, name), context, known))
    options, arguments = [], []
    for param in command.get_params(context):
        values = _values(param, known)
        metavar = "" if values is Takes.NOTHING else param.metavar or ""
        text = getattr(param, "help", None) or ""
        if param.param_type_name == "option":
            options.append(Option(tuple(param.opts), metavar, text, values))
        else:
            arguments.append(Argument(metavar or str(param.name).upper(), text, values))
    return Outline(words, command.help or "", tuple(options), tuple(arguments), tuple(below))


def _values(param: "click.Parameter", known: dict[str, tuple[str, ...]]) -> Values:
    if getattr(param, "is_flag", False):
        return Takes.NOTHING
    metavar = (param.metavar or "").strip("[].")
    for name in (param.opts[0], metavar):
        if name in known:
            return known[name]
    if metavar in ("DIR", "OLD", "NEW"):
        return Takes.FOLDER
    if "FILE" in metavar:
        return Takes.FILE
    return tuple(metavar.split("|")) if metavar.islower() else Takes.ANYTHING
