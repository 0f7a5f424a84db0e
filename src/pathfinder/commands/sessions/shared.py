"""What the commands of sessions share: the passphrase, and opening the vault.

Why this module exists: each of them opens the same vault in the same way, with the
same words, and the quiz does so before its first question.

It must not import what only one of them needs.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from pathfinder.errors import CantWrite, PathfinderError, Stopped
from pathfinder.process import forbid as forbid_core_dumps
from pathfinder.sanitize import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from pathfinder.sessions.model import Revision, Session
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
    str,
    typer.Argument(metavar="SESSION", help="Its id, the start of it, or the client's code."),
]
NameArgument = Annotated[
    str, typer.Argument(metavar="NAME", help="What they are called here, such as Supervisor.")
]
RevisionOption = Annotated[
    int | None,
    typer.Option(
        "--revision",
        metavar="N",
        help="An older saving of it. Default: the newest.",
        show_default=False,
    ),
]
OverwriteOption = Annotated[
    bool, typer.Option("--overwrite", help="Replace the file of --output if it is there.")
]

_TRIES = 3


def fits_overwrite(overwrite: bool, output: str | None) -> None:
    """Raise PathfinderError where `--overwrite` has nothing to replace."""
    if overwrite and output in (None, "-"):
        raise PathfinderError("--overwrite goes with --output FILE.")


def notice_text(file: str) -> str:
    """An agency's own text for the foot of a page. Raises FileProblem and PathfinderError."""
    from pathfinder.files import read_bytes

    data = read_bytes(file, clean(file), 16 * 1024, "Name a text file with your notice.")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").strip()
    except UnicodeDecodeError:
        raise PathfinderError(f"{clean(file)} isn't text in UTF-8. Save it as such.") from None


def opened(passphrase_fd: int | None) -> "Vault":
    """The vault that is there. What was put right on the way is told on standard error."""
    return opened_by(passphrase_fd)[0]


def opened_by(passphrase_fd: int | None, prompt: str = "Passphrase: ") -> "tuple[Vault, str]":
    """The same, and the passphrase that opened it. At a terminal, a slip may be typed again.

    Raises `WrongPassphrase` after the third, or the first one from a script.
    """
    from pathfinder.errors import WrongPassphrase
    from pathfinder.vault import (
        locked_as_today,
        need_age,
        need_vault,
        passphrase,
        unlock,
        vault_folder,
    )

    need_age()
    forbid_core_dumps()
    folder = vault_folder()
    need_vault(folder)  # nobody should be asked for a passphrase where there is nothing to open
    tries_left = _TRIES if passphrase_fd is None else 1
    while True:
        words = passphrase.ask(passphrase_fd, prompt)
        try:
            vault, notes = unlock(folder, words)
        except WrongPassphrase as error:
            tries_left -= 1
            if not tries_left:
                raise
            say(str(error))
        else:
            say(*notes)
            if not locked_as_today(folder):
                from pathfinder.sessions import messages

                say(messages.LOCK_ANEW)
            return vault, words


def opened_or_new(passphrase_fd: int | None) -> "Vault":
    """The vault; a new one where there is none yet. For what saves."""
    from pathfinder.vault import create, exists, need_age, passphrase, vault_folder

    need_age()
    forbid_core_dumps()
    folder = vault_folder()
    if exists(folder):
        return opened(passphrase_fd)
    for place in (folder, *folder.parents):
        if os.path.exists(place) and not os.path.isdir(place):
            raise CantWrite(
                f"{clean(str(place))} is a file, and sessions need a folder. "
                "Name another place in PATHFINDER_DATA."
            )
    from pathfinder.sessions import messages

    say(messages.PASSPHRASE_NEW)
    return create(folder, passphrase.ask_new(passphrase_fd))


def the_session(vault: "Vault", text: str, passphrase_fd: int | None = None) -> str:
    """The id that is meant. Where a code stands for several, a person at a terminal picks one.

    Raises `Several` where nobody can be asked, `Stopped` where nothing is picked.
    """
    from pathfinder.sessions import Several, named

    try:
        return named(vault, text)
    except Several as several:
        from pathfinder.terminal import is_terminal

        asks = passphrase_fd != 0 and is_terminal(sys.stdin) and is_terminal(sys.stderr)
        if not asks or not several.by_code:
            raise
        from pathfinder.ask.terminal import Lines
        from pathfinder.sessions.prompts import pick_session

        lines = Lines.of_the_process()
        lines.forget_keys()  # what was typed ahead must not pick
        return pick_session(lines, text, several.found)


@contextmanager
def stopping(message: str) -> Iterator[None]:
    """Where Ctrl-C stops something long: say what became of it. Raises `Stopped`."""
    try:
        yield
    except KeyboardInterrupt:
        raise Stopped(message) from None


def author(vault: "Vault") -> str:
    """What who saves calls themselves: their name on the list of access, or that of config.yaml.

    On one computer several people may share the settings; the list knows them by their keys.
    """
    from pathfinder.commands.preferences import read_config

    return vault.name or read_config().author


def written_on(session: "Session", part: "Callable[[Revision], object]") -> str:
    """On which day a part of a session was written as it stands, and by whom."""
    from pathfinder.sessions import first_with
    from pathfinder.sessions.messages import on_day
    from pathfinder.sessions.model import day_or_text

    revision = first_with(session, part)
    return on_day(day_or_text(revision.saved), revision.author)


def older_told(vault: "Vault", id_: str) -> tuple[str, ...]:
    """The line that says that an older file stands in the place of a session; or nothing."""
    from pathfinder.sessions import messages
    from pathfinder.sessions.index import older, session_or_none

    session = session_or_none(vault, id_)
    known = older(vault, session) if session is not None else 0
    return (messages.older(id_, session.newest.number, known),) if session and known else ()


def every_older_told(vault: "Vault", ids: "Collection[str] | None" = None) -> tuple[str, ...]:
    """The same of these sessions, or of all: a line each."""
    from pathfinder.sessions import messages
    from pathfinder.sessions.index import lines

    return tuple(
        messages.older(each.id, each.revisions, each.older)
        for each in lines(vault)
        if each.older and (ids is None or each.id in ids)
    )


def write_told(text: str, file: str | None, *, overwrite: bool) -> None:
    """`write_out`, and to standard error which file was written, where it was one."""
    from pathfinder.output import write_out

    write_out(text, file, overwrite=overwrite)
    if file is not None and file != "-":
        say(f"Written: {clean(file)}")


def say(*texts: str) -> None:
    """Words beside the result: to standard error, a line each; at a terminal no word is broken."""
    if sys.stderr is None:
        return
    from pathfinder.ask.terminal import wrap
    from pathfinder.terminal import WIDEST, is_terminal, size_of

    shown = is_terminal(sys.stderr)
    width = min(size_of(sys.stderr).columns, WIDEST)
    for text in texts:
        for line in (wrap(text, width) or [""]) if shown else [text]:
            print(line, file=sys.stderr)
