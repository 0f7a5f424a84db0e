"""What the commands that try, prove and compare rules share: what they say of slips.

Why this module exists: these commands need a rule set without an error, and stop at the
bare findings. Whoever reads them should know that nothing was tried, and what to run next.

It must not look for slips: that is `pathfinder rules check`.
"""

import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pathfinder.errors import RulesError
from pathfinder.sanitize import clean


@contextmanager
def put_right_first(folder: Path | None) -> Iterator[None]:
    """Reading the rules of `folder` (None: the built-in ones): a slip also says what is next."""
    try:
        yield
    except RulesError as error:
        error.closing = _next(error, folder)
        raise


def _next(error: RulesError, folder: Path | None) -> str:
    said = "Nothing was tried: put these right first."
    if all(problem.code == "missing-file" for problem in error.problems):
        return said  # there is no line to show
    named = "" if folder is None else f" {shlex.quote(clean(str(folder)))}"
    return f"{said} pathfinder rules check{named} shows the lines."
