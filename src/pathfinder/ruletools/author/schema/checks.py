"""checks.yaml: statements that must hold for everybody.

Why this module exists: a promise that names a path which isn't there promises nothing.

It must not know how a statement is proved.
"""

from __future__ import annotations

from pathfinder.engine.ruleset import RuleSet
from pathfinder.ruletools.author.schema.parts import (
    ALERT,
    CONDITION,
    KEBAB,
    LEVEL,
    PATH,
    QUESTION,
    STEP,
    SUPPORT,
    TEXT,
    Schema,
    by_key,
    mapping,
    names,
    one_of,
    some,
)


def checks_file() -> Schema:
    """The file checks.yaml."""
    must: Schema = {"$ref": "#/$defs/must"}
    return mapping({"statements": some(mapping({"id": KEBAB, "says": TEXT, "must": some(must)}))})


def checks_definitions(rules: RuleSet) -> dict[str, Schema]:
    """What one statement may ask, told apart by its first key."""
    scales = [question.id for question in rules.questions if question.kind == "scale"]
    demanded = {
        "alerts": names(ALERT),
        "first": names(STEP),
        "first_of_first": STEP,
        "at_least": LEVEL,
        "first_path": {"anyOf": [PATH, names(PATH)]},
        "not_ranked": names(PATH),
        "not_supports": names(SUPPORT),
        "some_path": {"const": True},
    }
    worse = mapping({}, dict.fromkeys(scales, one_of(("up", "down"))), minProperties=1)
    kinds = {
        "then": mapping({"then": mapping({}, demanded, minProperties=1)}, {"when": CONDITION}),
        "one_step_worse": mapping(
            {
                "one_step_worse": worse,
                "never_lowers": names(one_of(("safe_level", "first_path_level"))),
            }
        ),
        "changing": mapping(
            {
                "changing": names(QUESTION),
                "never_changes": names(one_of(("safe_level", "first", "alerts"))),
            }
        ),
        "not_known": mapping(
            {
                "not_known": names(QUESTION),
                "never_loses": names(one_of(("alerts", "first", "gates"))),
            }
        ),
        "somebody_for_each": mapping({"somebody_for_each": one_of(("paths", "rules"))}),
    }
    return {"must": {"type": "object", **by_key(kinds)}}
