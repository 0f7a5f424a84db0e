"""Conditions and answers: for each question, what may be asked of it and what may be given.

Why this module exists: most slips in a rule are an answer that the question
doesn't have, or a test that its kind doesn't take.

It must not describe where a condition stands.
"""

from __future__ import annotations

from pathfinder.engine.question import NONE, SKIP, UNSURE, Question
from pathfinder.engine.ruleset import RuleSet
from pathfinder.ruletools.author.schema.parts import (
    CONDITION,
    TRUTH,
    Schema,
    mapping,
    names,
    one_of,
    some,
)


def condition_definitions(rules: RuleSet) -> dict[str, Schema]:
    """`condition`, `answers`, and for each question the test and the answer it takes."""
    groups = {key: some(CONDITION) for key in ("all", "any", "none")}
    tests = {q.id: {"$ref": f"#/$defs/test-of-{q.id}"} for q in rules.questions}
    given = {q.id: {"$ref": f"#/$defs/answer-of-{q.id}"} for q in rules.questions}
    definitions = {
        "condition": mapping({}, {**tests, **groups}, minProperties=1),
        "answers": mapping({}, given),
    }
    for question in rules.questions:
        definitions[f"test-of-{question.id}"] = _test(question)
        definitions[f"answer-of-{question.id}"] = _answer(question)
    return definitions


def _test(question: Question) -> Schema:
    """What a condition may ask of the question."""
    answer = one_of(question.answers)
    if question.kind == "many":
        listed = one_of(name for name in question.answers if name != NONE)
        operators = {"includes": listed, "includes_any": names(listed)}
        forms = [answer]
    else:
        order = {"at_least": answer, "at_most": answer} if question.kind == "scale" else {}
        operators = order
        forms = [answer, names(answer)]
    tested = mapping({}, {**operators, "answered": TRUTH}, minProperties=1)
    return {"description": _said(question), "anyOf": [*forms, tested]}


def _answer(question: Question) -> Schema:
    """What an answers file may hold under the question."""
    unknown = [UNSURE, SKIP]
    if question.kind != "many":
        return {"description": _said(question), **one_of([*question.answers, *unknown])}
    listed = one_of(name for name in question.answers if name != NONE)
    alone = one_of([*unknown, *(name for name in question.answers if name == NONE)])
    return {
        "description": _said(question),
        "anyOf": [alone, names(listed), some(alone, maxItems=1)],
    }


def _said(question: Question) -> str:
    """What an editor shows: the question, and what each answer means."""
    labels = "\n".join(f"{option.id}: {option.label}" for option in question.options)
    order = " (least first)" if question.kind == "scale" else ""
    return f"{question.ask}\n\n{question.kind}{order}:\n{labels}"
