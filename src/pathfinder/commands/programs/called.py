"""`pathfinder programs called`: somebody called, and the entry holds.

Why this module exists: a date that costs a minute of editing isn't written, and then nobody knows
which numbers still ring.
"""

from typing import Annotated

import typer

from pathfinder.commands.programs.shared import ProgramsOption, list_or_error
from pathfinder.commands.shared import RulesOption, load


def called(
    context: typer.Context,
    program: Annotated[str, typer.Argument(metavar="ID", help="The program that was called.")],
    wait: Annotated[
        int | None,
        typer.Option(
            "--wait", metavar="DAYS", min=0, max=999, help="Days until the first visit.",
            show_default=False,
        ),
    ] = None,
    by: Annotated[
        str, typer.Option("--by", metavar="NAME", help="Who called.", show_default=False)
    ] = "",
    programs: ProgramsOption = None,
    rules: RulesOption = None,
) -> None:  # fmt: skip
    from datetime import date

    from pathfinder.errors import PathfinderError
    from pathfinder.programs.load import load_programs, rewrite
    from pathfinder.programs.stamping import stamp
    from pathfinder.sanitize import clean, quoted
    from pathfinder.suggest import did_you_mean

    where = list_or_error(programs)
    found = load_programs(where, load(context, rules).path_by_id)
    known = [each.id for each in found.programs]
    if program not in known:
        near = did_you_mean(program, known)
        raise PathfinderError(f"{quoted(program)} is no program of the list.{near}")
    today = date.today().isoformat()
    file = rewrite(where, program, stamp(today, by, wait))
    waits = "" if wait is None else f"; days to wait: {wait}"
    print(f"{clean(str(file))}: {program} was called on {today}{waits}.")
