"""Where the vault is, and what its files are called.

Why this module exists: a file name can be read by anyone who can list a folder, so
it says nothing: no client, no date, no number that counts up. And a name that a
person types must never become a path to somewhere else.

It must not read or write a file.

    >>> is_id("../../etc/passwd")
    False
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from pathfinder.folders import data_folder

_LETTERS: Final = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without 0, 1, i, l, o: ids are read from a screen and typed."""

_LENGTH: Final = 10
_WHOLE: Final = re.compile(f"[{_LETTERS}]{{{_LENGTH}}}")
_START: Final = re.compile(f"[{_LETTERS}]{{1,{_LENGTH}}}")
ENDING: Final = ".age"


def vault_folder() -> Path:
    """`vault` in the platform's folder for a program's data, or in PATHFINDER_DATA."""
    return data_folder() / "vault"


def new_id() -> str:
    """Ten random letters and digits: about 49 bits, so that two never meet."""
    import secrets

    return "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))


def id_from(digest: bytes) -> str:
    """An id out of a digest: the same for the same, and as telling as the digest is."""
    number = int.from_bytes(digest, "big")
    letters = []
    for _ in range(_LENGTH):
        number, place = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[place])
    return "".join(letters)


def is_id(text: str) -> bool:
    return _WHOLE.fullmatch(text) is not None


def may_begin_id(text: str) -> bool:
    """Whether an id can begin like this. Nothing else is ever looked for in a folder."""
    return _START.fullmatch(text) is not None


def id_of(file: str) -> str | None:
    """The id in a file name such as `k7f2mzq4xw.age`; None for any other file."""
    stem = file.removesuffix(ENDING)
    return stem if stem != file and is_id(stem) else None
