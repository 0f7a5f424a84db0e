"""What is there: `sessions list`, `show`, `due`, `expired` and `report`.

Why this module exists: a counselor finds a session by its code and its date, a record is there
to be read again, a client goes home with a handout, and one who was promised a call waits for
it. What is kept too long is a danger to the client; how often counselors agree, and why not, is
what an agency learns from.

Notes stay out of sight until they are asked for by name: a client may be looking, too. A handout
never has them, is decided anew with the rules in use, and says of which day its answers are. A
small count points to a person, so it isn't told. Nothing here changes or removes a session:
`sessions forget` does, one by one, after asking.
"""

import sys
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from pathfinder.commands.programs.using import (
    NO_OPTIONS,
    FromHomeOption,
    LanguageOption,
    NearOption,
    ProgramOptions,
    finder_for,
)
from pathfinder.commands.sessions.shared import (
    OverwriteOption,
    PassphraseFdOption,
    RevisionOption,
    SessionArgument,
    fits_overwrite,
    notice_text,
    older_told,
    opened,
    say,
    the_session,
    write_told,
)
from pathfinder.commands.shared import (
    DiscreetOption,
    FullOption,
    LargePrintOption,
    OutputOption,
    RegionOption,
    RulesOption,
    load,
    one_of,
    print_page,
    rules_folder,
)
from pathfinder.errors import PathfinderError

if TYPE_CHECKING:
    from pathfinder.commands.result import HandoutOptions
    from pathfinder.engine.question import Answers
    from pathfinder.engine.ruleset import RuleSet
    from pathfinder.loader.record_file import RecordWords
    from pathfinder.sessions.model import Revision, Session


def list_(
    context: typer.Context, passphrase_fd: PassphraseFdOption = None, rules: RulesOption = None
) -> None:
    rule_set = load(context, rules)
    vault = opened(passphrase_fd)
    from pathfinder.sessions import messages
    from pathfinder.sessions.index import lines
    from pathfinder.sessions.listing import table
    from pathfinder.terminal import is_terminal, page_width

    found = lines(vault)
    if not found:
        say(messages.NONE_YET)
        return
    width = page_width(sys.stdout, 10**3) if is_terminal(sys.stdout) else None
    sys.stdout.write(table(rule_set, found, width))
    say(*(messages.older(each.id, each.revisions, each.older) for each in found if each.older))


def show(
    context: typer.Context,
    session: SessionArgument,
    revision: RevisionOption = None,
    with_notes: Annotated[bool, typer.Option("--with-notes", help="Show the notes, too.")] = False,
    format_: Annotated[
        str,
        typer.Option(
            "--format", metavar="text|md|html",
            help="text: the record. md or html: a handout, decided anew with the rules in use.",
        ),
    ] = "text",
    output: OutputOption = None,
    overwrite: OverwriteOption = False,
    open_: Annotated[
        bool, typer.Option("--open", help="Show the handout in your browser, if there is one.")
    ] = False,
    full: FullOption = False,
    discreet: DiscreetOption = False,
    large_print: LargePrintOption = False,
    notice: Annotated[
        str | None,
        typer.Option(
            "--notice", metavar="FILE", help="Put your agency's own text at the foot of a handout.",
            show_default=False,
        ),
    ] = None,
    passphrase_fd: PassphraseFdOption = None,
    region: RegionOption = None,
    language: LanguageOption = None,
    near: NearOption = None,
    from_home: FromHomeOption = False,
    rules: RulesOption = None,
) -> None:  # fmt: skip
    form = one_of("--format", format_, ("text", "md", "html"))
    _fits_the_form(form, with_notes=with_notes, output=output, open_=open_, region=region)
    fits_overwrite(overwrite, output)
    if notice is not None and form == "text":
        raise PathfinderError("--notice is for a handout: it needs --format html or md.")
    options = ProgramOptions(language, near, from_home)
    if options != NO_OPTIONS and form == "text":
        raise PathfinderError(
            "A record names no programs to call: --language, --near and --from-home need "
            "--format html or md."
        )
    at_the_foot = "" if notice is None else notice_text(notice)
    from pathfinder.commands.result import HandoutOptions

    sheet = HandoutOptions(full, discreet, large_print)
    sheet.fits(form)
    vault = opened(passphrase_fd)
    from pathfinder.commands.session_answers import revision_of
    from pathfinder.loader.migrations import read_migrations
    from pathfinder.loader.older_answers import carry
    from pathfinder.sessions import pages, read, resume

    rule_set = load(context, rules)
    id_ = the_session(vault, session, passphrase_fd)
    say(*older_told(vault, id_))
    if form != "text":
        from pathfinder.commands.session_answers import carried_answers

        answers = carried_answers(context, rules, rule_set, vault, id_, revision)
        if vault.has("sessions", id_):
            found = read(vault, id_)
            taken = revision_of(found, revision)
            answered = taken.saved
            from pathfinder.loader.record_file import read_record

            record = read_record(rule_set, rules_folder(context, rules))
            sheet = _with_opening(rule_set, record, found, taken, at_the_foot, sheet)
        else:
            answered = resume(vault, id_).saved
        text = _handout(rule_set, answers, form, region, answered, sheet, options)
        write_told(text, output, overwrite=overwrite)
        if open_ and output is not None:
            from pathfinder.commands.result import show_in_browser

            show_in_browser(output)
        return
    has_draft = vault.has("drafts", id_)
    if has_draft and not vault.has("sessions", id_):
        print_page(pages.unfinished(rule_set, resume(vault, id_), with_notes=with_notes))
        return
    found = read(vault, id_)
    shown = revision_of(found, revision)
    carried = carry(
        rule_set,
        read_migrations(rule_set, rules_folder(context, rules)),
        shown.answers,
        shown.notes,
        found.decision(shown)["passport"],
    )
    from pathfinder.commands.preferences import read_config
    from pathfinder.loader.record_file import read_record
    from pathfinder.sessions.listing import kept_until
    from pathfinder.sessions.model import step_titles

    record = read_record(rule_set, rules_folder(context, rules))
    years = read_config().keep_years
    until = kept_until(found.newest.saved, years) if years else None
    print_page(
        pages.one(
            rule_set, found, shown, carried,
            with_notes=with_notes, has_draft=has_draft, until=until,
            titles=step_titles(rule_set, record.first_steps),
        )
    )  # fmt: skip


def _with_opening(
    rules: "RuleSet",
    told: "RecordWords",
    session: "Session",
    revision: "Revision",
    notice: str,
    sheet: "HandoutOptions",
) -> "HandoutOptions":
    """What was agreed opens the handout. Raises PathfinderError for `--full` without a ranking."""
    from pathfinder.sessions.handing_on import opening

    made = opening(rules, told, session, revision, notice)
    if sheet.full and (made.differs or not made.with_ranking):
        raise PathfinderError(
            "--full tells all of Pathfinder's own result, and here that is left out: you chose so, "
            "you judged otherwise, or the intake was stopped for safety. Leave out --full."
        )
    return sheet._replace(opening=made)


def _handout(
    rules: "RuleSet",
    answers: "Answers",
    form: str,
    region: str | None,
    answered: str,
    sheet: "HandoutOptions",
    options: ProgramOptions,
) -> str:
    from pathfinder.commands.result import handout_text
    from pathfinder.engine.decide import decide
    from pathfinder.engine.explain import explain

    decision = decide(rules, answers, region=region)
    explained = explain(rules, answers, decision)
    find = finder_for(rules, None, options=options)
    found = None if find is None else find(decision)
    if sheet.full and sheet.opening is not None:
        from pathfinder.pages.sheet import settled

        decision, opened = settled(rules, decision, explained, sheet.opening)
        sheet = sheet._replace(opening=opened)
    made = handout_text(
        rules, decision, explained, form, answered=answered, sheet=sheet, found=found
    )
    return made + "\n"


def _fits_the_form(
    form: str, *, with_notes: bool, output: str | None, open_: bool, region: str | None
) -> None:
    """Raise PathfinderError for what a record, or a handout, doesn't take."""
    if form == "text":
        for option, given in (("--output", output), ("--open", open_), ("--region", region)):
            if given:
                raise PathfinderError(f"{option} makes a handout: it needs --format html or md.")
        return
    if with_notes:
        raise PathfinderError("A handout never has notes in it. Leave out --with-notes.")
    from pathfinder.commands.result import needs_a_file

    needs_a_file(open_, form, output)


def due(passphrase_fd: PassphraseFdOption = None) -> None:
    vault = opened(passphrase_fd)
    from pathfinder.sanitize import clean
    from pathfinder.sessions.index import lines
    from pathfinder.sessions.listing import (
        AGREE_ON_ONE,
        NONE_DUE,
        how_far,
        no_contact_since,
        of_the_plan,
        unpromised,
    )
    from pathfinder.sessions.listing import due as open_contacts

    every = lines(vault)
    found, forgotten = open_contacts(every, date.today()), unpromised(every)
    if not found and not forgotten:
        say(NONE_DUE)
        return
    for line in forgotten:  # who was in danger stands first
        sys.stdout.write("  ".join(no_contact_since(line)) + "\n")
    for each in found:
        phone = of_the_plan(clean(each.line.phone)) if each.line.phone else ""
        who = (clean(each.line.client), each.line.id, phone)
        told = (str(each.on), how_far(each.days), *who)
        sys.stdout.write("  ".join(filter(None, told)) + "\n")
    if forgotten:
        sys.stdout.flush()
        say(AGREE_ON_ONE)


def expired(passphrase_fd: PassphraseFdOption = None) -> None:
    from pathfinder.commands.preferences import read_config
    from pathfinder.sessions import messages

    config = read_config()
    if not config.keep_years:
        raise PathfinderError("\n".join((*config.slips, messages.KEEP_YEARS)))
    vault = opened(passphrase_fd)
    from pathfinder.sanitize import clean
    from pathfinder.sessions.index import lines
    from pathfinder.sessions.listing import expired as over

    found = over(lines(vault), config.keep_years, date.today())
    if not found:
        say(messages.none_expired(config.keep_years))
        return
    for each in found:
        state = messages.STATES[each.line.state]
        told = (each.line.id, clean(each.line.client), f"kept until {each.until}", state)
        sys.stdout.write("  ".join(text for text in told if text) + "\n")
    say(messages.EXPIRED)


def report(
    context: typer.Context,
    format_: Annotated[str, typer.Option("--format", metavar="text|csv")] = "text",
    output: OutputOption = None,
    overwrite: OverwriteOption = False,
    passphrase_fd: PassphraseFdOption = None,
    rules: RulesOption = None,
) -> None:
    form = one_of("--format", format_, ("text", "csv"))
    fits_overwrite(overwrite, output)
    if form == "text" and output is not None:
        raise PathfinderError("--output goes with --format csv.")
    vault = opened(passphrase_fd)
    from pathfinder.commands.preferences import read_config
    from pathfinder.sessions import read
    from pathfinder.sessions.export import as_csv
    from pathfinder.sessions.report import NOTHING, figures_by_month, report_page, report_rows

    config = read_config()
    say(*config.slips)
    rule_set = load(context, rules)
    found = []
    for id_ in vault.stamps("sessions"):
        try:
            found.append(read(vault, id_))
        except PathfinderError as error:
            say(f"{error} It is left out.")
    least = config.smallest_count
    months = figures_by_month(rule_set, found, least, date.today())
    if not months:
        say(NOTHING)
    elif form == "csv":
        write_told(as_csv(report_rows(months, least)), output, overwrite=overwrite)
    else:
        print_page(report_page(rule_set, months, least))
