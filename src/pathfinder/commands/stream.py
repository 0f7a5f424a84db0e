"""Many people at once: a line of answers in, a line of results out, in order.

Why this module exists: an agency or a researcher runs thousands of answer sets through the same
decision, and a line that doesn't hold costs that line only. A file is shared among the cores of
the machine: each worker is this process once more, is told which lines are its own, and lays
what becomes of them where this process can write it out from without a copy.

It must not keep results: memory stays flat however long a stream is. And it must not come to
other lines than one core would: what a worker fails at is done here, where it can be told.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import io
import mmap
import os
import signal
import stat
import struct
import sys
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, Literal, NamedTuple, NoReturn, TextIO

from pathfinder.engine.question import Answers
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import FileProblem, Problem
from pathfinder.files import told
from pathfinder.loader.answers_file import MOST_BYTES, NAME_A_FILE, iter_jsonl
from pathfinder.output import result_stream
from pathfinder.process import start_is_over
from pathfinder.render.result_json import line_error
from pathfinder.sanitize import clean

if TYPE_CHECKING:
    from pathfinder.loader.migrations import Migration

Form = Literal["whole", "explained", "brief"]
"""Every reason; how firm each result is, too, which takes many decisions; or ids alone."""

_RARELY: Final = 100_000
"""What is left of a person goes by itself, so the collector needn't look after each of them."""

_Lines = Callable[[BinaryIO, int, Callable[[str], object]], bool]
"""Reads lines of answers, of which so many came before, writes results, and says if all held."""

_Bytes = bytes | memoryview


def recommend_stream(
    rules: RuleSet,
    file: str,
    output: str | None,
    region: str | None,
    form: Form = "whole",
    folder: Path | None = None,
) -> bool:
    """Read JSONL from `file` (`-`: standard input) and write a JSON line for each.

    `folder`: of the rule set, None for the built-in one. Lines of an older edition are read by its
    migrations, as a file is. Returns whether every line held. A line that doesn't gives
    `{"line": N, "error": {"code", "message"}}` in its place.
    """
    start_is_over()
    gc.set_threshold(_RARELY)
    decided = _decided(rules, region, form)

    @functools.cache
    def migrations() -> tuple[Migration, ...]:
        from pathfinder.loader.migrations import read_migrations

        return read_migrations(rules, folder)

    def otherwise(line: bytes) -> Answers | None:
        from pathfinder.loader.older_answers import line_of_any_edition  # only such a line pays

        return line_of_any_edition(rules, migrations(), line)

    def lines(source: BinaryIO, before: int, write: Callable[[str], object]) -> bool:
        all_held = True
        for number, found in _read(rules, source, file, before, otherwise):
            if isinstance(found, Problem):
                all_held = False
                write(line_error(number, found.code, found.message) + "\n")
            else:
                write(decided(number, found) + "\n")
        return all_held

    with _opened(file) as source, result_stream(output) as sink:
        if form == "brief":
            from pathfinder.render.parts_json import first_line

            sink.write(first_line(rules) + "\n")
        cores = _cores(source)
        if file == "-" or cores == 1:
            return lines(source, 0, sink.write)
        sink.flush()  # what waits here would be written once more by every worker
        with _workers(lines, cores, source.fileno()) as workers:
            return _shared(_blocks(source, file), workers, lines, _bytes_to(sink))


def _decided(rules: RuleSet, region: str | None, form: Form) -> Callable[[int, Answers], str]:
    """What makes one person's line. Each form imports what it needs."""
    if form == "brief":
        from pathfinder.engine.brief import brief
        from pathfinder.render.parts_json import brief_line

        return lambda number, answers: brief_line(number, brief(rules, answers))
    from pathfinder.engine.decide import decide
    from pathfinder.render.result_json import dumps, explained_text

    if form == "whole":
        return lambda number, answers: dumps(decide(rules, answers, region=region))
    from pathfinder.engine.explain import explain

    def explained(number: int, answers: Answers) -> str:
        decision = decide(rules, answers, region=region)
        return dumps(decision, explained_text(rules, decision, explain(rules, answers, decision)))

    return explained


def _read(
    rules: RuleSet,
    source: BinaryIO,
    file: str,
    before: int,
    otherwise: Callable[[bytes], Answers | None],
) -> Iterator[tuple[int, Answers | Problem]]:
    """The lines. What goes wrong while they are read isn't taken for a fault of the output."""
    try:
        yield from iter_jsonl(rules, source, before, otherwise)
    except OSError as error:
        raise _unread(file, error) from None


def _unread(file: str, error: OSError) -> FileProblem:
    name = "Standard input" if file == "-" else clean(file)
    return FileProblem(f"{name} can't be read: {error.strerror or error}.")


@contextlib.contextmanager
def _opened(file: str) -> Iterator[BinaryIO]:
    if file == "-":
        if sys.stdin is None:
            raise FileProblem("Standard input is closed. Name a file, or pipe answers in.")
        yield sys.stdin.buffer
        return
    with told(clean(file), NAME_A_FILE):
        stream = open(file, "rb")  # noqa: SIM115 (closed below; only opening may be explained)
    with stream:
        yield stream


# --- among the cores ------------------------------------------------------------------------

_BLOCK: Final = 1 << 15
_MOST_LINES: Final = 256
"""In a block. Lines may be short, and what becomes of them long."""
_WORTH_SHARING: Final = 8 * _BLOCK
_MOST_WORKERS: Final = 16
_AT_ONCE: Final = 2
"""Blocks that a worker has: it goes on with the next while this process writes out the last."""
_ROOM: Final = 1 << 22
"""Bytes for the results of one block. What is more goes through the pipe."""
_TO_WORKER: Final = struct.Struct("!QQQ")  # lines before, where the block begins, its bytes
_BACK: Final = struct.Struct("!?QQ")  # whether all held, bytes in the room, bytes that follow


class _Block(NamedTuple):
    """Whole lines, how many came before, and where in the file they begin."""

    before: int
    start: int
    data: bytes


class _Worker(NamedTuple):
    """This process once more. It ends when `to` is closed. `rooms` are seen by both."""

    pid: int
    to: BinaryIO
    back: BinaryIO
    rooms: mmap.mmap


def _cores(source: BinaryIO) -> int:
    """How many may work on this file: one, if it is small, no file, or can't be shared here."""
    if not hasattr(os, "sched_getaffinity"):  # Linux; Apple's own libraries don't bear a fork
        return 1
    with contextlib.suppress(OSError, ValueError):
        status = os.fstat(source.fileno())
        if stat.S_ISREG(status.st_mode) and status.st_size >= _WORTH_SHARING:
            return min(len(os.sched_getaffinity(0)), _MOST_WORKERS)
    return 1


def _bytes_to(sink: TextIO) -> Callable[[_Bytes], object]:
    """How what a worker wrote comes out: as it is, unless this stream writes otherwise."""
    below = getattr(sink, "buffer", None)
    if below is None or "{\n".encode(sink.encoding) != b"{\n":
        return lambda data: sink.write(str(data, "ascii"))

    def write(data: _Bytes) -> None:
        while data:  # a stream that holds nothing back may take less at once
            data = data[below.write(data) :]

    return write


def _blocks(source: BinaryIO, file: str) -> Iterator[_Block]:
    """The stream in blocks of whole lines; of a line over the limit, enough to see that it is."""
    before = 0
    try:
        start = source.tell()
        while data := source.read(_BLOCK):
            passed = 0
            if not data.endswith(b"\n"):
                begun = len(data) - data.rfind(b"\n") - 1
                data += source.readline(max(MOST_BYTES + 1 - begun, 1))
                if not data.endswith(b"\n"):
                    while rest := source.readline(MOST_BYTES):
                        passed += len(rest)
                        if rest.endswith(b"\n"):
                            break
            for part in _parts(data):
                yield _Block(before, start, part)
                before += part.count(b"\n") + (not part.endswith(b"\n"))
                start += len(part)
            start += passed
    except OSError as error:
        raise _unread(file, error) from None


def _parts(data: bytes) -> Iterator[bytes]:
    if data.count(b"\n") <= _MOST_LINES:
        yield data
        return
    lines = data.splitlines(keepends=True)
    for first in range(0, len(lines), _MOST_LINES):
        yield b"".join(lines[first : first + _MOST_LINES])


@contextlib.contextmanager
def _workers(lines: _Lines, number: int, file: int) -> Iterator[list[_Worker]]:
    workers: list[_Worker] = []
    try:
        for _ in range(number):
            workers.append(_start(lines, file, workers))
        yield workers
    finally:
        for worker in workers:
            for stream in (worker.to, worker.back):
                with contextlib.suppress(OSError):
                    stream.close()
        for worker in workers:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(worker.pid, 0)


def _start(lines: _Lines, file: int, others: list[_Worker]) -> _Worker:
    theirs, to = os.pipe()
    back, ours = os.pipe()
    rooms = mmap.mmap(-1, _AT_ONCE * _ROOM)
    pid = os.fork()
    if pid == 0:
        os.close(to)
        os.close(back)
        for other in others:  # or they would never see their end
            os.close(other.to.fileno())
            os.close(other.back.fileno())
        _work(lines, file, os.fdopen(theirs, "rb"), os.fdopen(ours, "wb"), rooms)
    os.close(theirs)
    os.close(ours)
    return _Worker(pid, os.fdopen(to, "wb"), os.fdopen(back, "rb"), rooms)


def _work(lines: _Lines, file: int, source: BinaryIO, sink: BinaryIO, rooms: mmap.mmap) -> NoReturn:
    """The life of a worker. It says nothing and leaves no trace: its end is enough to see."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process tells what happened
        for each in (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGTSTP):
            signal.signal(each, signal.SIG_DFL)
        turn = 0
        while head := source.read(_TO_WORKER.size):
            before, start, size = _TO_WORKER.unpack(head)
            data = os.pread(file, size, start)
            if len(data) != size:
                break  # the file got shorter meanwhile
            room = turn % _AT_ONCE * _ROOM
            rooms.seek(room)
            more: list[bytes] = []
            held = lines(io.BytesIO(data), before, _laid(rooms, room + _ROOM, more))
            rest = b"".join(more)
            sink.write(_BACK.pack(held, rooms.tell() - room, len(rest)) + rest)
            sink.flush()
            turn += 1
    except BaseException:
        os._exit(1)
    os._exit(0)


def _laid(rooms: mmap.mmap, end: int, more: list[bytes]) -> Callable[[str], None]:
    """Writes where the first process sees it; from what has no room there on, to `more`."""

    def write(text: str) -> None:
        data = text.encode("ascii")
        if more or rooms.tell() + len(data) > end:
            more.append(data)
        else:
            rooms.write(data)

    return write


def _shared(
    blocks: Iterator[_Block],
    workers: list[_Worker],
    lines: _Lines,
    write: Callable[[_Bytes], object],
) -> bool:
    """Each worker gets its blocks in turn, and is asked for them in turn: the order is kept."""
    waiting: deque[tuple[_Worker, int, _Block]] = deque()
    most, all_held = _AT_ONCE * len(workers), True
    for turn, block in enumerate(blocks):
        if len(waiting) == most:
            all_held &= _taken(*waiting.popleft(), lines, write)
        worker = workers[turn % len(workers)]
        with contextlib.suppress(OSError):  # a worker that is gone is seen when its turn comes
            worker.to.write(_TO_WORKER.pack(block.before, block.start, len(block.data)))
            worker.to.flush()
        waiting.append((worker, turn // len(workers) % _AT_ONCE * _ROOM, block))
    for worker, room, block in waiting:
        all_held &= _taken(worker, room, block, lines, write)
    return all_held


def _taken(
    worker: _Worker,
    room: int,
    block: _Block,
    lines: _Lines,
    write: Callable[[_Bytes], object],
) -> bool:
    """Write what the worker made of the block; if it has ended, what is made of it here."""
    head = worker.back.read(_BACK.size)
    if len(head) == _BACK.size:
        held, laid, more = _BACK.unpack(head)
        rest = worker.back.read(more)
        if len(rest) == more:
            with memoryview(worker.rooms) as seen, seen[room : room + laid] as made:
                write(made)
            if rest:
                write(rest)
            return bool(held)
    return lines(io.BytesIO(block.data), block.before, lambda text: write(text.encode("ascii")))
