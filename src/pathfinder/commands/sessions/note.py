"""`pathfinder sessions note`: one session as a note for a chart.

Why this module exists: a note is pasted into another program. So to a pipe, and with
`--wrap none`, each paragraph is one line, and that program breaks it as it likes.

Notes that were typed at questions stay out until they are asked for by name.
"""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from pathfinder.commands.sessions.shared import (
    PassphraseFdOption,
    SessionArgument,
    older_told,
    opened,
    say,
    the_session,
)
from pathfinder.commands.shared import RulesOption, load, one_of, rules_folder
from pathfinder.errors import PathfinderError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathfinder.pages.blocks import Block

_ENDLESS = 10**6


def note(
    context: typer.Context,
    session: SessionArgument,
    style: Annotated[
        str,
        typer.Option(
            "--style", metavar="plain|soap|dap|birp|dimensions", help="The form of the chart."
        ),
    ] = "plain",
    revision: Annotated[
        int | None,
        typer.Option(
            "--revision", metavar="N", help="An older saving of it. Default: the newest.",
            show_default=False,
        ),
    ] = None,
    with_notes: Annotated[bool, typer.Option("--with-notes", help="Give the notes, too.")] = False,
    wrap: Annotated[
        str,
        typer.Option(
            "--wrap", metavar="screen|none",
            help="none: each paragraph is one line, to paste. To a pipe it always is.",
        ),
    ] = "screen",
    passphrase_fd: PassphraseFdOption = None,
    rules: RulesOption = None,
) -> None:  # fmt: skip
    one_of("--wrap", wrap, ("screen", "none"))
    from pathfinder.loader.record_file import read_record

    rule_set = load(context, rules)
    told = read_record(rule_set, rules_folder(context, rules))
    one_of("--style", style, tuple(told.styles))
    vault = opened(passphrase_fd)
    from pathfinder.commands.programs.using import whom_to_call
    from pathfinder.commands.session_answers import carried_answers, revision_of
    from pathfinder.sessions import read
    from pathfinder.sessions.note import note as made

    id_ = the_session(vault, session, passphrase_fd)
    if not vault.has("sessions", id_):
        raise PathfinderError(
            f"Session {id_} isn't finished, so there is nothing to note yet. "
            f"Go on: pathfinder sessions resume {id_}"
        )
    say(*older_told(vault, id_))
    found = read(vault, id_)
    taken = revision_of(found, revision)
    whom = whom_to_call(rule_set, carried_answers(context, rules, rule_set, vault, id_, revision))
    page = made(rule_set, told, found, taken, style, with_notes=with_notes, whom=whom)
    show(page, wrapped=wrap == "screen")


def show(page: "Iterable[Block]", *, wrapped: bool) -> None:
    """A note to standard output: wrapped where a person reads it, else a line a paragraph."""
    from pathfinder.render.layout import plain_text
    from pathfinder.terminal import is_terminal, page_width, shows_utf8

    width = page_width(sys.stdout) if wrapped and is_terminal(sys.stdout) else _ENDLESS
    sys.stdout.write(plain_text(page, width, ascii_only=not shows_utf8(sys.stdout)))
    sys.stdout.flush()
