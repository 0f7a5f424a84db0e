"""All forms of the rule format, file by file: as JSON Schema, and as the page of keys.

Why this module exists: each part of the loader declares the keys that it reads, so the whole
format stands in a dozen modules. Here they are put in the order in which people read them.
An editor that knows the names completes them, says what a key is for, and underlines a slip
while it is being typed; whoever writes by hand reads docs/rule-format.md, which a test holds
to this text. One schema serves all files of a rule set; a file is told apart by a key that
only its kind has.

It must not say what a file may hold: the forms of the loader do, and what goes beyond a key
stands in `schema_kinds`. Nor must it take the loader's place: a schema can't see that an id
stands twice, that points add up to too much, or that a question is asked too late.

    >>> from pathfinder import load_rules
    >>> schema = rule_schema(load_rules())
    >>> schema["$defs"]["test-of-home"]["anyOf"][0]["enum"]
    ['none', 'unsafe', 'others_use', 'steady']
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from pathfinder.engine.ruleset import RuleSet
from pathfinder.loader import (
    help_lines,
    migrations,
    paths_and_reasons,
    questions,
    record_file,
    rules,
    ruleset_file,
    sources_and_steps,
)
from pathfinder.loader.fields import Form
from pathfinder.loader.load import FACTOR_FILE, load_rules
from pathfinder.ruletools.author.copy import beginnings, folder_of, longer, shared_passages
from pathfinder.ruletools.author.schema_kinds import (
    CHOICES,
    HAS_GROUNDS,
    UNIQUE,
    Schema,
    beyond_keys,
    by_key,
    definitions,
    kinds_of,
)
from pathfinder.ruletools.cases import case_file
from pathfinder.ruletools.check import words_file
from pathfinder.ruletools.verify import statements


class File(NamedTuple):
    """One kind of file. `key`: one that no other kind of file has. `parts`: what it is made of."""

    name: str
    key: str
    form: Form
    parts: tuple[Form, ...] = ()


FILES: Final = (
    File(
        "factors/NAME.yaml",
        "factor",
        FACTOR_FILE,
        (
            questions.QUESTION,
            questions.OPTION,
            questions.READING,
            questions.COULD_BE,
            questions.UNLIKELY,
            questions.DERIVED,
            *(form for form, _ in rules.SECTIONS.values()),
            paths_and_reasons.TABLE,
            paths_and_reasons.REASON_ROW,
            paths_and_reasons.ARGUMENT,
        ),
    ),
    File("cases/NAME.yaml", "story", case_file.CASE, (case_file.EXPECT,)),
    File(
        "ruleset.yaml",
        "levels",
        ruleset_file.RULESET,
        (
            ruleset_file.REVIEWED,
            ruleset_file.SCOPE,
            ruleset_file.FACTOR,
            ruleset_file.LEVEL,
            ruleset_file.TEXTS,
            ruleset_file.CONDITION,
            ruleset_file.CLAIMS,
        ),
    ),
    File(
        "paths.yaml",
        "paths",
        paths_and_reasons.PATHS,
        (
            paths_and_reasons.ROW,
            sources_and_steps.SHARED,
            paths_and_reasons.PATH,
            paths_and_reasons.IN_SHORT,
            sources_and_steps.PASSAGE,
            sources_and_steps.CITATION,
        ),
    ),
    File(
        "steps.yaml",
        "steps",
        sources_and_steps.STEPS,
        (sources_and_steps.ALERT, sources_and_steps.STEP, sources_and_steps.MOVE),
    ),
    File(
        "supports.yaml",
        "supports",
        sources_and_steps.SUPPORTS,
        (sources_and_steps.SUPPORT, sources_and_steps.BESIDE),
    ),
    File(
        "help_lines.yaml",
        "regions",
        help_lines.HELP_LINES,
        (help_lines.REGION, help_lines.LINE),
    ),
    File(
        "sources.yaml",
        "left_out",
        sources_and_steps.SOURCES,
        (sources_and_steps.SOURCE, sources_and_steps.LEFT_OUT),
    ),
    File(
        "checks.yaml",
        "statements",
        statements.CHECKS,
        (
            statements.STATEMENT,
            statements.DROPPED,
            statements.IMPLIES,
            statements.THEN,
            statements.LOWERS,
            statements.CHANGES,
            statements.ADDS,
            statements.LOSES,
            statements.REACHES,
        ),
    ),
    File("words.yaml", "words", words_file.WORDS, (words_file.WORD,)),
    File(
        "migrations.yaml",
        "migrations",
        migrations.MIGRATIONS,
        (migrations.MIGRATION, *migrations.STEPS.values()),
    ),
    File(
        record_file.FILE,
        "styles",
        record_file.RECORD,
        (
            record_file.PART,
            record_file.TOLD,
            record_file.OTHER,
            record_file.STYLE,
            record_file.SECTION,
            record_file.ARRANGING,
            record_file.IN_PERSON,
        ),
    ),
)


def forms(rows: Sequence[tuple[str, str]]) -> list[Form]:
    """Every form once. `rows`: of the comparison, which is made of the rule set's own."""
    every = [form for file in FILES for form in (file.form, *file.parts)]
    return [*every, paths_and_reasons.comparison(tuple(rows))]


BEGIN: Final = "<!-- keys: made of the loader's forms by ruletools/author/schema.py -->"
END: Final = "<!-- end of keys -->"
_IN_WORDS: Final = {
    "kebab": "an id like-this",
    "snake": "an id like_this",
    "day": 'a date like "2026-11-22"',
    "truth": "true or false",
    "true": "`true`",
    "grounds": "text",
}


def keys_page() -> str:
    """Every file with its keys, as Markdown."""
    return "\n".join(_lines()) + "\n"


def with_keys(document: str) -> str:
    """The document, with the page of keys between its two marks made anew."""
    before, _, rest = document.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{keys_page()}\n{END}{after}"


def _lines() -> Iterator[str]:
    for place, file in enumerate(FILES):
        if place:
            yield ""
        yield f"### `{file.name}`"
        yield ""
        yield from _table(file.form)
        for form in file.parts:
            yield ""
            yield f"**{form.what.strip(chr(34))}**"
            yield ""
            yield from _table(form)


def _table(form: Form) -> Iterator[str]:
    yield "| key | holds | |"
    yield "| --- | --- | --- |"
    for key, (kind, about) in form.allowed.items():
        may = "" if key in form.required else " (optional)"
        yield f"| `{key}`{may} | {_holds(kind)} | {about} |"


def _holds(kind: str) -> str:
    """A kind in words: `a path+` is a list of these."""
    if kind.endswith("+") and " or " in kind:
        one, _, more = kind.partition(" or ")
        return f"{one}, or {_holds(more)}"
    for mark, said in (("+", "list: "), ("*", "list, may be empty: ")):
        if kind.endswith(mark):
            return said + _holds(kind[:-1])
    if kind in CHOICES:
        return ", ".join(f"`{each}`" for each in CHOICES[kind])
    return _IN_WORDS.get(kind, kind)


_WIDTH: Final = 100


def schema_text(directory: Path | None) -> str:
    """The `schema.json` of a folder, with a line feed at its end; None: of the built-in rules.

    Raises RulesError if the rule set doesn't hold: its names aren't sure then.
    """
    rules = load_rules(directory)
    return written(rule_schema(rules, shared_passages(folder_of(directory)))) + "\n"


def rule_schema(rules: RuleSet, shared: Sequence[str] = ()) -> Schema:
    """JSON Schema, draft 2020-12. `shared`: ids of the passages shared in paths.yaml."""
    files = {file.key: {"$ref": f"#/$defs/{_slug(file.form.what)}"} for file in FILES}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:pathfinder:rules:{rules.id}",
        "title": f"The rule files of {rules.id}",
        "description": "Made by `pathfinder rules schema`. Make it anew when an id is added.",
        "type": "object",
        **beginnings([(file.name, file.key, file.form.allowed[file.key][1]) for file in FILES]),
        **by_key(files),
        "$defs": _definitions(rules, shared),
    }


def _definitions(rules: RuleSet, shared: Sequence[str]) -> dict[str, Schema]:
    declared = forms(rules.compare_rows)
    kinds = {
        **{form.what: _reference(form.what) for form in declared},
        **kinds_of(rules, _reference),
    }
    beyond = beyond_keys(rules)
    made = {
        _slug(form.what): _merged(_mapping(form, kinds), beyond.get(form.what, {}))
        for form in declared
    }
    return {**made, **definitions(rules, shared)}


def _reference(what: str) -> Schema:
    return {"$ref": f"#/$defs/{_slug(what)}"}


def _slug(what: str) -> str:
    """The name of a definition: `fit-table` for a fit table, `paths-file` for paths.yaml."""
    bare = what.replace('"', "").replace(".yaml", " file").replace("_", "-")
    return bare.removeprefix("a ").removeprefix("an ").replace(" ", "-")


def _mapping(form: Form, kinds: Mapping[str, Schema]) -> Schema:
    """A mapping with the keys of the form and no other, each with its sentence."""
    return {
        "type": "object",
        "required": list(form.required),
        "properties": {
            key: {"description": longer(about, key, kind), **_value(kind, kinds)}
            for key, (kind, about) in form.allowed.items()
        },
        "additionalProperties": False,
        **(HAS_GROUNDS if ("grounds" in dict(form.allowed.values())) else {}),
    }


def _value(kind: str, kinds: Mapping[str, Schema]) -> Schema:
    if kind in kinds:
        return kinds[kind]
    if kind[:-1] not in kinds and " or " not in kind:
        raise KeyError(f"no schema is known for the kind {kind!r}")
    if kind[:-1] not in kinds:
        return {"anyOf": [_value(each, kinds) for each in kind.split(" or ")]}
    listed: Schema = {"type": "array", "items": kinds[kind[:-1]]}
    if kind.endswith("+"):
        listed["minItems"] = 1
    return {**listed, "uniqueItems": True} if kind[:-1] in UNIQUE else listed


def _merged(made: Schema, more: Schema) -> Schema:
    """What goes beyond keys is added to a mapping, and to the properties within it."""
    properties = {
        key: {**value, **more.get("properties", {}).get(key, {})}
        for key, value in made["properties"].items()
    }
    return {**made, **more, "properties": properties}


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
