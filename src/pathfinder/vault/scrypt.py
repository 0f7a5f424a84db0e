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
import io
import os
import re
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple

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
_CHUNK: Final = 64 * 1024
_TAG: Final = 16


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
    out = io.BytesIO()
    with Locking(out, passphrase, work) as locked:
        locked.write(text)
    return out.getvalue()


def unlock(data: bytes, header: AgeHeader, passphrase: str) -> bytes:
    """What was locked. Raises `WrongKey`, `Broken`, or MemoryError: the files are whole then."""
    return Unlocking(io.BytesIO(data[header.length :]), header, passphrase).read()


class Locking:
    """A stream into an age file that a passphrase opens: the same, and never all in memory."""

    def __init__(self, target: BinaryIO, passphrase: str, work: int) -> None:
        file_key, salt = os.urandom(16), os.urandom(16)
        body = _aead(_stretched(passphrase, salt, work)).encrypt(bytes(12), file_key, None)
        head = b"age-encryption.org/v1\n-> scrypt %s %d\n%s\n---" % (
            _base64(salt),
            work,
            _base64(body),
        )
        nonce = os.urandom(_NONCE_BYTES)
        self._aead = _aead(_derived(file_key, nonce, b"payload"))
        self._target = target
        self._rest = bytearray()
        self._number = 0
        target.write(head + b" " + _base64(_mac(file_key, head)) + b"\n" + nonce)

    def __enter__(self) -> Locking:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self._put(bytes(self._rest), last=True)

    def write(self, text: bytes) -> int:
        self._rest += text
        while len(self._rest) > _CHUNK:  # a full one may still be the last
            self._put(bytes(self._rest[:_CHUNK]), last=False)
            del self._rest[:_CHUNK]
        return len(text)

    def _put(self, chunk: bytes, *, last: bool) -> None:
        self._target.write(self._aead.encrypt(_nonce(self._number, last), chunk, None))
        self._number += 1


class Unlocking:
    """What stands in such a file, piece by piece. `source` stands behind its header.

    Raises `WrongKey` and MemoryError when it is made, and `Broken` at any time.
    """

    def __init__(self, source: BinaryIO, header: AgeHeader, passphrase: str) -> None:
        from cryptography.exceptions import InvalidTag

        wrap = _stretched(passphrase, header.salt, header.work)
        try:
            file_key = _aead(wrap).decrypt(bytes(12), header.body, None)
        except InvalidTag:
            raise WrongKey from None
        import hmac

        if not hmac.compare_digest(_mac(file_key, header.head), header.mac):
            raise Broken
        nonce = source.read(_NONCE_BYTES)
        self._aead = _aead(_derived(file_key, nonce, b"payload"))
        self._source = source
        self._sealed = source.read(_CHUNK + _TAG)
        self._rest = bytearray()
        self._number = 0
        self._ended = False

    def read(self, size: int = -1) -> bytes:
        """The next `size` bytes, fewer only at the end; all that is left for -1."""
        while not self._ended and (size < 0 or len(self._rest) < size):
            self._next()
        taken = bytes(self._rest if size < 0 else self._rest[:size])
        del self._rest[: len(taken)]
        return taken

    def _next(self) -> None:
        from cryptography.exceptions import InvalidTag

        following = self._source.read(_CHUNK + _TAG)
        nonce = _nonce(self._number, last := not following)
        try:
            chunk = self._aead.decrypt(nonce, self._sealed, None)
        except (InvalidTag, ValueError):
            raise Broken from None
        if not chunk and self._number:
            raise Broken  # the format allows an empty chunk as the only one
        self._rest += chunk
        self._sealed, self._ended = following, last
        self._number += 1


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")


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
