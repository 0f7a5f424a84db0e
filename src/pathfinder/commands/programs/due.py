"""`pathfinder programs due`: whom to call again.

Why this module exists: a list is as good as its last round of calls, and a round is short when
somebody says whom it takes.
"""

import typer

from pathfinder.commands.programs.shared import ListArgument, list_or_error
from pathfinder.commands.shared import RulesOption, load


def due(context: typer.Context, file: ListArgument = None, rules: RulesOption = None) -> None:
    from datetime import date

    from pathfinder.programs.freshness import due as to_call
    from pathfinder.programs.load import load_programs
    from pathfinder.sanitize import clean
    from pathfinder.wrapping import columns

    found = load_programs(list_or_error(file), load(context, rules).path_by_id)
    rows = [
        (each.id, each.last_called or "never", each.phone or "no phone", clean(each.name))
        for each in to_call(found.programs, date.today())
    ]
    if not rows:
        print("Every program was called within the last 90 days.")
        return
    for line in columns([("id", "last called", "phone", "name"), *rows]):
        print(line)
    print("When you have called one: pathfinder programs called ID")
