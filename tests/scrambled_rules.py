"""Rule sets that nobody would write: the built-in one with a part changed at random.

Proofs must be right for whatever rules an agency writes, not for ours alone.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from pathfinder.engine.conditions import All, AnyOf, Condition, Leaf, NoneOf
from pathfinder.engine.question import SKIP, UNSURE, Question
from pathfinder.engine.rules import Argument
from pathfinder.engine.ruleset import RuleSet

RULE_LISTS = (
    "alert_rules", "first_rules", "gates", "support_rules", "note_rules", "move_rules", "barriers",
)  # fmt: skip


def scrambled(rules: RuleSet, dice: random.Random, changes: int = 4) -> RuleSet:
    """`rules` with some changes of any kind: conditions, effects, readings, points, order."""
    for _ in range(changes):
        rules = dice.choice(CHANGES)(rules, dice)
    return rules


def _condition(rules: RuleSet, dice: random.Random, depth: int = 2) -> Condition:
    if depth and dice.random() < 0.5:
        parts = tuple(_condition(rules, dice, depth - 1) for _ in range(dice.choice((1, 2, 3))))
        return dice.choice((All, AnyOf, NoneOf))(parts)
    question = dice.choice(rules.questions)
    if dice.random() < 0.2:
        word = dice.choice(("true", "false"))
        return Leaf(question.id, "answered", (word,), frozenset((word,)))
    if question.kind == "many":
        op = dice.choice(("exactly", "includes_any", "two_with"))
        some = dice.sample(question.answers, dice.choice((1, 2, 3)))
    else:
        op, some = "is", dice.sample(question.answers, dice.choice((1, 2)))
    return Leaf(question.id, op, tuple(some), frozenset(some))


def _another_rule(rules: RuleSet, dice: random.Random) -> RuleSet:
    """One rule with another condition or exception."""
    field = dice.choice(RULE_LISTS)
    given: list[Any] = list(getattr(rules, field))
    place = dice.randrange(len(given))
    part = dice.choice(("when", "unless"))
    given[place] = given[place]._replace(**{part: _condition(rules, dice)})
    return rules._replace(**{field: tuple(given)})


def _another_effect(rules: RuleSet, dice: random.Random) -> RuleSet:
    gates = list(rules.gates)
    place = dice.randrange(len(gates))
    if dice.random() < 0.5:
        level = dice.choice(rules.levels).id
        gates[place] = gates[place]._replace(at_least=level, set_aside=())
    else:
        paths = tuple(dice.sample([path.id for path in rules.paths], 3))
        gates[place] = gates[place]._replace(at_least=None, set_aside=paths, opens_when="Later.")
    return rules._replace(gates=tuple(gates))


def _without_a_rule(rules: RuleSet, dice: random.Random) -> RuleSet:
    field = dice.choice(RULE_LISTS)
    given = list(getattr(rules, field))
    if len(given) > 1:
        del given[dice.randrange(len(given))]
    return rules._replace(**{field: tuple(given)})


def _other_points(rules: RuleSet, dice: random.Random) -> RuleSet:
    tables = list(rules.reasons)
    place = dice.randrange(len(tables))
    rows = dict(tables[place].rows)
    answer = dice.choice([*rows, UNSURE, SKIP])
    row = next(each for each in rows.values() if each.arguments)
    grounds = row.arguments[0].grounds
    paths = dice.sample([path.id for path in rules.paths], 3)
    arguments = tuple(
        Argument(
            (path,),
            dice.choice((-3, -2, -1, 1, 2, 3)),
            "For tests.",
            grounds,
            when=dice.choice((None, _condition(rules, dice))),
            unless=dice.choice((None, _condition(rules, dice))),
        )
        for path in paths
    )
    rows[answer] = row._replace(answer=answer, arguments=arguments)
    tables[place] = tables[place]._replace(rows=rows)
    return rules._replace(reasons=tuple(tables))


def _changed(rules: RuleSet, question: Question) -> RuleSet:
    made = tuple(question if each.id == question.id else each for each in rules.questions)
    return rules._replace(questions=made, question_by_id={each.id: each for each in made})


def _other_readings(rules: RuleSet, dice: random.Random) -> RuleSet:
    question = dice.choice([each for each in rules.questions if each.readings])
    readings = list(question.readings)
    place = dice.randrange(len(readings))
    change = dice.choice(("when", "as", "order", "out"))
    if change == "when":
        readings[place] = readings[place]._replace(when=_condition(rules, dice), of_unknown=False)
    elif change == "as":
        readings[place] = readings[place]._replace(value=dice.choice(question.answers))
    elif change == "order":
        dice.shuffle(readings)
    else:
        del readings[place]
    return _changed(rules, question._replace(readings=tuple(readings)))


def _asked_otherwise(rules: RuleSet, dice: random.Random) -> RuleSet:
    """A question that is asked on another condition, which names earlier questions alone."""
    place = dice.randrange(2, len(rules.questions))
    earlier = rules._replace(questions=rules.questions[:place])
    question = rules.questions[place]
    return _changed(rules, question._replace(ask_when=_condition(earlier, dice)))


def _told_otherwise(rules: RuleSet, dice: random.Random) -> RuleSet:
    """A text that speaks of other paths, or of none."""
    field = dice.choice(("support_rules", "note_rules", "move_rules"))
    given: list[Any] = list(getattr(rules, field))
    place = dice.randrange(len(given))
    paths = tuple(dice.sample([path.id for path in rules.paths], dice.choice((0, 1, 2))))
    given[place] = given[place]._replace(about=paths)
    return rules._replace(**{field: tuple(given)})


def _another_level(rules: RuleSet, dice: random.Random) -> RuleSet:
    """A path of another level of care, so that others are more than is called for."""
    paths = list(rules.paths)
    place = dice.randrange(len(paths))
    paths[place] = paths[place]._replace(level=dice.choice(rules.levels).id)
    made = tuple(paths)
    return rules._replace(paths=made, path_by_id={path.id: path for path in made})


def _taken_over_otherwise(rules: RuleSet, dice: random.Random) -> RuleSet:
    """An answer that is taken over from another question where another condition holds."""
    some = [q for q in rules.questions if q.derived is not None and not q.derived.counts]
    question = dice.choice(some)
    assert question.derived is not None
    earlier = rules._replace(questions=rules.questions[: rules.questions.index(question)])
    when = dice.choice((None, _condition(earlier, dice)))
    return _changed(rules, question._replace(derived=question.derived._replace(when=when)))


def _counted_otherwise(rules: RuleSet, dice: random.Random) -> RuleSet:
    question = next(q for q in rules.questions if q.derived is not None and q.derived.counts)
    assert question.derived is not None
    least = sorted(dice.sample(range(10), len(question.answers)), reverse=True)
    counts = tuple(zip(least, dice.sample(question.answers, len(least)), strict=True))
    return _changed(rules, question._replace(derived=question.derived._replace(counts=counts)))


CHANGES: tuple[Callable[[RuleSet, random.Random], RuleSet], ...] = (
    _another_rule, _another_rule, _another_effect, _without_a_rule, _other_points,
    _other_readings, _asked_otherwise, _counted_otherwise, _told_otherwise, _another_level,
    _taken_over_otherwise,
)  # fmt: skip
