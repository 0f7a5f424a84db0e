"""Promises that were dropped, in words, wherever a rule set is looked at.

Why this module exists: a promise that is taken out is silent ever after, unless somebody says
so. Check, verify and diff say it in the same words, for as long as the rule set is used.

It must not prove anything, or judge whether a reason is a good one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from pathfinder.ruletools.verify.statements import Dropped

_WIDTH = 78


def dropped_lines(dropped: Sequence[Dropped]) -> Iterator[str]:
    """What is promised no longer: nothing at all where there is none."""
    if not dropped:
        return
    number = "1 promise is" if len(dropped) == 1 else f"{len(dropped)} promises are"
    yield f"{number} made no longer:"
    for each in dropped:
        yield f"  {each.id}"
        for words in (
            each.says,
            f"Dropped on {each.date} by {each.decided_by}: {each.because}",
        ):
            yield from wrap(words, _WIDTH, initial_indent="    ", subsequent_indent="    ")


def dropped_data(dropped: Sequence[Dropped]) -> list[dict[str, str]]:
    """The same for programs."""
    return [each._asdict() for each in dropped]
