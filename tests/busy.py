"""A busy computer for tests: more work than it has processors, for as long as it is needed."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterator


@contextlib.contextmanager
def busy_computer() -> Iterator[None]:
    """Twice as many processes as processors, all at work; none outlives the one that asked."""
    pids = []
    parent = os.getpid()
    for _ in range(2 * (os.cpu_count() or 1)):
        pid = os.fork()
        if pid == 0:
            while os.getppid() == parent:
                sum(range(100_000))
            os._exit(0)
        pids.append(pid)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
