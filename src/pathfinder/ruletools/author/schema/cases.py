"""Whole-person cases: a story, the answers, and what must come out.

Why this module exists: what may be expected is read from `trials.cases`, so that an
editor and the reader of cases never differ.

It must not know how a case is run.
"""

from __future__ import annotations

from pathfinder.engine.ruleset import RuleSet
from pathfinder.ruletools.author.schema.parts import (
    ALERT,
    ANSWERS,
    LEVEL,
    PATH,
    QUESTION,
    STEP,
    SUPPORT,
    TEXT,
    TRUTH,
    Schema,
    mapping,
    names,
    one_of,
)
from pathfinder.ruletools.cases.case_file import KEYS, NOTHING, Key


def case_file(rules: RuleSet) -> Schema:
    """A file of `cases/`."""
    kinds = _kinds(rules)
    expected = {name: _expected(key, kinds[key.names]) for name, key in KEYS.items()}
    return mapping(
        {"story": TEXT, "answers": ANSWERS, "expect": mapping({}, expected, minProperties=1)}
    )


def _expected(key: Key, name: Schema) -> Schema:
    if key.how == "is":
        none = key.names in ("level", "path")
        return {"anyOf": [name, {"const": NOTHING}]} if none else name
    return {"anyOf": [name, names(name)]} if key.how == "one of" else names(name, 0)


def _kinds(rules: RuleSet) -> dict[str, Schema]:
    """What each kind of name may be."""
    alerts = [rule.id for rule in rules.alert_rules]
    first = [rule.id for rule in rules.first_rules]
    gates = [gate.id for gate in rules.gates]
    readings = [reading.id for question in rules.questions for reading in question.readings]
    return {
        "truth": TRUTH,
        "scope": one_of(("adult", "under_18")),
        "level": LEVEL,
        "alert": ALERT,
        "alert rule": one_of(alerts),
        "first step": STEP,
        "first-step rule": one_of(first),
        "path": PATH,
        "support": SUPPORT,
        "note": TEXT,
        "rule or reading": one_of([*alerts, *first, *gates, *readings]),
        "effect": one_of(("alert", "first", "gate", "reading")),
        "target": TEXT,
        "question": QUESTION,
    }
