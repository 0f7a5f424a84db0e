"""Every error that a person may see, and every exit code.

Why this module exists: one tree of errors that are shown as a sentence and not
as a traceback, and one table of exit codes (docs/exit-codes.md). Anything else
that is raised is a fault of ours.

It must not print or exit: that is the command line's work.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple


class ExitCode(IntEnum):
    """What `pathfinder` tells the shell."""

    DONE = 0
    RULES = 1
    USAGE = 2
    DATA = 65
    NO_INPUT = 66
    FAULT = 70
    CANT_WRITE = 73
    WRONG_PASSPHRASE = 77
    STOPPED = 130


class Problem(NamedTuple):
    """One thing that doesn't hold, and where. `line` and `column` count from 1; 0 is unknown."""

    file: str
    line: int
    column: int
    code: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{place}: {self.message}"


class PathfinderError(Exception):
    """Something a person can put right. The message says what happened and what to do."""

    exit_code = ExitCode.USAGE


class FileProblem(PathfinderError):
    """A file isn't there or can't be read."""

    exit_code = ExitCode.NO_INPUT


class CantWrite(PathfinderError):
    """A file can't be written."""

    exit_code = ExitCode.CANT_WRITE


MOST_TOLD = 20


class _Problems(PathfinderError):
    how_to_see_all = ""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        self.closing = ""
        super().__init__()

    def __str__(self) -> str:
        """All of them. Made when it is asked for: of a hopeless file they fill megabytes."""
        return "\n".join(map(str, self.problems))

    def told(self) -> str:
        """The first problems, and how many more there are: a wall of them helps nobody."""
        lines = [str(problem) for problem in self.problems[:MOST_TOLD]]
        if more := len(self.problems) - len(lines):
            lines.append(f"And {more:,} more. {self.how_to_see_all}")
        if self.closing:  # what a command says to do next
            lines.append(self.closing)
        return "\n".join(lines)


class RulesError(_Problems):
    """The rule set has problems: all of them, in the order of files and lines."""

    exit_code = ExitCode.RULES
    how_to_see_all = "To see them all: pathfinder rules check --all"


class AnswersError(_Problems):
    """The answers don't hold: all problems, in the order of the file."""

    exit_code = ExitCode.DATA
    how_to_see_all = "To see them all: pathfinder recommend --all FILE"


class ProgramsError(_Problems):
    """The list of programs has problems: all of them, in the order of files and lines."""

    exit_code = ExitCode.DATA
    how_to_see_all = "To see them all: pathfinder programs check --all FILE"


class QuickExit(Exception):
    """The person wants the screen empty and the program gone, now and without a word."""


class Stopped(PathfinderError):
    """The person stopped, or the input ended. The message says how to go on."""

    exit_code = ExitCode.STOPPED


class WrongPassphrase(PathfinderError):
    """The passphrase doesn't open the key file."""

    exit_code = ExitCode.WRONG_PASSPHRASE


class Damaged(PathfinderError):
    """A file of the vault isn't what was written there."""

    exit_code = ExitCode.DATA


class NoVault(FileProblem):
    """Nothing has been saved yet."""


class NotThere(FileProblem):
    """The vault holds no such file."""
