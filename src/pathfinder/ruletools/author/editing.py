"""What an editor shows beyond the loader's own sentences: longer help, and how to begin a file.

Why this module exists: the page of keys has one line a key, and its reader has the rest of the
page. Who hovers over `when` in an editor has that line alone, and an empty file has none.

It must not allow or refuse anything: schemas differ by it in what they say, not in what holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from pathfinder.engine.ruleset import RuleSet

Schema = dict[str, Any]

MORE: Final[Mapping[str, str]] = {
    "condition": (
        "Every line must hold: `{home: [none, unsafe], severity: {at_least: moderate}}`."
        " Checklists take `includes`, `includes_any`, `exactly`, `trait` and `two_with`."
        " `{answered: false}` is for whatever isn't known. `all`, `any` and `none` hold lists of"
        " conditions, `holds` names a shared one. An answer that isn't known makes it unknown,"
        " and never false."
    ),
    "a table of reasons*": (
        "One table a question, named under `by`, with a row for every answer. A row says what the"
        " person `says`, and then `for` and `against` which paths that speaks, how much (`weight`"
        " 1 to 3) and `because` of what. It ranks paths, and never makes one safe."
    ),
    "traits of a path": (
        "For rules that name what a path is in place of its id, such as `paths: {goes_home: true}`."
        " A path with the right traits is covered by every rule that they call for."
    ),
    "traits of an answer": (
        "Conditions name them with `trait` or `two_with`. An answer with the right traits is"
        " covered by every rule that they call for."
    ),
    "paths meant": (
        "Ids, as in `[residential]`, or what the paths are, as in `{level: intensive}`."
    ),
}
"""By the kind of a value: what is told of it beside the sentence of its key."""

GROUPS: Final[Mapping[str, str]] = {
    "all": "All of these conditions hold.",
    "any": "At least one of these conditions holds.",
    "none": "None of these conditions holds.",
    "holds": "A condition that ruleset.yaml names once for all.",
}

_BEGUN: Final[Mapping[str, Any]] = {
    "factor": {"factor": "$1", "questions": [{"id": "$2", "kind": "$3", "ask": "$4", "why": "$5"}]},
    "story": {"story": "$1", "answers": {"age_group": "adult"}, "expect": {"first_path": "$2"}},
    "statements": {
        "statements": [
            {"id": "$1", "says": "$2", "must": [{"when": {}, "then": {"at_least": "$3"}}]}
        ]
    },
}
"""Files that are begun more than once, by the key that tells them."""


def longer(about: str, key: str, kind: str) -> str:
    """The sentence of a key, and what there is to say of such a value."""
    named = "traits of an answer" if (key, kind) == ("traits", "snake*") else kind
    more = MORE.get(named)
    return about if more is None else f"{about} {more}"


def asked_in(rules: RuleSet) -> dict[str, str]:
    """Question id -> what an editor shows where a condition names it."""
    return {question.id: question.ask for question in rules.questions}


def beginnings(files: Sequence[tuple[str, str, str]]) -> Schema:
    """What an editor offers in an empty file. `files`: (name, the key that tells it, about it)."""
    return {
        "properties": {
            key: {"description": f"{about} Begins {name}."} for name, key, about in files
        },
        "defaultSnippets": [
            {"label": name, "description": f"Begin {name}.", "body": _BEGUN.get(key, {key: "$1"})}
            for name, key, _ in files
        ],
    }
