"""Encrypted files by id, on two shelves: sessions, and drafts of unfinished ones.

Why this module exists: everything that is kept about clients goes through here, so
nothing can reach the disk unencrypted, and nothing can be written without the lock.

It must not know what the bytes mean.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal

from pathfinder.errors import Damaged, FileProblem, NotThere, PathfinderError
from pathfinder.files import sync_folder
from pathfinder.sanitize import clean, quoted
from pathfinder.vault import age
from pathfinder.vault.access import KEYS, LIST, Holder, People, people, recipients, signed
from pathfinder.vault.age import NotOpened
from pathfinder.vault.files import (
    ENDING,
    explained,
    get,
    held,
    id_of,
    is_id,
    make_folder,
    put,
    sweep,
)

Shelf = Literal["sessions", "drafts"]
SHELVES: Final[tuple[Shelf, ...]] = ("sessions", "drafts")
Stamp = tuple[int, int, int]
"""Inode, time of the last change in nanoseconds, size: another file has another stamp."""

_INDEX: Final = "index.age"
_CANT_SAVE: Final = "This can't be saved"


class Vault:
    """An open vault. Reading needs no lock: a file is always whole."""

    def __init__(self, folder: Path, holder: Holder) -> None:
        self.folder = folder
        self.holder = holder

    def people(self) -> People:
        """Who has access. Raises `Damaged`."""
        return people(self.folder, self.holder)

    @property
    def name(self) -> str:
        """The name of who opened it, as it stands on the list; "" for who made the vault."""
        if self.holder.owns:
            return ""
        try:
            return self.people().name_of(self.holder.key)
        except Damaged:
            return ""

    def need_owner(self) -> None:
        """Raise PathfinderError for anybody but who made the vault."""
        if not self.holder.owns:
            raise PathfinderError(
                "Only who made these sessions can change who has access, with their own passphrase."
            )

    def stamps(self, shelf: Shelf) -> dict[str, Stamp]:
        """Every id on a shelf, with its file's stamp. Raises FileProblem."""
        stamps: dict[str, Stamp] = {}
        try:
            with os.scandir(self.folder / shelf) as entries:
                for entry in entries:
                    if (id_ := id_of(entry.name)) is not None:
                        facts = entry.stat(follow_symlinks=False)
                        stamps[id_] = (facts.st_ino, facts.st_mtime_ns, facts.st_size)
        except FileNotFoundError:
            # Nothing was saved yet, or a session went while the folder was read: look again.
            return stamps if not (self.folder / shelf).is_dir() else self.stamps(shelf)
        except OSError as error:
            reason = clean(error.strerror or str(error))
            raise FileProblem(f"The sessions can't be read: {reason}.") from None
        return stamps

    def has(self, shelf: Shelf, id_: str) -> bool:
        return is_id(id_) and os.path.lexists(self._path(shelf, id_))

    def read(self, shelf: Shelf, id_: str) -> bytes:
        """What stands on a shelf under this id. Raises `NotThere` or `Damaged`."""
        what = f"The session {quoted(id_)}"
        if not is_id(id_):
            raise NotThere(f"{what} isn't there.")
        return self._unsealed(self._path(shelf, id_), what)

    def index(self) -> bytes | None:
        """The list of sessions as it was worked out last, if it is there and whole."""
        try:
            return self._unsealed(self.folder / _INDEX, "The list")
        except (FileProblem, Damaged):
            return None

    @contextlib.contextmanager
    def writer(self) -> Iterator[Writer]:
        """Hold the lock. Raises `CantWrite` for all that the disk refuses meanwhile."""
        for folder in (self.folder, *(self.folder / shelf for shelf in SHELVES)):
            make_folder(folder)
        with explained(_CANT_SAVE), held(self.folder):
            yield Writer(self, recipients(self.folder, self.holder))  # as they are now

    def _unsealed(self, path: Path, what: str) -> bytes:
        data = get(path, what)
        try:
            return age.unseal(data, self.holder.key)
        except NotOpened as no:
            raise Damaged(f"{what} can't be opened: {no.reason}.") from None

    def _path(self, shelf: Shelf, id_: str) -> Path:
        return self.folder / shelf / f"{id_}{ENDING}"


class Writer:
    """What only the holder of the lock can do. Made by `Vault.writer`."""

    def __init__(self, vault: Vault, to: tuple[str, ...]) -> None:
        """`to`: the public keys that everything is sealed to."""
        self._vault = vault
        self._to = to
        # Under the lock, so what lies there half written is nobody's work.
        for folder in (vault.folder, *(vault.folder / name for name in (*SHELVES, KEYS))):
            sweep(folder)

    def write(self, shelf: Shelf, id_: str, data: bytes) -> None:
        """Put a file on a shelf, in place of what stood there."""
        assert is_id(id_)
        put(self._vault._path(shelf, id_), age.seal(data, self._to))

    def write_index(self, data: bytes) -> None:
        put(self._vault.folder / _INDEX, age.seal(data, self._to))

    def write_people(self, found: People) -> None:
        """Write who has access; from here on everything is sealed to them."""
        data = signed(found, self._vault.holder)
        put(self._vault.folder / LIST, age.seal(data, found.recipients))
        self._to = found.recipients

    def seal_anew(self) -> int:
        """Seal every file to those who have access now. How many can't be opened, and stay."""
        files = [self._vault._path(on, id_) for on in SHELVES for id_ in self._vault.stamps(on)]
        hurt = 0
        for path in (*files, self._vault.folder / _INDEX):
            try:
                data = self._vault._unsealed(path, "The file")
            except NotThere:
                continue
            except (Damaged, FileProblem):
                hurt += path.name != _INDEX  # a list that is lost is worked out again
                continue
            put(path, age.seal(data, self._to))
        return hurt

    def remove_index(self) -> None:
        """Take the list away. Raises OSError."""
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self._vault.folder / _INDEX)
        sync_folder(self._vault.folder)

    def remove(self, shelf: Shelf, id_: str) -> bool:
        """Take a file away. Whether there was one."""
        assert is_id(id_)
        path = self._vault._path(shelf, id_)
        try:
            os.unlink(path)
        except FileNotFoundError:
            return False
        sync_folder(path.parent)
        return True
