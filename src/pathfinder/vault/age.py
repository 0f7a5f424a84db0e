"""The age format: what is done by pyrage, and what each thing that goes wrong is called.

Why this module exists: one place that knows pyrage and the passphrase lock (`scrypt`),
which need the extra `pathfinder[vault]` and may not be there, and which says in words,
not in kinds of errors, what went wrong.

It must not touch a file, or hold a step of cryptography of its own.

How far a wrong passphrase and damage can be told apart: age keeps the key under the
passphrase in one line of the header. A wrong passphrase and a damage of that line
look the same; every other damage is known as such.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

from pathfinder.errors import FileProblem, PathfinderError
from pathfinder.sanitize import excerpt, quoted
from pathfinder.vault import scrypt

if TYPE_CHECKING:
    from types import ModuleType

HEAD: Final = b"age-encryption.org/v1\n"
HOW_TO_GET_IT: Final = (
    "Sessions need the packages pyrage, cryptography, filelock and icalendar, which come with "
    "the extra [vault]. "
    'In the folder of Pathfinder: python -m pip install ".[vault]"'
)
_SIGNED_BY: Final = re.compile(r"^# lists are signed by: ([0-9a-f]{64})$", re.MULTILINE)
_KEY: Final = re.compile(r"^AGE-SECRET-KEY-1[0-9A-Z]+$", re.MULTILINE)

WORK: Final = 18
"""The cost of each guess, the same on every computer: 2 ** 18 KiB are 256 MiB, and near a second.

It is what Debian's age takes. One more doubles both.
"""
MOST_WORK: Final = 22
"""4 GiB. Earlier versions let pyrage choose, up to 20 or so; a stranger's file may ask for any."""

AgeKey = Any
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
            "Sessions need Linux or macOS: elsewhere their files can't be kept safe. "
            "The README says why."
        )
    _pyrage()
    if find_spec("filelock") is None:  # only looked for: who reads needs no lock
        raise PathfinderError(HOW_TO_GET_IT)


def new_key() -> AgeKey:
    return _pyrage().x25519.Identity.generate()


def public(key: AgeKey) -> str:
    """The public half, as age writes it: age1…"""
    return str(key.to_public())


def checked_public(text: str) -> str:
    """A public key that somebody named. Raises PathfinderError."""
    pyrage = _pyrage()
    try:
        return str(pyrage.x25519.Recipient.from_str(text.strip()))
    except pyrage.RecipientError:
        raise PathfinderError(
            f"{quoted(excerpt(text, 70))} is no public key of age. One begins with age1; "
            "`age-keygen` shows it."
        ) from None


def lock_key(key: AgeKey, passphrase: str, *, signed_by: str = "") -> bytes:
    """The identity, encrypted with a passphrase: what `age -p` makes of an identity file.

    `signed_by`: who must have signed the list of access, for somebody who was let in.
    """
    text = f"# public key: {key.to_public()}\n{key}\n"
    if signed_by:
        text = f"# lists are signed by: {signed_by}\n{text}"
    with enough_memory(WORK):
        return scrypt.lock(text.encode(), passphrase, WORK)


def in_band(data: bytes) -> bool:
    """Whether a guess at this key file costs what one at a new key file costs, or twice as much."""
    header = scrypt.header_of(data)
    return header is not None and header.work in (WORK, WORK + 1)


def unlock_key(data: bytes, passphrase: str) -> AgeKey:
    """The identity in a key file. Raises `NotOpened`, and FileProblem where memory runs out."""
    return _key_in(_unlocked(data, passphrase))


def unlock_signed(data: bytes, passphrase: str) -> tuple[AgeKey, str]:
    """The same of somebody who was let in, and who signs the list of access."""
    text = _unlocked(data, passphrase)
    signed_by = _SIGNED_BY.search(text)
    if signed_by is None:
        raise NotOpened("it doesn't say who let its owner in")
    return _key_in(text), signed_by.group(1)


def _unlocked(data: bytes, passphrase: str) -> str:
    _pyrage()
    header = scrypt.header_of(data)
    if header is None:
        raise NotOpened(_what_it_is(data))
    if header.work > MOST_WORK:
        raise NotOpened("it asks for more memory than any key file of ours")
    try:
        with enough_memory(header.work):
            return scrypt.unlock(data, header, passphrase).decode("utf-8", "replace")
    except scrypt.WrongKey:
        raise NotOpened("it is damaged", maybe_passphrase=True) from None
    except scrypt.Broken:
        raise NotOpened("it is damaged") from None


def _key_in(text: str) -> AgeKey:
    pyrage = _pyrage()
    found = _KEY.search(text)
    try:
        return pyrage.x25519.Identity.from_str(found.group() if found else "")
    except pyrage.IdentityError:
        raise NotOpened("it holds no key") from None


def _what_it_is(data: bytes) -> str:
    if not data:
        return "it is empty"
    is_one = data.startswith(HEAD) and b"\n-> scrypt " in data[:200]
    return "it is damaged" if is_one else "it isn't a key file"


@contextlib.contextmanager
def enough_memory(work: int) -> Iterator[None]:
    try:
        yield
    except MemoryError:
        raise FileProblem(
            f"There isn't enough free memory: the passphrase takes {2**work // 1024} MiB for a "
            "moment. The files are whole. Close other programs, and try again."
        ) from None


def seal(data: bytes, to: Sequence[str]) -> bytes:
    """`data`, so that only the keys with these public halves open it."""
    pyrage = _pyrage()
    return bytes(pyrage.encrypt(data, [pyrage.x25519.Recipient.from_str(each) for each in to]))


def unseal(data: bytes, key: AgeKey) -> bytes:
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
        import_module("cryptography")
        return import_module("pyrage")
    except ImportError:
        raise PathfinderError(HOW_TO_GET_IT) from None
