"""`pathfinder programs list`: everything in the list in use, a line each.

Why this module exists: who keeps the list, or sits with a client, looks a number up.
"""

import typer

from pathfinder.commands.programs.shared import ListArgument, list_or_error
from pathfinder.commands.shared import RulesOption, load


def list_(context: typer.Context, file: ListArgument = None, rules: RulesOption = None) -> None:
    from pathfinder.programs.load import load_programs
    from pathfinder.sanitize import clean
    from pathfinder.wrapping import columns

    found = load_programs(list_or_error(file), load(context, rules).path_by_id)
    programs = [
        (each.id, each.phone or "no phone", each.last_called or "never", clean(each.name))
        for each in found.programs
    ]
    meetings = [
        (each.id, ",".join(day[:3] for day in each.days), each.time, clean(each.name))
        for each in found.meetings
    ]
    lines = columns([("id", "phone", "last called", "program"), *programs]) if programs else []
    if programs and meetings:
        lines.append("")
    lines += columns([("id", "days", "time", "meeting"), *meetings]) if meetings else []
    print("\n".join(lines))
