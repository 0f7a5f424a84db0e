"""`pathfinder programs check`: every slip in a list of programs, in one run.

Why this module exists: who keeps the list isn't a programmer, and a wrong number is found here
or by a client.
"""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from pathfinder.commands.shared import AllOption, RulesOption, load


def check(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A list of programs, or a folder.")],
    all_: AllOption = False,
    rules: RulesOption = None,
) -> None:
    from datetime import date

    from pathfinder.programs.freshness import days_to_come, due
    from pathfinder.programs.load import load_programs
    from pathfinder.programs.places import Distances, here, read_table
    from pathfinder.sanitize import clean

    found = load_programs(Path(file), load(context, rules).path_by_id)
    table = read_table(found.postal_codes) if found.postal_codes else {}
    shown, today = clean(file), date.today()
    programs, meetings = len(found.programs), len(found.meetings)
    print(f"{shown} holds: {_counted(programs, 'program')}, {_counted(meetings, 'meeting')}.")
    if table:
        placed = Distances(here(found.near, table), table)
        lost = sum(bool(each.postal_code) and not placed.knows(each) for each in found.programs)
        lost += sum(bool(each.postal_code) and not placed.knows(each) for each in found.meetings)
        print(f"{clean(found.postal_codes)} holds {_counted(len(table), 'place')}.")
        if lost:
            print(f"Entries with a postal code that isn't in it: {lost:,}.")
    for each in days_to_come(found.programs, today):
        print(f"{each.id}: last_called is {each.last_called}, a day to come. Correct it.")
    if old := due(found.programs, today):
        whom = f"pathfinder programs due {shlex.quote(shown)}"
        print(f"Not called for 90 days, or never: {len(old):,}. Whom to call: {whom}")


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}" + ("" if number == 1 else "s")
