"""What the system does to this process, and how it is met: signals, its memory, its streams.

Why this module exists: a program that is killed must leave the terminal as it found it
and the answers where they are safe, and one that is stopped must come back to a whole
picture. As the first process of a container it would not even end. One that dies may leave
its whole memory in a file, with every answer and the passphrase in it: so the system is told
not to write one, and not to let other programs of the same user look into this one. And
nothing made during the start is garbage, so `__main__` switches the collector off, and
whatever may run for long switches it on here. What the system says when a word can't be written
names no stream, and neither does what it says of a folder that is gone: only the stream itself
knows that it was the one, and a person must not be told that the result is lost when it isn't.

It must not know a screen (who uses the terminal says here how it is left), say anything itself,
end anything where the system can't be told, or switch on what nobody switched off, as in a test
or a program that uses the library. It costs every start, and stays small.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from types import FrameType
from typing import Any, Final, NamedTuple, NoReturn, TextIO, cast

_NAMES_OF_ENDS: Final = ("SIGTERM", "SIGHUP", "SIGQUIT")
_ENDS: Final = [getattr(signal, name) for name in _NAMES_OF_ENDS if hasattr(signal, name)]
_PAUSE: Final = getattr(signal, "SIGTSTP", None)
_RESUME: Final = getattr(signal, "SIGCONT", None)


class Killed(BaseException):
    """A signal ends the program. It is not an error, so nothing that catches errors sees it."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class Guest(NamedTuple):
    """Who uses the terminal now.

    `end` brings `Killed` to where the guest leaves; `pause` leaves the terminal, calls what
    it is given, which returns when the program goes on, and comes back; `resume` comes back
    where there was no time to leave.
    """

    end: Callable[[Killed], None]
    pause: Callable[[Callable[[], None]], None]
    resume: Callable[[], None]


_guests: list[Guest] = []
_around_stops: list[tuple[Callable[[], None], Callable[[], None]]] = []
_pausing = False
_handled = False


@contextmanager
def guest(*, end: Callable[[Killed], None], pause: Callable[[Callable[[], None]], None],
          resume: Callable[[], None]) -> Iterator[None]:  # fmt: skip
    """Until this is over, signals are told to this guest."""
    _guests.append(Guest(end, pause, resume))
    try:
        yield
    finally:
        _guests.pop()


@contextmanager
def around_stops(leave: Callable[[], None], enter: Callable[[], None]) -> Iterator[None]:
    """Until this is over, `leave` comes before the program is stopped, and `enter` after."""
    _around_stops.append((leave, enter))
    try:
        yield
    finally:
        _around_stops.pop()


@contextmanager
def handled() -> Iterator[None]:
    """Until this is over, what ends the program raises `Killed` first. Then it dies of it.

    A signal that is ignored stays so, as `nohup` wants it.
    """
    global _handled
    if _handled or not _may_handle():
        yield
        return
    with ExitStack() as undo:
        for number, handler in (*((each, _end) for each in _ENDS), (_PAUSE, _pause),
                                (_RESUME, _resume)):  # fmt: skip
            if number is not None and signal.getsignal(number) is signal.SIG_DFL:
                undo.callback(signal.signal, number, signal.signal(number, handler))
        _handled = True
        try:
            yield
        except Killed as killed:
            undo.close()
            die(killed.number)
        finally:
            _handled = False


def _may_handle() -> bool:
    """Only the main thread may."""
    try:
        signal.signal(signal.SIGINT, signal.getsignal(signal.SIGINT))
    except (ValueError, TypeError):  # another thread; or a handler that isn't Python's
        return False
    return True


def die(number: int) -> NoReturn:
    """Die by this signal, so that whoever waits for the program sees why."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold the answers
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
    sys.exit(128 + number)  # the first process of a container outlives it


def _end(number: int, frame: FrameType | None) -> None:
    for each in _ENDS:
        signal.signal(each, signal.SIG_IGN)  # one is enough: nothing must disturb the leaving
    killed = Killed(number)
    if not _guests:
        raise killed
    _guests[-1].end(killed)


def _pause(number: int, frame: FrameType | None) -> None:
    if _guests:
        _guests[-1].pause(_stop)
    else:
        _stop()


def stop_the_job() -> None:
    """What Ctrl-Z does where a terminal gives it as a key and not as a signal.

    Nothing where no shell waits that could bring us back: the first program of a terminal or
    a container would only be gone. And nothing where stopping is ignored, or not handled here.
    """
    if _PAUSE is None or signal.getsignal(_PAUSE) is not _pause:
        return
    if os.getpgrp() != os.getsid(0):
        os.killpg(0, _PAUSE)  # all of a pipe, as the system does


def _stop() -> None:
    """Stop here, as the system does by itself. Returns when the program goes on."""
    global _pausing
    assert _PAUSE is not None
    _pausing = True
    for leave, _ in reversed(_around_stops):
        leave()
    ours = signal.signal(_PAUSE, signal.SIG_DFL)
    try:
        os.kill(os.getpid(), _PAUSE)
    finally:
        signal.signal(_PAUSE, ours)
        for _, enter in _around_stops:
            enter()
        _pausing = False


def _resume(number: int, frame: FrameType | None) -> None:
    if _guests and not _pausing:
        _guests[-1].resume()


def until_readable(fd: int) -> None:
    """Wait until there is something to read from `fd`, or a signal's handler raises.

    A read alone can sleep through a signal: one that comes after Python's last look for signals
    and before the system begins to wait is heard only at the next key.
    """
    import select

    heard, told = os.pipe()
    try:
        os.set_blocking(told, False)
        before = signal.set_wakeup_fd(told, warn_on_full_buffer=False)
        try:
            while fd not in select.select([fd, heard], [], [])[0]:
                os.read(heard, 4096)
        finally:
            signal.set_wakeup_fd(before)
    finally:
        os.close(heard)
        os.close(told)


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


class Refused(OSError):
    """A standard stream took no more words. `stream` says which one: output or error."""

    def __init__(self, stream: str, why: OSError) -> None:
        super().__init__(why.errno, why.strerror or f"standard {stream} is closed")
        self.stream = stream


class _Named:
    """A stream that says its name when it refuses. A reader that has enough is no refusal."""

    def __init__(self, stream: TextIO, name: str) -> None:
        self._stream = stream
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(self._stream, attribute)

    @property
    def buffer(self) -> Any:
        """The same for bytes. Who writes there has flushed the text before."""
        return _Named(cast(TextIO, self._stream.buffer), self._name)

    def write(self, text: str) -> int:
        with self._named():
            return self._stream.write(text)

    def flush(self) -> None:
        with self._named():
            self._stream.flush()

    @contextlib.contextmanager
    def _named(self) -> Iterator[None]:
        try:
            yield
        except (BrokenPipeError, Refused):
            raise
        except OSError as error:
            raise Refused(self._name, error) from None


@contextlib.contextmanager
def named_streams() -> Iterator[None]:
    """Until this is over, what standard output or standard error refuses raises `Refused`."""
    before = sys.stdout, sys.stderr
    sys.stdout = cast(TextIO, _Named(sys.stdout, "output"))
    if sys.stderr is not None:
        sys.stderr = cast(TextIO, _Named(sys.stderr, "error"))
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before
