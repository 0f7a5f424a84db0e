"""Who can open the sessions: `sessions passphrase`, and `sessions access add`, `list`, `remove`.

Why this module exists: a passphrase gets known, or forgotten almost. A supervisor reads what a
counselor keeps, with a passphrase of their own, which they type themselves; who leaves must not
read on; a client may ask who reads what they said, and must get an answer. A change of people
encrypts everything anew, in one step that a closed window can't leave half done.

It must not keep a passphrase, or change a session: the same words are encrypted anew.
"""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from pathfinder.commands.sessions.shared import (
    NameArgument,
    PassphraseFdOption,
    opened,
    opened_by,
    say,
    stopping,
)

if TYPE_CHECKING:
    from pathfinder.vault.access import Person


def passphrase(passphrase_fd: PassphraseFdOption = None) -> None:
    from pathfinder.sessions import messages
    from pathfinder.vault import change_passphrase, vault_folder
    from pathfinder.vault import passphrase as asking

    _, old = opened_by(passphrase_fd, "Passphrase until now: ")  # nobody should choose in vain
    say(*change_passphrase(vault_folder(), old, asking.ask_new(passphrase_fd)))
    say(messages.PASSPHRASE_CHANGED)


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
    from pathfinder.sessions import messages, now
    from pathfinder.vault import check_name, let_in
    from pathfinder.vault import passphrase as asking

    called = check_name(name)
    vault = opened(passphrase_fd)
    vault.need_owner()  # nobody should choose a passphrase in vain
    words = None
    if key is None:
        say(messages.chooses_passphrase(called))
        words = asking.ask_new(passphrase_fd)
    with stopping(messages.ACCESS_STOPPED):
        changed = let_in(vault, called, now(), passphrase=words, public=key)
    say(messages.access_given(changed.person), *messages.left_damaged(changed.hurt))


def list_(passphrase_fd: PassphraseFdOption = None) -> None:
    vault = opened(passphrase_fd)
    from pathfinder.sessions import messages
    from pathfinder.sessions.model import day

    def line(person: "Person") -> str:
        how = messages.WITH_PASSPHRASE if person.here else messages.WITH_KEY
        return f"{person.name}  {day(person.since) or '?'}  {how}"

    found = vault.people()
    first = messages.YOU_THE_MAKER if vault.holder.owns else messages.MAKER
    sys.stdout.write("".join(f"{text}\n" for text in (first, *map(line, found.others))))


def remove(name: NameArgument, passphrase_fd: PassphraseFdOption = None) -> None:
    vault = opened(passphrase_fd)
    from pathfinder.sessions import messages
    from pathfinder.vault import shut_out

    with stopping(messages.ACCESS_STOPPED):
        changed = shut_out(vault, name)
    say(
        messages.access_taken(changed.person),
        messages.REMOVING_CANT_UNDO,
        *messages.left_damaged(changed.hurt),
    )
