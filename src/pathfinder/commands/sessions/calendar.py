"""`pathfinder sessions calendar`: the appointment that was agreed, as a file for a calendar.

Why this module exists: whoever opens the file on a phone has the appointment there. What it may
say on that phone is `pathfinder.sessions.calendar`'s matter.
"""

from datetime import datetime
from typing import Annotated

import typer

from pathfinder.commands.sessions.shared import (
    OverwriteOption,
    PassphraseFdOption,
    SessionArgument,
    fits_overwrite,
    older_told,
    opened,
    say,
    the_session,
)
from pathfinder.commands.shared import OutputOption


def calendar(
    session: SessionArgument,
    name_program: Annotated[
        bool,
        typer.Option("--name-program", help="Put the program's name into the entry's title."),
    ] = False,
    output: OutputOption = None,
    overwrite: OverwriteOption = False,
    passphrase_fd: PassphraseFdOption = None,
) -> None:
    fits_overwrite(overwrite, output)
    vault = opened(passphrase_fd)
    from pathfinder.output import write_out
    from pathfinder.sessions import read
    from pathfinder.sessions.calendar import calendar as made

    id_ = the_session(vault, session, passphrase_fd)
    say(*older_told(vault, id_))
    agreed = read(vault, id_).newest.agreed
    entry = made(agreed, datetime.now().astimezone(), name_program=name_program)
    write_out(entry.decode("utf-8"), output, overwrite=overwrite)
