"""`pathfinder sessions resume`: go on with a session, and save a new revision of it.

Why this module exists: an intake is interrupted, or a client comes back weeks later.
What the rules have changed since is said before the first question, and asked.
"""

import sys
from typing import Annotated

import typer

from pathfinder.commands.onward import ScreenAndFiles, at_a_terminal
from pathfinder.commands.programs.using import finder_for
from pathfinder.commands.sessions.shared import (
    PassphraseFdOption,
    SessionArgument,
    older_told,
    opened,
    the_session,
)
from pathfinder.commands.shared import RegionOption, RulesOption, load, rules_folder
from pathfinder.errors import CantWrite, QuickExit, Stopped


def resume(
    context: typer.Context,
    session: SessionArgument,
    save_as: Annotated[
        str | None,
        typer.Option(
            "--save-as",
            metavar="CODE",
            help="Save another session under this client code; the old one stays as it is.",
            show_default=False,
        ),
    ] = None,
    from_saved: Annotated[
        bool,
        typer.Option(
            "--from-saved",
            help="Go on from what was saved last. An unfinished draft is dropped.",
        ),
    ] = False,
    plain: Annotated[
        bool,
        typer.Option("--plain", help="Numbered lines, nothing redrawn. For screen readers."),
    ] = False,
    passphrase_fd: PassphraseFdOption = None,
    region: RegionOption = None,
    rules: RulesOption = None,
) -> None:
    from pathfinder.sessions import check_client

    code = None if save_as is None else check_client(save_as)
    if not sys.stdout.writable():
        raise CantWrite("Standard output is closed, so the result would be lost.")
    rule_set = load(context, rules)
    vault = opened(passphrase_fd)
    import pathfinder.sessions as kept
    from pathfinder.ask import After, run_quiz
    from pathfinder.ask.autosave import Start
    from pathfinder.ask.session_autosave import InSession
    from pathfinder.ask.terminal import Lines
    from pathfinder.commands.follow_up import earlier_of
    from pathfinder.commands.intake import Shown, finish
    from pathfinder.commands.preferences import read_config
    from pathfinder.loader.migrations import read_migrations
    from pathfinder.loader.older_answers import carry
    from pathfinder.sessions import messages
    from pathfinder.sessions.pages import what_carrying_did

    config = read_config()
    place = region or config.region or rule_set.default_region
    id_ = the_session(vault, session, passphrase_fd)
    drops = from_saved and vault.has("drafts", id_)
    draft = kept.resume(vault, id_, from_saved=from_saved)
    if code is None:
        kept.need_newest(vault, draft)  # nobody should answer in vain
    begins = messages.draft_dropped(id_) if drops else messages.going_on(id_)
    carried = carry(
        rule_set,
        read_migrations(rule_set, rules_folder(context, rules)),
        draft.answers,
        draft.notes,
        draft.passport,
    )
    # Where the rules are the same, what is left to ask is no news: it comes next.
    changed = what_carrying_did(rule_set, carried) if carried.told else ()
    keeping = InSession(
        vault, rule_set, draft.client, carried.answers, draft=draft, notes=carried.notes
    )
    in_lines = plain or config.plain
    find = finder_for(rule_set, None, config)
    screen = ScreenAndFiles(plain=in_lines)
    try:
        outcome = run_quiz(
            rule_set,
            Start(carried.answers, resumed=True, notes=(begins, *older_told(vault, id_), *changed)),
            plain=plain,
            for_client=True,
            region=place,
            plain_by_config=config.plain,
            slips=config.slips,
            keeping=keeping,
            after=After(screen.show, screen.write, find) if at_a_terminal() else None,
            earlier=earlier_of(context, rules, rule_set, vault, draft.follows),
        )
    except QuickExit:
        raise typer.Exit from None  # 0, and not a word
    if not keeping.changed and Lines.of_the_process().ended():
        raise Stopped(messages.nobody_agreed(id_))
    folder = rules_folder(context, rules)
    shown = Shown("text", in_lines, place, folder=folder, already=screen.shown, find=find)
    finish(rule_set, vault, keeping, outcome, shown, save_as=code)
