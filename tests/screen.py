"""The command in a pseudo-terminal, with an emulated screen to look at.

Why this module exists: what a person sees is neither the bytes nor the code. A
test types keys, waits until the words it expects stand on the screen, and never
sleeps and hopes.
"""

from __future__ import annotations

import copy
import os
import re
import signal
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any

import pexpect
import pyte

from pathfinder.ask.keystrokes import QUIET

UP, DOWN, LEFT = "\x1b[A", "\x1b[B", "\x1b[D"
SHIFT_TAB, F1, ESCAPE, ENTER = "\x1b[Z", "\x1bOP", "\x1b", "\r"
HOME, END, PAGE_UP, PAGE_DOWN = "\x1b[H", "\x1b[F", "\x1b[5~", "\x1b[6~"
CTRL_C, CTRL_D, CTRL_R, CTRL_S, CTRL_X = "\x03", "\x04", "\x12", "\x13", "\x18"

PATIENCE = 20.0
"""Seconds until a test gives up. Nothing waits that long unless it is broken."""

TWICE = 0.2
"""Seconds between two presses of one key by a person."""

TO_BE_READ = (
    "Stop here", "All correct:", "Go on with the questions", "Enter to show it", "Enter to go on",
)  # fmt: skip
"""Where Enter counts after a quiet moment alone."""

_ALTERNATE = 1049

_SWITCHES = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")
_KEYBOARD = re.compile(rb"\x1b\[[<>][0-9;]*[a-z]")
"""What sets the protocol of the keyboard, which pyte doesn't know."""
_BEGUN = re.compile(rb"\x1b(\[[<>?]?[0-9;]*)?\Z")
_HIDDEN, _SHOWN = b"\x1b[?25l", b"\x1b[?25h"
"""What the cursor does while a frame is drawn, and after it."""


def let_keys_end_it() -> None:
    """For the child of a test: a run in the background has begun with Ctrl-C and Ctrl-\\ off."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGQUIT, signal.SIG_DFL)


class _Terminal(pyte.HistoryScreen):
    """pyte's screen, with what it leaves out: a second screen, which leaves nothing behind."""

    def __init__(self, columns: int, rows: int, *, has_second: bool) -> None:
        super().__init__(columns, rows, history=4000, ratio=0.5)
        self.has_second = has_second
        self.first: tuple[Any, Any, Any] | None = None

    def set_mode(self, *modes: int, **kwargs: Any) -> None:
        if _ALTERNATE in modes and self.has_second and self.first is None:
            self.first = copy.deepcopy((dict(self.buffer), self.cursor, self.history.top))
            self.erase_in_display(2)
        super().set_mode(*modes, **kwargs)

    def reset_mode(self, *modes: int, **kwargs: Any) -> None:
        if _ALTERNATE in modes and self.first is not None:
            buffer, self.cursor, top = self.first
            self.first = None
            self.buffer.clear()
            self.buffer.update(buffer)
            self.history = self.history._replace(top=top)
        super().reset_mode(*modes, **kwargs)

    def resize(self, lines: int | None = None, columns: int | None = None) -> None:
        super().resize(lines, columns)
        self.ensure_hbounds()  # pyte leaves the cursor outside a screen that became smaller
        self.ensure_vbounds()


class Screen:
    """A running program and its screen. A context manager; the program is ended on the way out."""

    def __init__(
        self,
        arguments: Sequence[str],
        *,
        columns: int = 80,
        rows: int = 24,
        environ: Mapping[str, str] | None = None,
        has_second_screen: bool = True,
        child: Any = None,
    ) -> None:
        """`child`: a program that runs already, in place of the one that `arguments` start."""
        env = {
            **os.environ,
            "TERM": "xterm-256color",
            "PYTHONIOENCODING": "utf-8",
            "PROMPT_TOOLKIT_NO_CPR": "1",
            **(environ or {}),
        }
        for name in ("ACCESSIBLE", "NO_COLOR"):
            if name not in (environ or {}):
                env.pop(name, None)
        self.columns, self.rows = columns, rows
        self._screen = _Terminal(columns, rows, has_second=has_second_screen)
        self._stream = pyte.ByteStream(self._screen)
        self.bytes = b""
        self._held_back = b""
        self._pressed, self._pressed_at = "", 0.0
        self._child = child if child is not None else pexpect.spawn(
            sys.executable, list(arguments), dimensions=(rows, columns), env=env,
            timeout=PATIENCE, preexec_fn=let_keys_end_it,
        )  # fmt: skip
        self._child.delaybeforesend = None  # the program reads keys when it is ready
        self.modes_before = getattr(child, "modes_at_the_start", None) or self.modes

    def __enter__(self) -> Screen:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._child.close(force=True)

    # --- looking ---

    @property
    def lines(self) -> list[str]:
        """What stands on the screen now."""
        return [line.rstrip() for line in self._screen.display]

    @property
    def text(self) -> str:
        """The screen as running words, so that a line break doesn't matter."""
        return " ".join(" ".join(self.lines).split())

    @property
    def waits_for_enter(self) -> bool:
        """A page of lines is there whole. After Enter the cursor stands on an empty line first."""
        return self.text.endswith("Press Enter to go on.") and bool(self.lines[self.cursor[0]])

    @property
    def cursor(self) -> tuple[int, int]:
        return self._screen.cursor.y, self._screen.cursor.x

    @property
    def cursor_is_hidden(self) -> bool:
        return bool(self._screen.cursor.hidden)

    @property
    def on_second_screen(self) -> bool:
        """Whether the program paints where nothing can be scrolled back to."""
        return self._screen.first is not None

    @property
    def everything(self) -> str:
        """The screen and what has scrolled off its top, as running words."""
        gone = [
            "".join(line[column].data for column in range(self.columns))
            for line in self._screen.history.top
        ]
        return " ".join(" ".join([*gone, *self.lines]).split())

    @property
    def modes(self) -> list[Any]:
        """What the terminal does with keys: shown, line by line, and so on."""
        return termios.tcgetattr(self._child.child_fd)

    def set_modes(self, modes: list[Any]) -> None:
        """As another program at the same terminal may do."""
        termios.tcsetattr(self._child.child_fd, termios.TCSANOW, modes)

    @property
    def left_on(self) -> set[str]:
        """The modes of a screen and a keyboard that the program has switched on and not off."""
        on: set[str] = set()
        for modes, switch in _SWITCHES.findall(self.bytes):
            for mode in modes.decode().split(";"):
                (on.add if switch == b"h" else on.discard)(mode)
        if self.bytes.count(b"\x1b[>0u") != self.bytes.count(b"\x1b[<1u"):
            on.add("keyboard")
        if b"\x1b[?25l" in self.bytes and "25" not in on:
            on.add("cursor hidden")
        return on - {"25", "7", "12"}

    @property
    def state(self) -> str:
        """R, S, T (stopped) and so on, as the system says."""
        with open(f"/proc/{self._child.pid}/stat", encoding="ascii") as file:
            return file.read().rpartition(")")[2].split()[0]

    # --- doing ---

    def press(self, *keys: str) -> None:
        """As a person does: not the same key twice at once, and Enter after reading.

        What comes quicker than that is given as one string.
        """
        for key in keys:
            pause = TWICE if key == self._pressed else 0.0
            if key == ENTER and any(words in self.text for words in TO_BE_READ):
                pause = QUIET + TWICE
            time.sleep(max(0.0, self._pressed_at + pause - time.monotonic()) if pause < QUIET
                       else pause)  # fmt: skip
            self._pressed, self._pressed_at = key, time.monotonic()
            self._child.send(key)

    def press_quickly(self, keys: str) -> None:
        """As no person could."""
        self._child.send(keys)

    def hold(self, key: str, *, seconds: float, first: float = 0.5, each: float = 0.033) -> None:
        """Lean on a key: once, and after a moment again and again."""
        until = time.monotonic() + seconds
        self._child.send(key)
        self._wait_for(first)
        while time.monotonic() < until:
            self._child.send(key)
            self._wait_for(each)

    def _wait_for(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self._read(left)

    @property
    def alive(self) -> bool:
        return bool(self._child.isalive())

    def line(self, text: str) -> None:
        if any(words in self.text for words in (*TO_BE_READ, "To see your result")):
            time.sleep(QUIET + TWICE)
        self._child.send(text + "\r")

    def resize(self, columns: int, rows: int) -> None:
        self.columns, self.rows = columns, rows
        self._screen.resize(rows, columns)
        self._child.setwinsize(rows, columns)

    def send_signal(self, number: int) -> None:
        self._child.kill(number)

    def shell_takes_the_terminal(self) -> None:
        """What a shell does when its job has stopped: its own modes, and a line of its own."""
        termios.tcsetattr(self._child.child_fd, termios.TCSANOW, self.modes_before)
        self._stream.feed(b"\r\n[1]+ Stopped\r\n")

    def ended_by(self) -> int:
        """Read to the end, and give the signal that the program died of. 0: of none."""
        self.end()
        return int(self._child.signalstatus or 0)

    def kill(self, number: int = signal.SIGKILL) -> None:
        """End the program from outside, as a closed window does, and wait until it is gone."""
        self._child.kill(number)
        self._child.wait()

    def wait(self, until: str | Callable[[Screen], bool]) -> None:
        """Read until these words stand on the screen, or until the condition holds."""

        def met() -> bool:
            return until in self.text if isinstance(until, str) else until(self)

        deadline = time.monotonic() + PATIENCE
        while not met():
            alive = self._read(0.02)
            if met():
                return
            if not alive or time.monotonic() > deadline:
                screen = "\n".join(self.lines)
                raise AssertionError(f"never saw {until!r}. The screen:\n{screen}")

    def look_for(self, until: Callable[[Screen], bool], *, seconds: float) -> None:
        """Read until the condition holds, or for so long."""
        deadline = time.monotonic() + seconds
        while not until(self) and time.monotonic() < deadline and self._read(0.02):
            pass

    def settle(self) -> None:
        """Read what is still under way: nothing more has come for a moment."""
        while self._read(0.05, report=True):
            pass

    def end(self) -> int:
        """Read to the end of the program, and give its exit code."""
        deadline = time.monotonic() + PATIENCE
        while self._read(0.05):
            if time.monotonic() > deadline:
                raise AssertionError("the program doesn't end:\n" + "\n".join(self.lines))
        self._child.wait()
        return int(self._child.exitstatus if self._child.exitstatus is not None else -1)

    def _read(self, seconds: float, *, report: bool = False) -> bool:
        """Feed what the program wrote to the screen. False at its end; with `report`, also
        when nothing came.

        A frame may come in pieces, and one that is half the last and half the next one is seen by
        nobody: it is fed once it is whole, or when nothing more has come for so long.
        """
        try:
            new = self._child.read_nonblocking(65536, timeout=seconds)
        except pexpect.TIMEOUT:
            self._feed(drawing=True)
            return not report
        except pexpect.EOF:
            self._feed(drawing=True)
            return False
        self.bytes += new
        self._held_back += new
        self._feed(drawing=False)
        return True

    def _feed(self, *, drawing: bool) -> None:
        """Give the screen what has come, but no half of a sequence, and of a frame that is being
        drawn nothing, unless `drawing`."""
        come = self._held_back
        begun = _BEGUN.search(come)
        end = len(come) if begun is None else begun.start()
        drawn_from = come.rfind(_HIDDEN, 0, end)
        if not drawing and drawn_from >= 0 and _SHOWN not in come[drawn_from:end]:
            end = drawn_from
        self._held_back = come[end:]
        self._stream.feed(_KEYBOARD.sub(b"", come[:end].replace(b"\xc2\x9b", b"")))
