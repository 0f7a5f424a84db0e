"""A change as lines to read: what was and is in a rule, and what that comes to.

Why this module exists: on the short page, of a long text the sentences are told that differ, of a
condition the parts, and of a new rule what it does; in full, every field stands as it is.

It must not find out what changed, or look at promises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest
from typing import Final, NamedTuple

from pathfinder.pages.phrases import BETWEEN_SENTENCES, first_sentence
from pathfinder.pages.plain_names import PlainNames, spaced
from pathfinder.ruletools.diff.before_after import FieldChange, WrittenChange
from pathfinder.ruletools.diff.compare import Difference, level_of
from pathfinder.ruletools.diff.population import (
    BEGIN,
    BELOW,
    COMES_AND_GOES,
    LESS_CARE,
    MORE_CARE,
    PARTS,
    PartRow,
)
from pathfinder.ruletools.diff.review import ChangeKind
from pathfinder.ruletools.diff.witnesses import kind_of, name_in

_TELLING: Final = (
    "name", "title", "level", "traits", "asked when", "ask", "options", "question", "counts as",
    "alert", "first", "asks at least for", "sets aside", "support", "paths", "helps", "when",
    "unless", "holds", "because", "text",
)  # fmt: skip
"""The fields that say what a new thing does, in the order in which they are told."""

_TELLING_OF_GONE: Final = (
    "asks at least for", "sets aside", "alert", "first", "support", "when",
)  # fmt: skip

_BESIDE: Final = ("rule set", "factor", "source", "left out", "region")
"""Kinds of things that nobody is told of: on the short page, that they changed is enough."""

_OF_A_PATH: Final = ("level", "approach")
"""A new path brings pages of text, which are read where they stand."""

_IN_A_LIST: Final = 3
"""Of a list of rules, so many are named on the short page."""


class ChangedLine(NamedTuple):
    """A line about one change, and its field. Without a label, it can share one."""

    label: str
    text: str
    field: str = ""


def changed_lines(change: WrittenChange, *, whole: bool) -> Iterator[ChangedLine]:
    """Each line that is to be told."""
    thing = thing_words(change, whole=whole)
    if change.kind in _BESIDE and not whole:
        if (change.kind, change.what) == ("factor", "new"):
            return  # a heading alone: what stands under it is told
        fields = ", ".join(_beside(change.kind, each) for each in change.fields)
        yield ChangedLine("", f"{thing} ({fields if change.what == 'changed' else change.what})")
        return
    if change.what == "changed":
        for field in change.fields:
            label = f"{thing}, {field.title or field.field}"
            yield ChangedLine(label, _was_and_is(field, whole), field.field)
        if change.met:
            yield ChangedLine(thing, " ".join(_met(change, whole)))
        return
    label = "New" if change.what == "new" else "Taken out"
    if change.what == "taken out" and change.kind == "path" and not whole:
        numbers = [head.rpartition("(")[2] for head, colon, _ in _lists(change) if colon]
        yield ChangedLine(label, f"{thing}. {numbers[0]} rules and {numbers[1]} reasons named it.")
        return
    if change.kind == "reasons" and change.what == "new" and not whole:
        yield ChangedLine(label, f"{thing}. {_few_reasons(change)}")
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
    yield ChangedLine(label, f"{thing}. {said}".strip())


def _beside(kind: str, field: FieldChange) -> str:
    """Who reviewed the rules and whose interest a source has is worth two words more."""
    if kind == "rule set" or field.field == "interest":
        return f"{field.field}: {_was_and_is(field, whole=False).rstrip('.')}"
    return field.field


def _few_reasons(change: WrittenChange) -> str:
    """The reasons of a new table that weigh most, each with its answer, and how many there are."""
    found = [
        (int(reason[1]), f"{field.title or field.field}: {line}")
        for field in change.fields
        for line in field.now or field.after
        if (reason := _A_REASON.match(line))
    ]
    found.sort(key=lambda each: -abs(each[0]))
    text = " ".join(_ended(line) for _, line in found[:_IN_A_LIST])
    left = len(found) - _IN_A_LIST
    return f"{text} And {left} more. See --full." if left > 0 else text


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


_CONDITIONS: Final = ("when", "unless", "asked when", "holds")


def _was_and_is(field: FieldChange, whole: bool) -> str:
    told = []
    lines = zip_longest(field.was or field.before, field.now or field.after)
    for before, after in lines:
        if before is None:
            told.append(f"new is {_quoted(after)}")
        elif after is None:
            told.append(f"{_quoted(before)} is gone")
        elif whole:
            told.append(f"was {_quoted(before)}; is {_quoted(after)}")
        elif field.field in _CONDITIONS and (parts := _asked_more_or_less(before, after)):
            told.append(parts)
        elif reason := _other_reason(before, after):
            told.append(reason)
        else:
            was, now = _cut(before, after)
            told.append(f"was {_quoted(was)}; is {_quoted(now)}")
    return _ended("; ".join(told))


def _ended(text: str) -> str:
    """With one stop at its end."""
    return text if text.rstrip("”").endswith((".", "?", "!")) else f"{text}."


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


_A_REASON: Final = re.compile(r"([+-]\d+) for (.*)", re.DOTALL)


def _other_reason(before: str, after: str) -> str:
    """Of a reason that counts otherwise, how, and what it says once; of one that says something
    else, for which paths and when it does, once."""
    was, now = _A_REASON.fullmatch(before), _A_REASON.fullmatch(after)
    if was is None or now is None:
        return ""
    if was[2] == now[2]:
        return f"was {was[1]}; is {now[1]} for {now[2].rstrip('.')}"
    pairs = enumerate(zip(before, after, strict=False))
    alike = next((n for n, (one, other) in pairs if one != other), min(len(before), len(after)))
    found = (at.start() for at in re.finditer(": ", before[:alike]))
    colons = [at for at in found if before.count("“", 0, at) == before.count("”", 0, at)]
    if not colons:
        return ""
    at = colons[-1] + 2
    return f"{before[:at]}was {_quoted(before[at:])}; is {_quoted(after[at:])}"


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
    return text.rstrip(".") if "“" in text else f"“{text}”"


def _cut(before: str, after: str) -> tuple[str, str]:
    """Of two texts, the sentences that differ, each whole."""
    was, now = BETWEEN_SENTENCES.split(before), BETWEEN_SENTENCES.split(after)
    least = min(len(was), len(now))
    start = next((n for n in range(least) if was[n] != now[n]), least)
    end = next((n for n in range(least - start) if was[-1 - n] != now[-1 - n]), least - start)
    shorter = [" ".join(each[start : len(each) - end]) for each in (was, now)]
    return (shorter[0], shorter[1]) if all(shorter) else (before, after)


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
    up = f"it is {PlainNames(new).of('level', higher.pop())}" if len(higher) == 1 else "it is more"
    asking = [gate.id for gate in new.gates if gate.at_least == level]
    if not asking or any(each.level == level and each.id != path for each in new.paths):
        return f"{said}."
    rules, them = ("One rule asks", "it")
    if len(asking) > 1:
        rules, them = f"{len(asking)} rules ask", "them"
    some = f" ({', '.join(f'“{spaced(each)}”' for each in asking)})" if whole else ""
    return (
        f"{said}, and no other path is of its level. {rules} for this level{some}: with {them}"
        f" {up} now, else maybe less."
    )


# --- what people get in place of what ----------------------------------------------------------


Group = tuple[tuple[str, int, str], list[ChangeKind]]
"""Changes of one part in one direction: (part, care, "comes" or "goes")."""


def groups_of(kinds: Sequence[ChangeKind]) -> list[Group]:
    def of(kind: ChangeKind) -> tuple[str, int, str]:
        row = kind.row
        way = "" if row.part not in COMES_AND_GOES else _way(row.old, row.new)
        return row.part, row.care, way

    order = {part: place for place, part in enumerate(PARTS)}
    ways = ("", "goes", "comes", "turns")
    told = sorted(kinds, key=lambda k: (order[of(k)[0]], of(k)[1], ways.index(of(k)[2]), -k.drawn))
    return [(name, list(group)) for name, group in groupby(told, key=of)]


def _way(old: str | None, new: str | None) -> str:
    return "comes" if old is None else "goes" if new is None else "turns"


def by_level(difference: Difference, kinds: Sequence[ChangeKind]) -> list[ChangeKind]:
    """First paths, or what is begun, by levels of care: those from one level to another as one."""
    found: dict[tuple[str | None, str | None], ChangeKind] = {}
    for kind in kinds:
        old, new = kind.row.old, kind.row.new
        was, now = level_of(difference.old, old) or old, level_of(difference.new, new) or new
        levels = was, now
        if kind.row.part == BEGIN:  # with what somebody begins now says enough
            levels = "", (now or "").removesuffix(BELOW)
        same = found.get(levels, ChangeKind(kind.row, 0, (0,) * len(kind.real)))
        part = BEGIN if kind.row.part == BEGIN else "safe_level"
        row = kind.row._replace(part=part, old=levels[0], new=levels[1])
        real = tuple(a + b for a, b in zip(same.real, kind.real, strict=True))
        found[levels] = ChangeKind(row, same.drawn + kind.drawn, real)
    return sorted(found.values(), key=lambda kind: -kind.drawn)


def kinds_words(
    difference: Difference, kinds: Sequence[ChangeKind], real: Sequence[str]
) -> Iterator[str]:
    """The kinds of a group in words; what goes from one thing to several is told together."""
    together: dict[str | None, list[ChangeKind]] = {}
    for kind in kinds:
        together.setdefault(kind.row.old if kind.row.new else None, []).append(kind)
    for old, some in together.items():
        told = [kind_words(difference, each, real) for each in some]
        start = name_in(difference.old, kinds[0].row.part, old) if old else ""
        yield f"from {start} to {', '.join(told)}" if start else "; ".join(told)


def kind_words(
    difference: Difference, kind: ChangeKind, real: Sequence[str], goes: str = " goes"
) -> str:
    row = kind.row
    number = f"{kind.drawn:,}"
    for title, some in zip(real, kind.real, strict=False):
        number += f", {title}: {some:,}" if some else ""
    number += _guard(difference, row)
    count = f" ({number})" if kind.drawn >= 0 else ""
    if row.part == "order":
        return f"another one than before{count}"
    if row.new is None:
        return f"{name_in(difference.old, row.part, row.old or '')}{goes}{count}"
    name = name_in(difference.new, row.part, row.new)
    return f"{name}{count}" if row.old or row.part == BEGIN else f"{name} comes in{count}"


def _guard(difference: Difference, row: PartRow) -> str:
    """Of a support: the danger of which most of them are told, where nobody who was told of it had
    the support before, or has it still: there, a guard came or went."""
    drawn = (each for each in difference.rows if kind_of(each) == kind_of(row))
    warned = next(drawn, row).warned
    alone = {what: some for what, (some, others) in warned.items() if some and not others}
    if not alone:
        return ""
    (part, name), some = max(alone.items(), key=lambda each: each[1])
    when = "still" if row.new is None else "before"
    return f"; {some:,} of them are told “{name_in(difference.new, part, name)}”, nobody {when}"


def never_hidden(
    difference: Difference, kinds: Sequence[ChangeKind], most: int
) -> list[ChangeKind]:
    """The largest of these kinds; and where it is less or more care, whoever falls lowest, or
    comes farthest up, however few they are."""
    ranks = {**difference.old.level_rank, **difference.new.level_rank}

    def rank(level: str | None) -> int:
        return ranks.get((level or "").removesuffix(BELOW), -1)

    named = list(kinds[:most])
    if kinds and kinds[0].row.care:
        down = kinds[0].row.care < 0
        lowest = min(kinds, key=lambda kind: rank(kind.row.new))
        highest = max(kinds, key=lambda kind: rank(kind.row.new) - rank(kind.row.old))
        far = lowest if down else highest
        named += [far] if far not in named else []
    # One more takes as much room as its name.
    return named if len(kinds) > len(named) + 1 else list(kinds)
