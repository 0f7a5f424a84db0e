"""`pathfinder fhir bundle`: a session for an agency's record.

Why this module exists: answers, note and recommendation go together, and a note is in it only
when somebody asked for it by name.
"""

from typing import Annotated

import typer

from pathfinder.commands.fhir.shared import ReleaseOption, as_json, form_of, release_named
from pathfinder.commands.sessions.shared import (
    OverwriteOption,
    PassphraseFdOption,
    SessionArgument,
    fits_overwrite,
    say,
)
from pathfinder.commands.shared import OutputOption, RulesOption, load, one_of, rules_folder


def bundle(
    context: typer.Context,
    session: SessionArgument,
    revision: Annotated[
        int | None,
        typer.Option(
            "--revision",
            metavar="N",
            help="An older saving of it. Default: the newest.",
            show_default=False,
        ),
    ] = None,
    style: Annotated[
        str,
        typer.Option(
            "--style", metavar="plain|soap|dap|birp|dimensions", help="The form of the note."
        ),
    ] = "plain",
    with_notes: Annotated[bool, typer.Option("--with-notes", help="Give the notes, too.")] = False,
    fhir: ReleaseOption = "R4",
    output: OutputOption = None,
    overwrite: OverwriteOption = False,
    passphrase_fd: PassphraseFdOption = None,
    rules: RulesOption = None,
) -> None:
    release = release_named(fhir)
    fits_overwrite(overwrite, output)
    rule_set = load(context, rules)
    from pathfinder.loader.record_file import read_record

    told = read_record(rule_set, rules_folder(context, rules))
    one_of("--style", style, tuple(told.styles))
    form = form_of(rule_set, release)
    from pathfinder.commands.fhir.session import NOT_ENCRYPTED, note_text, saved_session
    from pathfinder.fhir.bundle import SessionParts
    from pathfinder.fhir.bundle import bundle as made_of
    from pathfinder.fhir.response import off_path_told, response
    from pathfinder.output import write_out

    found = saved_session(context, rules, rule_set, session, revision, passphrase_fd)
    made = response(
        rule_set,
        form,
        found.carried.answers,
        client=found.session.client,
        authored=found.saved,
    )
    note = note_text(rule_set, told, found, style, with_notes=with_notes)
    parts = SessionParts(found.session, found.revision, made.resource, note, found.saved)
    write_out(as_json(made_of(rule_set, release, parts)), output, overwrite=overwrite)
    say(*off_path_told(made), NOT_ENCRYPTED)
