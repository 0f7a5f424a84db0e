"""`pathfinder programs schema`: help for the editors of those who keep a list of programs.

Why this module exists: an editor that knows the keys and the paths completes them, and
underlines a slip before anything is run.
"""

import sys

import typer

from pathfinder.commands.shared import RulesOption, load


def schema(context: typer.Context, rules: RulesOption = None) -> None:
    from pathfinder.programs.schema import schema_text

    sys.stdout.write(schema_text(load(context, rules).path_by_id))
