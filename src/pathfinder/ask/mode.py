"""Menus or numbered lines: which of the two the quiz uses here, and why.

Why this module exists: the person is told which mode is on and for what reason,
so the choice is made once, in one place, before anything is imported for it.

It must not ask or print. It stays in the standard library.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import NamedTuple, TextIO

from pathfinder.terminal import DUMB, Size, accessible, is_terminal, shows_utf8, size_of

LEAST = Size(columns=30, rows=12)
"""In a smaller window a menu would hide words."""


class Surroundings(NamedTuple):
    """What the choice depends on, looked up once, so that a test can make its own."""

    input_is_terminal: bool
    output_is_terminal: bool
    shows_utf8: bool
    size: Size
    environ: Mapping[str, str]

    @classmethod
    def of_the_process(cls) -> Surroundings:
        return cls.of_streams(sys.stdin, sys.stderr, os.environ)

    @classmethod
    def of_streams(
        cls, source: TextIO | None, target: TextIO | None, environ: Mapping[str, str]
    ) -> Surroundings:
        return cls(
            input_is_terminal=is_terminal(source),
            output_is_terminal=is_terminal(target),
            shows_utf8=shows_utf8(target),
            size=size_of(target),
            environ=environ,
        )


def why_plain(wanted: bool, here: Surroundings, *, by_config: bool = False) -> str | None:
    """The reason for plain mode in a few words, or None where menus work.

    `wanted`: the person asked for it with `--plain`; `by_config`: in their preferences.
    """
    if wanted:
        return "you asked for it with --plain"
    if by_config:
        return "your config.yaml asks for it"
    if accessible(here.environ):
        return "ACCESSIBLE is set"
    if not here.input_is_terminal:
        return "the input is not a terminal"
    if not here.output_is_terminal:
        return "the questions don't go to a terminal"
    if here.environ.get("TERM", "").casefold() in DUMB:
        return "the terminal says that it can't redraw"
    if not here.shows_utf8:
        return "the terminal can't show UTF-8 text"
    return too_small(here.size)


def too_small(size: Size) -> str | None:
    if size.columns >= LEAST.columns and size.rows >= LEAST.rows:
        return None
    return (
        f"the window is small: {size.columns} columns by {size.rows} rows. "
        f"Menus need {LEAST.columns} by {LEAST.rows}"
    )
