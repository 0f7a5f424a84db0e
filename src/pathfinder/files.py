"""Files a person named: reading one, and putting one in place whole.

Why this module exists: rules, answers, drafts and streams are all read from files,
and a missing one must be told in the same words everywhere. And a file is written in
one way, whoever writes it: beside its final name, for its owner alone, brought to the
disk, and then put in place in one step. What a run that was killed left beside it goes
with the next one; it has one name, so that every run knows it. Where others may write, a
folder can be exchanged for a link between the look at a name and the writing: so it is
held open, and no link is followed to it.

It must not know what a file holds.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import stat
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from pathfinder.errors import CantWrite, FileProblem
from pathfinder.leads import is_mounted, is_ours
from pathfinder.sanitize import clean

_OF_THE_SHELL: Final = ("/dev/", "/proc/")
_PART: Final = ".part"
_NO_FOLDER_SYNC: Final = {errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES}
_BOUND_TO_ITS_PLACE: Final = {errno.EBUSY, errno.EXDEV}
_PATH_ALONE: Final[int] = getattr(os, "O_PATH", 0)
_NO_LINK: Final[int] = getattr(os, "O_NOFOLLOW", 0)
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
def placed(path: Path, *, replace: bool = True, followed: bool = False) -> Iterator[BinaryIO]:
    """A stream; when the block ends, what was written is the file `path` (mode 0600).

    Whole or not at all: what stood there stays until the new file is on the disk, and
    where the block raises. Without `replace`, FileExistsError if anything stands there.
    `followed`: the name was followed to its end (`leads.led_to`), so that a link on the way
    came since then, and is refused. Raises OSError. `path` itself is replaced, also where
    it is a link.

        with placed(Path("result.txt")) as stream:
            stream.write(b"...")
    """
    with _held(path, followed=followed) as spot:
        if not replace and spot.is_taken():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
        with _beside(spot, _put if replace else _put_if_free) as stream:
            yield stream


@contextlib.contextmanager
def placed_where_named(path: Path, *, private: bool = True) -> Iterator[BinaryIO]:
    """As `placed`, for a name that a person gave and that was followed (`leads.led_to`).

    What stands there may be bound to its place: a file that a container was given can't be
    replaced, and beside one in a shut folder nothing can be made. These are written in place,
    and then a full disk costs the old words. What is `private` never goes into a stranger's,
    who could read it: raises CantWrite.
    """
    with _held(path, followed=True) as spot:
        if os.path.isfile(path) and not os.access(path.parent, os.W_OK):
            os.close(_opened_in_place(spot, private))  # told before anything is made
            words = io.BytesIO()
            yield words
            _pour(words.getvalue(), spot, private)
            return
        with _beside(spot, partial(_put_or_pour, private=private)) as stream:
            yield stream


def take_away(path: Path) -> None:
    """Delete the file, if it is there. What can't be deleted, as in a shut folder, is emptied.

    For a name that was followed (`leads.led_to`). Raises OSError.
    """
    with _held(path, followed=True) as spot:
        try:
            os.unlink(spot.at(path.name), dir_fd=spot.handle)
        except FileNotFoundError:
            return
        except OSError:
            handle = os.open(spot.at(path.name), os.O_WRONLY | _NO_LINK, dir_fd=spot.handle)
            with open(handle, "wb") as stream:
                stream.truncate()


class _Spot(NamedTuple):
    """A place for a file, in a folder that is held open; without `handle`, by its name alone."""

    path: Path
    handle: int | None

    def at(self, name: str) -> str:
        return name if self.handle is not None else str(self.path.parent / name)

    def is_taken(self) -> bool:
        try:
            os.stat(self.at(self.path.name), dir_fd=self.handle, follow_symlinks=False)
        except FileNotFoundError:
            return False
        return True


@contextlib.contextmanager
def _held(path: Path, *, followed: bool) -> Iterator[_Spot]:
    """Hold the folder of `path`. Linux alone can hold one that may not be looked into."""
    if not _PATH_ALONE:
        yield _Spot(path, None)
        return
    kind = _PATH_ALONE | os.O_DIRECTORY | os.O_CLOEXEC
    handle = os.open("/" if followed else path.parent, kind)
    try:
        for name in path.parent.parts[1:] if followed else ():
            inner = os.open(name, kind | os.O_NOFOLLOW, dir_fd=handle)
            os.close(handle)
            handle = inner
        yield _Spot(path, handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def _beside(spot: _Spot, put: Callable[[_Spot, str], object]) -> Iterator[BinaryIO]:
    """A stream into a new file beside the spot; `put` brings that there when the block ends."""
    sweep_beside(spot.path)
    beside = spot.at(part_of(spot.path).name)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    handle = os.open(beside, flags, 0o600, dir_fd=spot.handle)
    try:
        with open(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        put(spot, beside)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(beside, dir_fd=spot.handle)
        raise
    sync_folder(spot.path.parent if spot.handle is None else Path("."), spot.handle)


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


def sync_folder(folder: Path, handle: int | None = None) -> None:
    """Bring names to the disk. Some file systems can't be asked to.

    `handle`: of the folder from which `folder` is named.
    """
    if os.name != "posix":
        return
    try:
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY, dir_fd=handle)
    except PermissionError:
        return  # a folder that may be written in and not looked into
    try:
        os.fsync(opened)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        os.close(opened)


def _begin_of_part(path: Path) -> str:
    return f".{path.name[:50]}."


def _put(spot: _Spot, beside: str) -> None:
    name = spot.at(spot.path.name)
    os.replace(beside, name, src_dir_fd=spot.handle, dst_dir_fd=spot.handle)


def _put_if_free(spot: _Spot, beside: str) -> None:
    """In one step, and never on top of a file that came meanwhile."""
    name, held = spot.at(spot.path.name), spot.handle
    try:
        os.link(beside, name, src_dir_fd=held, dst_dir_fd=held)
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        if spot.is_taken():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), name) from None
        os.rename(beside, name, src_dir_fd=held, dst_dir_fd=held)
    else:
        os.unlink(beside, dir_fd=held)


def _put_or_pour(spot: _Spot, beside: str, *, private: bool) -> None:
    """In one step; where the file is bound to its place, what is in it is replaced."""
    try:
        _put(spot, beside)
    except OSError as error:
        if error.errno not in _BOUND_TO_ITS_PLACE:
            raise
        with open(os.open(beside, os.O_RDONLY, dir_fd=spot.handle), "rb") as stream:
            words = stream.read()
        _pour(words, spot, private)
        os.unlink(beside, dir_fd=spot.handle)


def _pour(words: bytes, spot: _Spot, private: bool) -> None:
    """Write these words over those of a file that is there, for its owner alone."""
    handle = _opened_in_place(spot, private)
    with open(handle, "wb") as stream:
        with contextlib.suppress(OSError):  # of another owner: who may read it is theirs to say
            os.chmod(handle if os.chmod in os.supports_fd else spot.path, 0o600)
        stream.write(words)
        stream.truncate()
        stream.flush()
        os.fsync(handle)


def _opened_in_place(spot: _Spot, private: bool) -> int:
    """A file that is there, to be written over. Raises CantWrite for a stranger's, if `private`.

    What is mounted there was given by whoever runs the computer or the container.
    """
    handle = os.open(spot.at(spot.path.name), os.O_WRONLY | _NO_LINK, dir_fd=spot.handle)
    trusted = not private or os.name != "posix"
    if trusted or is_ours(os.fstat(handle)) or is_mounted(spot.path):
        return handle
    os.close(handle)
    raise CantWrite(
        f"{clean(str(spot.path))} is somebody else's, who could read it. Name a file of your own."
    )


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
