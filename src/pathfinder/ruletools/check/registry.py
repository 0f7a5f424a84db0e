"""Which checks there are: one module each, in the folder of its family.

Why this module exists: a check is added by adding its file, and nothing else. What every
module must hold is written down once, here.

It must not run a check.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum
from functools import cache
from importlib import import_module
from inspect import cleandoc
from pathlib import Path
from typing import Any, Final, NamedTuple

from pathfinder.ruletools.check.context import Book
from pathfinder.ruletools.check.diagnostic import Found, Severity

FAMILIES: Final = (
    "reading",
    "names",
    "rules",
    "evidence",
    "language",
    "cases",
    "beside",
    "silences",
)
"""The folders, in the order in which codes are listed."""


class Needs(Enum):
    """What must have been read without a slip before a check can look."""

    NOTHING = "nothing"
    QUESTIONS = "the questions"
    ALL = "the whole rule set"


class Check(NamedTuple):
    """One check, as its module describes it.

    `page` is its manual page. In the example rule set `good` may stand in `file`, in place
    of `instead_of`, and `bad` is found there. As `good` or `bad`, None means that there is
    no such file. `look` is None where the loader itself looks.
    """

    code: str
    family: str
    severity: Severity
    page: str
    file: str
    instead_of: str | None
    good: str | None
    bad: str | bytes | None
    needs: Needs
    look: Callable[[Book], Iterator[Found]] | None


@cache
def all_checks() -> tuple[Check, ...]:
    """Every check, by family and then by code."""
    here = Path(__file__).parent
    return tuple(
        _described(family, import_module(f"pathfinder.ruletools.check.{family}.{name}"))
        for family in FAMILIES
        for name in sorted(file.stem for file in (here / family).glob("*.py"))
        if name != "__init__"
    )


@cache
def by_code() -> dict[str, Check]:
    return {check.code: check for check in all_checks()}


def _described(family: str, module: Any) -> Check:
    good = module.GOOD
    return Check(
        code=module.CODE,
        family=family,
        severity=module.SEVERITY,
        page=cleandoc(module.__doc__),
        file=module.FILE,
        instead_of=getattr(module, "INSTEAD_OF", good),
        good=good,
        bad=module.BAD,
        needs=getattr(module, "NEEDS", Needs.NOTHING),
        look=getattr(module, "check", None),
    )
