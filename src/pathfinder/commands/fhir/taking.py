"""`pathfinder fhir import`: a QuestionnaireResponse as answers, or as a session.

Why this module exists: what a person answered on an agency's tablet isn't typed again. It is
taken whole, or the reasons why not are told; nothing is taken in part unless that was asked.
"""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from pathfinder.commands.fhir.giving import form_of
from pathfinder.commands.sessions.shared import PassphraseFdOption, say
from pathfinder.commands.shared import (
    AllOption,
    OutputOption,
    RegionOption,
    RulesOption,
    load,
    rules_folder,
)
from pathfinder.errors import AnswersError, FileProblem, PathfinderError
from pathfinder.sanitize import clean
from pathfinder.terminal import is_terminal

if TYPE_CHECKING:
    from pathfinder.engine.question import Answers
    from pathfinder.engine.ruleset import RuleSet
    from pathfinder.fhir.reading import ReadBack

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
    from pathfinder.fhir.naming import RELEASES
    from pathfinder.fhir.page import looks_written, read_code
    from pathfinder.fhir.reading import ReadBack, heard_in, read_response
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
