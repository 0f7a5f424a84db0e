"""An age key file whose passphrase costs next to nothing to try, for tests alone.

The real one takes a second or two and up to 1 GiB, on purpose. This one is the same
format with a work factor of 2, written from the format's description
(C2SP age: a scrypt stanza, an HMAC over the header, ChaCha20-Poly1305), with the
standard library only. That pyrage and Debian's `age` open it shows that it is right.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import struct
from typing import Any

_WORK = 1


def lock_key(key: Any, passphrase: str) -> bytes:
    """What `pathfinder.vault.age.lock_key` gives, cheaply."""
    text = f"# public key: {key.to_public()}\n{key}\n".encode()
    file_key, salt, nonce = os.urandom(16), os.urandom(16), os.urandom(16)
    wrap = hashlib.scrypt(
        passphrase.encode(), salt=b"age-encryption.org/v1/scrypt" + salt, n=2**_WORK, r=8, p=1,
        dklen=32,
    )  # fmt: skip
    body = _seal(wrap, bytes(12), file_key)
    head = f"age-encryption.org/v1\n-> scrypt {_b64(salt)} {_WORK}\n{_b64(body)}\n---".encode()
    mac = hmac.digest(_hkdf(file_key, b"", b"header"), head, "sha256")
    payload = _seal(_hkdf(file_key, nonce, b"payload"), bytes(11) + b"\x01", text)
    return head + b" " + _b64(mac).encode() + b"\n" + nonce + payload


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode().rstrip("=")


def _hkdf(secret: bytes, salt: bytes, info: bytes) -> bytes:
    mixed = hmac.digest(salt or bytes(32), secret, "sha256")
    return hmac.digest(mixed, info + b"\x01", "sha256")


def _seal(key: bytes, nonce: bytes, text: bytes) -> bytes:
    """ChaCha20-Poly1305 (RFC 8439) without associated data."""
    blocks = -(-len(text) // 64)
    stream = b"".join(_chacha(key, nonce, count) for count in range(1, blocks + 1))
    sealed = bytes(a ^ b for a, b in zip(text, stream, strict=False))
    padded = sealed + bytes(-len(sealed) % 16) + struct.pack("<QQ", 0, len(sealed))
    return sealed + _poly1305(_chacha(key, nonce, 0)[:32], padded)


def _chacha(key: bytes, nonce: bytes, count: int) -> bytes:
    start = [
        *struct.unpack("<4I", b"expand 32-byte k"), *struct.unpack("<8I", key), count,
        *struct.unpack("<3I", nonce),
    ]  # fmt: skip
    x = start.copy()
    for _ in range(10):
        for a, b, c, d in (
            (0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15),
            (0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14),
        ):  # fmt: skip
            for p, q, r, turn in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
                x[p] = (x[p] + x[q]) & 0xFFFFFFFF
                mixed = x[r] ^ x[p]
                x[r] = (mixed << turn | mixed >> (32 - turn)) & 0xFFFFFFFF
    return struct.pack("<16I", *((a + b) & 0xFFFFFFFF for a, b in zip(x, start, strict=True)))


def _poly1305(key: bytes, text: bytes) -> bytes:
    r = int.from_bytes(key[:16], "little") & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
    total = 0
    for place in range(0, len(text), 16):
        part = int.from_bytes(text[place : place + 16] + b"\x01", "little")
        total = (total + part) * r % (2**130 - 5)
    return ((total + int.from_bytes(key[16:], "little")) & (2**128 - 1)).to_bytes(16, "little")
