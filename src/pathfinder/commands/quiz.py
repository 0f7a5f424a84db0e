"""`pathfinder quiz`: ask, then show.

Why this module exists: it joins the interview, the decision and the page. The interview shows
and asks, but where a result goes (standard output, a file: `shared`) is a command's matter.

It must not ask anything itself, or decide.
"""

import sys
from contextlib import AbstractContextManager, nullcontext
from typing import Annotated

import typer

from pathfinder.commands.programs.using import (
    FromHomeOption,
    LanguageOption,
    NearOption,
    ProgramOptions,
    ProgramsOption,
    finder_for,
)
from pathfinder.commands.sessions.shared import PassphraseFdOption
from pathfinder.commands.shared import (
    FullOption,
    RegionOption,
    RulesOption,
    ScreenAndFiles,
    at_a_terminal,
    format_named,
    load,
    one_of,
    print_page,
    rules_folder,
)
from pathfinder.errors import CantWrite, PathfinderError, QuickExit


def quiz(
    context: typer.Context,
    for_: Annotated[
        str,
        typer.Option(
            "--for",
            metavar="self|client",
            help="client: a counselor reads to a client and sees what to listen for.",
        ),
    ] = "self",
    plain: Annotated[
        bool,
        typer.Option("--plain", help="Numbered lines, nothing redrawn. For screen readers."),
    ] = False,
    answers: Annotated[
        str | None,
        typer.Option("--answers", metavar="FILE", help="Start from these answers; ask the rest."),
    ] = None,
    draft: Annotated[
        str | None,
        typer.Option("--draft", metavar="FILE", help="Keep your answers in this plain file."),
    ] = None,
    resume: Annotated[
        str | None,
        typer.Option("--resume", metavar="FILE", help="Go on from a draft, and save to it."),
    ] = None,
    save: Annotated[
        bool,
        typer.Option("--save", help="With --for client: keep this session, encrypted."),
    ] = False,
    from_: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="SESSION",
            help="With --save: a follow-up, with the answers of that session beside each question.",
            show_default=False,
        ),
    ] = None,
    passphrase_fd: PassphraseFdOption = None,
    region: RegionOption = None,
    programs: ProgramsOption = None,
    language: LanguageOption = None,
    near: NearOption = None,
    from_home: FromHomeOption = False,
    full: FullOption = False,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="text|json|md|html",
            help="text (default), json, or a handout: html, md (Markdown).",
            show_default=False,
        ),
    ] = None,
    rules: RulesOption = None,
) -> None:
    one_of("--for", for_, ("self", "client"))
    form = format_named(format_, ("text", "json", "md", "html"))
    if save:
        _fits_saving(for_, draft=draft, resume=resume)
        if from_ is not None and answers is not None:
            raise PathfinderError(
                "--from and --answers don't go together: a follow-up asks every question."
            )
    elif passphrase_fd is not None or from_ is not None:
        option = "--passphrase-fd" if from_ is None else "--from"
        raise PathfinderError(f"{option} goes with --save.")
    if not sys.stdout.writable():
        raise CantWrite("Standard output is closed, so the result would be lost.")
    from pathfinder.process import forbid

    forbid()
    rule_set = load(context, rules)
    from pathfinder.ask import After, run_quiz
    from pathfinder.ask.autosave import starting_point
    from pathfinder.commands.preferences import read_config

    config = read_config()
    place = region or config.region or rule_set.default_region
    folder = rules_folder(context, rules)
    # Before the first question: a list that was named and doesn't hold is told at once.
    find = finder_for(rule_set, programs, config, ProgramOptions(language, near, from_home))
    start = starting_point(rule_set, answers=answers, draft=draft, resume=resume, folder=folder)
    keeping = earlier = None
    noting: AbstractContextManager[None] = nullcontext()
    if save:
        from pathfinder.commands.sessions.shared import opened_or_new

        # Before the first question: an intake that can't be saved must not be asked in vain.
        vault = opened_or_new(passphrase_fd)
        from pathfinder.ask.session_autosave import InSession
        from pathfinder.ask.terminal import Lines
        from pathfinder.commands.intake import intake, noting_how_far

        noting = noting_how_far(vault)
        lines = Lines.of_the_process()
        of = intake(context, rules, rule_set, vault, lines, from_, passphrase_fd)
        keeping = InSession(
            vault, rule_set, of.client, start.answers, follows=of.follows, notes_before=of.notes
        )
        start, earlier = start._replace(notes=(*of.told, *start.notes)), of.earlier
    in_lines = plain or config.plain
    screen = ScreenAndFiles(plain=in_lines)
    goes_on = form == "text" and not full and at_a_terminal()
    after = After(screen.show, screen.write, find) if goes_on else None
    try:
        with noting:
            outcome = run_quiz(
                rule_set,
                start,
                plain=plain,
                for_client=for_ == "client",
                region=place,
                plain_by_config=config.plain,
                slips=config.slips,
                keeping=keeping,
                after=after,
                earlier=earlier,
            )
    except QuickExit:
        raise typer.Exit from None  # 0, and not a word
    if keeping is not None:
        from pathfinder.commands.intake import Shown, finish

        already = screen.shown
        shown = Shown(form, in_lines, place, full, folder, already=already, find=find)
        finish(rule_set, vault, keeping, outcome, shown)
        return
    from pathfinder.commands.result import show_result
    from pathfinder.engine.decide import decide

    decision = decide(rule_set, outcome.answers, region=place)
    from pathfinder.engine.explain import explain
    from pathfinder.pages import answer_messages

    explained = explain(rule_set, outcome.answers, decision)
    found = None if find is None else find(decision)
    if form != "text":
        from pathfinder.commands.result import result_text

        print(result_text(rule_set, decision, explained, form, found=found))
        return
    counsels = for_ == "client" and not full and explained is not None
    if counsels:
        from pathfinder.pages.counselor import counselor_view

        print_page(counselor_view(rule_set, decision, explained), plain=in_lines)
    elif not screen.shown:
        last = answer_messages.MORE_AFTER_A_QUIZ if after is None else ""
        show_result(
            rule_set, decision, explained, plain=in_lines, full=full, last=last, found=found
        )
    if for_ == "client":
        from datetime import date

        from pathfinder.pages.counselor import record

        day = date.today().isoformat()
        print_page(record(rule_set, decision, outcome.answers, day), plain=in_lines)


def _fits_saving(for_: str, *, draft: str | None, resume: str | None) -> None:
    """Raise PathfinderError for what `--save` doesn't go together with."""
    if for_ != "client":
        raise PathfinderError(
            "--save keeps a counselor's session: it goes with --for client. "
            "To keep your own answers, use --draft FILE."
        )
    for option, given, instead in (
        ("--draft", draft, "the session is its own draft"),
        ("--resume", resume, "go on with a session: pathfinder sessions resume SESSION"),
    ):
        if given is not None:
            raise PathfinderError(f"--save and {option} don't go together: {instead}.")
