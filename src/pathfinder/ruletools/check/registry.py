"""Which codes there are: those of the checks, and those that the loader finds.

Why this module exists: a check is added with its file and its line here. What every check
must hold is written down once, and what the loader finds is described in one table.

It must not run a check.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from inspect import cleandoc
from pathlib import Path
from typing import Any, Final, NamedTuple

from pathfinder.ruletools.check.context import Book, Found, Needs, Severity
from pathfinder.ruletools.check.rules import (
    always_true,
    avoided_word,
    barrier_elsewhere,
    box_character,
    counts_astray,
    date_ahead,
    example_wrong,
    help_line_old,
    long_sentence,
    long_words,
    never_true,
    no_path_left,
    not_mentioned,
    not_reached,
    path_without_case,
    placeholder,
    reading_grade,
    review_overdue,
    rule_without_case,
    source_not_told,
    stop_medicine,
    twin_because,
    twin_label,
    twin_rule,
    two_directions,
    unknown_claim,
    unread_file,
    unused_source,
    weak_reason,
)

FAMILIES: Final = (
    "reading",
    "names",
    "rules",
    "evidence",
    "language",
    "cases",
    "beside",
    "silences",
)
"""The order in which codes are listed."""

_CHECKS: Final[tuple[Any, ...]] = (
    always_true,
    avoided_word,
    barrier_elsewhere,
    box_character,
    counts_astray,
    date_ahead,
    example_wrong,
    help_line_old,
    long_sentence,
    long_words,
    never_true,
    no_path_left,
    not_mentioned,
    not_reached,
    path_without_case,
    placeholder,
    reading_grade,
    review_overdue,
    rule_without_case,
    source_not_told,
    stop_medicine,
    twin_because,
    twin_label,
    twin_rule,
    two_directions,
    unknown_claim,
    unread_file,
    unused_source,
    weak_reason,
)
_TABLE: Final = Path(__file__).parent / "loader_codes.toml"
_NO_FILE: Final = "no such file"
_WHOLE_FILE: Final = "whole file"


class Check(NamedTuple):
    """One check, as its module describes it, or the table of loader codes.

    `page` is its manual page. In the example rule set `good` may stand in `file`, in place
    of `instead_of`, and `bad` is found there. As `good` or `bad`, None means that there is
    no such file. `look` is None where the loader itself looks.
    """

    code: str
    family: str
    severity: Severity
    page: str
    file: str
    instead_of: str | None
    good: str | None
    bad: str | bytes | None
    needs: Needs
    look: Callable[[Book], Iterator[Found]] | None


@cache
def all_checks() -> tuple[Check, ...]:
    """Every check, by family and then by code."""
    every = [*map(_described, _CHECKS), *_of_the_loader()]
    return tuple(sorted(every, key=lambda check: (FAMILIES.index(check.family), check.code)))


@cache
def by_code() -> dict[str, Check]:
    return {check.code: check for check in all_checks()}


def _described(module: Any) -> Check:
    good = module.GOOD
    return Check(
        code=module.CODE,
        family=module.FAMILY,
        severity=module.SEVERITY,
        page=cleandoc(module.PAGE),
        file=module.FILE,
        instead_of=getattr(module, "INSTEAD_OF", good),
        good=good,
        bad=module.BAD,
        needs=getattr(module, "NEEDS", Needs.NOTHING),
        look=module.check,
    )


def _of_the_loader() -> Iterator[Check]:
    table = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    for code, entry in table["codes"].items():
        good, bad = entry["good"], _example(entry["bad"])
        page = entry["page"]
        if "page_ends" in entry:
            page += "\n\n" + table["page_ends"][entry["page_ends"]]
        instead_of = entry.get("instead_of", good)
        yield Check(
            code=code,
            family=entry["family"],
            severity=Severity(entry.get("severity", Severity.ERROR)),
            page=page,
            file=entry["file"],
            instead_of=None if instead_of in (_WHOLE_FILE, _NO_FILE) else instead_of,
            good=None if good == _NO_FILE else good,
            bad=bad.encode(entry["encoding"]) if bad and "encoding" in entry else bad,
            needs=Needs.NOTHING,
            look=None,
        )


def _example(written: str | list[tuple[str, int]]) -> str | None:
    """An example as it stands in the table: a text, or texts with how many times each."""
    if isinstance(written, str):
        return None if written == _NO_FILE else written
    return "".join(text * times for text, times in written)
