"""The manual page of a check, and the list of all of them.

Why this module exists: a finding has room for one line; what it means and how to put it
right stands here, with one example of each.

It must not say anything about a check that its module doesn't.
"""

from __future__ import annotations

from collections.abc import Iterator

from pathfinder.ruletools.check.registry import FAMILIES, Check, all_checks
from pathfinder.sanitize import clean

_MOST_LINES = 10
_WIDEST = 92


def page(check: Check) -> Iterator[str]:
    """Everything about one check, line by line."""
    yield f"{check.code} ({check.severity})"
    yield ""
    yield from check.page.split("\n")
    yield ""
    yield f"Found, in {check.file}:"
    yield ""
    yield from _example(check.bad)
    yield ""
    yield "Holds:"
    yield ""
    yield from _example(check.good)
    if check.look is not None:
        yield ""
        yield "To allow it at one place, write on the line above:"
        yield ""
        yield f"    # pathfinder: allow {check.code} because …"


def contents() -> Iterator[str]:
    """Every code with the first sentence of its page, by family."""
    widest = max(len(check.code) for check in all_checks())
    for family in FAMILIES:
        yield f"{family}:"
        for check in all_checks():
            if check.family == family:
                first = check.page.partition("\n\n")[0].replace("\n", " ")
                yield f"  {check.code:{widest}}  {first}"
        yield ""
    yield "More about one of them: pathfinder rules explain CODE"


def _example(text: str | bytes | None) -> Iterator[str]:
    if text is None:
        yield "    (no such file)"
        return
    if isinstance(text, bytes):
        text = text.decode("latin-1")
    lines = text.strip("\n").split("\n")
    for line in lines[:_MOST_LINES]:
        shown = clean(line)
        yield f"    {shown if len(shown) <= _WIDEST else shown[: _WIDEST - 1] + '…'}"
    if len(lines) > _MOST_LINES:
        yield f"    … and {len(lines) - _MOST_LINES:,} lines more"
