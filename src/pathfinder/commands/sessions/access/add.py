"""`pathfinder sessions access add`: let somebody in, such as a supervisor.

Why this module exists: a supervisor reads what a counselor keeps. They have a passphrase of
their own, which they type themselves, so nobody learns that of another.

It must not keep a passphrase, or change a session: the same words are encrypted anew.
"""

from typing import Annotated

import typer

from pathfinder.commands.sessions.shared import (
    NameArgument,
    PassphraseFdOption,
    opened,
    say,
    stopping,
)


def add(
    name: NameArgument,
    key: Annotated[
        str | None,
        typer.Option(
            "--key",
            metavar="AGE1...",
            help="To a public key of age that they keep elsewhere, in place of a passphrase.",
            show_default=False,
        ),
    ] = None,
    passphrase_fd: PassphraseFdOption = None,
) -> None:
    from pathfinder.sessions import access_messages, now
    from pathfinder.vault import check_name, let_in
    from pathfinder.vault import passphrase as asking

    called = check_name(name)
    vault = opened(passphrase_fd)
    vault.need_owner()  # nobody should choose a passphrase in vain
    words = None
    if key is None:
        say(access_messages.choose(called))
        words = asking.ask_new(passphrase_fd)
    with stopping(access_messages.STOPPED):
        changed = let_in(vault, called, now(), passphrase=words, public=key)
    say(access_messages.added(changed.person), *access_messages.hurt(changed.hurt))
