"""`pathfinder rules schema`: help for the editors of those who keep the rules.

Why this module exists: an editor that knows this rule set's own names completes
them, and underlines a slip before anything is run.
"""

import sys

import typer

from pathfinder.commands.shared import DirectoryArgument, RulesOption, folder_named


def schema(
    context: typer.Context,
    directory: DirectoryArgument = None,
    rules: RulesOption = None,
) -> None:
    from pathfinder.ruletools.author.schema import schema_text

    sys.stdout.write(schema_text(folder_named(context, directory, rules)))
