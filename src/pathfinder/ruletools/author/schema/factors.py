"""Factor files: questions with their readings, rules of each kind, and fit tables.

Why this module exists: this is where rules are changed, so here the schema is
exact: each answer has its row, and each rule its effect.

It must not describe the other files.
"""

from __future__ import annotations

from pathfinder.engine.question import SKIP, UNSURE, Question
from pathfinder.engine.ruleset import RuleSet
from pathfinder.ruletools.author.schema.parts import (
    ALERT,
    ANSWERS,
    CONDITION,
    GROUNDS,
    HAS_GROUNDS,
    KEBAB,
    LEVEL,
    PATH,
    QUESTION,
    SNAKE,
    STEP,
    SUPPORT,
    TEXT,
    TRUTH,
    Schema,
    grounded,
    mapping,
    names,
    one_of,
    some,
    where,
)

_NEVER: Schema = {"not": {}}


def factor_file(rules: RuleSet) -> Schema:
    """A file of `factors/`."""
    refs = ("question", "alert-rule", "first-rule", "gate", "support-rule", "note-rule")
    question, alert, first, gate, support, note = ({"$ref": f"#/$defs/{ref}"} for ref in refs)
    return mapping(
        {"factor": one_of(factor.id for factor in rules.factors)},
        {
            "questions": some(question, 0),
            "alerts": some(alert, 0),
            "first": some(first, 0),
            "gates": some(gate, 0),
            "supports": some(support, 0),
            "notes": some(note, 0),
            "moves": some(note, 0),
            "barriers": some({"$ref": "#/$defs/barrier"}, 0),
            "fit": some({"$ref": "#/$defs/fit-table"}, 0),
        },
    )


def factor_definitions(rules: RuleSet) -> dict[str, Schema]:
    """What a factor file is made of."""
    return {
        "question": _question(rules),
        "reading": grounded(
            {"id": KEBAB, "as": SNAKE, "when": CONDITION, "because": TEXT, "check": TEXT}
        ),
        "could-be": mapping(
            {"answer": SNAKE, "instead_of": some(SNAKE), "if": TEXT}, {"unless": CONDITION}
        ),
        "alert-rule": _proved({"alert": ALERT}),
        "first-rule": _proved({"first": STEP}),
        "gate": _proved(
            {},
            {"at_least": LEVEL, "set_aside": names(PATH), "opens_when": TEXT, "alongside": TRUTH},
        )
        | {
            "oneOf": [{"required": ["at_least"]}, {"required": ["set_aside"]}],
            "dependentRequired": {
                "set_aside": ["opens_when"],
                "opens_when": ["set_aside"],
                "alongside": ["set_aside"],
            },
        },
        "support-rule": _rule({"support": SUPPORT}),
        "note-rule": _rule({}),
        "barrier": _rule(
            {"question": QUESTION, "paths": names(PATH), "helps": names(SUPPORT, 0)},
            {"rules_out": TRUTH},
        ),
        "fit-table": _fit_table(rules),
        "fit-row": _fit_row(rules),
    }


def _rule(effect: dict[str, Schema], optional: dict[str, Schema] | None = None) -> Schema:
    """A rule: when it holds, what it does, and because why."""
    return grounded(
        {"id": KEBAB, "when": CONDITION, **effect, "because": TEXT},
        {"unless": CONDITION, **(optional or {})},
    )


def _proved(effect: dict[str, Schema], optional: dict[str, Schema] | None = None) -> Schema:
    """A rule that bears on safety: it also brings its question to ask and two examples."""
    asked = {"check": TEXT, "fires": ANSWERS, "quiet": ANSWERS}
    return _rule({**effect, **asked}, optional)


def _question(rules: RuleSet) -> Schema:
    several = [question.id for question in rules.questions if question.kind == "many"]
    regions = [*(region.id for region in rules.regions), rules.elsewhere.id]
    labels = {"type": "object", "minProperties": 2, "additionalProperties": TEXT}
    only_of_one = ("derived", "readings", "could_be")
    counts = {"type": "object", "minProperties": 1, "additionalProperties": _whole(0, 999)}
    return mapping(
        {
            "id": SNAKE,
            "kind": one_of(("one", "scale", "many")),
            "ask": TEXT,
            "why": TEXT,
            "cue": TEXT,
            "answers": {**labels, "propertyNames": {**SNAKE, "not": {"enum": [UNSURE, SKIP]}}},
        },
        {
            "unsure": TEXT,
            "skip": TEXT,
            "ask_when": CONDITION,
            "can_change": TRUTH,
            "could_be": some({"$ref": "#/$defs/could-be"}),
            "derived": mapping({"from": one_of(several), "counts": counts}),
            "by_region": mapping({}, dict.fromkeys(regions, TEXT)),
            "readings": some({"$ref": "#/$defs/reading"}),
        },
        allOf=[
            where("kind", "many", {"properties": dict.fromkeys(only_of_one, _NEVER)}),
            *(_own_answers(question) for question in rules.questions if question.kind != "many"),
        ],
        dependentRequired={"could_be": ["can_change"]},
    )


def _own_answers(question: Question) -> Schema:
    """A question is read as, and worked out to be, one of its own answers."""
    own = one_of(question.answers)
    read = {"items": {"properties": {"as": own}}}
    worked_out = {"properties": {"counts": {"propertyNames": own}}}
    could_be = {"items": {"properties": {"answer": own, "instead_of": {"items": own}}}}
    then = {"properties": {"readings": read, "derived": worked_out, "could_be": could_be}}
    return where("id", question.id, then)


def _fit_table(rules: RuleSet) -> Schema:
    row: Schema = {"$ref": "#/$defs/fit-row"}
    by_question = [
        where(
            "by",
            question.id,
            {
                "properties": {
                    "points": mapping(
                        dict.fromkeys(question.answers, row), {UNSURE: row, SKIP: row}
                    )
                }
            },
        )
        for question in rules.questions
    ]
    rows_say_where_from = {
        "properties": {
            "points": {"additionalProperties": {"anyOf": [{"maxProperties": 0}, HAS_GROUNDS]}}
        }
    }
    return mapping(
        {
            "id": KEBAB,
            "by": QUESTION,
            "points": {"type": "object"},
        },
        GROUNDS,
        allOf=[*by_question, {"if": {"not": HAS_GROUNDS}, "then": rows_say_where_from}],
    )


def _fit_row(rules: RuleSet) -> Schema:
    """{} on purpose, or points for one path and more, and because why."""
    points = {path.id: _whole(-3, 3) for path in rules.paths}
    words = {"because": TEXT, **GROUNDS}
    filled = {"required": ["because"], "not": {"propertyNames": one_of(words)}}
    return mapping({}, {**points, **words}) | {"if": {"minProperties": 1}, "then": filled}


def _whole(least: int, most: int) -> Schema:
    return {"type": "integer", "minimum": least, "maximum": most}
