"""Which codes there are, the manual page of each, and how findings are told.

Why this module exists: a check is added with its file and its line here. What every check
must hold is written down once, and what the loader finds is described in one table. A finding has
room for one line; what it means and how to put it right stands in its manual, with one thing that
is found and one that isn't, within a rule set that is small and otherwise holds; the tests hold
every check to its example. A person, a program and a build each read findings in their own way
(text, JSON, GitHub's workflow commands), and none of them should hear less than another.

It must not run a check, choose a format, print, write files, or say anything about a check that
its module doesn't.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from inspect import cleandoc
from pathlib import Path
from typing import Any, Final, NamedTuple

from pathfinder.ruletools.check.context import Book, Finding, Findings, Found, Needs, Severity
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
from pathfinder.ruletools.verify.promises import dropped_data, dropped_lines
from pathfinder.sanitize import clean
from pathfinder.terminal import cells

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

TODAY: Final = date(2026, 11, 22)
"""The day on which the example rule set is looked at."""

_FOLDER: Final = Path(__file__).parent / "example"

_MOST_LINES = 10
_BROADEST = 92

_WIDEST = 100  # of a line that is shown: a whole file can stand on one
_BEFORE = 60


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


def example_files() -> dict[str, bytes]:
    """The files of the example rule set, by their names within it."""
    return {
        file.relative_to(_FOLDER).as_posix(): file.read_bytes()
        for file in sorted(_FOLDER.rglob("*.yaml"))
    }


def with_change(check: Check, text: str | bytes | None) -> dict[str, bytes]:
    """The files with `text`, the good or the bad example of `check`, at its place.

    Raises ValueError if what it stands instead of isn't in the file.
    """
    files = example_files()
    data = text.encode() if isinstance(text, str) else text
    if data is None:
        files.pop(check.file, None)
    elif check.instead_of is None:
        files[check.file] = data
    else:
        before, found, after = files[check.file].partition(check.instead_of.encode())
        if not found:
            raise ValueError(f"{check.code}: {check.instead_of!r} isn't in {check.file}")
        files[check.file] = before + data + after
    return files


def page(check: Check) -> Iterator[str]:
    """Everything about one check, line by line."""
    yield f"{check.code} ({check.severity})"
    yield ""
    yield from check.page.split("\n")
    yield ""
    yield f"Found, in {check.file}:"
    yield ""
    yield from _shown_example(check.bad)
    yield ""
    yield "Holds:"
    yield ""
    yield from _shown_example(check.good)
    if check.look is not None:
        yield ""
        yield "To allow it at one place, write on the line above:"
        yield ""
        yield f"    # pathfinder: allow {check.code} because …"


def contents() -> Iterator[str]:
    """Every code with the first sentence of its page, by family."""
    widest = max(len(check.code) for check in all_checks())
    for family in FAMILIES:
        yield f"{family}:"
        for check in all_checks():
            if check.family == family:
                first = check.page.partition("\n\n")[0].replace("\n", " ")
                yield f"  {check.code:{widest}}  {first}"
        yield ""
    yield "More about one of them: pathfinder rules explain CODE"


def _shown_example(text: str | bytes | None) -> Iterator[str]:
    if text is None:
        yield "    (no such file)"
        return
    if isinstance(text, bytes):
        text = text.decode("latin-1")
    lines = text.strip("\n").split("\n")
    for line in lines[:_MOST_LINES]:
        shown = clean(line)
        yield f"    {shown if len(shown) <= _BROADEST else shown[: _BROADEST - 1] + '…'}"
    if len(lines) > _MOST_LINES:
        yield f"    … and {len(lines) - _MOST_LINES:,} lines more"


def as_text(findings: Findings, most: int | None = None) -> Iterator[str]:
    """`file:line:column: CODE message`, the line and a caret; then the count and what is next.

    With `most`, no more than so many, errors first: a wall of them helps nobody.
    """
    errors_first = sorted(findings.found, key=lambda each: each.severity != "error")
    some = findings.found if most is None or len(findings.found) <= most else errors_first[:most]
    for each in some:
        place = f"{each.file}:{each.line}:{each.column}" if each.line else each.file
        kind = "" if each.severity == "error" else f" ({each.severity})"
        yield f"{place}: {each.code} {each.message}{kind}"
        yield from _shown(findings, each)
    if more := len(findings.found) - len(some):
        yield f"And {more:,} more. To see them all, add --all, or --format json."
    yield from _closing(findings)


def as_json(findings: Findings) -> Iterator[str]:
    """One JSON object."""
    told = {
        "findings": [each._asdict() for each in findings.found],
        "errors": findings.errors,
        "warnings": findings.warnings,
        "more": findings.more,
        "silenced": findings.silenced,
        "waiting": list(findings.waiting),
        "files": findings.files,
        "rules": findings.rules,
        "dropped": dropped_data(findings.dropped),
    }
    yield json.dumps(told, ensure_ascii=False, indent=2)


def as_github(findings: Findings) -> Iterator[str]:
    """Workflow commands, which GitHub shows beside the lines; then the count and what is next."""
    for each in findings.found:
        title = _property(each.code)
        place = f"file={_property(each.file)},line={max(1, each.line)},col={max(1, each.column)}"
        yield f"::{each.severity} {place},title={title}::{_data(each.message)}"
    yield from _closing(findings)


# --- text ---------------------------------------------------------------------------


def _closing(findings: Findings) -> Iterator[str]:
    yield from dropped_lines(findings.dropped)
    yield _count(findings)
    if findings.waiting:
        waiting = _of(len(findings.waiting), "check")
        yield (
            f"{waiting}, and the examples of rules with an error, can only run once these"
            " errors are put right. They may find more."
        )
    if findings.found:
        yield "More about a code: pathfinder rules explain CODE"


def _shown(findings: Findings, finding: Finding) -> Iterator[str]:
    """The line, or the part of it around the place, and a caret under the place."""
    lines = findings.lines.get(finding.file, ())
    if not 1 <= finding.line <= len(lines) or not lines[finding.line - 1].strip():
        return
    line, at = lines[finding.line - 1], finding.column - 1
    start = max(0, at - _BEFORE) if len(line) > _WIDEST else 0
    part = line[start : start + _WIDEST].replace("\t", " ")
    # Cleaned one by one: a letter and its accent must not become one, or the caret would slip.
    shown = "".join(clean(character) for character in part).rstrip()
    yield f"    {shown}"
    yield "    " + " " * cells(part[: at - start]) + "^"


def _count(findings: Findings) -> str:
    seen = f"{_of(findings.files, 'file')} and {_of(findings.rules, 'rule')}"
    parts = []
    if findings.errors:
        parts.append(_of(findings.errors, "error"))
    if findings.warnings:
        parts.append(_of(findings.warnings, "warning"))
    said = f"{' and '.join(parts)} in {seen}" if parts else f"No findings in {seen}"
    if findings.silenced:
        said += f"; {findings.silenced} allowed by a comment"
    if findings.more:
        said += f"; {findings.more:,} of them are not shown"
    return f"{said}."


def _of(number: int, what: str) -> str:
    return f"{number:,} {what}" + ("" if number == 1 else "s")


# --- GitHub -------------------------------------------------------------------------


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
