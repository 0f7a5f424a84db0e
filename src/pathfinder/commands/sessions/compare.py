"""`pathfinder sessions compare`: one person at two times, or one session under other rules.

Why this module exists: to see what has changed in a life and what that did, apart
from what a change of the rules did.
"""

from typing import TYPE_CHECKING, Annotated

import typer

from pathfinder.commands.sessions.shared import (
    PassphraseFdOption,
    SessionArgument,
    older_told,
    opened,
    say,
    the_session,
)
from pathfinder.commands.shared import RulesOption, load, print_page, rules_folder
from pathfinder.errors import PathfinderError

if TYPE_CHECKING:
    from pathfinder.vault import Vault


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
    from pathfinder.render.result_json import result
    from pathfinder.sessions import messages, pages, read
    from pathfinder.sessions.causes import effects
    from pathfinder.sessions.compare import difference
    from pathfinder.sessions.times import day

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
    names = tuple(
        f"{word}, {day(each.newest.saved) or messages.NO_DAY}"
        for word, each in ((messages.BEFORE, earlier), (messages.AFTER, later))
    )
    now = (later.newest.answers, later.given)
    found = difference(rule_set, old, now)
    today = carry(rule_set, migrations, later.newest.answers, {}, later.given["passport"])
    same_rules = earlier.given["passport"]["sha256"] == later.given["passport"]["sha256"]
    print_page(
        pages.compared(
            rule_set,
            (names[0], names[1]),
            found,
            None if same_rules else difference(rule_set, old, again),
            effects=effects(rule_set, carried.answers, today.answers, found.answers),
        )
    )


def _last_two(vault: "Vault", text: str) -> tuple[str, str | None]:
    """For a client's code, its last two finished sessions, the earlier one first."""
    from pathfinder.sessions import Several, messages, named

    try:
        named(vault, text)
    except Several as several:
        finished = [line.id for line in several.found if line.state == "saved"]
        if several.by_code and len(finished) > 1:
            say(messages.last_two(text, finished[1], finished[0]))
            return finished[1], finished[0]
    return text, None
