"""How a passphrase reaches the program, and which new ones are refused.

Why this module exists: what stands in an option, in a variable or in a file of
commands can be read by others and stays in histories. So there are two ways only:
the terminal, without being shown, and an open file number
(`--passphrase-fd 3 3< <(pass show pathfinder)`). And the lock makes each guess cost a second,
which is worth nothing where the tenth guess is right: a list of a few dozen words, numbers,
repeats and runs of keys stops the worst. It measures nothing, since no program can tell how a
person chose.

It must not keep, print or log a passphrase, and it never stands between a person and what was
locked already.
"""

from __future__ import annotations

import contextlib
import locale
import os
import unicodedata
from collections.abc import Iterator
from typing import Final

from pathfinder.errors import PathfinderError, QuickExit, Stopped
from pathfinder.process import until_readable
from pathfinder.sanitize import clean

_LONGEST: Final = 4096
_CTRL_X: Final = b"\x18"
_NO_TERMINAL: Final = (
    "There is no terminal to ask for the passphrase. In a script, use --passphrase-fd N."
)

SHORTEST: Final = 8
SHORT: Final = "That is short, so it could be guessed: eight letters or more."
EASY: Final = "That is easy to guess: a common word, a number, a repeat, or keys in a row."
BETTER: Final = "Best are five words picked at random, such as from five pages of a book."

_FEWEST_DIGITS: Final = 12
_ROWS: Final = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertzuiop",
    "azertyuiop",
)
_WORDS: Final = frozenset(
    """
    password passwort passphrase passcode secret changeme letmein welcome hello login admin
    administrator root user guest default test testing master access private computer internet
    windows qwerty asdf iloveyou love sunshine princess monkey dragon football baseball
    basketball superman batman starwars whatever trustno freedom shadow flower summer winter
    spring autumn monday friday january december jesus mother father family counselor counsellor
    counseling counselling therapist therapy recovery sobriety sober pathfinder clinic client
    clients session sessions patient nopassword mypassword yourpassword thepassword
    thisismypassword pleaseletmein opensesame correcthorsebatterystaple
    """.split()  # noqa: SIM905 (a list to read, not to parse)
)
_DIGITS: Final = "0123456789"
_BEHIND_A_WORD: Final = f"{_DIGITS} .,;:!?*#+-_"
_AS_LETTERS: Final = str.maketrans("013457@$", "oieastas")


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
    while not line.endswith(b"\n") and _CTRL_X not in line:
        until_readable(terminal)
        if not (part := os.read(terminal, _LONGEST)):
            break
        line += part
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


def weakness(passphrase: str) -> str:
    """Why this is no passphrase to choose, in a line; "" where nothing speaks against it.

    >>> weakness("Password1!") == f"{EASY} {BETTER}"
    True
    """
    if len(passphrase.strip()) < SHORTEST:
        return f"{SHORT} {BETTER}"
    return f"{EASY} {BETTER}" if _is_easy(passphrase) else ""


def _is_easy(passphrase: str) -> bool:
    text = unicodedata.normalize("NFKC", passphrase).casefold()
    core = "".join(letter for letter in text if letter.isalnum())
    if len(set(core)) <= 2 or _repeats(core):
        return True
    if core.isdigit() and len(core) < _FEWEST_DIGITS:
        return True
    if any(core in 2 * row or core[::-1] in 2 * row for row in _ROWS):
        return True
    bare = text.rstrip(_BEHIND_A_WORD)
    spelled = (each.translate(_AS_LETTERS) for each in (text, bare, core.rstrip(_DIGITS)))
    words = (core, *("".join(filter(str.isalnum, each)) for each in spelled))
    return any(word.strip(_DIGITS) in _WORDS for word in words)


def _repeats(core: str) -> bool:
    """Whether it is one piece several times over, as in "owlowlowl"."""
    return (core + core).find(core, 1) < len(core)
