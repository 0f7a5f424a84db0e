"""`pathfinder sessions export`: sessions for other programs, whole or as figures.

Why this module exists: what leaves the vault isn't encrypted any more. So it says
what it gives out, and gives out nothing that wasn't asked for by name.
"""

from typing import TYPE_CHECKING, Annotated

import typer

from pathfinder.commands.sessions.shared import (
    OverwriteOption,
    PassphraseFdOption,
    every_older_told,
    fits_overwrite,
    opened,
    say,
)
from pathfinder.commands.shared import OutputOption, RulesOption, load, one_of
from pathfinder.errors import PathfinderError

if TYPE_CHECKING:
    from pathfinder.vault import Vault


def export(
    context: typer.Context,
    sessions: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SESSION]...", help="These sessions. Default: all.", show_default=False
        ),
    ] = None,
    format_: Annotated[str, typer.Option("--format", metavar="csv|jsonl")] = "csv",
    deidentified: Annotated[
        bool,
        typer.Option(
            "--deidentified",
            help="Figures alone: how often counselors agree. No codes, no answers, no free text.",
        ),
    ] = False,
    with_notes: Annotated[bool, typer.Option("--with-notes", help="Give the notes, too.")] = False,
    output: OutputOption = None,
    overwrite: OverwriteOption = False,
    passphrase_fd: PassphraseFdOption = None,
    rules: RulesOption = None,
) -> None:
    one_of("--format", format_, ("csv", "jsonl"))
    if deidentified and with_notes:
        raise PathfinderError("--with-notes and --deidentified don't go together: notes are words.")
    fits_overwrite(overwrite, output)
    vault = opened(passphrase_fd)
    from pathfinder.output import write_out
    from pathfinder.sessions import read
    from pathfinder.sessions.export import as_csv, as_jsonl, figures, whole_rows
    from pathfinder.sessions.times import instant

    ids = (
        [id_ for each in sessions for id_ in _meant(vault, each)]
        if sessions
        else [*vault.stamps("sessions")]
    )
    say(*every_older_told(vault, ids))
    found = []
    for id_ in dict.fromkeys(ids):
        try:
            found.append(read(vault, id_))
        except PathfinderError as error:
            if sessions:
                raise
            say(f"{error} It is left out.")
    found.sort(key=lambda session: (instant(session.newest.saved), session.id))
    if deidentified:
        rows = figures(found)
        warning = "Where a count is small, it may still point to a person. Share it with care."
    else:
        rows = whole_rows(load(context, rules), found, with_notes=with_notes)
        warning = "This export isn't encrypted. Whoever can read it can read the answers."
    write_out((as_csv if format_ == "csv" else as_jsonl)(rows), output, overwrite=overwrite)
    say(warning)  # of what is there now


def _meant(vault: "Vault", text: str) -> list[str]:
    """The finished sessions that a word stands for: a code takes all of its client's."""
    from pathfinder.sessions import Several, named

    try:
        return [named(vault, text)]
    except Several as several:
        if not several.by_code:
            raise
        return [line.id for line in several.found if line.state != "unfinished"]
