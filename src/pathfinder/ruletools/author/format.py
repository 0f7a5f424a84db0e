"""All forms of the rule format, file by file, and the page of keys in docs/rule-format.md.

Why this module exists: each part of the loader declares the keys that it reads, so the whole
format stands in a dozen modules. Here they are put in the order in which people read them.
Whoever writes rules by hand reads what the loader goes by, and the two can't differ when the
one is made of the other: a test holds the page to this text.

It must not declare or describe a key: the loader's forms do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from pathfinder.loader import (
    factor_file,
    help_lines_file,
    migrations,
    paths_file,
    questions,
    reasons,
    rules,
    ruleset_file,
    sources_file,
    steps_file,
)
from pathfinder.loader.fields import Form
from pathfinder.ruletools.author.schema_kinds import CHOICES
from pathfinder.ruletools.cases import case_file
from pathfinder.ruletools.check import words_file
from pathfinder.ruletools.verify import statements_file as statements


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
        factor_file.FACTOR_FILE,
        (
            questions.QUESTION,
            questions.OPTION,
            questions.READING,
            questions.COULD_BE,
            questions.DERIVED,
            *(form for form, _ in rules.SECTIONS.values()),
            reasons.TABLE,
            reasons.ROW,
            reasons.ARGUMENT,
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
        paths_file.PATHS,
        (
            paths_file.ROW,
            sources_file.SHARED,
            paths_file.PATH,
            paths_file.IN_SHORT,
            sources_file.PASSAGE,
            sources_file.CITATION,
        ),
    ),
    File("steps.yaml", "steps", steps_file.STEPS, (steps_file.ALERT, steps_file.STEP)),
    File("supports.yaml", "supports", steps_file.SUPPORTS, (steps_file.SUPPORT,)),
    File(
        "help_lines.yaml",
        "regions",
        help_lines_file.HELP_LINES,
        (help_lines_file.REGION, help_lines_file.LINE),
    ),
    File(
        "sources.yaml",
        "left_out",
        sources_file.SOURCES,
        (sources_file.SOURCE, sources_file.LEFT_OUT),
    ),
    File(
        "checks.yaml",
        "statements",
        statements.CHECKS,
        (
            statements.STATEMENT,
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
)


def forms(rows: Sequence[tuple[str, str]]) -> list[Form]:
    """Every form once. `rows`: of the comparison, which is made of the rule set's own."""
    every = [form for file in FILES for form in (file.form, *file.parts)]
    return [*every, paths_file.comparison(tuple(rows))]


BEGIN: Final = "<!-- keys: made of the loader's forms by ruletools/author/format.py -->"
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
