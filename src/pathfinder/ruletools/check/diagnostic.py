"""What a check says: where, which check, and in words.

Why this module exists: the checks, the comments that silence them and the three ways
of printing all speak in these records.

It must not know any check.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """An error fails the run. A warning is worth a look and never fails it."""

    ERROR = "error"
    WARNING = "warning"


class Needs(Enum):
    """What must have been read without a slip before a check can look."""

    NOTHING = "nothing"
    QUESTIONS = "the questions"
    ALL = "the whole rule set"


class Place(NamedTuple):
    """A place in a file. `line` and `column` count from 1; 0 stands for the whole file."""

    file: str
    line: int
    column: int


class Found(NamedTuple):
    """What one check found: it knows the place and the words, the run adds the rest."""

    place: Place
    message: str


class Finding(NamedTuple):
    """One finding of the run. Sorts by file, line and column."""

    file: str
    line: int
    column: int
    code: str
    message: str
    severity: Severity


class Findings(NamedTuple):
    """All findings, in order, and what they were found in.

    `found` holds the first of them: a flood helps nobody. `errors` and `warnings` count all.
    `lines` holds the text of each file by lines, to show a finding in. `waiting` names the
    checks that could not look, because the rule set can't be read whole yet.
    """

    found: tuple[Finding, ...]
    errors: int
    warnings: int
    silenced: int
    waiting: tuple[str, ...]
    files: int
    rules: int
    lines: Mapping[str, tuple[str, ...]]

    @property
    def more(self) -> int:
        """How many findings there are beyond those in `found`."""
        return self.errors + self.warnings - len(self.found)
