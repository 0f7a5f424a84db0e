"""Runs the command in this process, as a shell would see it."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from pathfinder.cli import main


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


Run = Callable[..., Ran]


class _Piped(io.TextIOWrapper):
    """Standard input from a pipe: bytes underneath, no terminal."""

    def isatty(self) -> bool:
        return False


def runner(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    def run(*args: str, stdin: str | bytes = b"") -> Ran:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        with monkeypatch.context() as patch:
            patch.setattr(sys, "argv", ["pathfinder", *args])
            patch.setattr(
                sys, "stdin", _Piped(io.BufferedReader(io.BytesIO(data)), encoding="utf-8")
            )
            with pytest.raises(SystemExit) as end:
                main()
            sys.stdout.flush()
        captured = capfd.readouterr()
        return Ran(int(end.value.code or 0), captured.out, captured.err)

    return run
