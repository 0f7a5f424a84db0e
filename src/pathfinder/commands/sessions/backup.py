"""`pathfinder sessions backup`: everything in one encrypted file, read again before it counts.

Why this module exists: a folder gets copied in part, and a backup that doesn't open is worth
nothing. So it is one file, for its owner alone, and it is read to its end before it takes its
name.
"""

from typing import Annotated

import typer

from pathfinder.commands.sessions.shared import (
    PassphraseFdOption,
    every_older_told,
    opened_by,
    say,
    stopping,
)
from pathfinder.errors import CantWrite, PathfinderError


def backup(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The file to write.")],
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace FILE if it is there.")
    ] = False,
    passphrase_fd: PassphraseFdOption = None,
) -> None:
    vault, words = opened_by(passphrase_fd)
    say(*every_older_told(vault))
    from pathfinder.files import part_of, placed
    from pathfinder.output import leaving
    from pathfinder.sessions import messages
    from pathfinder.vault.backup import check, write

    with (
        stopping(messages.BACKUP_STOPPED),
        leaving(file, "FILE", overwrite=overwrite) as path,
        placed(path, replace=overwrite, followed=True) as stream,
    ):
        held = write(vault, words, stream)
        stream.flush()
        try:
            with open(part_of(path), "rb") as again:
                found = check(again, words)
        except PathfinderError as error:
            raise CantWrite(messages.backup_not_read_again(str(error))) from None
        if found != held:
            raise CantWrite(messages.backup_not_read_again(""))
    say(messages.backed_up(file, len(held.sessions), len(held.drafts)), messages.BACKUP_OPENS)
