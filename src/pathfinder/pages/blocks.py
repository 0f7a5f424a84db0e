"""The page model: a handful of blocks that every way of showing understands.

Why this module exists: the rich page, the plain page and later forms must hold
the same facts, so they are written once, as blocks, and drawn by others.

It must not know a screen, a width, a colour or a rule.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Role = Literal["body", "strong", "alert"]
Mark = Literal["dot", "plus", "minus"]

FIRM_SPACE = "\N{NO-BREAK SPACE}"
"""A space at which no line is broken. It is written as an ordinary space."""

_BETWEEN_FIGURES = re.compile(r"(?<=[0-9],) (?=[0-9])|(?<=[0-9]) (?=[0-9])")


class Heading(NamedTuple):
    """`level` 1 opens a part of the page, 2 something inside it."""

    level: int
    text: str
    role: Role = "body"


class Text(NamedTuple):
    """A paragraph. With `label` it is a line such as "How long: about 12 weeks"."""

    text: str
    label: str = ""
    role: Role = "body"


class Bullet(NamedTuple):
    """One thing of a list. `plus` speaks for a path, `minus` against it."""

    text: str
    mark: Mark = "dot"
    label: str = ""


class Row(NamedTuple):
    """One row of a comparison: what is compared, and what each side says about it."""

    title: str
    left: str
    right: str


class SideBySide(NamedTuple):
    """Two things compared, row by row."""

    left: str
    right: str
    rows: tuple[Row, ...]


Block = Heading | Text | Bullet | SideBySide


def firm(text: str) -> str:
    """A text whose figures are never split over two lines: "116 123", "[1, 3]"."""
    return _BETWEEN_FIGURES.sub(FIRM_SPACE, text)
