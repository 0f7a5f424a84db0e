"""Where a result goes: the screen, or a file that only its owner can read.

Why this module exists: a result says a lot about a person. A file of it is
readable by nobody else, and appears whole or not at all (`files`). And no result
lands among the sessions that a counselor has saved: a file there is worth more than
any result. What a person has protected against writing stays, and so does a file of two
names: hard links would come apart if it were replaced, and if it were written in place
the result would stand under a name that nobody said, perhaps where others read it.

It must not know what is in a result, or open the vault.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, TextIO

from pathfinder.errors import CantWrite
from pathfinder.files import placed, placed_where_named
from pathfinder.leads import is_open_or_device, led_to, opened_to_write
from pathfinder.process import Refused
from pathfinder.sanitize import clean


@contextlib.contextmanager
def result_stream(name: str | None) -> Iterator[TextIO]:
    """A text stream for the result: standard output for None and `-`, else the named file.

    The file is replaced only when everything was written (mode 0600); of a link,
    the file that it leads to. Raises `CantWrite` when that isn't possible; what
    stood there before stays.
    """
    if name is None or name == "-":
        yield sys.stdout
        sys.stdout.flush()
        return
    if not name:
        raise CantWrite("--output needs the name of a file.")
    with _explained(name):
        refuse_the_vault(name)
        path = led_to(name)
        if is_open_or_device(path):  # putting a file in its place would break it
            with io.TextIOWrapper(opened_to_write(path, name), encoding="utf-8") as stream:
                yield stream
            return
        if path.is_dir():
            raise CantWrite(f"{clean(name)} is a folder. Name a file to write to.")
        refuse_what_must_stay(path, clean(name))
        with placed_where_named(path) as file:
            stream = io.TextIOWrapper(file, encoding="utf-8")
            yield stream
            stream.flush()


OR_OVERWRITE: Final = "Name another file, or say --overwrite."


def write_out(
    text: str, file: str | None, *, overwrite: bool = False, way_out: str = OR_OVERWRITE
) -> None:
    """Write what leaves the vault to `file` (mode 0600), or to standard output for None and `-`.

    It isn't encrypted any more, so it goes on top of no other file by mistake, and through
    no link: raises `CantWrite` where a file stands there already (unless `overwrite`), where
    a link does, in the folder of sessions, and for what the disk refuses. Then nothing was
    written.
    """
    if file is None or file == "-":
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    with (
        leaving(file, "--output", overwrite=overwrite, way_out=way_out) as path,
        placed_where_named(path)
        if overwrite
        else placed(path, replace=False, followed=True) as stream,
    ):
        stream.write(text.encode("utf-8", "replace"))


@contextlib.contextmanager
def leaving(
    file: str, what: str, *, overwrite: bool, way_out: str = OR_OVERWRITE
) -> Iterator[Path]:
    """The place of a file that leaves the vault: refused where `write_out` refuses it.

    `what` names the option or the argument. In the block it is written.
    """
    if not file:
        raise CantWrite(f"{what} needs the name of a file.")
    label = clean(file)
    if os.path.islink(file):
        raise CantWrite(f"{label} is a link to another place. Name a file of its own.")
    try:
        refuse_the_vault(file)
        path = led_to(file)
        if overwrite and path.exists() and not path.is_file():
            raise OSError(errno.EINVAL, "it isn't a plain file")
        if overwrite:
            refuse_what_must_stay(path, label)
        yield path
    except FileExistsError:
        raise CantWrite(f"{label} is there already. {way_out}") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CantWrite(f"{label} can't be written: {clean(reason)}.") from None


def write_over(data: bytes, file: str) -> None:
    """Put `data` in place of a file that people keep together: who may read it stays as it is.

    Raises CantWrite as `write_out` does; what stood there stays then.
    """
    label = clean(file)
    try:
        refuse_the_vault(file)
        path = led_to(file)
        refuse_what_must_stay(path, label)
        mode = stat.S_IMODE(os.stat(path).st_mode)
        with placed_where_named(path, private=False) as stream:
            stream.write(data)
        os.chmod(path, mode)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CantWrite(f"{label} can't be written: {clean(reason)}.") from None


def refuse_the_vault(name: str) -> None:
    """Raise `CantWrite` for a file in the folder of sessions, by whatever name it is reached.

    For everything that writes where a person says. Raises ValueError for what is no path.
    """
    # Only a result that goes to a file pays for this.
    from pathfinder.vault.files import vault_folder

    vault = Path(os.path.realpath(vault_folder()))
    path = Path(os.path.realpath(name))
    if any(place == vault or _are_one(place, vault) for place in (path, *path.parents)):
        raise CantWrite(f"{clean(name)} is in the folder of sessions. Name a file elsewhere.")


def refuse_what_must_stay(path: Path, label: str) -> None:
    """Raise `CantWrite` for a file that its owner protects, or that has a second name.

    For everything that replaces what a person named. A file without any permission to write
    is protected from root, too: it was made so on purpose. Raises OSError.
    """
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return
    if not found.st_mode & 0o222 or not os.access(path, os.W_OK):
        raise CantWrite(f"{label} is protected: it may not be written to. Name another file.")
    if found.st_nlink > 1:
        raise CantWrite(
            f"{label} has a second name (a hard link), and would change under both or come apart."
            " Name another file."
        )


def _are_one(place: Path, folder: Path) -> bool:
    """Two names of one folder: letters in the other case on a Mac, or a second mount."""
    try:
        return place.samefile(folder)
    except OSError:
        return False


@contextlib.contextmanager
def _explained(name: str) -> Iterator[None]:
    try:
        yield
    except (BrokenPipeError, Refused):
        raise  # no fault of this file
    except OSError as error:
        raise CantWrite(
            f"{clean(name)} can't be written: {error.strerror or error}."
            " Name another file with --output."
        ) from None
