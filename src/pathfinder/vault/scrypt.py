"""The passphrase lock of an age file, with a work factor that we choose.

Why this module exists: pyrage picks the cost of a guess with a stopwatch, at every call.
A lock made on a busy computer was up to 64 times cheaper to guess, and a busy computer
refused the right passphrase. So the header with the passphrase (C2SP age, recipient type
scrypt) is written and read here, always with the same cost. Every step of cryptography in
it is done by the package cryptography; what stands here is the order of the steps, and
the tests hold it to pyrage and to Debian's age in both directions.

It must not touch a file, and must not measure how fast or how busy a computer is.
"""

from __future__ import annotations

import base64
import os
import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

_HEADER: Final = re.compile(
    rb"(?P<head>age-encryption\.org/v1\n"
    rb"-> scrypt (?P<salt>[A-Za-z0-9+/]{22}) (?P<work>[1-9][0-9]?)\n"
    rb"(?P<body>[A-Za-z0-9+/]{43})\n"
    rb"---) (?P<mac>[A-Za-z0-9+/]{43})\n"
)
_LABEL: Final = b"age-encryption.org/v1/scrypt"
_NONCE_BYTES: Final = 16
_ONLY_CHUNK: Final = bytes(11) + b"\x01"
_LONGEST_CHUNK: Final = 64 * 1024 + 16
"""The text is one chunk, the first and last: a key is far under the 64 KiB that one holds."""


class WrongKey(Exception):
    """The passphrase is another one, or the line of the header that holds the key is damaged."""


class Broken(Exception):
    """The file isn't as it was written."""


class AgeHeader(NamedTuple):
    """What a key file says of itself. `work`: a guess takes 2 ** work times 1 KiB of memory."""

    head: bytes
    salt: bytes
    work: int
    body: bytes
    mac: bytes
    length: int


def header_of(data: bytes) -> AgeHeader | None:
    """The header of a key file; None where it isn't one that can be read."""
    found = _HEADER.match(data)
    if found is None:
        return None
    salt, body, mac = (_from_base64(found[name]) for name in ("salt", "body", "mac"))
    if [_base64(each) for each in (salt, body, mac)] != [
        found["salt"],
        found["body"],
        found["mac"],
    ]:
        return None  # bits to spare that aren't zero: the format allows one spelling alone
    return AgeHeader(found["head"], salt, int(found["work"]), body, mac, found.end())


def lock(text: bytes, passphrase: str, work: int) -> bytes:
    """`text` as an age file that this passphrase opens. Takes 2 ** work KiB of memory."""
    file_key, salt = os.urandom(16), os.urandom(16)
    body = _aead(_stretched(passphrase, salt, work)).encrypt(bytes(12), file_key, None)
    head = b"age-encryption.org/v1\n-> scrypt %s %d\n%s\n---" % (
        _base64(salt),
        work,
        _base64(body),
    )
    nonce = os.urandom(_NONCE_BYTES)
    sealed = _aead(_derived(file_key, nonce, b"payload")).encrypt(_ONLY_CHUNK, text, None)
    return head + b" " + _base64(_mac(file_key, head)) + b"\n" + nonce + sealed


def unlock(data: bytes, header: AgeHeader, passphrase: str) -> bytes:
    """What was locked. Raises `WrongKey`, `Broken`, or MemoryError: the files are whole then."""
    from cryptography.exceptions import InvalidTag

    wrap = _stretched(passphrase, header.salt, header.work)
    try:
        file_key = _aead(wrap).decrypt(bytes(12), header.body, None)
    except InvalidTag:
        raise WrongKey from None
    import hmac

    if not hmac.compare_digest(_mac(file_key, header.head), header.mac):
        raise Broken
    start = header.length + _NONCE_BYTES
    nonce, sealed = data[header.length : start], data[start:]
    if len(sealed) > _LONGEST_CHUNK:
        raise Broken
    try:
        return _aead(_derived(file_key, nonce, b"payload")).decrypt(_ONLY_CHUNK, sealed, None)
    except (InvalidTag, ValueError):
        raise Broken from None


def _stretched(passphrase: str, salt: bytes, work: int) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    return Scrypt(salt=_LABEL + salt, length=32, n=2**work, r=8, p=1).derive(passphrase.encode())


def _mac(file_key: bytes, head: bytes) -> bytes:
    import hmac

    return hmac.digest(_derived(file_key, b"", b"header"), head, "sha256")


def _derived(file_key: bytes, salt: bytes, purpose: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), length=32, salt=salt or None, info=purpose).derive(file_key)


def _aead(key: bytes) -> ChaCha20Poly1305:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    return ChaCha20Poly1305(key)


def _base64(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")


def _from_base64(text: bytes) -> bytes:
    return base64.b64decode(text + b"=" * (-len(text) % 4))
