"""Commands that are imported when they are called.

Why this module exists: typer builds every command that it knows at every start.
This group knows their names alone, and builds the one that is asked for.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup

from pathfinder.commands.table import COMMANDS, HELP, Group

if TYPE_CHECKING:
    from typer._click import Command, Context

SETTINGS: dict[str, Any] = {
    "add_completion": False,
    "no_args_is_help": True,
    "rich_markup_mode": None,
    "pretty_exceptions_enable": False,
    "context_settings": {"help_option_names": ["-h", "--help"], "max_content_width": 80},
}
"""How every command of ours behaves. Typer's boxes cost rich at each `--help`."""


class LazyGroup(TyperGroup):
    """The commands of `table`, each built when it is first asked for."""

    table: Mapping[str, str | Group] = COMMANDS

    def list_commands(self, ctx: "Context") -> list[str]:
        return list(self.table)

    def get_command(self, ctx: "Context", cmd_name: str) -> "Command | None":
        if cmd_name not in self.commands and cmd_name in self.table:
            self.commands[cmd_name] = _built(cmd_name, self.table[cmd_name])
        return self.commands.get(cmd_name)

    def resolve_command(
        self, ctx: "Context", args: list[str]
    ) -> "tuple[str | None, Command | None, list[str]]":
        name = args[0]
        if name not in self.table and not name.startswith("-"):
            from pathfinder.commands.shared import one_of

            one_of("COMMAND", name, tuple(self.table))
        return super().resolve_command(ctx, args)


def _built(name: str, what: str | Group) -> "Command":
    if isinstance(what, Group):
        kind = type("Lazy", (LazyGroup,), {"table": what.commands})
        group = typer.Typer(**SETTINGS, cls=kind, name=name, help=what.help)
        group.callback()(_nothing)
        return typer.main.get_command(group)
    module, _, function = what.partition(":")
    command = typer.Typer(**{**SETTINGS, "no_args_is_help": False}, name=name)
    command.command(name, help=HELP[what])(
        getattr(import_module(f"pathfinder.commands.{module}"), function)
    )
    return typer.main.get_command(command)


def _nothing() -> None:
    pass
