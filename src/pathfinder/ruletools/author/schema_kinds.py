"""What each kind of value may be in this rule set, and what a form asks for beyond its keys.

Why this module exists: most slips in a rule are a name that isn't there, an answer that the
question doesn't have, or a test that its kind doesn't take. All of these need the rule set's
own names, which no declaration can hold.

It must not name the keys of a form, other than to say how they hang together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from pathfinder.engine.decision import SCOPES
from pathfinder.engine.question import NONE, SKIP, UNSURE, Question
from pathfinder.engine.ruleset import RuleSet
from pathfinder.loader.ids_and_answers import LINE_KINDS, QUESTION_KINDS
from pathfinder.loader.migrations import STEPS
from pathfinder.loader.paths_and_reasons import APPROACHES, MOST_POINTS
from pathfinder.loader.record_file import HOLDS
from pathfinder.loader.ruleset_file import MOST_APART
from pathfinder.ruletools.author.copy import GROUPS, asked_in
from pathfinder.ruletools.cases.case_file import EFFECTS, NOTHING
from pathfinder.ruletools.verify import statements

Schema = dict[str, Any]
"""One JSON Schema, or a part of one."""

HAS_GROUNDS: Final[Schema] = {"anyOf": [{"required": ["sources"]}, {"required": ["judgement"]}]}
_TEXT: Final[Schema] = {"$ref": "#/$defs/text"}
_SNAKE: Final[Schema] = {"$ref": "#/$defs/snake"}
_TRUTH: Final[Schema] = {"type": "boolean"}
_NEVER: Final[Schema] = {"not": {}}
_SAYS: Final[Schema] = {"$ref": "#/$defs/what-an-answer-says"}

_IDS: Final = {
    "path": "path-id",
    "level": "level-id",
    "first step": "step-id",
    "support": "support-id",
    "alert": "alert-id",
    "question": "question-id",
    "source": "source-id",
    "kind of help line": "line-kind",
}
CHOICES: Final = {
    "kind of question": QUESTION_KINDS,
    "approach": APPROACHES,
    "thing to be reached": statements.REACHED,
    "part that is never lowered": statements.LOWERED,
    "part that never changes": statements.UNCHANGED,
    "part that is never lost": statements.KEPT,
    "effect": EFFECTS,
    "scope of a result": SCOPES,
    "nothing": (NOTHING,),
    "block of the note": HOLDS,
}
_NAMED: Final = ("alert rule", "first-step rule", "rule or reading", "note", "warning", "target")
UNIQUE: Final = {*_IDS, *CHOICES, *_NAMED, "form of a word"}
"""Kinds that may not stand twice in one list."""


def kinds_of(rules: RuleSet, reference: Callable[[str], Schema]) -> dict[str, Schema]:
    """Every kind that isn't a form, by its name in a declaration."""
    words = {word: {"$ref": f"#/$defs/{word}"} for word in ("kebab", "snake", "day", "version")}
    several = [question.id for question in rules.questions if question.kind == "many"]
    regions = [*(region.id for region in rules.regions), rules.elsewhere.id]
    return {
        **words,
        **{kind: {"$ref": f"#/$defs/{name}"} for kind, name in _IDS.items()},
        **{kind: one_of(choices) for kind, choices in CHOICES.items()},
        **_rule_names(rules),
        "text": _TEXT,
        "grounds": _TEXT,
        "truth": _TRUTH,
        "true": {"const": True},
        "condition": {"$ref": "#/$defs/condition"},
        "answers": {"$ref": "#/$defs/answers"},
        "passage": {"$ref": "#/$defs/told"},
        "form of a word": {"type": "string", "pattern": "\\w"},
        "factor": one_of(factor.id for factor in rules.factors),
        "region": one_of(region.id for region in rules.regions),
        "question with many answers": one_of(several),
        "labels of answers": {
            "type": "object",
            "minProperties": 2,
            "additionalProperties": {"anyOf": [_TEXT, reference("an answer with traits")]},
            "propertyNames": {**_SNAKE, "not": {"enum": [UNSURE, SKIP]}},
        },
        "counts of answers": _some_keys(_whole(0, 999)),
        "answers of before and now": _some_keys(_SNAKE),
        "words for each answer": _some_keys(_TEXT),
        "words for an answer": _some_keys(_TEXT),
        "words for each first step": _some_keys(_TEXT),
        "words for each alert": _some_keys(_TEXT),
        "sentences by region": closed(dict.fromkeys(regions, _TEXT)),
        "a row for every answer": {"type": "object"},
        "weight": _whole(1, MOST_POINTS),
        "points apart": _whole(0, MOST_APART),
        "paths meant": {"anyOf": [_names({"$ref": "#/$defs/path-id"}), _by_trait(rules)]},
        "traits of a path": _some_keys({"anyOf": [_TRUTH, _TEXT]}),
        "answers of before by another answer": _some_keys(_some_keys(_SNAKE)),
        "steps on scales": closed(
            {each.id: one_of(statements.DIRECTIONS) for each in rules.questions if _ordered(each)},
            minProperties=1,
        ),
        "answers of one checklist": closed(
            {
                each.id: _names(one_of(_beside_others(each)))
                for each in rules.questions
                if each.kind == "many"
            },
            minProperties=1,
            maxProperties=1,
        ),
        "one of the forms below": {
            "type": "object",
            **by_key({form.required[0]: reference(form.what) for form in statements.FORMS}),
        },
        "one of the steps below": {"oneOf": [reference(form.what) for form in STEPS.values()]},
    }


def _rule_names(rules: RuleSet) -> dict[str, Schema]:
    alerts = [rule.id for rule in rules.alert_rules]
    first = [rule.id for rule in rules.first_rules]
    gates = [gate.id for gate in rules.gates]
    readings = [reading.id for question in rules.questions for reading in question.readings]
    return {
        "alert rule": one_of(alerts),
        "first-step rule": one_of(first),
        "rule or reading": one_of([*alerts, *first, *gates, *readings]),
        "note": _TEXT,
        "warning": one_of(rule.id for rule in rules.move_rules if rule.warns),
        "target": _TEXT,
    }


def definitions(rules: RuleSet, shared: Sequence[str]) -> dict[str, Schema]:
    """What kinds refer to: forms of words, ids, conditions, and answers question by question."""
    passage: Schema = {"$ref": "#/$defs/passage"}
    groups = {key: _list({"$ref": "#/$defs/condition"}) for key in ("all", "any", "none")}
    named = {"holds": one_of(rules.conditions)} if rules.conditions else {}
    groups = {
        key: {"description": GROUPS[key], **value} for key, value in {**groups, **named}.items()
    }
    tests = {
        name: {"description": asked, "$ref": f"#/$defs/test-of-{name}"}
        for name, asked in asked_in(rules).items()
    }
    given = {each.id: {"$ref": f"#/$defs/answer-of-{each.id}"} for each in rules.questions}
    made: dict[str, Schema] = {
        "text": {"type": "string", "pattern": "\\S"},
        "kebab": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
        "snake": {"type": "string", "pattern": "^[a-z0-9]+(_[a-z0-9]+)*$"},
        "day": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
        "version": {"type": "string", "pattern": "^[0-9]+(\\.[0-9]+){0,3}$"},
        "path-id": one_of(path.id for path in rules.paths),
        "level-id": one_of(level.id for level in rules.levels),
        "step-id": one_of(step.id for step in rules.steps),
        "support-id": one_of(support.id for support in rules.supports),
        "alert-id": one_of(alert.id for alert in rules.alerts),
        "question-id": one_of(question.id for question in rules.questions),
        "source-id": one_of(source.id for source in rules.sources),
        "line-kind": one_of(LINE_KINDS),
        "told": {"anyOf": [passage, one_of(shared)]} if shared else passage,
        "condition": closed({**tests, **groups}, minProperties=1),
        "answers": closed(given),
    }
    for question in rules.questions:
        made[f"test-of-{question.id}"] = _test(question)
        made[f"answer-of-{question.id}"] = _answer(question)
    return made


# --- how the keys of a form hang together -----------------------------------------------


def beyond_keys(rules: RuleSet) -> dict[str, Schema]:
    """By the name of a form: what the loader asks of it that no single key can say."""
    out = one_of(rules.question_by_id[rules.scope_question].answers)
    only_of_one = ("derived", "readings", "could_be")
    return {
        "scope": {
            "properties": {"out": {"uniqueItems": True}},
            **where("question", rules.scope_question, {"properties": {"out": {"items": out}}}),
        },
        "a question": {
            "allOf": [
                where("kind", "many", {"properties": dict.fromkeys(only_of_one, _NEVER)}),
                *(_own_answers(each) for each in rules.questions if each.kind != "many"),
            ],
            "dependentRequired": {"could_be": ["can_change"]},
        },
        "a gate": {
            "oneOf": [{"required": ["at_least"]}, {"required": ["set_aside"]}],
            "dependentRequired": {
                "set_aside": ["opens_when"],
                "opens_when": ["set_aside"],
                "alongside": ["set_aside"],
            },
        },
        "a table of reasons": _rows(rules),
        "what an answer says": {"anyOf": [{"required": ["for"]}, {"required": ["against"]}]},
        "expect": {"minProperties": 1},
        '"then"': {"minProperties": 1},
        'a statement with "then"': where("minors", True, {"properties": {"then": _of_minors()}}),
        'a statement with "adding"': {
            "anyOf": [{"required": ["never_changes"]}, {"required": ["never_lowers"]}]
        },
    }


def _of_minors() -> Schema:
    return {"propertyNames": one_of(statements.OF_MINORS)}


def _beside_others(question: Question) -> list[str]:
    return [answer for answer in question.answers if answer != NONE]


def _own_answers(question: Question) -> Schema:
    """A question is read as, and worked out to be, one of its own answers."""
    own = one_of(question.answers)
    read = {"items": {"properties": {"as": own}}}
    worked_out = {"properties": {"counts": {"propertyNames": own}}}
    could_be = {"items": {"properties": {"answer": own, "instead_of": {"items": own}}}}
    then = {"properties": {"readings": read, "derived": worked_out, "could_be": could_be}}
    return where("id", question.id, then)


def _rows(rules: RuleSet) -> Schema:
    """A row for every answer: what it says, or {} on purpose."""
    row: Schema = {"anyOf": [{"type": "object", "maxProperties": 0}, _SAYS]}
    by_question = [
        where("by", each.id, {"properties": {"answers": _answer_rows(each, row)}})
        for each in rules.questions
    ]
    return {"allOf": by_question}


def _answer_rows(question: Question, row: Schema) -> Schema:
    rows = closed({**dict.fromkeys(question.answers, row), UNSURE: row, SKIP: row})
    return {**rows, "required": list(question.answers)}


def _by_trait(rules: RuleSet) -> Schema:
    """Paths by what they are: each trait with one of its words, or several."""
    words: dict[str, set[str]] = {"approach": {path.approach for path in rules.paths}}
    for path in rules.paths:
        for trait, word in path.traits:
            words.setdefault(trait, set()).add(word)
    level: Schema = {"$ref": "#/$defs/level-id"}
    ordered = closed({"at_least": level, "at_most": level}, minProperties=1)
    meant: dict[str, Schema] = {"level": {"anyOf": [level, _names(level), ordered]}}
    for trait, known in words.items():
        if known <= {"true", "false"}:
            meant[trait] = _TRUTH
        else:
            named = one_of(sorted(known))
            meant[trait] = {"anyOf": [named, _names(named)]}
    return closed(meant, minProperties=1)


# --- conditions and answers ---------------------------------------------------------------


def _test(question: Question) -> Schema:
    """What a condition may ask of the question."""
    answer = one_of(question.answers)
    operators: dict[str, Schema]
    if question.kind == "many":
        listed = one_of(name for name in question.answers if name != NONE)
        operators = {"includes": listed, "includes_any": _names(listed), "exactly": _names(listed)}
        traits = {trait for option in question.options for trait in option.traits}
        if traits:
            operators |= dict.fromkeys(("trait", "two_with"), one_of(sorted(traits)))
        shapes = [answer]
    else:
        operators = {"at_least": answer, "at_most": answer} if _ordered(question) else {}
        shapes = [answer, _names(answer)]
    tested = closed({**operators, "answered": _TRUTH}, minProperties=1)
    return {"description": _said(question), "anyOf": [*shapes, tested]}


def _answer(question: Question) -> Schema:
    """What an answers file may hold under the question."""
    unknown = [UNSURE, SKIP]
    if question.kind != "many":
        return {"description": _said(question), **one_of([*question.answers, *unknown])}
    listed = one_of(name for name in question.answers if name != NONE)
    alone = one_of([*unknown, *(name for name in question.answers if name == NONE)])
    return {
        "description": _said(question),
        "anyOf": [alone, _names(listed), {**_list(alone), "maxItems": 1}],
    }


def _said(question: Question) -> str:
    """What an editor shows: the question, and what each answer means."""
    labels = "\n".join(f"{option.id}: {option.label}" for option in question.options)
    order = " (least first)" if _ordered(question) else ""
    return f"{question.ask}\n\n{question.kind}{order}:\n{labels}"


def _ordered(question: Question) -> bool:
    return question.kind == "scale"


# --- the shapes that schemas are built of ---------------------------------------------------


def one_of(names: Iterable[str]) -> Schema:
    """One of these names."""
    return {"enum": list(names)}


def closed(properties: Mapping[str, Schema], **more: Any) -> Schema:
    """A mapping with any of these keys and no other."""
    held = {"properties": dict(properties), "additionalProperties": False}
    return {"type": "object", **held, **more}


def where(key: str, value: object, then: Schema) -> Schema:
    """What also holds where `key` has this value."""
    return {"if": {"required": [key], "properties": {key: {"const": value}}}, "then": then}


def by_key(kinds: Mapping[str, Schema]) -> Schema:
    """One of several kinds of mapping, told apart by a key that only this kind has."""
    apart: Schema = {"anyOf": [{"required": [key]} for key in kinds]}
    for key, then in reversed(list(kinds.items())):
        apart = {"if": {"required": [key]}, "then": then, "else": apart}
    return apart


def _list(item: Schema) -> Schema:
    return {"type": "array", "items": item, "minItems": 1}


def _names(name: Schema) -> Schema:
    return {**_list(name), "uniqueItems": True}


def _some_keys(value: Schema) -> Schema:
    return {"type": "object", "minProperties": 1, "additionalProperties": value}


def _whole(least: int, most: int) -> Schema:
    return {"type": "integer", "minimum": least, "maximum": most}
