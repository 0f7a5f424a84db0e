"""What the commands of sessions share: the passphrase, and opening the vault.

Why this module exists: each of them opens the same vault in the same way, with the
same words, and the quiz does so before its first question.

It must not import what only one of them needs.
"""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pathfinder.vault import Vault

PassphraseFdOption = Annotated[
    int | None,
    typer.Option(
        "--passphrase-fd",
        metavar="N",
        min=0,
        help="Read the passphrase from this open file number, for scripts.",
        show_default=False,
    ),
]
SessionArgument = Annotated[
    str, typer.Argument(metavar="SESSION", help="Its id, or the start of it.")
]


def opened(passphrase_fd: int | None) -> "Vault":
    """The vault that is there. What was put right on the way is told on standard error."""
    from pathfinder.vault import need_age, need_vault, passphrase, unlock, vault_folder

    need_age()
    folder = vault_folder()
    need_vault(folder)  # nobody should be asked for a passphrase where there is nothing to open
    vault, notes = unlock(folder, passphrase.ask(passphrase_fd))
    say(*notes)
    return vault


def opened_or_new(passphrase_fd: int | None) -> "Vault":
    """The vault; a new one where there is none yet. For what saves."""
    from pathfinder.vault import create, exists, need_age, passphrase, vault_folder

    need_age()
    folder = vault_folder()
    if exists(folder):
        return opened(passphrase_fd)
    from pathfinder.sessions import words

    say(words.PASSPHRASE_NEW)
    return create(folder, passphrase.ask_new(passphrase_fd))


def say(*texts: str) -> None:
    """Words beside the result: to standard error, a line each; at a terminal no word is broken."""
    if sys.stderr is None:
        return
    from pathfinder.ask.terminal import MAX_WIDTH, is_terminal, size_of, wrap

    shown = is_terminal(sys.stderr)
    width = min(size_of(sys.stderr).columns, MAX_WIDTH)
    for text in texts:
        for line in (wrap(text, width) or [""]) if shown else [text]:
            print(line, file=sys.stderr)
