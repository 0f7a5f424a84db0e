"""A process that is killed before each of its steps on the disk, one after the other.

`at_every_step` runs `work` in a child that dies before its first step, in another that dies
before its second, and so on until one comes to its end.
"""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from types import FrameType
from typing import Any

_STEPS = {
    "open", "write", "flush", "truncate", "close", "__exit__", "fsync", "ftruncate", "rename",
    "replace", "link", "symlink", "unlink", "remove", "mkdir", "rmdir", "chmod", "fchmod",
}  # fmt: skip
"""What Python is asked for by these names changes the disk, or brings words nearer to it."""


def before_every_step(act: Callable[[], None]) -> None:
    """Call `act` before each step on the disk from now on. For a process that ends soon."""

    def profile(_: FrameType, event: str, called: Any) -> None:
        if event == "c_call" and called.__name__ in _STEPS and _of_files(called):
            act()

    sys.setprofile(profile)


def _of_files(called: Any) -> bool:
    owner = getattr(called, "__self__", None)
    return called.__module__ in ("posix", "io", "_io") or isinstance(owner, io.IOBase)


def _die_after(left: Iterator[int]) -> None:
    if next(left, None) is None:
        os.kill(os.getpid(), signal.SIGKILL)


def at_every_step(work: Callable[[], object]) -> Iterator[bool]:
    """Gives, after each child: whether it came to its end. The last one did."""
    for steps in count():
        pid = os.fork()
        if pid == 0:
            try:
                before_every_step(partial(_die_after, iter(range(steps))))
                work()
                os._exit(0)
            finally:
                os._exit(1)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        assert code in (0, -signal.SIGKILL)
        yield code == 0
        if code == 0:
            assert steps >= 3, "the steps of the work were not seen"
            return
