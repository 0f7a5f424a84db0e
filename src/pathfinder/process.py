"""What this process does with its memory: no picture of it on the disk, and no rest at the start.

Why this module exists: a program that dies may leave its whole memory in a file that
outlives it, with every answer and the passphrase in it. So the system is told not to write
one, and not to let other programs of the same user look into this one. And nothing made
during the start is garbage, so `__main__` switches the collector off, and whatever may run
for long switches it on here.

It must not end anything where the system can't be told so, or switch on what nobody
switched off, as in a test or a program that uses the library.
"""

from __future__ import annotations

import contextlib
import gc
import sys
from typing import Final

_PR_SET_DUMPABLE: Final = 4


def forbid() -> None:
    """From here on this process leaves no core dump. On Linux, also none to a collector's pipe."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        with contextlib.suppress(ImportError, OSError, AttributeError):
            import ctypes

            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def start_is_over() -> None:
    """What was made until now stays until the end; from here on memory must not grow."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
