"""The vault's files and folders: their names, how one is put in place, and one writer at a time.

Why this module exists: a file name can be read by anyone who can list a folder, so it says
nothing: no client, no date, no number that counts up; and a name that a person types must never
become a path to somewhere else. A computer can be switched off at any moment, and a half written
file would cost a session, so files are whole or not there, and for their owner alone. How a file
is put in place stands in `pathfinder.files`; here stands what a vault asks beyond that. Two
windows may save the same session: the lock is a file of its own, since a lock on the session's
file would be lost with each replacing of that file (measured: 228 of 400 updates lost, with a
file of its own none). How a lock is taken is the business of filelock (docs/decisions/0009).

It must not encrypt, or know what a file holds: it is handed ciphertext. Whoever calls `put` or
`sweep` holds the lock (`held`), so a leftover is nobody's work; it must not be held while a
person is asked anything, or while a key is made. It must not be a file whose being there is the
lock: that would outlast whoever was killed.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pathfinder.errors import CantWrite, Damaged, FileProblem, NotThere
from pathfinder.files import is_part, placed
from pathfinder.leads import data_folder
from pathfinder.sanitize import clean

_LETTERS: Final = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without 0, 1, i, l, o: ids are read from a screen and typed."""

_LENGTH: Final = 10
_WHOLE: Final = re.compile(f"[{_LETTERS}]{{{_LENGTH}}}")
_START: Final = re.compile(f"[{_LETTERS}]{{1,{_LENGTH}}}")
ENDING: Final = ".age"

MOST_BYTES: Final = 32 * 1024 * 1024
"""Far more than a session ever has; so much is read into memory, and no more."""

_FILE_MODE: Final = 0o600
_LEFTOVER_OF_BEFORE: Final = ".part-"
"""How earlier versions named a file that was being written."""

_LOCK: Final = ".lock"
_LOOK_AGAIN: Final = 0.01
"""Seconds between two tries while another window writes. Such a write takes hundredths."""


def vault_folder() -> Path:
    """`vault` in the platform's folder for a program's data, or in PATHFINDER_DATA."""
    return data_folder() / "vault"


def new_id() -> str:
    """Ten random letters and digits: about 49 bits, so that two never meet."""
    import secrets

    return "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))


def id_from(digest: bytes) -> str:
    """An id out of a digest: the same for the same, and as telling as the digest is."""
    number = int.from_bytes(digest, "big")
    letters = []
    for _ in range(_LENGTH):
        number, place = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[place])
    return "".join(letters)


def is_id(text: str) -> bool:
    """Whether this is the whole id of a file, and leads nowhere else.

    >>> is_id("../../etc/passwd")
    False
    """
    return _WHOLE.fullmatch(text) is not None


def may_begin_id(text: str) -> bool:
    """Whether an id can begin like this. Nothing else is ever looked for in a folder."""
    return _START.fullmatch(text) is not None


def id_of(file: str) -> str | None:
    """The id in a file name such as `k7f2mzq4xw.age`; None for any other file."""
    stem = file.removesuffix(ENDING)
    return stem if stem != file and is_id(stem) else None


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


@contextlib.contextmanager
def held(folder: Path) -> Iterator[None]:
    """Wait for the lock of this folder, and hold it. It ends with the process, however that ends.

    Raises OSError where the folder can't be written to, where a link stands in the place of
    the lock, and where the disk knows no locks: then nothing is written.
    """
    from filelock import FileLock  # for what writes alone: reading needs no lock

    lock = FileLock(
        folder / _LOCK, mode=0o600, poll_interval=_LOOK_AGAIN, fallback_to_soft=False
    )  # fmt: skip
    with lock:
        yield
