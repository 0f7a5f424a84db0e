"""A client comes again: `sessions resume` and `sessions compare`.

Why this module exists: an intake is interrupted, or a client comes back weeks later. What the
rules have changed since is said before the first question, and asked. Two times of one person
are compared, or one session under other rules: what has changed in a life, and what that did,
apart from what a change of the rules did.
"""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from pathfinder.commands.programs.using import finder_for
from pathfinder.commands.sessions.shared import (
    PassphraseFdOption,
    SessionArgument,
    older_told,
    opened,
    say,
    the_session,
)
from pathfinder.commands.shared import (
    RegionOption,
    RulesOption,
    ScreenAndFiles,
    at_a_terminal,
    load,
    print_page,
    rules_folder,
)
from pathfinder.errors import CantWrite, PathfinderError, QuickExit, Stopped

if TYPE_CHECKING:
    from pathfinder.sessions import Session
    from pathfinder.vault import Vault


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
    from pathfinder.commands.intake import Shown, earlier_of, finish, notes_before, noting_how_far
    from pathfinder.commands.preferences import read_config
    from pathfinder.loader.migrations import read_migrations
    from pathfinder.loader.older_answers import carry
    from pathfinder.sessions import messages
    from pathfinder.sessions.index import older_draft
    from pathfinder.sessions.pages import what_carrying_did

    config = read_config()
    place = region or config.region or rule_set.default_region
    id_ = the_session(vault, session, passphrase_fd)
    drops = from_saved and vault.has("drafts", id_)
    draft = kept.resume(vault, id_, from_saved=from_saved)
    if code is None:
        kept.need_newest(vault, draft)  # nobody should answer in vain
    begins = messages.draft_dropped(id_) if drops else messages.going_on(id_)
    seen = older_draft(vault, draft) if vault.has("drafts", id_) else ""
    older = (messages.older_draft(id_, draft.saved, seen),) if seen else older_told(vault, id_)
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
        vault,
        rule_set,
        draft.client,
        carried.answers,
        draft=draft,
        notes=carried.notes,
        notes_before=notes_before(vault, draft),
    )
    in_lines = plain or config.plain
    find = finder_for(rule_set, None, config)
    screen = ScreenAndFiles(plain=in_lines)
    try:
        with noting_how_far(vault):
            outcome = run_quiz(
                rule_set,
                Start(
                    carried.answers,
                    resumed=True,
                    notes=(begins, *older, *changed),
                ),
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


def compare(
    context: typer.Context,
    session: SessionArgument,
    other: Annotated[
        str | None,
        typer.Argument(
            metavar="[SESSION]",
            help="The later one. Without it: the same one under the rules in use; of a code with "
            "several, the last two.",
            show_default=False,
        ),
    ] = None,
    passphrase_fd: PassphraseFdOption = None,
    rules: RulesOption = None,
) -> None:
    vault = opened(passphrase_fd)
    from pathfinder.engine.decide import decide
    from pathfinder.loader.migrations import read_migrations
    from pathfinder.loader.older_answers import carry
    from pathfinder.loader.record_file import read_record
    from pathfinder.render.result_json import result
    from pathfinder.sessions import messages, pages, read
    from pathfinder.sessions.compare import difference, effects
    from pathfinder.sessions.judging import own_compared, since_compared
    from pathfinder.sessions.model import step_titles

    if other is None:
        session, other = _last_two(vault, session)
    rule_set = load(context, rules)
    migrations = read_migrations(rule_set, rules_folder(context, rules))
    earlier = read(vault, the_session(vault, session, passphrase_fd))
    say(*older_told(vault, earlier.id))
    old = (earlier.newest.answers, earlier.given)
    carried = carry(
        rule_set, migrations, earlier.newest.answers, earlier.newest.notes,
        earlier.given["passport"],
    )  # fmt: skip
    again = (carried.answers, result(decide(rule_set, carried.answers)))
    if other is None:
        found = difference(rule_set, old, again)
        print_page(
            pages.compared(
                rule_set, (messages.THEN_RULES, messages.NOW_RULES), found,
                cause=messages.CHANGED_BY_RULES, told=pages.what_carrying_did(rule_set, carried),
            )
        )  # fmt: skip
        return
    later = read(vault, the_session(vault, other, passphrase_fd))
    if later.id != earlier.id:
        say(*older_told(vault, later.id))
    if later.id == earlier.id:
        raise PathfinderError("These are the same session. Name two, or one and other --rules.")
    if later.client != earlier.client:
        raise PathfinderError(
            "These two sessions have different client codes, so they aren't compared."
        )
    names = _named_by_day(earlier, later)
    record = read_record(rule_set, rules_folder(context, rules))
    titles = step_titles(rule_set, record.first_steps)
    now = (later.newest.answers, later.given)
    found = difference(rule_set, old, now)
    today = carry(rule_set, migrations, later.newest.answers, {}, later.given["passport"])
    same_rules = earlier.given["passport"]["sha256"] == later.given["passport"]["sha256"]
    print_page(
        pages.compared(
            rule_set,
            names,
            found,
            None if same_rules else difference(rule_set, old, again),
            effects=effects(rule_set, carried.answers, today.answers, found.answers),
            own=own_compared(rule_set, titles, names, (earlier, later)),
            since=since_compared(titles, earlier, later),
        )
    )


def _named_by_day(earlier: "Session", later: "Session") -> tuple[str, str]:
    """What the two columns are called: by their days, and by the time where the day is one."""
    from pathfinder.sessions import messages
    from pathfinder.sessions.model import day, short_time

    times = [each.newest.saved for each in (earlier, later)]
    days = [day(time) for time in times]
    if None not in days and days[0] == days[1]:
        told = [short_time(time) for time in times]
    else:
        told = [str(each or messages.NO_DAY) for each in days]
    return f"{messages.BEFORE}, {told[0]}", f"{messages.AFTER}, {told[1]}"


def _last_two(vault: "Vault", text: str) -> tuple[str, str | None]:
    """For a client's code, its last two finished sessions, the earlier one first."""
    from pathfinder.sanitize import quoted
    from pathfinder.sessions import Several, messages, named

    try:
        named(vault, text)
    except Several as several:
        finished = [line.id for line in several.found if line.state == "saved"]
        if several.by_code and len(finished) > 1:
            say(messages.last_two(text, finished[1], finished[0]))
            return finished[1], finished[0]
        begun = [line.id for line in several.found if line.state == "unfinished"]
        if several.by_code and finished and begun:
            raise PathfinderError(
                f"Under {quoted(text)} only one session is finished, and it takes two to compare. "
                f"To go on with the other one: pathfinder sessions resume {begun[0]}"
            ) from None
    return text, None
