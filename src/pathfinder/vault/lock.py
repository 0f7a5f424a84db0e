"""One writer at a time.

Why this module exists: two windows may save the same session. The lock is a file of
its own: a lock on the session's file would be lost with each replacing of that file
(measured: 228 of 400 updates lost, with a file of its own none). How a lock is taken is the
business of filelock (docs/decisions/0009); ours is which file, and what mustn't be done with it.

It must not be held while a person is asked anything, or while a key is made. It must not be
a file whose being there is the lock: that would outlast whoever was killed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_NAME: Final = ".lock"
_LOOK_AGAIN: Final = 0.01
"""Seconds between two tries while another window writes. Such a write takes hundredths."""


@contextlib.contextmanager
def held(folder: Path) -> Iterator[None]:
    """Wait for the lock of this folder, and hold it. It ends with the process, however that ends.

    Raises OSError where the folder can't be written to, where a link stands in the place of
    the lock, and where the disk knows no locks: then nothing is written.
    """
    from filelock import FileLock  # for what writes alone: reading needs no lock

    lock = FileLock(
        folder / _NAME, mode=0o600, poll_interval=_LOOK_AGAIN, fallback_to_soft=False
    )  # fmt: skip
    with lock:
        yield
