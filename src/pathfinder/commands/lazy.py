"""Commands that are imported when they are called, and help that says each thing whole.

Why this module exists: typer builds every command that it knows at every start.
This group knows their names alone, and builds the one that is asked for. And typer wraps at every
hyphen and space, so that `help-lines`, cut in two, couldn't be typed or copied: in a help text our
own commands stand as `pathfinder …` or between backticks, and each of them is held together.
"""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import typer
from typer._click.formatting import HelpFormatter
from typer.core import TyperCommand, TyperGroup

from pathfinder.commands.entry import Command, Group
from pathfinder.commands.table import COMMANDS, every_command

if TYPE_CHECKING:
    from typer import _click as click

SETTINGS: dict[str, Any] = {
    "add_completion": False,
    "no_args_is_help": True,
    "rich_markup_mode": None,
    "pretty_exceptions_enable": False,
    "context_settings": {"help_option_names": ["-h", "--help"], "max_content_width": 80},
}
"""How every command of ours behaves. Typer's boxes cost rich at each `--help`."""


class WholeCommand(TyperCommand):
    """A command whose help never breaks a name."""

    def get_help(self, ctx: "click.Context") -> str:
        formatter = WholeNames(width=ctx.terminal_width, max_width=ctx.max_content_width)
        self.format_help(ctx, formatter)
        return formatter.getvalue().rstrip("\n")


class LazyGroup(TyperGroup):
    """The commands of `table`, each built when it is first asked for."""

    table: Mapping[str, Command | Group] = COMMANDS

    def list_commands(self, ctx: "click.Context") -> list[str]:
        return list(self.table)

    def get_command(self, ctx: "click.Context", cmd_name: str) -> "click.Command | None":
        if cmd_name not in self.commands and cmd_name in self.table:
            self.commands[cmd_name] = _built(cmd_name, self.table[cmd_name])
        return self.commands.get(cmd_name)

    def get_help(self, ctx: "click.Context") -> str:
        return WholeCommand.get_help(self, ctx)  # type: ignore[arg-type]

    def format_commands(self, ctx: "click.Context", formatter: "click.HelpFormatter") -> None:
        """The list as it stands in the table: nothing is built, and no sentence cut short."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.summary) for name, entry in self.table.items()])

    def resolve_command(
        self, ctx: "click.Context", args: list[str]
    ) -> "tuple[str | None, click.Command | None, list[str]]":
        name = args[0]
        if name not in self.table and not name.startswith("-"):
            from pathfinder.commands.shared import one_of

            one_of("COMMAND", name, tuple(self.table))
        return super().resolve_command(ctx, args)


def _built(name: str, entry: Command | Group) -> "click.Command":
    if isinstance(entry, Group):
        kind = type("Lazy", (LazyGroup,), {"table": entry.commands})
        group = typer.Typer(**SETTINGS, cls=kind, name=name, help=entry.summary)
        group.callback()(_nothing)
        return typer.main.get_command(group)
    command = typer.Typer(**{**SETTINGS, "no_args_is_help": False}, name=name)
    command.command(name, cls=WholeCommand, help=entry.help)(entry.function())
    return typer.main.get_command(command)


def _nothing() -> None:
    pass


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
