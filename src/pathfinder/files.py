"""Reading a file that a person named: what they are told when that isn't possible.

Why this module exists: rules, answers, drafts and streams are all read from files,
and a missing one must be told in the same words everywhere.

It must not know what a file holds.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from typing import Final

from pathfinder.errors import FileProblem
from pathfinder.sanitize import clean

_OF_THE_SHELL: Final = ("/dev/", "/proc/")


@contextlib.contextmanager
def told(label: str, expected: str) -> Iterator[None]:
    """Turn what goes wrong with the file `label` into `FileProblem`: one line, what to do.

    `expected` says what to name instead of a folder, as in "Name a file of answers."
    """
    try:
        yield
    except IsADirectoryError:
        raise FileProblem(f"{label} is a folder. {expected}") from None
    except FileNotFoundError:
        raise FileProblem(f"{label} isn't there. Check the name and the folder.") from None
    except PermissionError:
        raise FileProblem(f"{label} can't be read: you have no permission to.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FileProblem(f"{label} can't be read: {clean(reason)}.") from None


def read_bytes(name: str, label: str, most: int, expected: str) -> bytes:
    """The first `most` bytes of a file and one more, so that too large can be told from enough.

    Raises FileProblem, also for a pipe or a device that lies among the files: nobody may ever
    write to it. Those of the shell, like /dev/stdin, are read.
    """
    with told(label, expected):
        if not name.startswith(_OF_THE_SHELL) and _waits(os.stat(name).st_mode):
            raise FileProblem(f"{label} isn't an ordinary file. {expected}")
        with open(name, "rb") as file:
            return file.read(most + 1)


def _waits(mode: int) -> bool:
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))  # opening a folder tells of itself
