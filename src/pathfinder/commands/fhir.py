"""`pathfinder fhir questionnaire`, `page`, `response`, `bundle` and `import`: to and from others.

Why this module exists: an agency loads the form once into the tool that it has, and takes answers
and results into its record. What a person answered on an agency's tablet isn't typed again: it is
taken whole, or the reasons why not are told; nothing is taken in part unless that was asked.
"""

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from pathfinder.commands.sessions.shared import (
    OverwriteOption,
    PassphraseFdOption,
    RevisionOption,
    SessionArgument,
    fits_overwrite,
    say,
)
from pathfinder.commands.shared import (
    AllOption,
    OutputOption,
    RegionOption,
    RulesOption,
    answers_in,
    load,
    one_of,
    rules_folder,
)
from pathfinder.errors import AnswersError, FileProblem, PathfinderError
from pathfinder.sanitize import clean
from pathfinder.terminal import is_terminal

if TYPE_CHECKING:
    from pathfinder.engine.question import Answers
    from pathfinder.engine.ruleset import RuleSet
    from pathfinder.fhir.reading import ReadBack
    from pathfinder.fhir.vocabulary import Json, Release

ReleaseOption = Annotated[
    str,
    typer.Option("--fhir", metavar="R4|R5", help="The release of FHIR: 4.0.1 or 5.0.0."),
]
LangOption = Annotated[
    str, typer.Option("--lang", metavar="en", help="The language of the questions.")
]


def release_named(found: str) -> "Release":
    from pathfinder.fhir.vocabulary import RELEASES

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
    from pathfinder.fhir.page import page as made_of
    from pathfinder.fhir.page import recipient_of
    from pathfinder.fhir.vocabulary import RELEASES
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
    revision: RevisionOption = None,
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


_LOCKED = b"age-encryption.org/"
TYPE_A_CODE = "Type the code of the page, then Enter and Ctrl-D."
NAME_A_RESPONSE = "Name a file that holds a QuestionnaireResponse."


def import_(
    context: typer.Context,
    file: Annotated[
        str,
        typer.Argument(metavar="FILE|-", help="A QuestionnaireResponse, or the page's code."),
    ],
    save: Annotated[bool, typer.Option("--save", help="Keep it as a session, encrypted.")] = False,
    client: Annotated[
        str | None,
        typer.Option(
            "--client",
            metavar="CODE",
            help="The client code, with --save. Default: the code that FILE names.",
            show_default=False,
        ),
    ] = None,
    lenient: Annotated[
        bool, typer.Option("--lenient", help="Take what holds, and say what was left out.")
    ] = False,
    output: OutputOption = None,
    passphrase_fd: PassphraseFdOption = None,
    region: RegionOption = None,
    all_: AllOption = False,
    rules: RulesOption = None,
) -> None:
    if save and output is not None:
        raise PathfinderError("--save and --output don't go together: the session holds it.")
    for option, given in (
        ("--client", client),
        ("--passphrase-fd", passphrase_fd),
        ("--region", region),
    ):
        if given is not None and not save:
            raise PathfinderError(f"{option} goes with --save.")
    from pathfinder.sessions import check_client

    code = None if client is None else check_client(client)
    rule_set = load(context, rules)
    from pathfinder.fhir.page import looks_written, read_code
    from pathfinder.fhir.reading import ReadBack, heard_in, read_response
    from pathfinder.fhir.vocabulary import RELEASES
    from pathfinder.loader.migrations import read_migrations

    data, label = _data(file), "standard input" if file == "-" else clean(file)
    form = form_of(rule_set, RELEASES["R4"])
    # Whoever waits may be in danger now: the counselor hears so first, whatever is taken.
    heard: Answers = {}
    try:
        if looks_written(data):
            found = ReadBack(read_code(rule_set, data, label), (), "")
        else:
            known = read_migrations(rule_set, rules_folder(context, rules))
            heard = heard_in(rule_set, form, data)
            found = read_response(rule_set, form, data, label, migrations=known, lenient=lenient)
    except AnswersError as error:
        error.how_to_see_all = "To see them all: pathfinder fhir import --all FILE"
        say(*alerts_told(rule_set, heard))
        raise
    say(*alerts_told(rule_set, heard, found.answers), *found.told)
    if save:
        _save(rule_set, found, code, region, passphrase_fd)
        return
    from pathfinder.loader.syntax.text import mapping
    from pathfinder.output import result_stream

    with result_stream(output) as stream:
        stream.write("".join(f"{line}\n" for line in mapping("answers", found.answers)))


def _data(file: str) -> bytes:
    from pathfinder.files import read_bytes
    from pathfinder.loader.answers_file import stdin_bytes
    from pathfinder.loader.syntax.text import MOST_BYTES

    if file == "-":
        if is_terminal(sys.stdin):
            say(TYPE_A_CODE)
        return stdin_bytes()
    if not file:
        raise FileProblem(NAME_A_RESPONSE)
    data = read_bytes(file, clean(file), MOST_BYTES, NAME_A_RESPONSE)
    if data.startswith(_LOCKED):
        raise FileProblem(
            f"{clean(file)} is locked for a key of age. Whoever has the key can open it: "
            f"age --decrypt -i KEY FILE | pathfinder fhir import -"
        )
    return data


def alerts_told(rules: "RuleSet", *several: "Answers") -> tuple[str, ...]:
    """What can't wait in any of these answers, a line each: what it is, and what to do."""
    from pathfinder.engine.conditions import fires
    from pathfinder.engine.flow import view_of

    due = {
        rule.alert
        for view in [view_of(rules, answers) for answers in several]
        for rule in rules.alert_rules
        if fires(rule.when, rule.unless, view) is True
    }
    return tuple(
        f"NOW: {alert.title}. {alert.for_counselor or alert.text}"
        for alert in rules.alerts
        if alert.id in due
    )


def _save(
    rules: "RuleSet",
    found: "ReadBack",
    code: str | None,
    region: str | None,
    passphrase_fd: int | None,
) -> None:
    """A new session with these answers and what the rules say to them."""
    from pathfinder.commands.preferences import read_config
    from pathfinder.commands.sessions.shared import author, opened_or_new
    from pathfinder.engine.decide import decide
    from pathfinder.sessions import begin, check_client, messages
    from pathfinder.sessions import save as save_session

    if code is None and not found.client:
        raise PathfinderError("The file names no client code. Say it: --client CODE")
    code = code or check_client(found.client)  # before a passphrase is asked for
    decision = decide(rules, found.answers, region=region or read_config().region)
    vault = opened_or_new(passphrase_fd)
    draft = begin(vault, code)
    saved = save_session(vault, draft, decision, found.answers, {}, author=author(vault))
    print(saved.id)
    sys.stdout.flush()
    say(*messages.saved(saved.id, saved.newest.number))
