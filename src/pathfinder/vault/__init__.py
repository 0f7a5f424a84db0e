"""The vault: encrypted files that only the holder of one passphrase can read.

Why this package exists: a counselor's sessions say as much about a person as
anything can. They are kept in the age format, so that they also open without this
program, and so that no step of cryptography is our own.

How it is built (docs/decisions/0009, 0014): one age identity, kept twice, each copy
encrypted with the passphrase (`identity`, `scrypt`); every other file is encrypted to that
identity and to those of the people who were let in (`access`, `people`), by `store`. Files
are written whole or not at all, under names that tell nothing, by one process at a time
(`files`).

It must not know what a session is, and it never writes a word that isn't encrypted.

    vault = create(folder, passphrase)
    vault, notes = unlock(folder, passphrase)
    with vault.writer() as writer:
        writer.write("sessions", new_id(), b"...")
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from pathfinder.errors import CantWrite, Damaged, WrongPassphrase
from pathfinder.vault import access, identity, people
from pathfinder.vault.access import Holder, Person
from pathfinder.vault.age import need_age
from pathfinder.vault.files import new_id, vault_folder
from pathfinder.vault.people import check_name, let_in, shut_out
from pathfinder.vault.store import Shelf, Vault, Writer

__all__ = [
    "Opened",
    "Person",
    "Shelf",
    "Vault",
    "Writer",
    "change_passphrase",
    "check_name",
    "create",
    "exists",
    "let_in",
    "locked_as_today",
    "need_age",
    "need_vault",
    "new_id",
    "shut_out",
    "unlock",
    "vault_folder",
]


class Opened(NamedTuple):
    """An open vault, and what must be told about how it was opened, a line each."""

    vault: Vault
    notes: tuple[str, ...]


def exists(folder: Path) -> bool:
    """Whether there is a vault to unlock: at least one of its two key files."""
    return identity.present(folder)


def locked_as_today(folder: Path) -> bool:
    """Whether guessing the passphrase costs what it costs with a new lock."""
    return identity.locked_as_today(folder)


def need_vault(folder: Path) -> None:
    """Raise `NoVault`, or `Damaged`, where there is nothing to unlock: before anyone is asked."""
    identity.need(folder)


def create(folder: Path, passphrase: str) -> Vault:
    """A new vault. Takes a second or two: the passphrase is made costly to guess.

    Raises `PathfinderError` if there is one already, `Damaged` if sessions stand there
    without their key, and `CantWrite`.
    """
    return Vault(folder, Holder(identity.make(folder, passphrase)))


def unlock(folder: Path, passphrase: str) -> Opened:
    """The vault that this passphrase opens. Takes a second or two.

    A damaged key file is put right from the other one; a change of access that was cut off is
    carried to its end. Raises `NoVault`, `WrongPassphrase`, or `Damaged` where no key file can
    be used.
    """
    try:
        key, notes = identity.unlocked(folder, passphrase)
    except (WrongPassphrase, Damaged):
        found = access.opened_by(folder, identity.normal(passphrase))
        if found is None:
            raise
        return Opened(Vault(folder, found[0]), ())
    vault = Vault(folder, Holder(key))
    return Opened(vault, (*notes, *_access_put_right(vault)))


def change_passphrase(folder: Path, old: str, new: str) -> tuple[str, ...]:
    """Lock both key files with `new`. The sessions stay as they are.

    Gives the notes of unlocking. Raises what `unlock` raises, and `CantWrite`; then the
    old passphrase still opens the vault. For somebody who was let in, their own key file.
    """
    try:
        return identity.change(folder, old, new)
    except WrongPassphrase:
        found = access.opened_by(folder, identity.normal(old))
        if found is None:
            raise
    holder, path = found
    people.changed_passphrase(Vault(folder, holder), path.stem, new)
    return ()


def _access_put_right(vault: Vault) -> tuple[str, ...]:
    try:
        if people.carried_out(vault):
            return ("A change of who has access was cut off. It is carried out now.",)
    except CantWrite as error:
        return (f"A change of who has access isn't carried out yet. {error}",)
    except Damaged as error:
        return (
            f"{error} What is saved now opens with your passphrase alone. "
            "To give access anew: pathfinder sessions access add NAME",
        )
    return ()
