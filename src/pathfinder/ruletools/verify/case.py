"""A broken statement as a whole-person case, in the form of `cases/*.yaml`.

Why this module exists: who breaks a statement should stand among the cases, so that the
mend is tried on them by every later run.

It must not write a file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from textwrap import wrap

from pathfinder.loader.syntax.nodes import Kind
from pathfinder.loader.syntax.scalars import classify
from pathfinder.ruletools.verify.statements import Statement, Verdict


def as_case(statement: Statement, verdict: Verdict) -> str | None:
    """The text of the case, or None where no person stands for the break."""
    if verdict.case is None or verdict.wanted is None:
        return None
    return "\n".join([
        f"# Found by `pathfinder rules verify`: breaks the statement {statement.id}.",
        "story: >-",
        *wrap(statement.says, 96, initial_indent="  ", subsequent_indent="  "),
        *_mapping("answers", verdict.case),
        *_mapping("expect", verdict.wanted),
        "",
    ])  # fmt: skip


def _mapping(key: str, entries: Mapping[str, object]) -> Iterator[str]:
    # A mapping without entries can only be written in braces.
    yield f"{key}:" if entries else f"{key}: {{}}"
    for name, value in entries.items():
        yield f"  {_word(name)}: {_value(value)}"


def _value(value: object) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(_word(str(item)) for item in value)}]"
    return _word(str(value))


def _word(word: str) -> str:
    """The word as YAML reads it as text: `no` and `2024` stand in quotes."""
    return word if classify(word)[0] is Kind.TEXT else f'"{word}"'
