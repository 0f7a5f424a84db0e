"""migrations.yaml: what a step may rename, map, drop or ask again.

Why this module exists: an old name can't be known, but a new one and its answers can.

It must not follow a name through later steps: the loader does.
"""

from __future__ import annotations

from pathfinder.ruletools.author.schema.parts import QUESTION, SNAKE, TEXT, Schema, mapping, some


def migrations_file() -> Schema:
    answers = {"type": "object", "additionalProperties": SNAKE, "minProperties": 1}
    steps = {
        "rename": mapping({"rename": SNAKE, "to": SNAKE}),
        "map": mapping({"map": SNAKE, "answers": answers}),
        "drop": mapping({"drop": SNAKE}),
        "ask_again": mapping({"ask_again": QUESTION}),
    }
    version = {"type": "string", "pattern": "^[0-9]+(\\.[0-9]+){0,3}$"}
    entry = mapping(
        {"version": version, "because": TEXT, "steps": some({"oneOf": list(steps.values())})}
    )
    return mapping({"migrations": some(entry, 0)})
