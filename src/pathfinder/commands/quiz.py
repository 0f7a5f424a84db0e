"""`pathfinder quiz`: ask, then show.

Why this module exists: it joins the interview, the decision and the page. The interview shows
and asks, but where a result goes (standard output, a file to keep it in) is a command's matter.

It must not ask anything itself, or decide.
"""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from pathfinder.commands.programs.shared import ProgramsOption, finder_for
from pathfinder.commands.sessions.shared import PassphraseFdOption
from pathfinder.commands.shared import (
    FullOption,
    RegionOption,
    RulesOption,
    format_named,
    load,
    one_of,
    print_page,
    rules_folder,
)
from pathfinder.errors import CantWrite, PathfinderError, QuickExit
from pathfinder.terminal import is_terminal


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
    find = finder_for(rule_set, programs, config)
    start = starting_point(rule_set, answers=answers, draft=draft, resume=resume, folder=folder)
    keeping = earlier = None
    if save:
        from pathfinder.commands.sessions.shared import opened_or_new

        # Before the first question: an intake that can't be saved must not be asked in vain.
        vault = opened_or_new(passphrase_fd)
        from pathfinder.ask.session_autosave import InSession
        from pathfinder.ask.terminal import Lines
        from pathfinder.commands.follow_up import intake

        lines = Lines.of_the_process()
        of = intake(context, rules, rule_set, vault, lines, from_, passphrase_fd)
        keeping = InSession(vault, rule_set, of.client, start.answers, follows=of.follows)
        start, earlier = start._replace(notes=(*of.told, *start.notes)), of.earlier
    in_lines = plain or config.plain
    screen = ScreenAndFiles(plain=in_lines)
    goes_on = form == "text" and not full and keeping is None and at_a_terminal()
    after = After(screen.show, screen.write, find) if goes_on else None
    try:
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

        finish(rule_set, vault, keeping, outcome, Shown(form, in_lines, place, full, folder))
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

        from pathfinder.pages.record import record

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


if TYPE_CHECKING:
    from pathfinder.pages.answer import Answer
    from pathfinder.pages.behind import Result


def at_a_terminal() -> bool:
    """Whether a person sits there who sees the result and can go on from it."""
    return is_terminal(sys.stdin) and is_terminal(sys.stdout) and is_terminal(sys.stderr)


class ScreenAndFiles:
    """Where an answer goes. `plain`: in words."""

    def __init__(self, *, plain: bool) -> None:
        self._plain = plain
        self.shown = False

    def show(self, told: "Answer") -> None:
        from pathfinder.render import print_answer

        print_answer(told, plain=self._plain, stream=sys.stdout)
        sys.stdout.flush()
        self.shown = True

    def write(self, result: "Result", form: str, file: str) -> None:
        """Raises CantWrite."""
        from pathfinder.commands.result import handout_text, whole_page

        if form == "text":
            text = whole_page(result.rules, result.decision, result.explained, result.found)
        else:
            text = handout_text(
                result.rules, result.decision, result.explained, form, found=result.found
            )
        from pathfinder.output import result_stream

        with result_stream(file) as stream:
            stream.write(text.rstrip("\n") + "\n")
