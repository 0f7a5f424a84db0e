"""A change as lines to read: what was and is in a rule, and what was lost of a promise.

Why this module exists: on the short page, of a long text the sentences are told that differ, of a
condition the parts, and of a new rule what it does; in full, every field stands as it is. A
promise is taken apart into each thing that it asks of somebody, so that what is lost can be named.

It must not find out what changed, or weigh one promise against another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Final, NamedTuple

from pathfinder.engine.conditions import Condition
from pathfinder.pages.phrases import BETWEEN_SENTENCES, PlainNames, first_sentence, spaced
from pathfinder.ruletools.diff.before_after import FieldChange, WrittenChange
from pathfinder.ruletools.diff.population import LESS_CARE, MORE_CARE
from pathfinder.ruletools.verify.statements import (
    Adding,
    Demand,
    Implies,
    Must,
    NeverChanges,
    NeverLoses,
    NeverLowers,
)

if TYPE_CHECKING:
    from pathfinder.ruletools.diff.compare import Difference

_TELLING: Final = (
    "name", "title", "level", "traits", "asked when", "ask", "options", "question", "counts as",
    "alert", "first", "asks at least for", "sets aside", "support", "paths", "helps", "when",
    "unless", "holds", "because", "text",
)  # fmt: skip
"""The fields that say what a new thing does, in the order in which they are told."""

_TELLING_OF_GONE: Final = (
    "asks at least for", "sets aside", "alert", "first", "support", "when", "because",
)  # fmt: skip

_BESIDE: Final = ("rule set", "factor", "source", "left out", "region")
"""Kinds of things that nobody is told of: on the short page, that they changed is enough."""

_OF_A_PATH: Final = ("level", "approach")
"""A new path brings pages of text, which are read where they stand."""

_ASKING: Final = 2
"""So many rules that ask for a level are named."""

_IN_A_LIST: Final = 3
"""Of a list of rules, so many are named on the short page."""


def changed_lines(change: WrittenChange, *, whole: bool) -> Iterator[tuple[str, str]]:
    """Each line that is to be told: (label, text). Without a label, it can share a line."""
    thing = thing_words(change, whole=whole)
    if change.kind in _BESIDE and not whole:
        fields = ", ".join(each.field for each in change.fields)
        yield "", f"{thing} ({fields if change.what == 'changed' else change.what})"
        return
    if change.what == "changed":
        for field in change.fields:
            yield f"{thing}, {field.title or field.field}", _was_and_is(field, whole)
        if change.met:
            yield thing, " ".join(_met(change, whole))
        return
    label = "New" if change.what == "new" else "Taken out"
    if change.what == "taken out" and change.kind == "path" and not whole:
        numbers = [head.rpartition("(")[2] for head, colon, _ in _lists(change) if colon]
        yield label, f"{thing}. {numbers[0]} rules and {numbers[1]} reasons named it."
        return
    if whole:
        told = [(each.field, each) for each in change.fields]
    else:
        by_name = {each.field: each for each in change.fields}
        told = [(name, by_name[name]) for name in _telling(change) if name in by_name]
        told = [(name, each) for name, each in told if each.after != (change.name,)]
    parts = [f"{name}: {_lines_of(name, each, whole)}" for name, each in told]
    ended = (part if part.endswith((".", "?", "!")) else f"{part}." for part in parts)
    said = " ".join((*(each[0].upper() + each[1:] for each in ended), *_met(change, whole)))
    yield label, f"{thing}. {said}".strip()


def thing_words(change: WrittenChange, *, whole: bool = False) -> str:
    """What a change is of: kind and name, and in full the id, too."""
    name = change.name or change.id
    kind = "reasons of the question" if change.kind == "reasons" else change.kind
    words = f"{kind} {name}" if change.kind == "path" else f"{kind} “{name}”"
    return f"{words} [{change.id}]" if whole else words


def _telling(change: WrittenChange) -> Sequence[str]:
    if change.kind == "path":
        return () if change.what == "taken out" else _OF_A_PATH
    return _TELLING_OF_GONE if change.what == "taken out" else _TELLING


def _lines_of(name: str, field: FieldChange, whole: bool) -> str:
    """What stands in a field; on the short page, of a reason its first sentence."""
    lines = field.was or field.now or field.before or field.after
    text = lines[0]
    for line in lines[1:]:
        text += f" {line}" if text.endswith((".", "?", "!")) else f", {line}"
    return text if whole or name != "because" else first_sentence(text)


def _met(change: WrittenChange, whole: bool) -> Iterator[str]:
    """What other rules make of it: each list with its first names, or only how long it is."""
    for each, (head, colon, names) in zip(change.met, _lists(change), strict=True):
        listed = [spaced(name) for name in names.split(", ")]
        if whole or not colon:
            yield each
        elif change.what == "taken out" or each.startswith("Reasons"):
            yield f"{head.replace(' (', ': ')}."
        else:
            more = f" and {len(listed) - _IN_A_LIST} more" if len(listed) > _IN_A_LIST else ""
            yield f"{head}): {', '.join(listed[:_IN_A_LIST])}{more}."


def _lists(change: WrittenChange) -> list[tuple[str, str, str]]:
    """What other rules make of it, each list with what stands before it."""
    return [each.rstrip(".").partition("): ") for each in change.met]


def _was_and_is(field: FieldChange, whole: bool) -> str:
    told = []
    lines = zip_longest(field.was or field.before, field.now or field.after)
    for before, after in lines:
        if before is None:
            told.append(f"new is {_quoted(after)}")
        elif after is None:
            told.append(f"{_quoted(before)} is gone")
        elif not whole and (parts := _asked_more_or_less(before, after)):
            told.append(parts)
        elif points := _other_points(before, after):
            told.append(points)
        else:
            was, now = (before, after) if whole else _cut(before, after)
            told.append(f"was {_quoted(was)}; is {_quoted(now)}")
    return f"{'; '.join(told)}."


def _asked_more_or_less(before: str, after: str) -> str:
    """What a condition asks for besides, no longer, or otherwise; empty where no part stays."""
    was, now = _joint(before), _joint(after)
    gone = [part for part in was if part not in now]
    come = [part for part in now if part not in was]
    if len(was) == len(gone) or len(now) == len(come):
        return ""
    if gone and come:
        return f"was {', and '.join(gone)}; is {', and '.join(come)}; and the rest as before"
    verb = "no longer asks for" if gone else "now asks, too, for"
    return f"{verb} {', and '.join(gone or come)}"


def _other_points(before: str, after: str) -> str:
    """Of a reason that counts otherwise, and says the same: how, and what it says once."""
    (was, _, said), (now, _, says) = before.partition(": "), after.partition(": ")
    return f"was {was}; is {now}: {_quoted(says.rstrip('.'))}" if said and said == says else ""


def _joint(text: str) -> list[str]:
    """The parts of a condition that must all hold: those joined outside brackets and quotes."""
    parts, depth = [""], 0
    for piece in re.split(r"(, and |[(“)”])", text):
        depth += (piece in ("(", "“")) - (piece in (")", "”"))
        if piece == ", and " and not depth:
            parts.append("")
        else:
            parts[-1] += piece
    return parts


def _quoted(text: str) -> str:
    """In quotation marks, unless some stand in it."""
    return text if "“" in text else f"“{text}”"


def _cut(before: str, after: str) -> tuple[str, str]:
    """Of two texts, the sentences that differ, each whole."""
    was, now = BETWEEN_SENTENCES.split(before), BETWEEN_SENTENCES.split(after)
    least = min(len(was), len(now))
    start = next((n for n in range(least) if was[n] != now[n]), least)
    end = next((n for n in range(least - start) if was[-1 - n] != now[-1 - n]), least - start)
    shorter = [" ".join(each[start : len(each) - end]) for each in (was, now)]
    return (shorter[0], shorter[1]) if all(shorter) else (before, after)


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
    names: PlainNames,
    as_much: AsMuch,
    lost: Sequence[AskedFor],
    before: Sequence[AskedFor],
    now: Sequence[AskedFor],
) -> Iterator[str]:
    """What was lost, all that came to the same end in one sentence."""
    fresh = [each for each in now if each not in before]
    said: dict[str, list[AskedFor]] = {}
    for each in lost:
        said.setdefault(_became(names, as_much, each, fresh), []).append(each)
    yield from (f"It {_whats(names, whats)}: {end}." for end, whats in said.items())


def _became(names: PlainNames, as_much: AsMuch, lost: AskedFor, fresh: Sequence[AskedFor]) -> str:
    """What is asked in place of what was lost."""
    alike = [each for each in fresh if (each.kind, each.key) == (lost.kind, lost.key)]
    looser = [each for each in alike if each.of == lost.of and each.when == lost.when]
    if looser:
        return f"asked {_for_whom(names, lost.when)}; now it only {_whats(names, looser)}"
    narrower = [each for each in alike if as_much(each, lost)]
    if narrower:
        became = " or ".join(_for_whom(names, each.when) for each in narrower)
        return f"was asked {_for_whom(names, lost.when)}; now only {became}"
    fewer = [each for each in alike if each.of and set(each.of) < set(lost.of)]
    if fewer:
        return f"now only {fewer[0].kind} {_of(names, fewer[0])}"
    return f"no longer asked {_for_whom(names, lost.when)}"


def asked_words(names: PlainNames, asked: AskedFor) -> str:
    return f"It {_whats(names, [asked])}: asked {_for_whom(names, asked.when)}."


def _for_whom(names: PlainNames, when: Condition | None) -> str:
    return "of everybody" if when is None else f"where {names.condition(when)}"


_THEN: Final = {
    "alerts": "shows the alert “{}”",
    "first": "names the first step “{}”",
    "first_of_first": "puts “{}” before all other first steps",
    "at_least": "calls at least for {}",
    "at_most": "calls at most for {}",
    "first_path": "puts {} first",
    "not_ranked": "doesn't rank {}",
    "not_supports": "doesn't offer {}",
    "not_first": "doesn't name the first step “{}”",
    "not_first_path": "doesn't put {} first",
    "not_above_need": "puts no path far above the need first",
    "supports": "offers {}",
    "notes": "tells {}",
    "warnings": "warns with {}",
    "some_path": "leaves a path",
    "hold": "whether the paths wait: {}",
}


_OF: Final = {
    "alerts": "alert", "first": "first step", "first_of_first": "first step", "at_least": "level",
    "at_most": "level", "first_path": "path", "not_ranked": "path", "not_first_path": "path",
    "not_supports": "support", "not_first": "first step", "supports": "support",
}  # fmt: skip
"""What is named there, so that its own name can be told."""


def value_words(names: PlainNames, asked: AskedFor) -> str:
    """What a promise asks for or forbids, by its name."""
    values = (asked.value,) if isinstance(asked.value, str) else asked.value
    return " or ".join(names.of(_OF.get(asked.key, ""), each) for each in values)


def _whats(names: PlainNames, every: Iterable[AskedFor]) -> str:
    """What is asked for, as what the result does; parts of one comparison told together."""
    said: dict[str, list[str]] = {}
    for asked in every:
        if asked.kind == "then":
            minors = " (under age)" if asked.beside else ""
            said[_THEN[asked.key].format(value_words(names, asked)) + minors] = []
            continue
        verb = _VERBS.get(asked.kind) or f"never {asked.key.split()[0]}"
        what = f"says that {asked.kind} {_of(names, asked)}{asked.beside} {verb}"
        said.setdefault(what, []).append(spaced(str(asked.value)))
    told = (f"{what} {' and '.join(parts)}" if parts else what for what, parts in said.items())
    return " and ".join(told)


def _of(names: PlainNames, asked: AskedFor) -> str:
    """What is varied: questions by their names, with the answer or the direction."""
    if asked.kind == "adding":
        question, answer = asked.of
        return f"{names.answer(question, answer)} to “{names.of('question', question)}”"
    questions = asked.of[:1] if asked.kind == "one step worse" else asked.of
    return ", ".join(f"“{names.of('question', each)}”" for each in questions)


_VERBS: Final = {
    "one step worse": "never lowers",
    "changing": "never changes",
    "not known": "never loses",
    "somebody for each": "of the",
}


# --- why it is less or more care ------------------------------------------------------------


def why(difference: Difference, *, whole: bool = False) -> str:
    """Of those whose first path before is shut now, with the safe level that they had: what asks
    for its level, and what that comes to. It is told where most of all who get less or more are
    among them, and of nobody else."""
    shut: dict[str, int] = {}
    for row in difference.rows:
        path = row.old or ""
        if row.part == "first_path" and row.care and row.shut and path != row.new:
            shut[path] = shut.get(path, 0) + row.shut
    turned = sum(difference.tally.directions[way] for way in (LESS_CARE, MORE_CARE))
    path = max(shut, key=lambda each: shut[each], default="")
    most = path in difference.old.path_by_id and 2 * shut[path] >= turned
    return _why_of(difference, path, shut[path], whole) if most else ""


def _why_of(difference: Difference, path: str, number: int, whole: bool) -> str:
    old, new = difference.old, difference.new
    name, level = old.path_by_id[path].name, old.path_by_id[path].level
    said = f"{name} came first for {number:,} of them and is no longer open"
    higher = {
        new.path_by_id[row.new or ""].level
        for row in difference.rows
        if row.part == "first_path" and row.old == path and row.care > 0 and row.shut
    }
    up = f", {PlainNames(new).of('level', higher.pop())}" if len(higher) == 1 else ""
    asking = [gate.id for gate in new.gates if gate.at_least == level]
    if not asking or any(each.level == level and each.id != path for each in new.paths):
        return f"{said}."
    rules = f"{len(asking)} rules ask" if len(asking) > 1 else "One rule asks"
    named = asking if whole else asking[:_ASKING]
    some = ", ".join(f"“{spaced(each)}”" for each in named)
    more = f" and {len(asking) - len(named)} more" if len(asking) > len(named) else ""
    return (
        f"{said}, and no other path is of its level. {rules} for at least this level"
        f" ({some}{more}). Those to whom one applies now get the next level up{up}; the others"
        " can get less."
    )
