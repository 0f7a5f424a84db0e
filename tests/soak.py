"""Sessions with the quiz in a real pseudo-terminal, with everything at once that can go wrong.

Run: python tests/soak.py [--sessions 500] [--seed 0] [--jobs 2]

A person answers, goes back and looks around on purpose. Between and within what they do
come reports, pastes, keys of other protocols, keys typed ahead and held down, changes of
the window, and signals. A model knows what was pressed on purpose, and nothing else may
have happened: on the screen while it goes on, in the draft and in the terminal when it is
over. Each session is told by its number alone, so that one that fails can be run again.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import json
import os
import pty
import random
import re
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
import traceback
from collections import Counter
from collections.abc import Callable
from typing import Any, NoReturn

import pexpect
import small_quiz
import yaml
from reports import KNOWN
from screen import ENTER, ESCAPE, LEFT, SHIFT_TAB, Screen
from small_rules import small_rules

from pathfinder.ask.keystrokes import QUIET, SETTLES
from pathfinder.ask.phrases import options_of
from pathfinder.engine.flow import applicable
from pathfinder.engine.question import Question

RULES = small_rules()
ALONE = {"none", "unsure", "skip"}
KEYS = "123456789abcdefghlmno"
SIZES = [(80, 24), (100, 30), (72, 26), (64, 22)]
READ = QUIET + SETTLES
"""Seconds that a person reads before Enter counts."""

_ROW = re.compile(r"^(>| ) {1,2}([0-9a-z])\. (?:\[(x| )\] )?")


class Forked:
    """A copy of this process at a terminal of its own, with the face of pexpect's."""

    def __init__(self, work: Callable[[], int], columns: int, rows: int) -> None:
        self.exitstatus: int | None = None
        self.signalstatus: int | None = None
        wait, go = os.pipe()
        self.pid, self.child_fd = pty.fork()
        if not self.pid:
            os.read(wait, 1)
            _be_a_program(work, columns, rows)
        self.modes_at_the_start = termios.tcgetattr(self.child_fd)
        os.write(go, b".")
        os.close(go)
        os.close(wait)

    def send(self, text: str) -> None:
        os.write(self.child_fd, text.encode("utf-8", "surrogateescape"))

    def read_nonblocking(self, size: int, timeout: float) -> bytes:
        if not select.select([self.child_fd], [], [], timeout)[0]:
            raise pexpect.TIMEOUT("")
        try:
            data = os.read(self.child_fd, size)
        except OSError:
            data = b""
        if not data:
            raise pexpect.EOF("")
        return data

    def setwinsize(self, rows: int, columns: int) -> None:
        fcntl.ioctl(self.child_fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def kill(self, number: int) -> None:
        os.kill(self.pid, number)

    def wait(self) -> None:
        _, status = os.waitpid(self.pid, 0)
        code = os.waitstatus_to_exitcode(status)
        self.exitstatus, self.signalstatus = (code, None) if code >= 0 else (None, -code)

    def close(self, force: bool) -> None:
        if self.exitstatus is None and self.signalstatus is None:
            self.kill(signal.SIGKILL)
            self.wait()
        os.close(self.child_fd)


def _be_a_program(work: Callable[[], int], columns: int, rows: int) -> NoReturn:
    code = 99
    try:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGQUIT, signal.SIG_DFL)
        sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)
        code = work()
        sys.stdout.flush()
    except SystemExit as end:
        code = int(end.code or 0)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


class Over(Exception):
    """The session has come to its end, as was meant."""


class Session:
    """One person at one terminal. `told` counts what was done."""

    def __init__(self, number: int, folder: str, told: Counter[str]) -> None:
        self.dice = random.Random(number)
        self.draft = os.path.join(folder, f"{number}.yaml")
        self.told = told
        self.plain = self.dice.random() < 0.15
        self.most = self.dice.randint(1, 5)
        # The model: what was answered, what is settled, and how each question was left.
        self.answers: dict[str, Any] = {}
        self.settled: set[str] = set()
        self.trace: list[object] = []
        self.entered = self.seen = 0.0
        self.left: dict[str, tuple[Any, int, set[str]]] = {}

    def run(self) -> None:
        columns, rows = self.dice.choice(SIZES)
        words = ["--draft", self.draft, *(["--plain"] if self.plain else [])]
        child = Forked(lambda: small_quiz.main(words), columns, rows)
        with Screen([], columns=columns, rows=rows, child=child) as screen:
            self.screen = screen
            with contextlib.suppress(Over):
                self._talk()
            assert screen.modes == screen.modes_before, "the terminal's modes are others"
            assert screen.left_on == set(), f"left on: {screen.left_on}"
            assert not screen.on_second_screen
            assert "Traceback" not in screen.everything

    # --- the conversation ---

    def _talk(self) -> None:
        act = self._line if self.plain else self._act
        for _ in range(self.most):
            question = self._next()
            if question is None:
                self._finish()
            self._see(question)
            act(question)
        self._end()

    def _next(self) -> Question | None:
        path = applicable(RULES, self.answers)
        return next((each for each in path if each.id not in self.settled), None)

    def _place(self, question: Question) -> tuple[int, set[str]]:
        """Which answer the cursor is on, and what is marked, when the question is shown."""
        old, pointed, marked = self.left.pop(question.id, (None, -1, set()))
        given = self.answers.get(question.id)
        if pointed >= 0 and old == given:
            return pointed, marked
        ids = given if isinstance(given, list) else [] if given is None else [given]
        all_ids = [each.id for each in options_of(question)]
        if not ids and question.id == RULES.scope_question:
            ids = ["adult"]  # the cursor doesn't begin on an answer that ends the quiz
        at = next((n for n, each in enumerate(all_ids) if each in ids), 0)
        return at, set() if given is None else set(ids)

    def _see(self, question: Question) -> None:
        number = [each.id for each in applicable(RULES, self.answers)].index(question.id) + 1
        self.screen.wait(f"Question {number} of ")
        self.screen.wait(question.ask)
        self.seen = time.monotonic()
        if self.plain:
            self.screen.wait(lambda s: s.text.endswith("Your answer:"))

    def _act(self, question: Question) -> None:
        """Do something on purpose at this question, with noise around each key."""
        self.trace.append(f"at {question.id}")
        self.at, self.marked = self._place(question)
        self.ids = [each.id for each in options_of(question)]
        self.many = question.kind == "many"
        self._check()
        for _ in range(self.dice.randint(0, 2)):
            self._noise()
            self._move()
        self._noise()
        self._check()
        what = self.dice.random()
        if what < 0.12 and len(self.settled) and question.id != RULES.questions[0].id:
            self._go_back(question)
        elif what < 0.18:
            self._look_around()
            self.left[question.id] = (self.answers.get(question.id), self.at, self.marked)
        else:
            self._answer(question)

    def _move(self) -> None:
        place = self.dice.randrange(len(self.ids))
        step = self.dice.choice([1, -1, 0])
        if step:
            self.at = (self.at + step) % len(self.ids)
            self._press({1: "\x1b[B", -1: "\x1b[A"}[step])
        else:
            self.at = place
            self._press(KEYS[place])
            if self.many:
                self._mark(self.ids[place])
        if self.many and self.dice.random() < 0.4:
            self._press(" ")
            self._mark(self.ids[self.at])

    def _mark(self, each: str) -> None:
        if each in self.marked:
            self.marked = self.marked - {each}
        else:
            self.marked = {each} if each in ALONE else (self.marked - ALONE) | {each}

    def _check(self) -> None:
        """The screen shows what was done on purpose, and nothing else."""

        def as_meant(screen: Screen) -> bool:
            rows = [found for line in screen.lines if (found := _ROW.match(line))]
            pointed = [KEYS.index(row[2]) for row in rows if row[1] == ">"]
            marks = {self.ids[KEYS.index(row[2])] for row in rows if row[3] == "x"}
            return pointed == [self.at] and (not self.many or marks <= self.marked) and (
                not self.many or len(rows) < len(self.ids) or marks == self.marked
            )  # fmt: skip

        self.screen.wait(as_meant)
        self.told["looks that were as meant"] += 1

    def _answer(self, question: Question) -> None:
        if self.many and not self.marked:
            self._press(KEYS[0])
            self._mark(self.ids[0])
            self.at = 0
            self._check()
        given = [each for each in self.ids if each in self.marked] if self.many else None
        answer: Any = self.ids[self.at] if given is None else given
        if given is not None and given[0] in ("unsure", "skip"):
            answer = given[0]
        ahead, held = self.dice.random() < 0.12, self.dice.random() < 0.06
        # Twice within a second the same key may be one that is held: it waits for its answer.
        time.sleep(max(0.0, self.seen + 0.2 - time.monotonic()))
        time.sleep(max(0.0, self.entered + (1.05 if ahead or held else 0.2) - time.monotonic()))
        self.entered = time.monotonic()
        self._press(ENTER + (self._typed_ahead() if ahead else ""))
        if held and not ahead:
            self.told["keys held down"] += 1
            for _ in range(8):
                time.sleep(0.02)
                self._press(ENTER)
            self.entered = time.monotonic()
        self.answers[question.id] = answer
        self.settled.add(question.id)
        self.told["answers on purpose"] += 1
        self._past_alerts(question)

    def _typed_ahead(self) -> str:
        self.told["keys typed ahead"] += 1
        return self.dice.choice(["1\r", "\r\r\r", "2 \r1\r", "\x1b[B\r", "\x1b[D\x1b[D"])

    def _past_alerts(self, question: Question) -> None:
        """Close an alert on purpose, if there is one. It comes for no answer but these."""
        given = self.answers[question.id]
        holds = question.id == "danger" and "overdose" in given
        rings = holds or given == "daily" or (question.id == "danger" and "violence" in given)
        self._wait_for_what_comes()
        if "Stop here" not in self.screen.text and "Press Enter to go on." not in self.screen.text:
            return  # none, or it has rung before
        assert rings, "an alert for an answer that nobody gave"
        self._noise(keys=False)
        if not holds:
            self._enter_after_reading()
            return
        if self.dice.random() < 0.3:
            self._enter_after_reading()
            self.screen.wait("Press Enter to show it.")
            self._enter_after_reading()
            self._ended(0)
        self._press("2")
        self.screen.wait("> 2. Go on")
        self._enter_after_reading()

    def _wait_for_what_comes(self) -> None:
        following = self._next()
        words = "All correct" if following is None else following.ask
        self.screen.wait(lambda s: any(
            each in s.text for each in ("Stop here", "Press Enter to go on.", words)
        ))  # fmt: skip
        self.screen.settle()

    def _enter_after_reading(self) -> None:
        """Where the noise came late, Enter is pressed once more: not before it is clear."""
        before = self.screen.lines
        for _ in range(4):
            time.sleep(READ)
            self._press(ENTER)
            self.screen.look_for(lambda s: s.lines != before, seconds=4)
            self.screen.settle()  # a picture may come in pieces: what it asks for stands at its end
            if "once more" not in self.screen.text and self.screen.lines != before:
                break
        self.entered = time.monotonic()

    def _go_back(self, question: Question) -> None:
        path = [each.id for each in applicable(RULES, self.answers)]
        at = path.index(question.id)
        self.left[question.id] = (self.answers.get(question.id), self.at, self.marked)
        self.settled.discard(path[at - 1])
        self.told["steps back"] += 1
        time.sleep(SETTLES)
        self._press(self.dice.choice([ESCAPE, LEFT, SHIFT_TAB]))

    def _look_around(self) -> None:
        key, words = self.dice.choice(
            [("?", "You can answer:"), ("\x12", "Go on with the questions")]
        )
        self._press(key)
        self.screen.wait(words)
        self._noise(keys=False)
        self.screen.wait(words)
        time.sleep(SETTLES)
        self._press(ESCAPE)
        self.told["looks around"] += 1

    def _line(self, question: Question) -> None:
        """The same in plain lines, with noise in the line."""
        options = [each.id for each in options_of(question)]
        place = self.dice.randrange(len(options))
        answer: Any = options[place]
        if question.kind == "many" and answer not in ("unsure", "skip"):
            answer = [answer]
        before = len(self.screen.bytes)
        self.screen.press_quickly(f"{self._report()}{place + 1}{self._report()}\r")
        self.answers[question.id] = answer
        self.settled.add(question.id)
        self.told["answers on purpose"] += 1
        self.screen.wait(lambda s: b"You answered" in s.bytes[before:])
        if question.id == "danger" and "overdose" in answer:
            self.screen.wait("2. Go on")
            time.sleep(READ)
            self.screen.press_quickly("2\r")

    # --- noise ---

    def _report(self) -> str:
        names = [name for name in KNOWN if name != "Alt-[" and not name.startswith("F5")]
        self.told["reports"] += 1
        text = KNOWN[self.dice.choice(names)]
        return "" if self.plain and ("\r" in text or text[1:].isalnum()) else text

    def _noise(self, *, keys: bool = True) -> None:
        what = self.dice.random()
        if what < 0.3:
            text = self._report()
            if keys and len(text) > 4 and self.dice.random() < 0.3:
                cut = self.dice.randrange(2, len(text))
                self._press(text[:cut])
                time.sleep(self.dice.choice([0.0, 0.01, 0.07]))
                text = text[cut:]
            self._press(text)
        elif what < 0.36:
            self.told["pastes"] += 1
            pasted = self.dice.choice(["1\r", "1 2\r3", "\x1b[Bnone"])
            self._press(f"\x1b[200~{pasted}\x1b[201~")
        elif what < 0.44:
            self.told["new window sizes"] += 1
            self.screen.resize(*self.dice.choice(SIZES))
        elif what < 0.48:
            self.told["stops"] += 1
            number = self.dice.choice([signal.SIGSTOP, signal.SIGTSTP])
            self.trace.append(number)
            self.screen.send_signal(number)
            time.sleep(0.01)
            self.screen.send_signal(signal.SIGCONT)

    def _press(self, keys: str) -> None:
        self.trace.append(keys)
        self.screen.press_quickly(keys)

    # --- the end ---

    def _finish(self) -> None:
        if self.plain:
            self.screen.wait("To see your result")
            time.sleep(READ)
            self.screen.press_quickly("show\r")
        else:
            self.screen.wait("All correct")
            self._noise()
            self.screen.wait("All correct")
            self._enter_after_reading()
        self._ended(0)

    def _end(self) -> NoReturn:
        """At any place, in one of the ways in which a session ends before its time."""
        how = self.dice.choice(["exit", "stop", "TERM", "HUP", "QUIT"])
        self.told[f"ended by {how}"] += 1
        question = self._next()
        if question is None:
            self.screen.wait("To see your result" if self.plain else "All correct")
        else:
            self._see(question)
        if how == "exit":
            self.screen.press_quickly("\x18")
            assert self.screen.end() == 0
            assert not os.path.exists(self.draft), "the draft is there after a quick exit"
            assert self.screen.everything == ""
            raise Over
        if how == "stop":
            self.screen.press_quickly("\x03")
            self._ended(130)
        number = getattr(signal, f"SIG{how}")
        self.screen.send_signal(number)
        assert self.screen.ended_by() == number
        self._holds()
        raise Over

    def _ended(self, code: int) -> NoReturn:
        got = self.screen.end()
        assert got == code, f"exit {got}, and not {code}"
        self.told["ended by its own end" if not code else "stopped"] += 1
        self._holds()
        raise Over

    def _holds(self) -> None:
        """The draft holds every answer that was given on purpose, and no other."""
        if not self.answers and not os.path.exists(self.draft):
            return  # an empty one is taken away again
        with open(self.draft, encoding="utf-8") as file:
            kept = yaml.safe_load(file)["answers"] or {}
        assert kept == self.answers, f"kept {kept}, given {self.answers}"
        assert os.listdir(os.path.dirname(self.draft)) == [os.path.basename(self.draft)]


def soak(first: int, sessions: int) -> tuple[Counter[str], list[str]]:
    """What was done in these sessions, and what went wrong."""
    told: Counter[str] = Counter()
    wrong: list[str] = []
    for number in range(first, first + sessions):
        with tempfile.TemporaryDirectory() as folder:
            session = Session(number, folder, told)
            try:
                session.run()
            except Exception as error:
                done = " ".join(map(repr, session.trace[-12:]))
                wrong.append(f"session {number}, after {done}: {error}")
        told["sessions"] += 1
    return told, wrong


def main() -> int:
    asked = argparse.ArgumentParser()
    for name, usual in (("--sessions", 500), ("--seed", 0), ("--jobs", 1)):
        asked.add_argument(name, type=int, default=usual)
    asked.add_argument("--json", action="store_true")
    given = asked.parse_args()
    os.environ.update(TERM="xterm-256color", PROMPT_TOOLKIT_NO_CPR="1")
    for name in ("ACCESSIBLE", "NO_COLOR"):
        os.environ.pop(name, None)
    begun = time.monotonic()
    if given.jobs == 1:
        told, wrong = soak(given.seed, given.sessions)
    else:
        told, wrong = in_parallel(given.seed, given.sessions, given.jobs)
    if given.json:
        print(json.dumps([told, wrong]))
    else:
        for name, count in sorted(told.items()):
            print(f"{count:7,}  {name}")
        print(f"{time.monotonic() - begun:7.1f}  seconds, {given.jobs} at a time")
        print(*wrong, f"{len(wrong):7,}  sessions that went wrong", sep="\n")
    return bool(wrong)


def in_parallel(first: int, sessions: int, jobs: int) -> tuple[Counter[str], list[str]]:
    """The same in several processes: most of a session is waiting, as a person's is."""
    each = -(-sessions // jobs)
    runs = []
    for begin in range(first, first + sessions, each):
        count = min(each, first + sessions - begin)
        command = [sys.executable, __file__, "--json", f"--seed={begin}", f"--sessions={count}"]
        runs.append(subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL))
    told: Counter[str] = Counter()
    wrong: list[str] = []
    for run in runs:
        out, _ = run.communicate()
        some, errors = json.loads(out)
        told.update(some)
        wrong += errors
    return told, wrong


if __name__ == "__main__":
    sys.exit(main())
