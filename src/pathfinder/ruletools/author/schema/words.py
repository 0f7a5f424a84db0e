"""words.yaml: words to avoid, each with what to say instead.

Why this module exists: the list is kept by people who know which words hurt.

It must not know any word.
"""

from __future__ import annotations

from pathfinder.ruletools.author.schema.parts import GROUNDS, TEXT, Schema, mapping, names, some


def words_file() -> Schema:
    forms = names({"type": "string", "pattern": "\\w"})
    word = mapping({"avoid": forms, "say": TEXT, "because": TEXT}, {"unless_in": forms, **GROUNDS})
    return mapping({"words": some(word)}, {"names": forms, **GROUNDS})
