"""`pathfinder rules schema`: help for the editors of those who keep the rules.

Why this module exists: an editor that knows this rule set's own names completes
them, and underlines a slip before anything is run.
"""

import sys
from typing import Annotated

import typer

from pathfinder.commands.shared import RulesOption, rules_folder


def schema(
    context: typer.Context,
    directory: Annotated[
        str | None,
        typer.Argument(
            metavar="[DIR]",
            help="The folder of the rule set. Default: as --rules.",
            show_default=False,
        ),
    ] = None,
    rules: RulesOption = None,
) -> None:
    """Print a JSON Schema for the rule files, with their own ids as choices."""
    from pathfinder.authoring.schema.text import schema_text

    folder = rules_folder(context, directory if directory is not None else rules)
    sys.stdout.write(schema_text(folder))
