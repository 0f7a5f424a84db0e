"""The age format: all encryption that there is here, done by pyrage.

Why this module exists: one place that knows pyrage, which comes with the extra
`pathfinder[vault]` and may not be there, and which says in words, not in kinds of
errors, what went wrong.

It must not touch a file, or add any cryptography of its own.

How far a wrong passphrase and damage can be told apart: age keeps the key under the
passphrase in one line of the header. A wrong passphrase and a damage of that line
give the same "Decryption failed"; every other damage gives other words.
"""

from __future__ import annotations

import os
import re
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from pathfinder.errors import PathfinderError

if TYPE_CHECKING:
    from types import ModuleType

HEAD: Final = b"age-encryption.org/v1\n"
HOW_TO_GET_IT: Final = (
    "Sessions need the package pyrage, which comes with the extra [vault]. "
    'In the folder of Pathfinder: python -m pip install ".[vault]"'
)
_KEY: Final = re.compile(r"^AGE-SECRET-KEY-1[0-9A-Z]+$", re.MULTILINE)
_WRONG: Final = "Decryption failed"
_TOO_COSTLY: Final = "Excessive work"

Key = Any
"""An age identity (pyrage gives no types). It also knows whom to encrypt to."""


class NotOpened(Exception):
    """Something could not be decrypted. `maybe_passphrase`: a wrong one looks like this."""

    def __init__(self, reason: str, *, maybe_passphrase: bool = False) -> None:
        self.reason = reason
        self.maybe_passphrase = maybe_passphrase
        super().__init__(reason)


def need_age() -> None:
    """Raise the one line that says what is missing, if sessions can't be kept here."""
    if os.name != "posix":
        raise PathfinderError(
            "Sessions need Linux or macOS: elsewhere their files can't be locked."
        )
    _pyrage()


def new_key() -> Key:
    return _pyrage().x25519.Identity.generate()


def lock_key(key: Key, passphrase: str) -> bytes:
    """The identity, encrypted with a passphrase: what `age -p` makes of an identity file."""
    text = f"# public key: {key.to_public()}\n{key}\n"
    return bytes(_pyrage().passphrase.encrypt(text.encode(), passphrase))


def unlock_key(data: bytes, passphrase: str) -> Key:
    """The identity in a key file. Raises `NotOpened`."""
    pyrage = _pyrage()
    if not data.startswith(HEAD) or b"\n-> scrypt " not in data[:200]:
        raise NotOpened("it isn't a key file" if data else "it is empty")
    try:
        text = bytes(pyrage.passphrase.decrypt(data, passphrase)).decode("utf-8", "replace")
    except pyrage.DecryptError as error:
        said = str(error)
        if said.startswith(_TOO_COSTLY):
            raise NotOpened(
                "it was made on a much faster computer, and can't be opened here"
            ) from None
        raise NotOpened("it is damaged", maybe_passphrase=said == _WRONG) from None
    found = _KEY.search(text)
    try:
        return pyrage.x25519.Identity.from_str(found.group() if found else "")
    except pyrage.IdentityError:
        raise NotOpened("it holds no key") from None


def seal(data: bytes, key: Key) -> bytes:
    """`data`, so that only `key` opens it."""
    return bytes(_pyrage().encrypt(data, [key.to_public()]))


def unseal(data: bytes, key: Key) -> bytes:
    """What was sealed. Raises `NotOpened`; never gives a part of it."""
    pyrage = _pyrage()
    if not data:
        raise NotOpened("it is empty")
    try:
        return bytes(pyrage.decrypt(data, [key]))
    except pyrage.DecryptError as error:
        other = "No matching keys" in str(error)
        raise NotOpened("it belongs to another key" if other else "it is damaged") from None


def _pyrage() -> ModuleType:
    try:
        return import_module("pyrage")
    except ImportError:
        raise PathfinderError(HOW_TO_GET_IT) from None
