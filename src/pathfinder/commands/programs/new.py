"""`pathfinder programs new`: a list to begin with, and what makes an editor help.

Why this module exists: nobody should learn the keys by heart, or begin with an empty page.
"""

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pathfinder.commands.shared import RulesOption, load

if TYPE_CHECKING:
    from pathfinder.engine.ruleset import RuleSet


def new(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="The new list.")],
    from_: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="SHEET", help="A spreadsheet, saved as CSV.", show_default=False
        ),
    ] = None,
    rules: RulesOption = None,
) -> None:
    from pathfinder.errors import PathfinderError
    from pathfinder.output import write_out
    from pathfinder.programs.schema import schema_text
    from pathfinder.programs.writing import SCHEMA, template
    from pathfinder.sanitize import clean

    if not file.lower().endswith((".yaml", ".yml")):
        raise PathfinderError(f"{clean(file)}: name a file that ends in .yaml.")
    rule_set = load(context, rules)
    schema = schema_text(rule_set.path_by_id)
    text, told = (template(), []) if from_ is None else _of_sheet(rule_set, from_)
    write_out(text, file, way_out="Name a new file.")
    beside = Path(file).with_name(SCHEMA)
    shown = clean(file)
    if from_ is None:
        print(f"{shown} is there, with one example. Write your programs over it.")
    for line in told:
        print(line)
    if not beside.exists():
        write_out(schema, str(beside))
    print(f"Then: pathfinder programs check {shlex.quote(shown)}")


def _of_sheet(rules: "RuleSet", sheet: str) -> tuple[str, list[str]]:
    """The text of a list made of a spreadsheet, and what to tell about it."""
    from pathfinder.files import read_bytes
    from pathfinder.programs.spreadsheet import MOST_BYTES, read_sheet
    from pathfinder.programs.writing import HEAD, list_text
    from pathfinder.sanitize import clean

    names = {
        word.casefold(): path.id
        for path in rules.paths
        for word in (path.id, path.name, path.in_a_row)
    }
    label = clean(sheet)
    found = read_sheet(read_bytes(sheet, label, MOST_BYTES, "Name a CSV file."), label, names)
    told = [f"Taken from {label}: {len(found.programs):,} programs."]
    told += [f"No place for {line}." for line in found.lost]
    return HEAD + list_text(found.programs, []), told
