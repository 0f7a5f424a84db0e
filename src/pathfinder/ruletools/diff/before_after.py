"""What was changed, in words: each rule, question, path and text as it was and as it is.

Why this module exists: whoever signs a change of rules must be able to read it without the
files. Every field of every record is taken in by itself, so that none can be forgotten, and
only what differs is named. What a new path, or a new answer, meets in rules that did not
change is told with the path or the answer, and not as a change of these rules.

It must not count people, or judge a change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, Literal, NamedTuple

from pathfinder.engine.conditions import All, AnyOf, Leaf, NoneOf, in_words
from pathfinder.engine.question import Citation, Derived, Grounds, Option, Passage
from pathfinder.engine.rules import Argument, ReasonTable
from pathfinder.engine.ruleset import Comparison, RuleSet
from pathfinder.pages.plain_names import PlainNames
from pathfinder.ruletools.diff.changed_rules import (
    ALERTS,
    KINDS,
    LEVELS,
    PATHS,
    QUESTIONS,
    STEPS,
    Item,
    met,
)

What = Literal["new", "taken out", "changed"]


class FieldChange(NamedTuple):
    """One field: the lines that stood there alone before, and those that do now.

    `was` and `now` are the same lines in the names that people read, and `title` the field's, for
    the page.
    """

    field: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    was: tuple[str, ...] = ()
    now: tuple[str, ...] = ()
    title: str = ""


class WrittenChange(NamedTuple):
    """One thing of the rule set, and each of its fields that differs.

    `met` says which unchanged rules take in a path or an answer that is new, or have lost one.
    """

    kind: str
    id: str
    what: What
    fields: tuple[FieldChange, ...]
    met: tuple[str, ...] = ()
    name: str = ""


Sheet = Mapping[str, tuple[str, ...]]
"""Field -> its lines."""

_SAID: Final[Mapping[str, str]] = {
    "at_least": "asks at least for",
    "set_aside": "sets aside",
    "alongside": "helps beside another path",
    "about": "told where one of these is called for",
    "rules_out": "can't be the compromise either",
    "of_unknown": "stands in for no answer",
    "value": "counts as",
    "headline": "leads the result",
    "warns": "stands above the first steps",
    "in_the_call": "told after the path's own moves",
    "fires": "example that fires",
    "quiet": "example that is quiet",
    "hold": "the paths wait",
    "ask_when": "asked when",
    "by_region": "added by region",
    "could_be": "could become",
    "derived": "worked out from",
    "grounds": "rests on",
}
"""Fields whose name in a record says too little by itself."""

_NAMED: Final[Mapping[str, str]] = {
    "at_least": "level", "level": "level", "set_aside": "path", "about": "path", "paths": "path",
    "question": "question", "support": "support", "helps": "support", "alert": "alert",
    "first": "first step",
}  # fmt: skip
"""Fields that hold ids, and of what: on the page, their names stand there."""

_FOR_MACHINES: Final = ("id", "kinds", "readings", "factor")
"""Fields that stand elsewhere, or say nothing of their own."""


def before_and_after(old: RuleSet, new: RuleSet) -> tuple[WrittenChange, ...]:
    """Every change, in the order in which things decide: what bears on safety comes first."""
    shared = frozenset(old.path_by_id) & frozenset(new.path_by_id)
    both = _pathed(old) & _pathed(new)
    before, after = _sheets(old, shared, both), _sheets(new, shared, both)
    names = PlainNames(new, old)
    was_named, now_named = (_sheets(each, shared, both, names) for each in (old, new))
    found: list[WrittenChange] = []
    for item in {**before, **after}:
        was, now = before.get(item), after.get(item)
        if item[0] == "order of" and (was is None or now is None):
            continue
        if was is not None and now is not None:
            named = was_named[item], now_named[item]
            fields = tuple(_fields(item, was, now, *named))
            others = tuple(met(old, new, item))
            if fields or others:
                found.append(WrittenChange(*item, "changed", fields, others, names.of(*item)))
        else:
            what: What = "new" if was is None else "taken out"
            named = was_named.get(item, {}), now_named.get(item, {})
            fields = tuple(_fields(item, was or {}, now or {}, *named))
            others = tuple(met(old, new, item))
            found.append(WrittenChange(*item, what, fields, others, names.of(*item)))
    order = {kind: place for place, kind in enumerate(_ORDER)}
    questions = {each.id: each.question for rules in (old, new) for each in rules.reasons}
    told = (
        each._replace(
            fields=tuple(_titled(f, names, questions[each.id]) for f in each.fields),
            name=names.of("question", questions[each.id]),
        )
        if each.kind == "reasons"
        else each
        for each in found
    )
    return tuple(sorted(told, key=lambda change: order.get(change.kind, len(order))))


def _pathed(rules: RuleSet) -> frozenset[str]:
    """What names paths. Of what both sets have, only paths of both are told of: a path that is new
    says by itself who takes it in. Of what is new or gone, every path is told."""
    return frozenset(each.id for each in (*rules.every_rule, *rules.reasons))


def _titled(field: FieldChange, names: PlainNames, question: str) -> FieldChange:
    """A row of reasons is called by its answer."""
    answer, comma, rest = field.field.partition(",")
    if field.field == "question":
        return field
    return field._replace(title=f"{names.answer(question, answer)}{comma}{rest}")


_ORDER: Final = (
    "scope", "alert rule", "first-step rule", "gate", "reading", "condition", "question", "path",
    "reasons", "barrier", "support rule", "note", "move", "alert", "first step", "support",
)  # fmt: skip


def _fields(
    item: Item, was: Sheet, now: Sheet, was_named: Sheet, now_named: Sheet
) -> Iterator[FieldChange]:
    for field in {**was, **now}:
        before, after = was.get(field, ()), now.get(field, ())
        if item[0] == "order of":
            if [n for n in before if n in after] != [n for n in after if n in before]:
                yield FieldChange(field, before, after, before, after)
            continue
        gone = [n for n, line in enumerate(before) if line not in after]
        come = [n for n, line in enumerate(after) if line not in before]
        title = field
        if not (gone or come) and before != after:
            title = f"order of {field}"
            gone, come = list(range(len(before))), list(range(len(after)))
        if gone or come:
            ids = tuple(before[n] for n in gone), tuple(after[n] for n in come)
            told = _at(was_named, field, gone, before), _at(now_named, field, come, after)
            yield FieldChange(title, *ids, *(ids if told[0] == told[1] else told))


def _at(named: Sheet, field: str, places: list[int], ids: tuple[str, ...]) -> tuple[str, ...]:
    """These lines in names; where names make fewer lines of them than ids do, in ids."""
    lines = named.get(field, ())
    return tuple((lines if len(lines) == len(ids) else ids)[n] for n in places)


# --- one sheet for each thing -------------------------------------------------------------


def _sheets(
    rules: RuleSet, shared: frozenset[str], both: frozenset[str], names: PlainNames | None = None
) -> dict[Item, Sheet]:
    """Everything, in ids, or in names."""

    def of(kind: str, records: Iterable[Any]) -> dict[Item, Sheet]:
        return {(kind, each.id): _sheet(each, shared, names) for each in records}

    every = frozenset(rules.path_by_id)

    def paths_of(id_: str) -> frozenset[str]:
        return shared if id_ in both else every

    regions = {region.id: region for region in (*rules.regions, rules.elsewhere)}
    return {
        ("scope", "who the rules are for"): {
            "question": (rules.scope_question,),
            "out of it": tuple(sorted(rules.scope_out)),
        },
        LEVELS: {"order": tuple(level.id for level in rules.levels)},
        QUESTIONS: {"order": tuple(question.id for question in rules.questions)},
        PATHS: {"order": tuple(path.id for path in rules.paths)},
        ALERTS: {"order": tuple(alert.id for alert in rules.alerts)},
        STEPS: {"order": tuple(step.id for step in rules.steps)},
        **{
            ("order of", f"readings of {q.id}"): {"order": tuple(r.id for r in q.readings)}
            for q in rules.questions
            if q.readings
        },
        **{
            (KINDS[type(rule)], rule.id): _sheet(rule, paths_of(rule.id), names)
            for rule in rules.every_rule
        },
        **of("reading", (each for q in rules.questions for each in q.readings)),
        **of("question", rules.questions),
        **{
            ("reasons", table.id): _reasons(table, paths_of(table.id), names)
            for table in rules.reasons
        },
        **of("path", rules.paths),
        **of("alert", rules.alerts),
        **of("first step", rules.steps),
        **of("support", rules.supports),
        **of("level", rules.levels),
        **of("factor", rules.factors),
        **of("source", rules.sources),
        **{
            ("left out", each.claim): {"because": (each.because,)} for each in rules.left_out
        },
        **{
            ("condition", name): {"holds": tuple(_lines(condition, names))}
            for name, condition in rules.conditions.items()
        },
        **of("help line", (line for region in regions.values() for line in region.lines)),
        **{
            ("region", region.id): {"name": (region.name,), "aliases": region.aliases}
            for region in regions.values()
        },
        ("texts", "of every result"): _sheet(rules.texts, shared, names),
        ("rule set", "in ruleset.yaml"): {
            "id": (rules.id,),
            "title": (rules.title,),
            "version": (rules.version,),
            "reviewed on": (rules.reviewed_on,),
            "reviewed by": (rules.reviewed_by,),
            "next review": (rules.review_next,),
            "points within which paths are about equal": (str(rules.about_equal_within),),
            "country of the help lines": (rules.default_region,),
            "rows of the comparison": tuple(f"{row}: {title}" for row, title in rules.compare_rows),
        },
    }  # fmt: skip


def _sheet(record: Any, shared: frozenset[str], names: PlainNames | None) -> Sheet:
    sheet: dict[str, tuple[str, ...]] = {}
    for field, value in zip(record._fields, record, strict=True):
        if field in _FOR_MACHINES:
            continue
        said = _SAID.get(field, field.replace("_", " "))
        if field in ("set_aside", "about", "paths"):
            lines: tuple[str, ...] = tuple(path for path in value if path in shared)
        else:
            lines = tuple(_lines(_of_both(value, shared), names))
        if names and field in _NAMED and isinstance(value, str | tuple):
            lines = tuple(names.of(_NAMED[field], each) for each in lines)
        if lines:
            sheet[said] = lines
        rests = tuple(dict.fromkeys(_grounds_in(value)))
        if rests:
            sheet[f"{said}, rests on"] = rests
    return sheet


def _of_both(value: Any, shared: frozenset[str]) -> Any:
    """Without the paths that only one of them has, where these stand in the records of a field."""
    if type(value) is not tuple or not all(hasattr(each, "paths") for each in value):
        return value
    left = (each._replace(paths=tuple(p for p in each.paths if p in shared)) for each in value)
    return tuple(each for each in left if each.paths)


def _grounds_in(value: Any) -> Iterator[str]:
    """What the passages in a field rest on: told beside them, so that a text stays one to read."""
    if isinstance(value, Passage):
        yield from _lines(value.grounds)
    elif type(value) is tuple:
        for each in value:
            yield from _grounds_in(each)


def _reasons(table: ReasonTable, shared: frozenset[str], names: PlainNames | None) -> Sheet:
    sheet: dict[str, tuple[str, ...]] = {"question": (table.question,)}
    for answer, row in table.rows.items():
        if row.says:
            sheet[f"{answer}, what was said"] = (row.says,)
        lines = tuple(line for a in row.arguments if (line := _argument(a, shared, names)))
        if lines:
            sheet[answer] = lines
            rests = (rest for each in row.arguments for rest in _lines(each.grounds))
            sheet[f"{answer}, rests on"] = tuple(dict.fromkeys(rests))
    return sheet


def _argument(argument: Argument, shared: frozenset[str], names: PlainNames | None) -> str:
    paths = [path for path in argument.paths if path in shared]
    if not paths and argument.paths:
        return ""
    say = names.condition if names else in_words
    when = f", when {say(argument.when)}" if argument.when else ""
    unless = f", unless {say(argument.unless)}" if argument.unless else ""
    if names:
        paths = [names.of("path", path) for path in paths]
    rest = _rest(argument, names, "paths", "points", "because", "grounds", "when", "unless")
    return f"{argument.points:+d} for {', '.join(paths)}{when}{unless}: {argument.because}{rest}"


def _lines(value: Any, names: PlainNames | None = None) -> Iterator[str]:
    """A value in words, a line for each thing in it."""
    if value is None or value == "":
        return
    if isinstance(value, bool):
        yield "yes" if value else "no"
    elif isinstance(value, str | int):
        yield str(value)
    elif isinstance(value, Leaf | All | AnyOf | NoneOf):
        yield names.condition(value) if names else in_words(value)
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield f"{key}: {_joined(each, names)}"
    elif isinstance(value, Grounds):
        yield from (_citation(each) for each in value.sources)
        yield from _lines(value.judgement)
    elif isinstance(value, Passage):
        yield _passage(value, names)
    elif isinstance(value, Option):
        label = f"“{value.label}”" if names else f"{value.id}: {value.label}"
        yield f"{label}{_rest(value, names, 'id', 'label')}"
    elif isinstance(value, Derived):
        counts = [f"{least} or more: {answer}" for least, answer in value.counts]
        yield ", ".join([value.source, *counts]) + _rest(value, names, "source", "counts")
    elif isinstance(value, Comparison):
        yield f"{value.id}: {value.text}{_rest(value, names, 'id', 'text')}"
    elif hasattr(value, "_fields"):
        yield "; ".join(
            f"{name.replace('_', ' ')}: {_joined(each, names)}"
            for name, each in zip(value._fields, value, strict=True)
            if _joined(each, names)
        )
    elif isinstance(value, frozenset):
        yield from sorted(value)
    elif _pairs(value):
        yield from (f"{name}: {each}" for name, each in value)
    else:
        for each in value:
            yield from _lines(each, names)


def _rest(record: Any, names: PlainNames | None, *told: str) -> str:
    """What else a record holds, beside what is told of it: no field may be forgotten."""
    fields = zip(record._fields, record, strict=True)
    rest = [
        (name.replace("_", " "), words)
        for name, value in fields
        if name not in told and value is not False and (words := _joined(value, names))
    ]
    return f" ({'; '.join(f'{name}: {words}' for name, words in rest)})" if rest else ""


def _pairs(value: Any) -> bool:
    """Whether these are traits: pairs of a name and a value, which no record names."""
    return bool(value) and all(type(each) is tuple and len(each) == 2 for each in value)


def _joined(value: Any, names: PlainNames | None = None) -> str:
    return ", ".join(_lines(value, names))


def _citation(citation: Citation) -> str:
    claim = f", claim {citation.claim}" if citation.claim else ""
    return f"{citation.id}, {citation.section}{claim}"


def _passage(passage: Passage, names: PlainNames | None) -> str:
    return passage.text + _rest(passage, names, "text", "grounds")
