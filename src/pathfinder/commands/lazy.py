"""Commands that are imported when they are called, and help that says each thing whole.

Why this module exists: typer builds every command that it knows at every start.
This group knows their names alone, and builds the one that is asked for.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup

from pathfinder.commands.entry import Command, Group
from pathfinder.commands.table import COMMANDS

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
        from pathfinder.commands.help_layout import WholeNames

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
