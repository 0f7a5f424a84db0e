"""How a passphrase reaches the program: typed without being shown, or through a pipe.

Why this module exists: what stands in an option, in a variable or in a file of
commands can be read by others and stays in histories. So there are two ways only:
the terminal, and an open file number (`--passphrase-fd 3 3< <(pass show pathfinder)`).

It must not keep, print or log a passphrase.
"""

from __future__ import annotations

import contextlib
import locale
import os
from collections.abc import Iterator
from typing import Final

from pathfinder.errors import PathfinderError, QuickExit, Stopped
from pathfinder.sanitize import clean
from pathfinder.vault.guessable import weakness

_LONGEST: Final = 4096
_CTRL_X: Final = b"\x18"
_NO_TERMINAL: Final = (
    "There is no terminal to ask for the passphrase. In a script, use --passphrase-fd N."
)


def ask(fd: int | None = None, prompt: str = "Passphrase: ") -> str:
    """The passphrase: one line from the open file number `fd`, else typed without echo.

    Raises PathfinderError if there is nothing to read it from, `Stopped` at the end of
    the input, and `QuickExit` for Ctrl-X. What comes back may be empty: `identity.normal`
    refuses that.
    """
    return _line(fd) if fd is not None else _typed(prompt)


def ask_new(fd: int | None = None) -> str:
    """A new passphrase. Typed twice at a terminal, since nobody can look it up later.

    One that is short or easy to guess is asked for again, and raises PathfinderError in a script.
    An empty one of a script is left to `identity.normal`, which refuses it, too.
    """
    if fd is not None:
        line = _line(fd)
        if line.strip() and (why := weakness(line)):
            raise PathfinderError(why)
        return line
    while True:
        once = _typed("New passphrase, a few words: ")
        if not once.strip():
            _say("It can't be empty.")
        elif why := weakness(once):
            _say(why)
        elif once == _typed("The same again: "):
            return once
        else:
            _say("The two differ. Once more.")


def _line(fd: int) -> str:
    """One line, byte by byte: what comes after it may be for somebody else."""
    data = bytearray()
    try:
        if os.isatty(fd):
            raise PathfinderError(
                f"--passphrase-fd {fd} is a terminal, which would show it. "
                "Leave the option out to be asked."
            )
        while (byte := os.read(fd, 1)) not in (b"", b"\n"):
            data += byte
            if len(data) > _LONGEST:
                raise PathfinderError("The passphrase is longer than 4,096 bytes.")
    except OSError as error:
        raise PathfinderError(
            f"--passphrase-fd {fd} can't be read: {clean(error.strerror or str(error))}."
        ) from None
    try:
        return data.removesuffix(b"\r").decode("utf-8")
    except UnicodeDecodeError:
        raise PathfinderError("The passphrase isn't UTF-8 text, so it can't be used.") from None


def _typed(prompt: str) -> str:
    try:
        terminal = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY)
    except OSError:
        # Standard input is no way round: it would show what is typed.
        raise PathfinderError(_NO_TERMINAL) from None
    line = b""
    try:
        with contextlib.suppress(KeyboardInterrupt), _echo_comes_back(), _unseen(terminal):
            os.write(terminal, prompt.encode(errors="replace"))
            line = _line_at(terminal)
        if _CTRL_X in line:
            raise QuickExit
        os.write(terminal, b"\n")  # after what is shown of the keys
    finally:
        os.close(terminal)
    if not line:
        raise Stopped("Stopped. Nothing was opened.")
    try:
        return line.removesuffix(b"\n").decode(locale.getpreferredencoding(False))
    except UnicodeDecodeError:
        raise PathfinderError(
            "The passphrase can't be read as text, so it can't be used."
        ) from None


def _line_at(terminal: int) -> bytes:
    """A line as it is typed, with its end; none at the end of the input. Ctrl-X ends it, too."""
    line = b""
    while part := os.read(terminal, _LONGEST):
        line += part
        if line.endswith(b"\n") or _CTRL_X in line:
            break
    return line


@contextlib.contextmanager
def _unseen(terminal: int) -> Iterator[None]:
    """While this lasts the terminal shows no key. What was typed before is forgotten."""
    import termios

    before = termios.tcgetattr(terminal)
    now = [*before[:6], list(before[6])]
    now[0] |= termios.ICRNL
    now[3] = (now[3] | termios.ICANON | termios.ISIG) & ~termios.ECHO
    now[6][termios.VEOL] = _CTRL_X
    termios.tcsetattr(terminal, termios.TCSAFLUSH, now)
    try:
        yield
    finally:
        termios.tcsetattr(terminal, termios.TCSAFLUSH, before)


class _Signal(BaseException):
    """A signal that ends the program, held back until the terminal shows keys again."""


@contextlib.contextmanager
def _echo_comes_back() -> Iterator[None]:
    """While keys aren't shown, let a signal that ends the program undo that first."""
    import signal

    def hold_back(number: int, _: object) -> None:
        raise _Signal(number)

    ends = (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)
    before = {number: signal.getsignal(number) for number in ends}
    heard = [number for number in ends if before[number] != signal.SIG_IGN]
    came = 0
    try:
        for number in heard:
            signal.signal(number, hold_back)
        yield
    except _Signal as end:
        came = end.args[0]
        raise Stopped("Stopped. Nothing was opened.") from None  # if the signal doesn't end it
    finally:
        for number in heard:
            signal.signal(number, before[number])
        if came:
            os.kill(os.getpid(), came)


def _say(text: str) -> None:
    import sys

    if sys.stderr is not None:
        print(text, file=sys.stderr)
