"""`pathfinder fhir questionnaire`, `page`, `response` and `bundle`: what other programs get.

Why this module exists: an agency loads the form once into the tool that it has, and takes answers
and results into its record. The options are those of every command about FHIR.
"""

import os
from typing import TYPE_CHECKING, Annotated

import typer

from pathfinder.commands.sessions.shared import (
    OverwriteOption,
    PassphraseFdOption,
    SessionArgument,
    fits_overwrite,
    say,
)
from pathfinder.commands.shared import (
    OutputOption,
    RegionOption,
    RulesOption,
    answers_in,
    load,
    one_of,
    rules_folder,
)
from pathfinder.errors import PathfinderError

if TYPE_CHECKING:
    from pathfinder.engine.ruleset import RuleSet
    from pathfinder.fhir.naming import Json, Release

ReleaseOption = Annotated[
    str,
    typer.Option("--fhir", metavar="R4|R5", help="The release of FHIR: 4.0.1 or 5.0.0."),
]
LangOption = Annotated[
    str, typer.Option("--lang", metavar="en", help="The language of the questions.")
]


def release_named(found: str) -> "Release":
    from pathfinder.fhir.naming import RELEASES

    return RELEASES[one_of("--fhir", found.upper(), tuple(RELEASES))]


def language_named(found: str) -> str:
    """The rules are written in one language so far."""
    return one_of("--lang", found, ("en",))


def form_of(rules: "RuleSet", release: "Release", region: str | None = None) -> "Json":
    """The rule set as a Questionnaire whose parts meet. Raises PathfinderError where they don't."""
    from pathfinder.engine.ruleset import region_of
    from pathfinder.errors import PathfinderError
    from pathfinder.fhir.questionnaire import faults, questionnaire

    form = questionnaire(rules, release, region_of(rules, region or ""))
    if found := faults(form):
        raise PathfinderError(f"These rules can't be a form: {found[0]}")
    return form


def as_json(resource: "Json") -> str:
    """As a file: readable, and ASCII only, so that no text in it can steer a terminal."""
    import json

    return json.dumps(resource, indent=2) + "\n"


def questionnaire(
    context: typer.Context,
    fhir: ReleaseOption = "R4",
    lang: LangOption = "en",
    region: RegionOption = None,
    output: OutputOption = None,
    rules: RulesOption = None,
) -> None:
    release = release_named(fhir)
    language_named(lang)
    form = form_of(load(context, rules), release, region)
    from pathfinder.output import result_stream

    with result_stream(output) as stream:
        stream.write(as_json(form))


def page(
    context: typer.Context,
    key: Annotated[
        str | None,
        typer.Option(
            "--key",
            metavar="AGE1...",
            help="A public key of age: what the page saves, its owner alone can open.",
            show_default=False,
        ),
    ] = None,
    lang: LangOption = "en",
    region: RegionOption = None,
    output: OutputOption = None,
    rules: RulesOption = None,
) -> None:
    language_named(lang)
    from pathfinder.engine.ruleset import region_of
    from pathfinder.fhir.naming import RELEASES
    from pathfinder.fhir.page import page as made_of
    from pathfinder.fhir.page import recipient_of
    from pathfinder.output import result_stream

    recipient = None if key is None else recipient_of(key)
    rule_set = load(context, rules)
    form = form_of(rule_set, RELEASES["R4"], region)
    with result_stream(output) as stream:
        stream.write(made_of(rule_set, form, region_of(rule_set, region or ""), recipient))


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
    from pathfinder.fhir.response_and_bundle import off_path_told
    from pathfinder.fhir.response_and_bundle import response as made_of

    form = form_of(rule_set, release)
    client, saved = "", ""
    beside: tuple[str, ...] = ()
    if _is_session(file):
        from pathfinder.commands.session_answers import NOT_ENCRYPTED, answers_of_session

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
    from pathfinder.commands.session_answers import NOT_ENCRYPTED, note_text, saved_session
    from pathfinder.fhir.response_and_bundle import SessionParts, off_path_told, response
    from pathfinder.fhir.response_and_bundle import bundle as made_of
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
