"""Where a result goes: the screen, or a file that only its owner can read.

Why this module exists: a result says a lot about a person. A file of it is
readable by nobody else, and appears whole or not at all: it is written beside
its final name and then put in place.

It must not know what is in a result.
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
from pathfinder.text import clean


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
    # A link may lead to a device, such as /dev/stdout: putting a file in its place would break it.
    path = Path(os.path.realpath(name))
    if _is_device(path):
        with _explained(name), open(path, "w", encoding="utf-8") as stream:
            yield stream
        return
    with _explained(name):
        if path.is_dir():
            raise CantWrite(f"{clean(name)} is a folder. Name a file to write to.")
        # The number keeps two runs apart; the name says whose leftover it would be.
        beside = path.with_name(f".{path.name[:50]}.{os.getpid()}.part")
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
