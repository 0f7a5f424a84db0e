"""The key of the vault: one age identity behind one passphrase, kept in two files.

Why this module exists: whoever loses the key loses every session, so it is there
twice, and a damaged file is put right from the other one.

It must not keep a passphrase, or say anything about it beyond right and wrong.
"""

from __future__ import annotations

import contextlib
import os
import unicodedata
from pathlib import Path
from typing import Final

from pathfinder.errors import (
    CantWrite,
    Damaged,
    FileProblem,
    NoVault,
    PathfinderError,
    WrongPassphrase,
)
from pathfinder.sanitize import clean
from pathfinder.vault import age
from pathfinder.vault.age import AgeKey, NotOpened
from pathfinder.vault.files import explained, get, held, id_of, make_folder, put, sweep
from pathfinder.vault.store import SHELVES

_BOM: Final = "\ufeff"
_FIRM_SPACE: Final = "\u00a0"
"""Some editors begin a file with the one; some keyboards type the other for a blank."""

FIRST: Final = "identity.age"
SECOND: Final = "identity-copy.age"
_CANT_WRITE: Final = "The key file can't be written"
_CANT_PUT_RIGHT: Final = (
    f"The file {FIRST} can't be used. Its copy opened the sessions, but couldn't be put in its "
    f"place. Look whether {FIRST} is a folder, or the disk can't be written to."
)
_WRONG: Final = "That is not the passphrase of these sessions. Try again."


def present(folder: Path) -> bool:
    """Whether there is a key file. Raises FileProblem where that can't be seen."""
    return any(_is_there(folder / name) for name in (FIRST, SECOND))


def need(folder: Path) -> None:
    """Raise what is to be told where there is nothing to unlock."""
    if present(folder):
        return
    if _has_files(folder):
        raise Damaged(_key_is_gone(folder))
    raise NoVault("No session is saved yet. Save one: pathfinder quiz --for client --save")


def normal(passphrase: str) -> str:
    """The passphrase in one Unicode form (NFC), so that every keyboard writes the same.

    Raises PathfinderError for one that is empty or blank, or that isn't text.
    """
    if not passphrase.strip():
        raise PathfinderError("The passphrase is empty. Choose a few words that you can remember.")
    try:
        passphrase.encode("utf-8")
    except UnicodeEncodeError:
        raise PathfinderError("The passphrase isn't UTF-8 text, so it can't be used.") from None
    return unicodedata.normalize("NFC", passphrase.removeprefix(_BOM).replace(_FIRM_SPACE, " "))


def make(folder: Path, passphrase: str) -> AgeKey:
    """A new key in both files. Never in place of another one."""
    words = normal(passphrase)
    _refuse_if_taken(folder)
    key = age.new_key()
    locked = age.lock_key(key, words)
    make_folder(folder)
    with explained(_CANT_WRITE), held(folder):
        _refuse_if_taken(folder)  # another window may have been quicker
        sweep(folder)
        put(folder / SECOND, locked)
        put(folder / FIRST, locked)
    return key


def unlocked(folder: Path, passphrase: str) -> tuple[AgeKey, tuple[str, ...]]:
    """The key, and what was put right on the way."""
    need(folder)
    words, as_it_stands = normal(passphrase), unicodedata.normalize("NFC", passphrase)
    if words != as_it_stands:
        with contextlib.suppress(NotOpened):  # a vault from before these were taken for blanks
            return age.unlock_key(_bytes(folder / FIRST), as_it_stands), ()
    first, second = _bytes(folder / FIRST), _bytes(folder / SECOND)
    try:
        key = age.unlock_key(first, words)
    except NotOpened as no:
        key = _from_copy(folder, words, first, second, no)
        return key, (_put_right(no) if _bytes(folder / FIRST) == second else _CANT_PUT_RIGHT,)
    if second != first:
        # A change of the passphrase was cut off, or the copy is damaged.
        _mend(folder, SECOND, (first, second))
    return key, ()


def locked_as_today(folder: Path) -> bool:
    """Whether each key file that is there costs a guess what a new one costs."""
    return all(age.in_band(data) for name in (FIRST, SECOND) if (data := _bytes(folder / name)))


def change(folder: Path, old: str, new: str) -> tuple[str, ...]:
    """Lock the key with another passphrase, in both files."""
    key, notes = unlocked(folder, old)
    locked = age.lock_key(key, normal(new))
    with explained(_CANT_WRITE), held(folder):
        sweep(folder)
        put(folder / FIRST, locked)
        try:
            put(folder / SECOND, locked)
        except OSError as error:
            # A copy that the old passphrase opens must not stay behind.
            with contextlib.suppress(OSError):
                os.unlink(folder / SECOND)
            raise CantWrite(
                f"The new passphrase holds, but the copy of the key file can't be written: "
                f"{clean(error.strerror or str(error))}. It is tried again at the next start."
            ) from None
    return notes


def _from_copy(folder: Path, words: str, first: bytes, second: bytes, no: NotOpened) -> AgeKey:
    """The key from the second file, which is then put in place of the first."""
    if second == first:
        # The same damage in both files is next to impossible; the same wrong passphrase is not.
        raise _refusal(folder, no, no)
    try:
        key = age.unlock_key(second, words)
    except NotOpened as nor:
        raise _refusal(folder, no, nor) from None
    _mend(folder, FIRST, (first, second))
    return key


def _mend(folder: Path, name: str, read: tuple[bytes, bytes]) -> None:
    """Put one key file in place of the other, `name`, if both are still as they were read.

    Between the reading and the lock another window may have changed the passphrase: to
    write then would bring the old one back.
    """
    with contextlib.suppress(OSError), held(folder):
        if (_bytes(folder / FIRST), _bytes(folder / SECOND)) == read:
            put(folder / name, read[1] if name == FIRST else read[0])


def _put_right(no: NotOpened) -> str:
    if no.maybe_passphrase:
        return (
            f"The file {FIRST} didn't open, but its copy did, and was put in its place. If a "
            "change of the passphrase was cut off, the old passphrase holds."
        )
    return f"The file {FIRST} was missing or damaged. It was put right from its copy."


def _refusal(folder: Path, first: NotOpened, second: NotOpened) -> PathfinderError:
    if first.maybe_passphrase and second.maybe_passphrase:
        return WrongPassphrase(_WRONG)
    if first.maybe_passphrase or second.maybe_passphrase:
        hurt = SECOND if first.maybe_passphrase else FIRST
        return WrongPassphrase(f"{_WRONG} One of the two key files, {hurt}, is damaged.")
    where = clean(str(folder))
    return Damaged(
        f"The key files in {where} can't be used: {FIRST}: {first.reason}; {SECOND}: "
        f"{second.reason}. Bring one of them back from a backup."
    )


def _is_there(path: Path) -> bool:
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        reason = clean(error.strerror or str(error))
        raise FileProblem(f"{clean(str(path.parent))} can't be read: {reason}.") from None
    return True


def _bytes(path: Path) -> bytes:
    try:
        return get(path, path.name)
    except PathfinderError:
        return b""  # told as damage, unless the other file opens


def _refuse_if_taken(folder: Path) -> None:
    if present(folder):
        raise PathfinderError("There is a key for sessions already. It stays as it is.")
    if _has_files(folder):
        raise Damaged(_key_is_gone(folder))


def _has_files(folder: Path) -> bool:
    for shelf in SHELVES:
        with contextlib.suppress(OSError):
            if any(id_of(name) for name in os.listdir(folder / shelf)):
                return True
    return False


def _key_is_gone(folder: Path) -> str:
    return (
        f"Sessions stand in {clean(str(folder))}, but both key files are gone. "
        f"Bring {FIRST} back from a backup; without it nobody can open them."
    )
