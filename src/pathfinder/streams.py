"""Standard output and standard error, where a refused word is told apart from a refused file.

Why this module exists: what the system says when a word can't be written names no stream,
and neither does what it says of a folder that is gone. Only the stream itself knows that it
was the one, and a person must not be told that the result is lost when it isn't.

It must not say anything, or end the program. It costs every start, and stays small.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from typing import Any, TextIO, cast


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
