"""`pathfinder quiz`: ask, then show.

Why this module exists: it joins the interview, the decision and the page.
"""

import sys
from typing import Annotated

import typer

from pathfinder.commands.shared import (
    FormatOption,
    RegionOption,
    RulesOption,
    load,
    one_of,
    print_page,
)
from pathfinder.errors import CantWrite


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
    region: RegionOption = None,
    format_: FormatOption = None,
    rules: RulesOption = None,
) -> None:
    """Ask, then show which paths may fit and what to do first."""
    one_of("--for", for_, ("self", "client"))
    form = one_of("--format", format_ or "text", ("text", "json"))
    if not sys.stdout.writable():
        raise CantWrite("Standard output is closed, so the result would be lost.")
    rule_set = load(context, rules)
    from pathfinder.ask import run_quiz
    from pathfinder.ask.keeping import starting_point
    from pathfinder.config import read_config
    from pathfinder.interview import QuickExit

    config = read_config()
    place = region or config.region or rule_set.default_region
    try:
        outcome = run_quiz(
            rule_set,
            starting_point(rule_set, answers=answers, draft=draft, resume=resume),
            plain=plain,
            for_client=for_ == "client",
            region=place,
            plain_by_config=config.plain,
            slips=config.slips,
        )
    except QuickExit:
        raise typer.Exit from None  # 0, and not a word
    from pathfinder.decision import decide

    decision = decide(rule_set, outcome.answers, region=place)
    from pathfinder.explain import explain

    explained = explain(rule_set, outcome.answers, decision)
    if form == "json":
        from pathfinder.show.explanation_json import explained_data
        from pathfinder.show.json_form import dumps_pretty

        print(dumps_pretty(decision, explained_data(rule_set, explained)))
        return
    from pathfinder.show.page import page

    blocks = page(rule_set, decision, explained)
    if for_ == "client":
        from datetime import date

        from pathfinder.show.record import record

        blocks += record(rule_set, decision, outcome.answers, date.today().isoformat())
    print_page(blocks, plain=plain or config.plain)
