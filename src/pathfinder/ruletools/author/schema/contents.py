"""The files beside the factors: ruleset, sources, paths, steps, supports, help lines.

Why this module exists: texts for people stand here, and each says where it comes from.

It must not describe factor files or cases.
"""

from __future__ import annotations

from collections.abc import Sequence

from pathfinder.engine.ruleset import RuleSet, Texts
from pathfinder.ruletools.author.schema.parts import (
    CONDITION,
    DAY,
    KEBAB,
    LEVEL,
    LINE_KIND,
    PASSAGE,
    QUESTION,
    SNAKE,
    SOURCE,
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

_PASSAGES = some(PASSAGE)


def content_definitions(rules: RuleSet, shared: Sequence[str]) -> dict[str, Schema]:
    """Citations and passages. `shared` are the ids of the shared passages of paths.yaml."""
    citation = mapping({"id": SOURCE, "section": TEXT}, {"claim": TEXT})
    passage = grounded({"text": TEXT}, {"when": CONDITION})
    return {
        "citations": some(citation),
        "passage": {"anyOf": [passage, one_of(shared)]} if shared else passage,
        "region": mapping(
            {"id": KEBAB, "name": TEXT, "lines": some(_help_line())}, {"aliases": some(KEBAB, 0)}
        ),
    }


def ruleset_file(rules: RuleSet) -> Schema:
    out = one_of(rules.question_by_id[rules.scope_question].answers)
    passages = {name: PASSAGE for name in Texts._fields if name != "under_18"}
    return mapping(
        {
            "id": KEBAB,
            "version": TEXT,
            "title": TEXT,
            "reviewed": mapping({"date": DAY, "by": TEXT, "next": DAY}),
            "scope": mapping({"question": QUESTION, "out": some(SNAKE, uniqueItems=True)})
            | where("question", rules.scope_question, {"properties": {"out": {"items": out}}}),
            "factors": some(mapping({"id": SNAKE, "title": TEXT})),
            "order": names(QUESTION),
            "levels": some(mapping({"id": KEBAB, "name": TEXT, "hours": TEXT})),
            "texts": mapping({**passages, "under_18": _PASSAGES}),
        }
    )


def sources_file() -> Schema:
    fields = ("title", "publisher", "year", "address", "interest")
    source = mapping({"id": KEBAB, **dict.fromkeys(fields, TEXT)})
    left_out = mapping({"claim": TEXT, "because": TEXT})
    return mapping({"sources": some(source), "left_out": some(left_out, 0)})


def paths_file(rules: RuleSet) -> Schema:
    lists = ("what", "week", "run_by", "length", "cost", "first_moves", "ask", "next")
    path = mapping(
        {
            "id": KEBAB,
            "name": TEXT,
            "short": TEXT,
            "level": LEVEL,
            "approach": one_of(("twelve-step", "secular", "either")),
            **dict.fromkeys(lists, _PASSAGES),
            "compare": grounded({row: TEXT for row, _ in rules.compare_rows}),
        },
        {
            "alongside": TRUTH,
            "in_short": mapping(dict.fromkeys(("time", "length", "after"), PASSAGE)),
        },
    )
    shared = grounded({"id": KEBAB, "text": TEXT}, {"when": CONDITION})
    return mapping(
        {"compare": some(mapping({"id": SNAKE, "title": TEXT})), "paths": some(path)},
        {"shared": some(shared, 0)},
    )


def steps_file() -> Schema:
    alert = grounded(
        {"id": KEBAB, "title": TEXT, "text": TEXT, "lines": names(LINE_KIND)},
        {"hold": TRUTH, "in_short": TEXT},
    )
    step = mapping({"id": KEBAB, "title": TEXT, "moves": _PASSAGES})
    return mapping({"alerts": some(alert), "steps": some(step)})


def supports_file() -> Schema:
    return mapping({"supports": some(grounded({"id": KEBAB, "title": TEXT, "text": TEXT}))})


def help_lines_file(rules: RuleSet) -> Schema:
    region: Schema = {"$ref": "#/$defs/region"}
    return mapping(
        {
            "default": one_of(region.id for region in rules.regions),
            "elsewhere": region,
            "regions": some(region),
        }
    )


def _help_line() -> Schema:
    return mapping(
        {
            "id": KEBAB,
            "name": TEXT,
            "number": TEXT,
            "when": TEXT,
            "kinds": names(LINE_KIND),
            "seen_on": DAY,
            "seen_at": TEXT,
        }
    )
