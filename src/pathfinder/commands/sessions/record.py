"""What a session is written into: `sessions agree`, `note`, `letter` and `calendar`.

Why this module exists: an appointment is often made after the intake, and what was done when it
was stopped for safety is written down when there is time. Each makes a new revision; answers,
judgement and the tool's result stay as they were given. From it come the note for a chart, the
letter to a program and the entry of a calendar.

Nothing of a client stands in an option: a script gives a file, or a pipe. A note is pasted into
another program, so to a pipe each paragraph is one line; notes typed at questions stay out until
they are asked for by name. What a letter tells is the counselor's choice each time: nothing is
ticked beforehand, and where nobody can be asked nothing is told but the appointment. What an
entry may say on a phone is `pathfinder.sessions.handing_on`'s matter.
"""

import os
import sys
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from pathfinder.commands.programs.using import (
    FromHomeOption,
    LanguageOption,
    NearOption,
    ProgramOptions,
    where_reached,
    whom_to_call,
)
from pathfinder.commands.sessions.shared import (
    OverwriteOption,
    PassphraseFdOption,
    RevisionOption,
    SessionArgument,
    author,
    fits_overwrite,
    notice_text,
    older_told,
    opened,
    say,
    the_session,
    write_told,
    written_on,
)
from pathfinder.commands.shared import OutputOption, RulesOption, load, one_of, rules_folder
from pathfinder.errors import PathfinderError, Stopped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from zoneinfo import ZoneInfo

    from pathfinder.pages.blocks import Block


def agree(
    context: typer.Context,
    session: SessionArgument,
    plan: Annotated[
        str | None,
        typer.Option(
            "--plan", metavar="FILE|-",
            help="Take it from this YAML file instead of asking. - is standard input.",
            show_default=False,
        ),
    ] = None,
    passphrase_fd: PassphraseFdOption = None,
    rules: RulesOption = None,
) -> None:  # fmt: skip
    from pathfinder.sessions.plan_file import read_plan

    if plan == "-" and passphrase_fd == 0:
        raise PathfinderError("Standard input can't hold the passphrase and the plan.")
    rule_set = load(context, rules)
    given = None if plan is None else read_plan(rule_set, plan)
    vault = opened(passphrase_fd)
    from pathfinder.ask.terminal import Lines
    from pathfinder.sessions import Beside, amend, held_of, messages, read
    from pathfinder.sessions.agreeing import Agreeing, Steps, WhatWasDone
    from pathfinder.sessions.choices import unfinished
    from pathfinder.sessions.model import judged_otherwise, step_titles
    from pathfinder.sessions.prompts import from_the_first, in_turn

    id_ = the_session(vault, session, passphrase_fd)
    say(*older_told(vault, id_))
    if vault.has("drafts", id_):
        raise unfinished(id_)  # nobody should be asked in vain
    found = read(vault, id_)
    before = found.newest
    held = held_of(found)
    otherwise = judged_otherwise(before.judgement)
    if given is not None:
        if given.done and held is None:
            raise PathfinderError('This session wasn\'t stopped for safety: leave out "done".')
        steps = {step.step: step for step in (*before.steps, *given.steps)}
        beside = Beside(
            tuple(steps.values()),
            given.agreed_beside(otherwise=otherwise) or before.agreed,
            held and held._replace(done={**held.done, **given.done}),
            before.came,
            before.since,
        )
    else:
        from pathfinder.loader.record_file import read_record

        lines = Lines.of_the_process()
        done = None if held is None else WhatWasDone(lines, held)
        names = read_record(rule_set, rules_folder(context, rules)).first_steps
        titles = step_titles(rule_set, names)
        steps_now = Steps(lines, rule_set, found.given, before.steps, titles)
        plan_now = Agreeing(
            lines, id_, before.agreed, written_on(found, lambda each: each.agreed),
            has_result=held is None and bool(found.given["ranked"]), rest=messages.LEAVE_OPEN,
            otherwise=lambda: otherwise,
        )  # fmt: skip
        asks = (steps_now, plan_now) if done is None else (done, steps_now, plan_now)
        from_the_first(lines, in_turn(*asks))
        done_now = done.held if done else None
        beside = Beside(steps_now.words, plan_now.agreed, done_now, before.came, before.since)
    if beside == before.beside:
        raise Stopped(f"Nothing changed, so nothing was saved. Session {id_} is as it was.")
    saved = amend(vault, found, beside, before.judgement, author(vault))
    say("", messages.saved(id_, saved.newest.number)[0], *messages.after_agreeing(id_))
    sys.stdout.flush()


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
    revision: RevisionOption = None,
    with_notes: Annotated[bool, typer.Option("--with-notes", help="Give the notes, too.")] = False,
    wrap: Annotated[
        str,
        typer.Option(
            "--wrap", metavar="screen|none",
            help="none: each paragraph is one line, to paste. To a pipe it always is.",
        ),
    ] = "screen",
    language: LanguageOption = None,
    near: NearOption = None,
    from_home: FromHomeOption = False,
    passphrase_fd: PassphraseFdOption = None,
    rules: RulesOption = None,
) -> None:  # fmt: skip
    one_of("--wrap", wrap, ("screen", "none"))
    from pathfinder.loader.record_file import read_record

    rule_set = load(context, rules)
    told = read_record(rule_set, rules_folder(context, rules))
    one_of("--style", style, tuple(told.styles))
    vault = opened(passphrase_fd)
    from pathfinder.commands.session_answers import carried_answers, revision_of
    from pathfinder.sessions import read, session_or_none
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
    answers = carried_answers(context, rules, rule_set, vault, id_, revision)
    whom = whom_to_call(rule_set, answers, ProgramOptions(language, near, from_home))
    followed = session_or_none(vault, found.follows) if found.follows else None
    page = made(
        rule_set, told, found, taken, style, with_notes=with_notes, whom=whom, followed=followed
    )
    show(page, wrapped=wrap == "screen")


def show(page: "Iterable[Block]", *, wrapped: bool) -> None:
    """A note to standard output: wrapped where a person reads it, else a line a paragraph."""
    from pathfinder.render.layout import plain_text
    from pathfinder.terminal import is_terminal, page_width, shows_utf8

    width = page_width(sys.stdout) if wrapped and is_terminal(sys.stdout) else _ENDLESS
    sys.stdout.write(plain_text(page, width, ascii_only=not shows_utf8(sys.stdout)))
    sys.stdout.flush()


def letter(
    context: typer.Context,
    session: SessionArgument,
    tell: Annotated[
        list[str] | None,
        typer.Option(
            "--tell", metavar="PART", help="Tell this part, instead of being asked. Once for each.",
            show_default=False,
        ),
    ] = None,
    format_: Annotated[str, typer.Option("--format", metavar="md|html")] = "md",
    notice: Annotated[
        str | None,
        typer.Option(
            "--notice", metavar="FILE", help="Put your agency's own text at the foot.",
            show_default=False,
        ),
    ] = None,
    output: OutputOption = None,
    overwrite: OverwriteOption = False,
    passphrase_fd: PassphraseFdOption = None,
    rules: RulesOption = None,
) -> None:  # fmt: skip
    one_of("--format", format_, ("md", "html"))
    fits_overwrite(overwrite, output)
    at_the_foot = "" if notice is None else notice_text(notice)
    from pathfinder.loader.record_file import read_record
    from pathfinder.sessions.handing_on import choices
    from pathfinder.sessions.handing_on import letter as made

    rule_set = load(context, rules)
    told = read_record(rule_set, rules_folder(context, rules))
    for part in tell or ():
        one_of("--tell", part, tuple(choices(told)))
    vault = opened(passphrase_fd)
    from pathfinder.sessions import read
    from pathfinder.sessions.model import day_in_words

    id_ = the_session(vault, session, passphrase_fd)
    say(*older_told(vault, id_))
    found = read(vault, id_)
    ticked = _ticked(choices(told)) if tell is None else tell
    today = day_in_words(date.today().isoformat())
    agreed = found.newest.agreed
    page = made(
        rule_set, told, found, found.newest, ticked, today=today, notice=at_the_foot,
        reached=where_reached(rule_set, agreed.program) if agreed else "",
    )  # fmt: skip
    if format_ == "html":
        from pathfinder.render.handout import sheet_page

        text = sheet_page(page)
    else:
        from pathfinder.pages.sheet import as_blocks
        from pathfinder.render.layout import markdown

        text = markdown(as_blocks(page), title=page.title)
    write_told(text.rstrip("\n") + "\n", output, overwrite=overwrite)


def _ticked(parts: "Mapping[str, str]") -> list[str]:
    """What the counselor picks. Enter alone, and the end of the input, pick nothing."""
    from pathfinder.ask.terminal import Lines
    from pathfinder.sessions.prompts import ask_ticked

    return ask_ticked(Lines.of_the_process(), parts)


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
    from pathfinder.sessions import read
    from pathfinder.sessions.handing_on import calendar as made
    from pathfinder.sessions.handing_on import entry_holds, entry_told

    id_ = the_session(vault, session, passphrase_fd)
    say(*older_told(vault, id_))
    agreed, zone = read(vault, id_).newest.agreed, _zone_here()
    entry = made(agreed, datetime.now().astimezone(), zone=zone, name_program=name_program)
    write_told(entry.decode("utf-8"), output, overwrite=overwrite)
    if agreed is not None:
        say(entry_told(agreed, zone), entry_holds(agreed, name_program=name_program))


def _zone_here() -> "ZoneInfo | None":
    """The time zone of this computer by its name, or None.

    UTC is what a computer says that nobody ever told where it stands: an appointment named so
    would be hours off on the client's phone. So that is none, and so is a zone without a name.
    """
    from zoneinfo import ZoneInfo

    place = os.environ.get("TZ", "").removeprefix(":") or os.path.realpath("/etc/localtime")
    try:
        zone = ZoneInfo(place.rpartition("zoneinfo/")[2])
    except (KeyError, ValueError, OSError):
        return None
    at = datetime(2026, 1, 1, tzinfo=zone), datetime(2026, 7, 1, tzinfo=zone)
    return zone if any(each.utcoffset() for each in at) else None
