"""What `rules diff` says: what differs, who was counted, what changes, and for whom.

Why this module exists: one page for the screen and for Markdown, and the same as data.
Whoever reads it must see at once how much was looked at, and what that can't tell.

It must not count anything, or print.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from pathfinder.engine.question import Answer
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages.blocks import Block, Bullet, Heading, SideBySide, Text
from pathfinder.pages.blocks import Row as Line
from pathfinder.pages.phrases import name_of, names_of
from pathfinder.ruletools.diff.changed_rules import Item
from pathfinder.ruletools.diff.compare import NO_PATH, OUT_OF_SCOPE, PARTS, Difference, PartRow
from pathfinder.ruletools.diff.witnesses import Worked

TITLES: Final[Mapping[str, str]] = {
    "first_path": "First path",
    "safe_level": "Safe level",
    "hold": "List of paths",
    "first": "First steps",
    "alerts": "Alerts",
    "paths": "Paths that are open",
    "told": "Rules that speak for an alert or a first step",
    "to_check": "Questions left for a professional",
}
SEEN: Final = ("first_path", "safe_level", "first", "alerts")
"""The parts that a worked person is shown with in full; of the others, what comes and goes."""
SAME: Final = (
    "The rules that decide what is compared are the same."
    " So no set of answers can come out otherwise in these parts."
)
NONE_DRAWN: Final = (
    "No difference was found in them. That is no proof that there is none: the change may be"
    " felt by answer sets that weren't drawn."
)
NONE_AT_ALL: Final = (
    "Nobody gets anything else: each way to answer these questions comes out as before, and no"
    " other question bears on the change."
)
DRAW: Final = (
    "Each answer of a question is as likely as the next, “not sure” and “prefer not to say”"
    " included. Where several answers fit, each is chosen with a chance of one in four. So the"
    " shares are shares of drawn answer sets, not of people."
)
COMPARED: Final = (
    "Compared are the first path, the safe level and the paths that are open. So are first steps"
    " and alerts in their order, and whether the list of paths waits. So are the rules that speak,"
    " and what is left to ask. Not compared are supports, notes, barriers and words, nor the order"
    " of the paths after the first."
)
EVERY_OTHER: Final = "Everything else is left open."
ALL_OPEN: Final = "Every question is left open."
_SHORT_SHA: Final = 12


def blocks(difference: Difference, people: Iterable[Worked]) -> tuple[Block, ...]:
    """The whole page."""
    return (
        Heading(1, "What the change does to people"),
        Text(f"{_named(difference.old)}.", label="Before"),
        Text(f"{_named(difference.new)}.", label="Now"),
        *_what_differs(difference),
        *_who_was_counted(difference),
        *_how_many(difference),
        *_from_to(difference),
        *_people(difference, people),
    )


def as_data(difference: Difference, people: Iterable[Worked]) -> dict[str, Any]:
    """The same for programs."""
    counted = difference.counted
    items = difference.items
    return {
        "old": _passport(difference.old),
        "new": _passport(difference.new),
        "deciding_rules_are_the_same": difference.same_rules,
        "rules": {
            "added": _items_data(items.added),
            "removed": _items_data(items.removed),
            "changed": _items_data(items.changed),
            "words_only": _items_data(items.words),
            "not_compared": _items_data(items.beside),
        },
        "questions": {"only_old": list(difference.only_old), "only_new": list(difference.only_new)},
        "counted": counted
        and {
            "how": "all" if counted.seed is None else "sample",
            "sets": counted.sets,
            "seed": counted.seed,
            "questions": list(counted.questions),
            "in_scope_only": counted.in_scope_only,
        },
        "changed_sets": difference.any,
        "parts": {
            part: {
                "changed_sets": difference.touched.get(part, 0),
                "kinds": [
                    {"from": row.old, "to": row.new, "sets": row.sets}
                    for row in difference.rows
                    if row.part == part
                ],
            }
            for part in PARTS
        },
        "people": [_person_data(each) for each in people],
    }


# --- what differs -------------------------------------------------------------------


def _what_differs(difference: Difference) -> Iterator[Block]:
    items = difference.items
    yield Heading(2, "What differs in the rules")
    said = False
    for title, found in (
        ("Added", items.added),
        ("Taken out", items.removed),
        ("Changed", items.changed),
        ("Only its words changed", items.words),
        ("Changed, but not compared here", items.beside),
    ):
        for kind, name in found:
            said = True
            yield Bullet(f"{kind} {name}", label=title)
    if not said:
        yield Text("Nothing.")
    for names, where in ((difference.only_old, "before"), (difference.only_new, "now")):
        if names:
            listed = ", ".join(names)
            yield Text(f"Asked only {where}: {listed}. The other rules take it as left out.")


def _who_was_counted(difference: Difference) -> Iterator[Block]:
    yield Heading(2, "What was looked at")
    counted = difference.counted
    if counted is None:
        yield Text(SAME)
        yield Text(COMPARED)
        return
    if counted.seed is None:
        names = ", ".join(names_of(difference.new, counted.questions)) or "none"
        yield Text(
            f"All {counted.sets:,} ways to answer the questions that the change hangs on: {names}."
        )
        yield Text("For people in scope, answers to other questions change none of this.")
    else:
        whose = " of people in scope" if counted.in_scope_only else ""
        drawn = f"drawn by chance with seed {counted.seed}"
        yield Text(f"{counted.sets:,} answer sets{whose}, {drawn}.")
        yield Text(DRAW)
    yield Text(COMPARED)


def _how_many(difference: Difference) -> Iterator[Block]:
    counted = difference.counted
    if counted is None:
        return
    yield Heading(2, "How many come out otherwise")
    if not difference.any:
        yield Text(NONE_AT_ALL if counted.seed is None else NONE_DRAWN)
        return
    for part in PARTS:
        yield Bullet(_share(difference.touched[part], counted.sets), label=TITLES[part])
    yield Bullet(_share(difference.any, counted.sets), label="Any of these")


def _share(number: int, of: int) -> str:
    if not number:
        return f"0 of {of:,}"
    share = 100 * number / of
    return f"{number:,} of {of:,} ({'under 0.01' if share < 0.01 else f'{share:.2f}'} %)"


def _from_to(difference: Difference) -> Iterator[Block]:
    for part in PARTS:
        rows = [row for row in difference.rows if row.part == part]
        if rows:
            yield Heading(2, TITLES[part])
            yield from (Bullet(_kind(row.old, row.new), label=_sets(row)) for row in rows)


def _sets(row: PartRow) -> str:
    return f"{row.sets:,}"


def _kind(old: str | None, new: str | None) -> str:
    if old is None:
        return f"{new} comes in"
    return f"{old} goes" if new is None else f"from {old} to {new}"


# --- worked people ------------------------------------------------------------------


def _people(difference: Difference, people: Iterable[Worked]) -> Iterator[Block]:
    for number, person in enumerate(people, start=1):
        yield Heading(2, f"Person {number}")
        for name, answer in person.answers.items():
            yield Bullet(_answer(difference, name, answer), label=name_of(difference.new, name))
        yield Text(EVERY_OTHER if person.answers else ALL_OPEN)
        shown = sorted(person.shows, key=str)
        for part in PARTS:
            told = [_kind(old, new) for name, old, new in shown if name == part]
            if told and part not in SEEN:
                yield Text(f"{'; '.join(told)}.", label=TITLES[part])
        yield SideBySide("Before", "Now", tuple(_lines(difference, person)))


def _answer(difference: Difference, name: str, answer: Answer) -> str:
    given = (answer,) if isinstance(answer, str) else answer
    return "; ".join(_label(difference, name, each) for each in given)


def _label(difference: Difference, name: str, answer: str) -> str:
    for rules in (difference.old, difference.new):
        question = rules.question_by_id.get(name)
        if question is not None and answer in (*question.answers, "unsure", "skip"):
            return question.label(answer)
    return answer


def _lines(difference: Difference, person: Worked) -> Iterator[Line]:
    """What they got and get: the path and the level always, the rest where there is any."""
    for part in SEEN:
        had, have = person.before[part], person.after[part]
        if had or have:
            yield Line(
                TITLES[part],
                _named_all(difference.old, part, had),
                _named_all(difference.new, part, have),
            )


def _named_all(rules: RuleSet, part: str, ids: tuple[str, ...]) -> str:
    names = {
        "first_path": {path.id: path.name for path in rules.paths},
        "safe_level": {level.id: level.name for level in rules.levels},
        "first": {step.id: step.title for step in rules.steps},
        "alerts": {alert.id: alert.title for alert in rules.alerts},
    }.get(part, {})
    known = {NO_PATH: NO_PATH, OUT_OF_SCOPE: OUT_OF_SCOPE, **names}
    return "; ".join(known.get(each, each) for each in ids) or "none"


# --- data ---------------------------------------------------------------------------


def _named(rules: RuleSet) -> str:
    return f"{rules.id} {rules.version}, {rules.sha256[:_SHORT_SHA]}"


def _passport(rules: RuleSet) -> dict[str, str]:
    return {"ruleset": rules.id, "version": rules.version, "sha256": rules.sha256}


def _items_data(items: Iterable[Item]) -> list[dict[str, str]]:
    return [{"kind": kind, "id": name} for kind, name in items]


def _person_data(person: Worked) -> dict[str, Any]:
    return {
        "shows": [
            {"part": part, "from": old, "to": new}
            for part, old, new in sorted(person.shows, key=lambda kind: tuple(map(str, kind)))
        ],
        "answers": {
            name: answer if isinstance(answer, str) else list(answer)
            for name, answer in person.answers.items()
        },
        "before": {part: list(ids) for part, ids in person.before.items()},
        "after": {part: list(ids) for part, ids in person.after.items()},
    }
