"""Letting somebody in, and shutting somebody out: everything is sealed anew, in one step.

Why this module exists: a change of who has access touches every file. The new list comes
first, and says that it isn't carried out yet; then each file is put in place anew, whole or not
at all; then the list says so. Cut off anywhere, every file opens for those who had access
before, and the next opening carries it to its end.

It must not ask anything. All of it is done under the lock, so no other window seals to an
older list meanwhile.
"""

from __future__ import annotations

import contextlib
import os
from typing import Final, NamedTuple

from pathfinder.errors import Damaged, NotThere, PathfinderError, WrongPassphrase
from pathfinder.files import sync_folder
from pathfinder.sanitize import clean, quoted
from pathfinder.suggest import did_you_mean
from pathfinder.vault import age, identity
from pathfinder.vault.access import (
    KEYS,
    People,
    Person,
    key_file,
    key_files,
    opened_by,
    people,
    signer,
)
from pathfinder.vault.files import id_of, make_folder, new_id, put
from pathfinder.vault.store import Vault, Writer

LONGEST_NAME: Final = 60


class Changed(NamedTuple):
    """Who was let in or shut out, and how many files couldn't be opened and stay as they were."""

    person: Person
    hurt: int


def check_name(text: str) -> str:
    """A name for somebody with access. Raises PathfinderError."""
    name = clean(text).strip()
    if not name or len(name) > LONGEST_NAME:
        raise PathfinderError(f"A name has one to {LONGEST_NAME} letters, such as Supervisor.")
    return name


def let_in(
    vault: Vault, name: str, since: str, *, passphrase: str | None = None, public: str | None = None
) -> Changed:
    """Give access: with a passphrase of their own, or to an age key that they keep elsewhere.

    `since` is a time as text. Raises PathfinderError, `CantWrite`.
    """
    vault.need_owner()
    name = check_name(name)
    key = None
    if public is None:
        assert passphrase is not None
        _refuse_if_it_opens(vault, passphrase)
        key = age.new_key()
        locked = age.lock_key(key, identity.normal(passphrase), signed_by=signer(vault.holder.key))
        public = age.public(key)
    else:
        public = age.checked_public(public)
    person = Person(new_id(), name, public, since, here=key is not None)
    with vault.writer() as writer:
        before = _trusted(vault)
        for other in before.others:
            if other.name.casefold() == name.casefold():
                raise PathfinderError(f"{quoted(name)} has access already.")
        if public in before.recipients:
            raise PathfinderError("This key has access already.")
        _sweep_keys(vault, before)
        if key is not None:
            make_folder(vault.folder / KEYS)
            put(key_file(vault.folder, person.id), locked)
        hurt = _carry_out(writer, before._replace(others=(*before.others, person)))
    return Changed(person, hurt)


def shut_out(vault: Vault, name: str) -> Changed:
    """Take access away. Raises `NotThere` for a name without; PathfinderError; `CantWrite`."""
    vault.need_owner()
    with vault.writer() as writer:
        before = _trusted(vault)
        typed = clean(name).strip().casefold()
        found = [person for person in before.others if person.name.casefold() == typed]
        if not found:
            near = did_you_mean(name, [person.name for person in before.others])
            raise NotThere(
                f"{quoted(name)} has no access.{near} See all: pathfinder sessions access list"
            )
        after = before._replace(others=tuple([p for p in before.others if p not in found]))
        hurt = _carry_out(writer, after)
        _sweep_keys(vault, after)
    return Changed(found[0], hurt)


def carried_out(vault: Vault) -> bool:
    """Carry a change to its end that was cut off. Whether there was one. Raises `CantWrite`."""
    if not vault.holder.owns or not people(vault.folder, vault.holder).pending:
        return False
    with vault.writer() as writer:
        found = people(vault.folder, vault.holder)
        if found.pending:  # another window may have been quicker
            _carry_out(writer, found)
        _sweep_keys(vault, found)
    return True


def changed_passphrase(vault: Vault, id_: str, new: str) -> None:
    """Lock the key file of somebody who was let in anew. Raises PathfinderError, `CantWrite`."""
    locked = age.lock_key(vault.holder.key, identity.normal(new), signed_by=vault.holder.signed_by)
    with vault.writer():
        put(key_file(vault.folder, id_), locked)


def _refuse_if_it_opens(vault: Vault, passphrase: str) -> None:
    """Two people behind one passphrase would be one person: nobody could say who wrote what."""
    try:
        identity.unlocked(vault.folder, passphrase)
    except WrongPassphrase:
        found = opened_by(vault.folder, identity.normal(passphrase))
        if found is None or found[1].stem not in {each.id for each in _trusted(vault).others}:
            return  # a key file that stands on no list goes, and is nobody's
    raise PathfinderError(
        "This passphrase opens the sessions already. Each person needs their own."
    )


def _carry_out(writer: Writer, found: People) -> int:
    writer.write_people(found._replace(pending=True))
    hurt = writer.seal_anew()
    writer.write_people(found._replace(pending=False))
    return hurt


def _trusted(vault: Vault) -> People:
    """The list; an empty one in place of one that can't be trusted."""
    try:
        return people(vault.folder, vault.holder)
    except Damaged:
        return People(age.public(vault.holder.key))


def _sweep_keys(vault: Vault, found: People) -> None:
    """Take away the key files of those who aren't on the list any more."""
    known = {person.id for person in found.others}
    gone = False
    for path in key_files(vault.folder):
        if id_of(path.name) not in known:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(path)
            gone = True
    if gone:
        sync_folder(vault.folder / KEYS)
