"""One worked person for each kind of change.

Why this module exists: a number tells how many, a person tells whether it is right. Each
is the plainest person found for whom the change is felt, and is decided anew by the real
engine under both rule sets.

It must not word anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pathfinder.engine.decide import decide
from pathfinder.engine.decision import part_ids
from pathfinder.engine.question import SKIP, UNSURE, Answer
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import RulesError
from pathfinder.ruletools.diff.changed_rules import named_by
from pathfinder.ruletools.diff.compare import (
    MOVES,
    ORDERED,
    OUT_OF_SCOPE,
    PARTS,
    SHOWN,
    WAITS,
    Difference,
    PartRow,
    in_order,
    outcomes,
    turned,
)
from pathfinder.ruletools.diff.population import Asked, alone

Parts = Mapping[str, tuple[str, ...]]
"""What one person gets, part by part."""

Kind = tuple[str, str | None, str | None]
"""Part, from, to: as in `PartRow`."""


class Worked(NamedTuple):
    """One person: the answers that matter, what they got and get, and the kinds they show."""

    answers: Mapping[str, Answer]
    before: Parts
    after: Parts
    shows: frozenset[Kind]


def worked_people(difference: Difference) -> tuple[Worked, ...]:
    """People who together show every kind of change, in the order of the kinds.

    Whoever shows several kinds stands for all of them.
    """
    named = named_by(difference.old, difference.new, difference.items.deciding)
    people: list[Worked] = []
    shown: set[Kind] = set()
    for row in difference.rows:
        if _kind(row) not in shown:
            person = _plainest(difference, row, named)
            shown |= person.shows
            people.append(person)
    return tuple(people)


def _kind(row: PartRow) -> Kind:
    return row.part, row.old, row.new


def _plainest(difference: Difference, row: PartRow, named: frozenset[str]) -> Worked:
    """Somebody of this row, with every answer left out that the change doesn't need.

    Answers that the changed rules speak of stay, and are known ones where somebody has them:
    a person who left them open would show what blanks lead to, and not the rule.
    """
    crowd = difference.crowd
    known = row.who
    for asked in crowd.questions:
        if asked.id in named:
            gave = crowd.gave[asked.id]
            known = known & ~(gave[UNSURE] | gave[SKIP]) or known
    worked = _worked(difference, crowd.person((known & -known).bit_length() - 1))
    kind = _kind(row)

    def tried(answers: Mapping[str, Answer], all_the_same: bool) -> Worked:
        then = _worked(difference, answers)
        same = (then.before, then.after) == (worked.before, worked.after)
        return then if same or (kind in then.shows and not all_the_same) else worked

    for question in worked.answers:
        fewer = {name: given for name, given in worked.answers.items() if name != question}
        worked = tried(fewer, question in named)
    for question, answer in worked.answers.items():
        for one in () if isinstance(answer, str) or question in named else answer:
            left = tuple(each for each in worked.answers[question] if each != one)
            if left:
                worked = tried({**worked.answers, question: left}, all_the_same=False)
    return worked


def _worked(difference: Difference, answers: Mapping[str, Answer]) -> Worked:
    before = parts_of(difference.old, answers)
    after = parts_of(difference.new, answers)
    shows: set[Kind] = set()
    for part, had in before.items():
        have = after[part]
        if part in MOVES:
            if had != have:
                shows.add((part, had[0], have[0]))
        else:
            shows.update((part, name, None) for name in had if name not in have)
            shows.update((part, None, name) for name in have if name not in had)
        if part in ORDERED:
            shows.update(
                (part, in_order(one, other), in_order(other, one))
                for one, other in turned(had, have)
            )
    return Worked(answers, before, after, frozenset(shows))


def parts_of(rules: RuleSet, answers: Mapping[str, Answer]) -> Parts:
    """What this person gets, in the parts that are compared. Answers to questions that
    this rule set doesn't ask, or doesn't know in this form, count as left out."""
    fitting = _fitting(rules, answers)
    try:
        found = decide(rules, fitting)
    except RulesError:  # these rules leave no path: the engine stops, what else comes out counts
        return _without_a_path(rules, fitting)
    return {
        "first_path": part_ids(found, "first_path") or (OUT_OF_SCOPE,),
        "safe_level": part_ids(found, "safe_level") or (OUT_OF_SCOPE,),
        "hold": (WAITS if found.hold else SHOWN,),
        "first": part_ids(found, "first"),
        "alerts": part_ids(found, "alerts"),
        "paths": part_ids(found, "ranked"),
        "told": (*part_ids(found, "alert_rules"), *part_ids(found, "first_rules")),
        "to_check": part_ids(found, "to_check"),
    }


def _without_a_path(rules: RuleSet, answers: Mapping[str, Answer]) -> Parts:
    asked = [Asked(each.id, each.kind == "many", each.answers) for each in rules.questions]
    found = outcomes(rules, alone(asked, answers))
    return {part: tuple(n for n, who in getattr(found, part).items() if who) for part in PARTS}


def _fitting(rules: RuleSet, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    fitting: dict[str, Answer] = {}
    for name, answer in answers.items():
        question = rules.question_by_id.get(name)
        if question is None:
            continue
        if isinstance(answer, str):
            if answer in (UNSURE, SKIP):
                fitting[name] = answer
            elif answer in question.answers:
                fitting[name] = (answer,) if question.kind == "many" else answer
        elif question.kind == "many":
            known = tuple(each for each in answer if each in question.answers)
            if known:
                fitting[name] = known
        elif len(answer) == 1 and answer[0] in question.answers:
            fitting[name] = answer[0]
    return fitting
