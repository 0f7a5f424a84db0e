"""Who has access: the list of people whose keys open everything here, and their own key files.

Why this module exists: a supervisor reads what a counselor keeps, each with a passphrase of
their own. Each file is sealed to every key on one list, which stands encrypted beside the
sessions. Whoever once had access knows the public keys and could write a list of their own; so
the list is signed with a key that follows from the key of the vault, and whoever was let in
finds in their own key file, behind their passphrase, by whom a list must be signed.

It must not seal a session (`store`), or change who has access (`people`).
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pathfinder.errors import Damaged, NotThere, PathfinderError
from pathfinder.vault import age
from pathfinder.vault.age import AgeKey, NotOpened
from pathfinder.vault.files import ENDING, get, id_of

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

LIST: Final = "access.age"
KEYS: Final = "keys"
_FORMAT: Final = 1
_LABEL: Final = b"pathfinder: who signs the list of access"
_NOT_WHOLE: Final = "The list of who has access can't be used"


class Holder(NamedTuple):
    """The key that opened the vault. `signed_by`: who must have signed the list; "": this key."""

    key: AgeKey
    signed_by: str = ""

    @property
    def owns(self) -> bool:
        """Whether it is the key that the vault was made with."""
        return not self.signed_by


class Person(NamedTuple):
    """Somebody who was let in. `here`: their key file stands in the vault, under `id`."""

    id: str
    name: str
    public: str
    since: str
    here: bool


class People(NamedTuple):
    """The list. `owner` is a public key. `pending`: not every file is sealed to it yet."""

    owner: str
    others: tuple[Person, ...] = ()
    pending: bool = False

    @property
    def recipients(self) -> tuple[str, ...]:
        return (self.owner, *(person.public for person in self.others))

    def name_of(self, key: AgeKey) -> str:
        """The name of who holds this key; "" for the one who made the vault."""
        public = age.public(key)
        return next((person.name for person in self.others if person.public == public), "")


# --- reading ----------------------------------------------------------------------------


def people(folder: Path, holder: Holder) -> People:
    """The list as it stands. Raises `Damaged` for one that isn't whole, or signed by another."""
    try:
        data = age.unseal(get(folder / LIST, "The list of who has access"), holder.key)
    except NotThere:
        if holder.owns:
            return People(age.public(holder.key))
        raise Damaged(f"{_NOT_WHOLE}: it is gone.") from None
    except NotOpened as no:
        raise Damaged(f"{_NOT_WHOLE}: {no.reason}.") from None
    try:
        root = json.loads(data)
        body, signature = root["list"], bytes.fromhex(root["signature"])
        _verify(holder, _bytes(body), signature)
        if body["format"] != _FORMAT:
            raise Damaged(f"{_NOT_WHOLE}: it was written by another version of Pathfinder.")
        return _from(body)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Damaged(f"{_NOT_WHOLE}: other hands have changed it.") from None


def recipients(folder: Path, holder: Holder) -> tuple[str, ...]:
    """The public keys to seal to, as the list says now.

    Where the list can't be trusted, who made the vault seals to their own key alone. Anybody
    else seals nothing: raises `Damaged`.
    """
    try:
        return people(folder, holder).recipients
    except Damaged:
        if holder.owns:
            return (age.public(holder.key),)
        raise


def signed(found: People, holder: Holder) -> bytes:
    """The list as it is written, signed, but not sealed yet."""
    body = {"format": _FORMAT, **found._asdict()}
    body["others"] = [person._asdict() for person in found.others]
    signature = _signing(holder.key).sign(_bytes(body))
    return _bytes({"list": body, "signature": signature.hex()})


def signer(key: AgeKey) -> str:
    """By whom a list must be signed, for the key files of others."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return _signing(key).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


# --- the key files of others ------------------------------------------------------------


def key_file(folder: Path, id_: str) -> Path:
    return folder / KEYS / f"{id_}{ENDING}"


def key_files(folder: Path) -> Iterator[Path]:
    with contextlib.suppress(OSError):
        for name in sorted(os.listdir(folder / KEYS)):
            if id_of(name) is not None:
                yield folder / KEYS / name


def opened_by(folder: Path, passphrase: str) -> tuple[Holder, Path] | None:
    """Whose key file this passphrase opens, and which; None for nobody's.

    Each file costs a guess. Whether that key opens anything still, each file says.
    """
    for path in key_files(folder):
        with contextlib.suppress(NotOpened, PathfinderError):
            key, signed_by = age.unlock_signed(get(path, path.name), passphrase)
            return Holder(key, signed_by), path
    return None


# --- details ----------------------------------------------------------------------------


def _from(body: dict[str, Any]) -> People:
    others = tuple([Person(**item) for item in body["others"]])
    for person in others:
        if not all(isinstance(text, str) for text in person[:4]) or type(person.here) is not bool:
            raise ValueError
    if not isinstance(body["owner"], str) or type(body["pending"]) is not bool:
        raise ValueError
    return People(body["owner"], others, body["pending"])


def _bytes(body: object) -> bytes:
    return json.dumps(body, sort_keys=True).encode()


def _verify(holder: Holder, body: bytes, signature: bytes) -> None:
    """Raises ValueError."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    public = bytes.fromhex(holder.signed_by or signer(holder.key))
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, body)
    except InvalidSignature:
        raise ValueError from None


def _signing(key: AgeKey) -> Ed25519PrivateKey:
    """It follows from the key of the vault, so there is nothing more to keep or to lose."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    seed = HKDF(SHA256(), length=32, salt=None, info=_LABEL).derive(str(key).encode())
    return Ed25519PrivateKey.from_private_bytes(seed)
