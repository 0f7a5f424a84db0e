"""Where what leaves the vault goes: standard output, or a file for its owner alone.

Why this module exists: an export, or the handout of a session, isn't encrypted any
more. It must not land on top of another file by mistake, follow a link to somewhere
else, or be readable by others.

It must not know what is in it.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from pathlib import Path

from pathfinder.errors import CantWrite
from pathfinder.output import part_of, refuse_the_vault
from pathfinder.sanitize import clean


def write_out(text: str, file: str | None, *, overwrite: bool = False) -> None:
    """Write `text` to `file` (mode 0600), or to standard output for None and `-`.

    Raises `CantWrite` where a file stands there already (unless `overwrite`), where a
    link does, in the folder of sessions, and for what the disk refuses. Then nothing was
    written.
    """
    if file is None or file == "-":
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    if not file:
        raise CantWrite("--output needs the name of a file.")
    label = clean(file)
    if os.path.islink(file):
        raise CantWrite(f"{label} is a link to another place. Name a file of its own.")
    try:
        refuse_the_vault(file)
        (_in_place if overwrite else _new)(Path(file), text.encode("utf-8", "replace"))
    except (OSError, ValueError) as error:
        number = error.errno if isinstance(error, OSError) else 0
        if number == errno.EEXIST:
            raise CantWrite(
                f"{label} is there already. Name another file, or say --overwrite."
            ) from None
        reason = getattr(error, "strerror", None) or str(error)
        raise CantWrite(f"{label} can't be written: {clean(reason)}.") from None


def _new(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    try:
        _fill(handle, data)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(path)
        raise


def _in_place(path: Path, data: bytes) -> None:
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "it isn't a plain file")
    beside = part_of(path)
    _new(beside, data)
    try:
        os.replace(beside, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(beside)
        raise


def _fill(handle: int, data: bytes) -> None:
    with open(handle, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
