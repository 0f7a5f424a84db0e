"""The whole schema of a rule set: one document for all its files, told apart by a key.

Why this module exists: an editor is given one name in the first line of each
file, and finds there what the file may hold.

It must not read files.

    >>> from pathfinder import load_rules
    >>> schema = rule_schema(load_rules())
    >>> schema["$defs"]["test-of-home"]["anyOf"][0]["enum"]
    ['none', 'unsafe', 'others_use', 'steady']
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from pathfinder.engine.ruleset import RuleSet
from pathfinder.ruletools.author.schema.cases import case_file
from pathfinder.ruletools.author.schema.checks import checks_definitions, checks_file
from pathfinder.ruletools.author.schema.conditions import condition_definitions
from pathfinder.ruletools.author.schema.contents import (
    content_definitions,
    help_lines_file,
    paths_file,
    ruleset_file,
    sources_file,
    steps_file,
    supports_file,
)
from pathfinder.ruletools.author.schema.factors import factor_definitions, factor_file
from pathfinder.ruletools.author.schema.migrations import migrations_file
from pathfinder.ruletools.author.schema.parts import Schema, by_key, id_definitions
from pathfinder.ruletools.author.schema.words import words_file

_WIDTH = 100


def rule_schema(rules: RuleSet, shared: Sequence[str] = ()) -> Schema:
    """JSON Schema, draft 2020-12. `shared`: ids of the passages shared in paths.yaml."""
    files = _files(rules)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:pathfinder:rules:{rules.id}",
        "title": f"The rule files of {rules.id}",
        "description": "Made by `pathfinder rules schema`. Make it anew when an id is added.",
        "type": "object",
        **by_key({key: {"$ref": f"#/$defs/{kind}-file"} for kind, (key, _) in files.items()}),
        "$defs": {
            **{f"{kind}-file": schema for kind, (_, schema) in files.items()},
            **factor_definitions(rules),
            **content_definitions(rules, shared),
            **checks_definitions(rules),
            **condition_definitions(rules),
            **id_definitions(rules),
        },
    }


def _files(rules: RuleSet) -> Mapping[str, tuple[str, Schema]]:
    """Kind of file -> the key that only this kind has, and what the file may hold."""
    return {
        "factor": ("factor", factor_file(rules)),
        "case": ("story", case_file(rules)),
        "ruleset": ("levels", ruleset_file(rules)),
        "paths": ("paths", paths_file(rules)),
        "steps": ("steps", steps_file()),
        "supports": ("supports", supports_file()),
        "help-lines": ("regions", help_lines_file(rules)),
        "sources": ("left_out", sources_file()),
        "checks": ("statements", checks_file()),
        "words": ("words", words_file()),
        "migrations": ("migrations", migrations_file()),
    }


def written(schema: Any, indent: int = 0) -> str:
    """The schema as JSON, short parts on one line, so that a change of it can be read."""
    line = json.dumps(schema, ensure_ascii=False)
    if indent + len(line) <= _WIDTH or not isinstance(schema, dict | list) or not schema:
        return line
    inner, outer = " " * (indent + 2), " " * indent
    if isinstance(schema, list):
        if all(isinstance(item, str) for item in schema):
            names = ", ".join(json.dumps(item) for item in schema)
            lines = textwrap.wrap(names, _WIDTH - indent - 2, break_on_hyphens=False)
            return "[\n" + "\n".join(inner + line for line in lines) + f"\n{outer}]"
        parts = [inner + written(item, indent + 2) for item in schema]
        return "[\n" + ",\n".join(parts) + f"\n{outer}]"
    parts = [
        f"{inner}{json.dumps(key)}: " + written(value, indent + 2) for key, value in schema.items()
    ]
    return "{\n" + ",\n".join(parts) + f"\n{outer}}}"
