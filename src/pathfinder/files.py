"""Files a person named: reading one, and putting one in place whole.

Why this module exists: rules, answers, drafts and streams are all read from files,
and a missing one must be told in the same words everywhere. And a file is written in
one way, whoever writes it: beside its final name, for its owner alone, brought to the
disk, and then put in place in one step. What a run that was killed left beside it goes
with the next one; it has one name, so that every run knows it.

It must not know what a file holds.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

from pathfinder.errors import FileProblem
from pathfinder.sanitize import clean

_OF_THE_SHELL: Final = ("/dev/", "/proc/")
_PART: Final = ".part"
_NO_FOLDER_SYNC: Final = {errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES}
_BOUND_TO_ITS_PLACE: Final = {errno.EBUSY, errno.EXDEV}
_NO_HARD_LINKS: Final = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}


# --- reading --------------------------------------------------------------------------


@contextlib.contextmanager
def told(label: str, expected: str) -> Iterator[None]:
    """Turn what goes wrong with the file `label` into `FileProblem`: one line, what to do.

    `expected` says what to name instead of a folder, as in "Name a file of answers."
    """
    try:
        yield
    except IsADirectoryError:
        raise FileProblem(f"{label} is a folder. {expected}") from None
    except FileNotFoundError:
        raise FileProblem(f"{label} isn't there. Check the name and the folder.") from None
    except PermissionError:
        raise FileProblem(f"{label} can't be read: you have no permission to.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FileProblem(f"{label} can't be read: {clean(reason)}.") from None


def read_bytes(name: str, label: str, most: int, expected: str) -> bytes:
    """The first `most` bytes of a file and one more, so that too large can be told from enough.

    Raises FileProblem, also for a pipe or a device that lies among the files: nobody may ever
    write to it. Those of the shell, like /dev/stdin, are read.
    """
    with told(label, expected):
        if not name.startswith(_OF_THE_SHELL) and _waits(os.stat(name).st_mode):
            raise FileProblem(f"{label} isn't an ordinary file. {expected}")
        with open(name, "rb") as file:
            return file.read(most + 1)


def _waits(mode: int) -> bool:
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))  # opening a folder tells of itself


# --- putting a file in place ------------------------------------------------------------


@contextlib.contextmanager
def placed(path: Path, *, replace: bool = True) -> Iterator[BinaryIO]:
    """A stream; when the block ends, what was written is the file `path` (mode 0600).

    Whole or not at all: what stood there stays until the new file is on the disk, and
    where the block raises. Without `replace`, FileExistsError if anything stands there.
    Raises OSError. `path` itself is replaced, also where it is a link.

        with placed(Path("result.txt")) as stream:
            stream.write(b"...")
    """
    if not replace and os.path.lexists(path):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    with _beside(path, os.replace if replace else _put_if_free) as stream:
        yield stream


@contextlib.contextmanager
def placed_where_named(path: Path) -> Iterator[BinaryIO]:
    """As `placed`, for a name that a person gave; what stands there may be bound to its place.

    A file that a container was given can't be replaced, and beside one in a shut folder
    nothing can be made: these are written in place. Then a full disk costs the old words.
    """
    if os.path.isfile(path) and not os.access(path.parent, os.W_OK):
        words = io.BytesIO()
        yield words
        _pour(words.getvalue(), path)
        return
    with _beside(path, _put_or_pour) as stream:
        yield stream


@contextlib.contextmanager
def _beside(path: Path, put: Callable[[Path, Path], object]) -> Iterator[BinaryIO]:
    """A stream into a new file beside `path`; `put` brings that there when the block ends."""
    sweep_beside(path)
    beside = part_of(path)
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        put(beside, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(beside)
        raise
    sync_folder(path.parent)


def part_of(path: Path) -> Path:
    """Where `path` is written to before it is put in place.

    The number in the name is that of the process: it keeps two runs apart, and says
    whose leftover a file is.
    """
    return path.with_name(f"{_begin_of_part(path)}{os.getpid()}{_PART}")


def is_part(name: str) -> bool:
    """Whether a file of this name was being written, and not yet put in place."""
    return name.startswith(".") and name.endswith(_PART)


def leftovers_beside(path: Path, kind: Callable[[int], bool]) -> Iterator[Path]:
    """What this user's runs that were killed while they made `path` left beside it.

    `kind` is what they made: `stat.S_ISREG` or `stat.S_ISDIR`. All else of such a name stays.
    """
    begin = _begin_of_part(path)
    try:
        names = os.listdir(path.parent)
    except OSError:
        return
    for name in names:
        number = name[len(begin) : -len(_PART)]
        if name != f"{begin}{number}{_PART}" or not (number.isascii() and number.isdigit()):
            continue
        with contextlib.suppress(OSError):
            if not _is_running(int(number)):
                found = os.lstat(path.parent / name)
                if found.st_uid == os.geteuid() and kind(found.st_mode):
                    yield path.parent / name


def sweep_beside(path: Path) -> None:
    """Take away the files that runs which were killed while they wrote `path` left beside it."""
    for leftover in leftovers_beside(path, stat.S_ISREG):
        with contextlib.suppress(OSError):
            os.unlink(leftover)


def sync_folder(folder: Path) -> None:
    """Bring names to the disk. Some file systems can't be asked to."""
    if os.name != "posix":
        return
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except PermissionError:
        return  # a folder that may be written in and not looked into
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        os.close(handle)


def _begin_of_part(path: Path) -> str:
    return f".{path.name[:50]}."


def _put_if_free(beside: Path, path: Path) -> None:
    """In one step, and never on top of a file that came meanwhile."""
    try:
        os.link(beside, path)
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        os.rename(beside, path)
    else:
        os.unlink(beside)


def _put_or_pour(beside: Path, path: Path) -> None:
    """In one step; where the file is bound to its place, what is in it is replaced."""
    try:
        os.replace(beside, path)
    except OSError as error:
        if error.errno not in _BOUND_TO_ITS_PLACE:
            raise
        _pour(beside.read_bytes(), path)
        os.unlink(beside)


def _pour(words: bytes, path: Path) -> None:
    """Write these words over those of a file that is there, for its owner alone."""
    handle = os.open(path, os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0))
    with open(handle, "wb") as stream:
        with contextlib.suppress(OSError):  # of another owner: who may read it is theirs to say
            os.chmod(handle if os.chmod in os.supports_fd else path, 0o600)
        stream.write(words)
        stream.truncate()
        stream.flush()
        os.fsync(handle)


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
