"""`pathfinder fhir response`: answers as a QuestionnaireResponse.

Why this module exists: what was answered here goes back to where the agency keeps its forms.
"""

import os
from typing import Annotated

import typer

from pathfinder.commands.fhir.shared import ReleaseOption, as_json, form_of, release_named
from pathfinder.commands.sessions.shared import (
    OverwriteOption,
    PassphraseFdOption,
    fits_overwrite,
    say,
)
from pathfinder.commands.shared import OutputOption, RulesOption, answers_in, load, rules_folder
from pathfinder.errors import PathfinderError


def response(
    context: typer.Context,
    file: Annotated[
        str,
        typer.Argument(metavar="FILE|SESSION|-", help="Answers, or a saved session."),
    ],
    fhir: ReleaseOption = "R4",
    output: OutputOption = None,
    overwrite: OverwriteOption = False,
    passphrase_fd: PassphraseFdOption = None,
    rules: RulesOption = None,
) -> None:
    release = release_named(fhir)
    fits_overwrite(overwrite, output)
    rule_set = load(context, rules)
    from pathfinder.fhir.response import off_path_told
    from pathfinder.fhir.response import response as made_of

    form = form_of(rule_set, release)
    client, saved = "", ""
    beside: tuple[str, ...] = ()
    if _is_session(file):
        from pathfinder.commands.fhir.session import NOT_ENCRYPTED, answers_of_session

        beside = (NOT_ENCRYPTED,)
        answers, client, saved = answers_of_session(context, rules, rule_set, file, passphrase_fd)
    elif passphrase_fd is not None:
        raise PathfinderError("--passphrase-fd goes with a session.")
    else:
        answers = answers_in(rule_set, file, rules_folder(context, rules))
    made = made_of(rule_set, form, answers, client=client, authored=saved)
    from pathfinder.output import write_out

    write_out(as_json(made.resource), output, overwrite=overwrite)
    say(*off_path_told(made), *beside)


def _is_session(file: str) -> bool:
    """Nobody is asked for a passphrase because of a mistyped file name."""
    if file == "-" or os.path.lexists(file):
        return False
    from pathfinder.commands.session_answers import may_be_session

    return may_be_session(file)
