"""The commands under `pathfinder programs`: their part of the list in `commands/table.py`.

It must not import a command before somebody asks for it.
"""

from typing import Final

from pathfinder.commands.entry import Command, Function, Group


def _programs_called() -> Function:
    from pathfinder.commands.programs.keeping import called

    return called


def _programs_check() -> Function:
    from pathfinder.commands.programs.keeping import check

    return check


def _programs_due() -> Function:
    from pathfinder.commands.programs.keeping import due

    return due


def _programs_find() -> Function:
    from pathfinder.commands.programs.using import find

    return find


def _programs_import() -> Function:
    from pathfinder.commands.programs.keeping import import_

    return import_


def _programs_list() -> Function:
    from pathfinder.commands.programs.keeping import list_

    return list_


def _programs_new() -> Function:
    from pathfinder.commands.programs.keeping import new

    return new


def _programs_schema() -> Function:
    from pathfinder.commands.programs.keeping import schema

    return schema


PROGRAMS: Final = Group(
    "For agencies: their own list of programs and meetings.",
    {
        "check": Command(
            "Find every slip in a list of programs.", _programs_check, "Errors exit with 65."
        ),
        "new": Command("Begin a list, with an example of everything.", _programs_new),
        "import": Command(
            "Take over a feed of meetings, or a directory, from a file.",
            _programs_import,
            "Run it again for a newer one: what you changed by hand is left alone.",
        ),
        "list": Command("List what is in it.", _programs_list),
        "find": Command(
            "Find whom to call, for a file of answers.",
            _programs_find,
            "Says why, and what to ask.",
        ),
        "due": Command("List whom to call again: not called for 90 days, or never.", _programs_due),
        "called": Command("Write down that a program was called today.", _programs_called),
        "schema": Command("Print a JSON Schema, so that editors help.", _programs_schema),
    },
)
