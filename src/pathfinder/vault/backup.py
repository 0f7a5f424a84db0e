"""A backup: the whole vault in one file that the passphrase opens, and back again.

Why this module exists: a folder of many files gets copied in part. One file is there or not,
and it is read again before anybody is told that it is there. It is an age file that holds
a tar archive of the vault as it stands, so `age -d FILE | tar x` brings it back without this
program: nothing in it is less encrypted than before.

It must not bring anything back in the place of sessions that are there.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import stat
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from pathfinder.errors import Damaged, FileProblem, NotThere, PathfinderError, WrongPassphrase
from pathfinder.files import leftovers_beside, part_of, sync_folder, told
from pathfinder.sanitize import clean, excerpt, quoted
from pathfinder.vault import age, identity, scrypt, unlock
from pathfinder.vault.access import KEYS, LIST
from pathfinder.vault.files import ENDING, MOST_BYTES, explained, get, id_of, make_folder, put
from pathfinder.vault.store import SHELVES, Vault

_HEAD: Final = 512
_NAME: Final = re.compile(
    f"(?:{re.escape(identity.FIRST)}|{re.escape(identity.SECOND)}|{re.escape(LIST)})"
    f"|(?:{'|'.join((*SHELVES, KEYS))})/(?P<file>[^/]+)"
)
NAME_A_BACKUP: Final = "Name a file that `sessions backup` wrote."
_NOT_ONE: Final = "This isn't a backup of Pathfinder, or it is damaged"


class Backup(NamedTuple):
    """What a backup holds: the ids of sessions and of drafts."""

    sessions: tuple[str, ...]
    drafts: tuple[str, ...]


def write(vault: Vault, passphrase: str, target: BinaryIO) -> Backup:
    """The vault as it stands now, into `target`. Nobody saves meanwhile. Raises OSError."""
    with vault.writer(), scrypt.Locking(target, identity.normal(passphrase), age.WORK) as out:
        held: list[str] = []
        with tarfile.open(fileobj=out, mode="w|", format=tarfile.PAX_FORMAT) as tar:  # type: ignore[call-overload]
            for path in _files(vault.folder):
                name = path.relative_to(vault.folder).as_posix()
                with contextlib.suppress(NotThere):
                    _add(tar, name, get(path, name))
                    held.append(name)
    return _holds(held)


def check(source: BinaryIO, passphrase: str) -> Backup:
    """Read a backup again, to its end. Raises `Damaged`, `WrongPassphrase`, OSError."""
    return _holds([name for name, _ in _members(source, passphrase)])


def restore(file: str, passphrase: str, folder: Path) -> Backup:
    """Bring a backup back as `folder`, where no sessions are. Whole or not at all.

    Raises `WrongPassphrase`, `Damaged`, `CantWrite`, FileProblem, and PathfinderError where
    sessions stand there already.
    """
    refuse_if_taken(folder)
    beside = part_of(folder)
    with told(clean(file), NAME_A_BACKUP), open(file, "rb") as source:
        try:
            with explained(f"The sessions can't be brought back to {clean(str(folder))}"):
                os.makedirs(folder.parent, mode=0o700, exist_ok=True)
                for leftover in leftovers_beside(folder, stat.S_ISDIR):
                    shutil.rmtree(leftover, ignore_errors=True)
                make_folder(beside)
                held = [_put(beside, *member) for member in _members(source, passphrase)]
                unlock(beside, passphrase)  # told now, not on the day it is needed
                _in_place(beside, folder)
        except BaseException:
            shutil.rmtree(beside, ignore_errors=True)
            raise
    return _holds(held)


def refuse_if_taken(folder: Path) -> None:
    """Raise PathfinderError where anything stands that a backup would be laid over."""
    try:
        taken = any(name != ".lock" for name in os.listdir(folder))
    except FileNotFoundError:
        return
    except NotADirectoryError:
        taken = True
    except OSError as error:
        reason = clean(error.strerror or str(error))
        raise FileProblem(f"{clean(str(folder))} can't be read: {reason}.") from None
    if taken:
        raise PathfinderError(
            f"Sessions stand in {clean(str(folder))} already, and stay. Move that folder away, "
            "or name another place in PATHFINDER_DATA."
        )


# --- details ----------------------------------------------------------------------------


def _files(folder: Path) -> Iterator[Path]:
    for name in (identity.FIRST, identity.SECOND, LIST):
        yield folder / name
    for shelf in (*SHELVES, KEYS):
        with contextlib.suppress(FileNotFoundError):
            for name in sorted(os.listdir(folder / shelf)):
                if id_of(name) is not None:
                    yield folder / shelf / name


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    about = tarfile.TarInfo(name)
    about.size, about.mode = len(data), 0o600
    tar.addfile(about, io.BytesIO(data))


def _members(source: BinaryIO, passphrase: str) -> Iterator[tuple[str, bytes]]:
    """Every file of a backup. Only once the last one has come it is known to be whole."""
    header = scrypt.header_of(source.read(_HEAD))
    if header is None or header.work > age.MOST_WORK:
        raise Damaged(f"{_NOT_ONE}.")
    source.seek(header.length)
    seen: set[str] = set()
    try:
        with age.enough_memory(header.work):
            words = scrypt.Unlocking(source, header, identity.normal(passphrase))
        with tarfile.open(fileobj=words, mode="r|") as tar:  # type: ignore[call-overload]
            for about in tar:
                _refuse_what_is_none_of_ours(about, seen)
                stream = tar.extractfile(about)
                assert stream is not None
                yield about.name, stream.read()
        while words.read(_HEAD):
            pass  # to the end, which alone shows that nothing was cut off
    except scrypt.WrongKey:
        raise WrongPassphrase("That is not the passphrase of this backup.") from None
    except (scrypt.Broken, tarfile.TarError, EOFError) as error:
        raise Damaged(f"{_NOT_ONE}.") from error


def _refuse_what_is_none_of_ours(about: tarfile.TarInfo, seen: set[str]) -> None:
    found = _NAME.fullmatch(about.name)
    ours = found is not None and (found["file"] is None or id_of(found["file"]) is not None)
    if not ours or not about.isreg() or about.size > MOST_BYTES or about.name in seen:
        raise Damaged(f"{_NOT_ONE}: it holds {quoted(excerpt(about.name, 60))}.")
    seen.add(about.name)


def _put(folder: Path, name: str, data: bytes) -> str:
    path = folder / name
    make_folder(path.parent)
    put(path, data)
    return name


def _in_place(beside: Path, folder: Path) -> None:
    with contextlib.suppress(FileNotFoundError):
        (folder / ".lock").unlink()
    with contextlib.suppress(FileNotFoundError):
        folder.rmdir()
    os.rename(beside, folder)
    sync_folder(folder.parent)


def _holds(names: list[str]) -> Backup:
    ids = {
        shelf: tuple(
            [name[len(shelf) + 1 : -len(ENDING)] for name in names if name.startswith(f"{shelf}/")]
        )
        for shelf in SHELVES
    }
    return Backup(ids["sessions"], ids["drafts"])
