"""One writer at a time.

Why this module exists: two windows may save the same session. The lock is a file of
its own: a lock on the session's file would be lost with each replacing of that file
(measured: 228 of 400 updates lost, with a file of its own none).

It must not be held while a person is asked anything, or while a key is made.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_NAME: Final = ".lock"


@contextlib.contextmanager
def held(folder: Path) -> Iterator[None]:
    """Wait for the lock of this folder, and hold it. It ends with the process, however that ends.

    Raises OSError where the folder can't be written to.
    """
    import fcntl  # not on every platform, and not needed to be told so by --help

    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
    handle = os.open(folder / _NAME, flags, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
