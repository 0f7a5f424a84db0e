"""A change as lines to read: what was and is in a rule, and what was lost of a promise.

Why this module exists: on the short page, a long text of which one word changed is cut to where
it differs, and of a new rule what it does is told; in full, every field stands as it is. A promise
is taken apart into each thing that it asks of somebody, so that what is lost can be named.

It must not find out what changed, or weigh one promise against another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Final, NamedTuple

from pathfinder.engine.conditions import Condition, in_words
from pathfinder.ruletools.diff.before_after import FieldChange, WrittenChange
from pathfinder.ruletools.verify.statements import (
    Adding,
    Demand,
    Implies,
    Must,
    NeverChanges,
    NeverLoses,
    NeverLowers,
)

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


AsMuch = Callable[["AskedFor", "AskedFor"], bool]
"""Whether the first asks at least as much as the second of whom it speaks."""


# --- what a promise asks for, one by one ----------------------------------------------------


class AskedFor(NamedTuple):
    """One thing that a statement asks for. `of` is what is varied, or "" where nothing is;
    `beside` what else has to be the same, for two of them to be compared at all."""

    kind: str
    of: tuple[str, ...]
    key: str
    value: str | tuple[str, ...]
    when: Condition | None = None
    beside: str = ""


def asked_in(musts: Iterable[Must]) -> Iterator[AskedFor]:
    for must in musts:
        if isinstance(must, Implies):
            beside = "minors" if must.minors else ""
            for key, value in _demands(must.then):
                yield AskedFor("then", (), key, value, must.when, beside)
        elif isinstance(must, NeverLowers):
            for step in must.steps:
                for part in must.parts:
                    yield AskedFor("one step worse", (step.question, step.direction), part, part)
        elif isinstance(must, NeverChanges):
            for part in must.parts:
                yield AskedFor("changing", tuple(sorted(must.questions)), part, part)
        elif isinstance(must, Adding):
            given = f" with {dict(must.beside)}" if must.beside else ""
            for answer in must.answers:
                for verb, parts in (("changes", must.changes), ("lowers", must.lowers)):
                    for part in parts:
                        of = (must.question, answer)
                        yield AskedFor("adding", of, f"{verb} {part}", part, must.when, given)
        elif isinstance(must, NeverLoses):
            for question in must.questions:
                for part in must.parts:
                    yield AskedFor("not known", (question,), part, part)
        else:
            yield AskedFor("somebody for each", (), must.what, must.what)


def _demands(then: Demand) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    for key, value in then._asdict().items():
        if key == "first_path" and value:
            yield key, tuple(sorted(value))
        elif isinstance(value, tuple):
            yield from ((key, each) for each in value)
        elif value is not None and (value or key == "hold"):
            yield key, str(value)


# --- what was lost of a promise -----------------------------------------------------------


def lost_words(
    as_much: AsMuch, lost: Sequence[AskedFor], before: Sequence[AskedFor], now: Sequence[AskedFor]
) -> Iterator[str]:
    """What was lost, all that came to the same end in one sentence."""
    fresh = [each for each in now if each not in before]
    said: dict[str, list[AskedFor]] = {}
    for each in lost:
        said.setdefault(_became(as_much, each, fresh), []).append(each)
    yield from (f"{_whats(whats)}: {end}." for end, whats in said.items())


def _became(as_much: AsMuch, lost: AskedFor, fresh: Sequence[AskedFor]) -> str:
    """What is asked in place of what was lost."""
    alike = [each for each in fresh if (each.kind, each.key) == (lost.kind, lost.key)]
    looser = [each for each in alike if each.of == lost.of and each.when == lost.when]
    if looser:
        return f"asked {_for_whom(lost.when)}; now it only {_whats(looser)}"
    narrower = [each for each in alike if as_much(each, lost)]
    if narrower:
        became = " or ".join(_for_whom(each.when) for each in narrower)
        return f"was asked {_for_whom(lost.when)}; now only {became}"
    fewer = [each for each in alike if each.of and set(each.of) < set(lost.of)]
    if fewer:
        return f"now only {fewer[0].kind} {', '.join(fewer[0].of)}"
    return f"no longer asked {_for_whom(lost.when)}"


def asked_words(asked: AskedFor) -> str:
    return f"{_whats([asked])}: asked {_for_whom(asked.when)}."


def _for_whom(when: Condition | None) -> str:
    return "of everybody" if when is None else f"where {in_words(when)}"


_THEN: Final = {
    "alerts": "shows the alert {}",
    "first": "names the first step {}",
    "first_of_first": "puts {} before all other first steps",
    "at_least": "calls at least for {}",
    "at_most": "calls at most for {}",
    "first_path": "puts {} first",
    "not_ranked": "doesn't rank {}",
    "not_supports": "doesn't offer {}",
    "not_first": "doesn't name the first step {}",
    "not_first_path": "doesn't put {} first",
    "not_above_need": "puts no path far above the need first",
    "supports": "offers {}",
    "notes": "tells {}",
    "warnings": "warns with {}",
    "some_path": "leaves a path",
    "hold": "whether the paths wait: {}",
}


def _whats(every: Iterable[AskedFor]) -> str:
    """What is asked for, as what the result does; parts of one comparison told together."""
    said: dict[str, list[str]] = {}
    for asked in every:
        if asked.kind == "then":
            value = asked.value if isinstance(asked.value, str) else " or ".join(asked.value)
            minors = " (under age)" if asked.beside else ""
            said[_THEN[asked.key].format(value) + minors] = []
            continue
        verb = _VERBS.get(asked.kind) or f"never {asked.key.split()[0]}"
        what = f"{asked.kind} {', '.join(asked.of)}{asked.beside} {verb}"
        said.setdefault(what, []).append(str(asked.value).replace("_", " "))
    told = (f"{what} {' and '.join(parts)}" if parts else what for what, parts in said.items())
    return " and ".join(told)


_VERBS: Final = {
    "one step worse": "never lowers",
    "changing": "never changes",
    "not known": "never loses",
    "somebody for each": "of the",
}
