"""One change of the rules as lines to read: the name of the thing, and what was and is.

Why this module exists: on the short page, a long text of which one word changed is cut to where
it differs, and of a new rule what it does is told; in full, every field stands as it is.

It must not find out what changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final

from pathfinder.ruletools.diff.before_after import FieldChange, WrittenChange

_TELLING: Final = (
    "name", "title", "level", "traits", "asked when", "ask", "options", "question", "counts as",
    "alert", "first", "asks at least for", "sets aside", "support", "paths", "helps", "when",
    "unless", "holds", "because", "text",
)  # fmt: skip
"""The fields that say what a new thing does, in the order in which they are told."""

_BESIDE: Final = ("rule set", "factor", "source", "left out", "region")
"""Kinds of things that nobody is told of: on the short page, that they changed is enough."""

_OF_A_PATH: Final = ("name", "level", "approach", "traits")
"""A new path brings pages of text, which are read where they stand."""

_MOST_MET: Final = 14
"""Of what unchanged rules make of a new thing, so many words of each sentence are told."""

_CUT_FROM: Final = 12
"""A text of fewer words is told whole."""
_AROUND: Final = 4
"""So many words are kept on both sides of where two texts differ."""


def changed_lines(change: WrittenChange, *, whole: bool) -> Iterator[tuple[str, str]]:
    """Each line that is to be told: (label, text). Without a label, it can share a line."""
    thing = f"{change.kind} {change.id}"
    if change.kind in _BESIDE and not whole:
        fields = ", ".join(each.field for each in change.fields)
        yield "", f"{thing} ({fields if change.what == 'changed' else change.what})"
        return
    if change.what == "changed":
        for field in change.fields:
            yield f"{thing}, {field.field}", _was_and_is(field, whole)
        if change.met:
            yield thing, " ".join(_met(change, whole))
        return
    label = f"{'New' if change.what == 'new' else 'Taken out'}: {thing}"
    if whole:
        told = [(each.field, each) for each in change.fields]
    else:
        by_name = {each.field: each for each in change.fields}
        names = _telling(change)
        told = [(name, by_name[name]) for name in names if name in by_name]
        if change.what == "taken out":
            told = [(name, each._replace(before=_begun(each.before))) for name, each in told]
        if not told:
            told = [(each.field, each) for each in change.fields[:1]]
    parts = [f"{name}: {', '.join(each.before or each.after)}" for name, each in told]
    ended = (part if part.endswith((".", "?", "!", "…")) else f"{part}." for part in parts)
    yield label, " ".join((*(each[0].upper() + each[1:] for each in ended), *_met(change, whole)))


def _telling(change: WrittenChange) -> Sequence[str]:
    if change.what == "taken out":
        return "name", "when", "because"
    return _OF_A_PATH if change.kind == "path" else _TELLING


def _met(change: WrittenChange, whole: bool) -> Iterator[str]:
    yield from (each if whole else _begun((each,), _MOST_MET)[0] for each in change.met)


def _was_and_is(field: FieldChange, whole: bool) -> str:
    told = []
    for before, after in zip_longest(field.before, field.after):
        if before is None:
            told.append(f"new is “{after}”")
        elif after is None:
            told.append(f"“{before}” is gone")
        else:
            was, now = (before, after) if whole else _cut(before, after)
            told.append(f"was “{was}”; is “{now}”")
    return f"{'; '.join(told)}."


def _begun(lines: tuple[str, ...], most: int = _CUT_FROM) -> tuple[str, ...]:
    """The beginning, which tells what it is about."""
    words = " ".join(lines).split()
    more = " …" if len(words) > most else ""
    return (" ".join(words[:most]) + more,)


def _cut(before: str, after: str) -> tuple[str, str]:
    """Both texts without what they share at either end, but for a few words."""
    was, now = before.split(), after.split()
    least = min(len(was), len(now))
    start = next((n for n in range(least) if was[n] != now[n]), least)
    end = next((n for n in range(least - start) if was[-1 - n] != now[-1 - n]), least - start)
    start = start - _AROUND if start > _AROUND + 2 else 0
    end = end - _AROUND if end > _AROUND + 2 else 0
    if max(len(was), len(now)) < _CUT_FROM or not (start or end):
        return before, after
    return _middle(was, start, end), _middle(now, start, end)


def _middle(words: list[str], start: int, end: int) -> str:
    middle = " ".join(words[start : len(words) - end])
    return f"{'… ' if start else ''}{middle}{' …' if end else ''}"
