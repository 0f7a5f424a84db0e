"""People whom a change touches, in words: what they answered, what they got, what they get.

Why this module exists: on the short page a person is one line, in full a small page. Both name
paths, levels, steps and answers as their own rule set does.

It must not choose who is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from pathfinder.engine.question import SKIP, UNSURE, Answer
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages.blocks import Block, Bullet, Row, SideBySide, Text
from pathfinder.pages.phrases import name_of
from pathfinder.ruletools.diff.compare import Difference
from pathfinder.ruletools.diff.outcomes import NO_NEED, NO_PATH, NONE_LEFT, OUT_OF_SCOPE
from pathfinder.ruletools.diff.tally import PARTS
from pathfinder.ruletools.diff.witnesses import Worked

TITLES: Final[Mapping[str, str]] = {
    "first_path": "First path",
    "safe_level": "Safe level",
    "hold": "List of paths",
    "first": "First steps",
    "alerts": "Alerts",
    "paths": "Paths that are open",
    "order": "Order of the paths",
    "about_equal": "Paths about equal to the first",
    "compromise": "What can be begun if the first path can't",
    "barriers": "What stands before the first path",
    "helps": "What could make room for it",
    "supports": "Supports",
    "notes": "Notes",
    "moves": "Moves",
    "told": "Rules that speak for an alert or a first step",
    "to_check": "Questions left for a professional",
}
SEEN: Final = ("first_path", "safe_level", "first", "alerts")
"""The parts that a worked person is shown with in full; of the others, what comes and goes."""
EVERY_OTHER: Final = "Everything else is left open."
ALL_OPEN: Final = "every question is left open"


def in_short(difference: Difference, person: Worked) -> str:
    """A person in one line."""
    told = []
    for name, given in person.answers.items():
        question = name_of(_asking(difference, name), name)
        told.append(f"{question}: {_answer(difference, name, given, brief=True)}")
    return "; ".join(told) or ALL_OPEN


def person_blocks(difference: Difference, person: Worked) -> Iterator[Block]:
    """A person in full."""
    for name, answer in person.answers.items():
        label = name_of(_asking(difference, name), name)
        yield Bullet(_answer(difference, name, answer), label=label)
    yield Text(EVERY_OTHER if person.answers else f"{ALL_OPEN.capitalize()}.")
    shown = sorted(person.shows, key=str)
    for part in PARTS:
        told = [_step(old, new) for name, old, new in shown if name == part]
        if told and part not in SEEN:
            yield Text(f"{'; '.join(told)}.", label=TITLES[part])
    yield SideBySide("Before", "Now", tuple(_rows(difference, person)))


def _step(old: str | None, new: str | None) -> str:
    if old is None:
        return f"{new} comes in"
    return f"{old} goes" if new is None else f"from {old} to {new}"


def _rows(difference: Difference, person: Worked) -> Iterator[Row]:
    """What they got and get: the path and the level always, the rest where there is any."""
    for part in SEEN:
        had, have = person.before[part], person.after[part]
        if had or have:
            names = [
                "; ".join(name_in(rules, part, each, whole=True) for each in ids) or "none"
                for rules, ids in ((difference.old, had), (difference.new, have))
            ]
            yield Row(TITLES[part], *names)


def name_in(rules: RuleSet, part: str, name: str, *, whole: bool = False) -> str:
    names: dict[str, str] = {}
    if part == "safe_level":
        names = {level.id: level.name for level in rules.levels}
    elif part in ("first", "alerts"):
        steps = {step.id: step.title for step in rules.steps}
        names = {**steps, **{alert.id: alert.title for alert in rules.alerts}}
    elif part in ("first_path", "paths", "about_equal", "compromise"):
        names = {path.id: path.name if whole else path.in_a_row for path in rules.paths}
    elif part in ("supports", "helps"):
        names = {support.id: support.title for support in rules.supports}
    elif part == "barriers":
        names = {question.id: name_of(rules, question.id) for question in rules.questions}
    special = {each: each for each in (NO_PATH, OUT_OF_SCOPE, NO_NEED, NONE_LEFT)}
    return {**names, **special}.get(name, name)


def _asking(difference: Difference, name: str) -> RuleSet:
    """The rules that ask a question: those of now, where both do."""
    return difference.new if name in difference.new.question_by_id else difference.old


def _answer(difference: Difference, name: str, answer: Answer, *, brief: bool = False) -> str:
    """The words of the answer; in brief, those before a colon, which name it."""
    given = (answer,) if isinstance(answer, str) else answer
    labels = [_label(difference, name, each) for each in given]
    return " + ".join(label.partition(": ")[0] if brief else label for label in labels)


def _label(difference: Difference, name: str, answer: str) -> str:
    for rules in (difference.new, difference.old):
        question = rules.question_by_id.get(name)
        if question is not None and answer in (*question.answers, UNSURE, SKIP):
            return question.label(answer)
    return answer
