"""Files and folders of the vault: for their owner alone, and whole or not at all.

Why this module exists: a computer can be switched off at any moment, and a half
written file would cost a session. How a file is put in place stands in `files`; here
stands what a vault asks beyond that.

It must not encrypt, or know what a file holds: it is handed ciphertext. Whoever
calls `put` or `sweep` holds the lock (`lock`), so a leftover is nobody's work.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pathfinder.errors import CantWrite, FileProblem
from pathfinder.files import is_part, placed
from pathfinder.sanitize import clean
from pathfinder.vault.errors import Damaged, NotThere

MOST_BYTES: Final = 32 * 1024 * 1024
"""Far more than a session ever has; so much is read into memory, and no more."""

_FILE_MODE: Final = 0o600
_LEFTOVER_OF_BEFORE: Final = ".part-"
"""How earlier versions named a file that was being written."""


@contextlib.contextmanager
def explained(what: str) -> Iterator[None]:
    """Turn what the disk refuses into one line: `what`, why, and that nothing was lost."""
    try:
        yield
    except OSError as error:
        reason = clean(error.strerror or str(error))
        raise CantWrite(f"{what}: {reason}. What was saved before is still there.") from None


def make_folder(folder: Path) -> None:
    """The folder, for its owner alone (0700); one that is there is closed to others."""
    with explained(f"The folder {clean(str(folder))} can't be used"):
        if not folder.is_dir():
            os.makedirs(folder.parent, mode=0o700, exist_ok=True)
            with contextlib.suppress(FileExistsError):  # another window was quicker
                os.mkdir(folder, 0o700)
        close_to_others(folder, 0o700)


def close_to_others(path: Path, mode: int) -> None:
    """Set the mode of what stands there itself. Raises OSError for a link: it leads elsewhere."""
    if stat.S_IMODE(os.lstat(path).st_mode) == mode:
        return
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        os.fchmod(handle, mode)
    finally:
        os.close(handle)


def put(path: Path, data: bytes) -> None:
    """Put a file in place (0600). What stood there stays until the new one is on the disk.

    Raises OSError; then the old file is as it was, unless only bringing the folder
    itself to the disk failed.
    """
    if len(data) > MOST_BYTES:
        raise OSError(errno.EFBIG, "it has grown too large; save it as a new session")
    with placed(path) as stream:
        stream.write(data)


def get(path: Path, what: str) -> bytes:
    """The bytes of a plain file, closed to others on the way: a backup may bring it back open.

    Links aren't followed: nothing of ours is one.

    Raises `NotThere`, `Damaged` or `FileProblem`, with `what` as the name to say.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(handle, "rb") as stream:
            mode = os.fstat(handle).st_mode
            if not stat.S_ISREG(mode):
                raise Damaged(f"{what} can't be read: its file is no plain file.")
            if stat.S_IMODE(mode) != _FILE_MODE:
                with contextlib.suppress(OSError):  # on a disk that is only to be read
                    os.fchmod(handle, _FILE_MODE)
            data = stream.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise NotThere(f"{what} isn't there.") from None
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise Damaged(f"{what} can't be read: its file is a link to elsewhere.") from None
        raise FileProblem(f"{what} can't be read: {clean(error.strerror or str(error))}.") from None
    if len(data) > MOST_BYTES:
        raise Damaged(f"{what} can't be read: its file is far too large.")
    return data


def sweep(folder: Path) -> None:
    """Take away what a write that was cut off left behind. It held ciphertext only."""
    with contextlib.suppress(OSError):
        for name in os.listdir(folder):
            if is_part(name) or name.startswith(_LEFTOVER_OF_BEFORE):
                with contextlib.suppress(OSError):
                    os.unlink(folder / name)
