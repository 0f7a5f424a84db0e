"""No picture of the memory on the disk: for what asks for answers or a passphrase.

Why this module exists: a program that dies may leave its whole memory in a file that
outlives it, with every answer and the passphrase in it. So the system is told not to
write one, and not to let other programs of the same user look into this one.

It must not end anything: where the system can't be told so, the work goes on.
"""

from __future__ import annotations

import contextlib
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
