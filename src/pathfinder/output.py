"""Where a result goes: the screen, or a file that only its owner can read.

Why this module exists: a result says a lot about a person. A file of it is
readable by nobody else, and appears whole or not at all: it is written beside
its final name and then put in place. And no result lands among the sessions that
a counselor has saved: a file there is worth more than any result.

It must not know what is in a result, or open the vault.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from pathfinder.errors import CantWrite
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
    refuse_the_vault(name)
    # A link may lead to a device, such as /dev/stdout: putting a file in its place would break it.
    path = Path(os.path.realpath(name))
    if _is_device(path):
        with _explained(name), open(path, "w", encoding="utf-8") as stream:
            yield stream
        return
    with _explained(name):
        if path.is_dir():
            raise CantWrite(f"{clean(name)} is a folder. Name a file to write to.")
        beside = part_of(path)
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with open(handle, "w", encoding="utf-8") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(beside, path)
        except BaseException:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(beside)
            raise


def refuse_the_vault(name: str) -> None:
    """Raise `CantWrite` for a file in the folder of sessions, by whatever name it is reached.

    For everything that writes where a person says. Raises ValueError for what is no path.
    """
    # Only a result that goes to a file pays for this.
    from pathfinder.vault.names import vault_folder

    vault = Path(os.path.realpath(vault_folder()))
    path = Path(os.path.realpath(name))
    if any(place == vault or _are_one(place, vault) for place in (path, *path.parents)):
        raise CantWrite(f"{clean(name)} is in the folder of sessions. Name a file elsewhere.")


def part_of(path: Path) -> Path:
    """Where `path` is written to before it is put in place. What a run that was killed left goes.

    The number in the name is that of the process: it keeps two runs apart, and says
    whose leftover a file is.
    """
    begins, ends = f".{path.name[:50]}.", ".part"
    with contextlib.suppress(OSError):
        for name in os.listdir(path.parent):
            if name.startswith(begins) and name.endswith(ends):
                number = name[len(begins) : -len(ends)]
                if number.isascii() and number.isdigit() and not _is_running(int(number)):
                    _remove_leftover(path.parent / name)
    return path.with_name(f"{begins}{os.getpid()}{ends}")


def _are_one(place: Path, folder: Path) -> bool:
    """Two names of one folder: letters in the other case on a Mac, or a second mount."""
    try:
        return place.samefile(folder)
    except OSError:
        return False


def _is_running(process: int) -> bool:
    """Whether another process has this number. Our own file isn't begun yet."""
    if process == os.getpid():
        return False
    if os.name != "posix":
        return True  # asking would end it there
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _remove_leftover(path: Path) -> None:
    with contextlib.suppress(OSError):
        found = os.lstat(path)
        if stat.S_ISREG(found.st_mode) and found.st_uid == os.geteuid():
            os.unlink(path)


def _is_device(path: Path) -> bool:
    """A pipe or a device is written to, never replaced."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


@contextlib.contextmanager
def _explained(name: str) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise CantWrite(
            f"{clean(name)} can't be written: {error.strerror or error}."
            " Name another file with --output."
        ) from None
