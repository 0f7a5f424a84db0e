"""`pathfinder programs new`: a list to begin with, and what makes an editor help.

Why this module exists: nobody should learn the keys by heart, or begin with an empty page.
"""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from pathfinder.commands.shared import RulesOption, load


def new(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="The new list.")],
    rules: RulesOption = None,
) -> None:
    from pathfinder.errors import PathfinderError
    from pathfinder.output import write_out
    from pathfinder.programs.schema import schema_text
    from pathfinder.programs.writing import SCHEMA, template
    from pathfinder.sanitize import clean

    if not file.lower().endswith((".yaml", ".yml")):
        raise PathfinderError(f"{clean(file)}: name a file that ends in .yaml.")
    schema = schema_text(load(context, rules).path_by_id)
    write_out(template(), file, way_out="Name a new file.")
    beside = Path(file).with_name(SCHEMA)
    shown = clean(file)
    print(f"{shown} is there, with one example. Write your programs over it.")
    if not beside.exists():
        write_out(schema, str(beside))
    print(f"Then: pathfinder programs check {shlex.quote(shown)}")
