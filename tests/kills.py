"""A process that is killed before each of its steps on the disk, one after the other.

`at_every_step` runs `work` in a child that dies before its first step, in another that dies
before its second, and so on until one comes to its end.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from typing import Any

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_STEPS = ("os.rename", "os.remove", "os.link", "os.mkdir", "os.rmdir", "os.truncate", "os.chmod")


def before_every_step(act: Callable[[], None]) -> None:
    """Call `act` before each step on the disk from now on. For a process that ends soon."""
    busy = []

    def step() -> None:
        if not busy:
            busy.append(True)
            act()
            busy.clear()

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if event in _STEPS or (event == "open" and args[2] is not None and args[2] & _WRITES):
            step()

    real = os.fsync

    def fsync(handle: int) -> None:
        step()
        real(handle)

    os.fsync = fsync
    sys.addaudithook(hook)


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
