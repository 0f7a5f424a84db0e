"""One run: every check over one rule set, and what the comments allow taken out.

Why this module exists: the command, CI and the tests must come to the same findings.
The date comes from outside, so that the same rule set and date give the same findings. A
rule keeper may know better than a check, and says why where everybody can read it:
`# pathfinder: allow CODE because REASON` counts for the next line that says something, or
for its own line if it stands behind something.

It must not print, look at the clock, or allow what keeps a rule set from being read.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

from pathfinder.ruletools.check.collect import Read, files_in, read
from pathfinder.ruletools.check.context import (
    RULE_SECTIONS,
    Book,
    Finding,
    Findings,
    Needs,
    Severity,
)
from pathfinder.ruletools.check.registry import Check, all_checks, by_code
from pathfinder.sanitize import quoted
from pathfinder.suggest import did_you_mean


def run_checks(folder: Path, today: date) -> Findings:
    """Everything that doesn't hold in the rule set of `folder`, as of `today`.

    Raises FileProblem if there is no folder to read.
    """
    files = files_in(folder)
    seen = read(files, today)
    looked = [check for check in all_checks() if check.look is not None]
    ready = [check for check in looked if _ready(check, seen)]
    waiting = tuple(check.code for check in looked if check not in ready)
    in_reading = [Finding(*problem, Severity.ERROR) for problem in seen.problems]
    found, allowed = silenced(_looked(seen.book, ready), in_reading, seen.lines, waiting)
    every = sorted(set(found))
    errors = sum(each.severity is Severity.ERROR for each in every)
    return Findings(
        found=tuple(every),
        errors=errors,
        warnings=len(every) - errors,
        silenced=allowed,
        waiting=waiting,
        files=len(files.labels),
        rules=sum(1 for _ in seen.book.entries(*RULE_SECTIONS)),
        lines=seen.lines,
        dropped=seen.dropped,
    )


def _ready(check: Check, seen: Read) -> bool:
    if check.needs is Needs.ALL:
        return seen.whole
    return check.needs is Needs.NOTHING or seen.book.questions_hold


def _looked(book: Book, checks: list[Check]) -> list[Finding]:
    return [
        Finding(*found.place, check.code, found.message, found.severity or check.severity)
        for check in checks
        if check.look is not None
        for found in check.look(book)
    ]


NO_REASON: Final = "allow-without-reason"
NOTHING: Final = "allow-nothing"
_FORM: Final = '"# pathfinder: allow CODE because …"'
_MARK: Final = re.compile(r"(?:^|(?<=\s))#\s*pathfinder:\s*(?P<rest>.*)$", re.IGNORECASE)
_ALLOW: Final = re.compile(r"allow\s+(?P<code>\S+)(?:\s+because\s+(?P<reason>.*\w.*))?", re.I)
_ONLY_COMMENT: Final = re.compile(r"\s*(?:#.*)?")
_KEY_ALONE: Final = re.compile(r":\s*(?:#.*)?$")


class _Comment(NamedTuple):
    """One comment: where it stands, which line it is about, and what it says. From 1."""

    file: str
    line: int
    column: int
    about: tuple[int, ...]
    said: str


def silenced(
    found: Sequence[Finding],
    in_reading: Sequence[Finding],
    lines: Mapping[str, Sequence[str]],
    waiting: Sequence[str],
) -> tuple[list[Finding], int]:
    """The findings that are left, with those about the comments; and how many were allowed.

    `in_reading`: findings that can't be allowed. `waiting`: checks that haven't looked, so
    that a comment about them isn't called needless.
    """
    left = list(found)
    about_comments: list[Finding] = []
    allowed = 0
    for comment in (each for file, text in lines.items() for each in _comments(file, text)):
        match = _ALLOW.fullmatch(comment.said.strip())
        code = match["code"] if match else ""
        if match is None or match["reason"] is None or code not in by_code():
            about_comments.append(_finding(NO_REASON, comment, _wrong(match)))
            continue
        hit = next((each for each in left if _meant(each, comment, code)), None)
        if hit is not None:
            left.remove(hit)
            allowed += 1
        elif code not in waiting:
            about_comments.append(_finding(NOTHING, comment, _needless(code, comment, in_reading)))
    return [*in_reading, *left, *about_comments], allowed


def _meant(finding: Finding, comment: _Comment, code: str) -> bool:
    here = finding.file == comment.file and finding.line in comment.about
    return here and finding.code == code


def _wrong(match: re.Match[str] | None) -> str:
    if match is None:
        return f"this comment can't be read; write {_FORM}"
    code = match["code"]
    if code not in by_code():
        return f"there is no check {quoted(code)}.{did_you_mean(code, by_code())}"
    return f"this comment doesn't say why; write {_FORM}"


def _needless(code: str, comment: _Comment, in_reading: Sequence[Finding]) -> str:
    if any(_meant(each, comment, code) for each in in_reading):
        return f"{code} can't be allowed: a rule set with it can't be used"
    return f"nothing to allow: no finding {code} on line {comment.about[0]}; take the comment out"


def _finding(code: str, comment: _Comment, message: str) -> Finding:
    severity = by_code()[code].severity
    return Finding(comment.file, comment.line, comment.column, code, message, severity)


# --- comments -----------------------------------------------------------------------


def _comments(file: str, lines: Sequence[str]) -> Iterator[_Comment]:
    marked = [
        (number, match)
        for number, line in enumerate(lines)
        if "pathfinder:" in line.lower() and (match := _MARK.search(line))
    ]
    if not marked:
        return
    said_next = _next_said(lines)
    texts = list(_texts("\n".join(lines)))
    starts = [start for start, _ in texts]
    for number, match in marked:
        column = match.start()
        before = bisect_right(starts, (number, column)) - 1
        if before >= 0 and (number, column) < texts[before][1]:
            continue  # a "#" within a text is no comment
        alone = _ONLY_COMMENT.fullmatch(lines[number][:column])
        about = said_next[number] if alone else number
        places: tuple[int, ...] = (about + 1,)
        if _KEY_ALONE.search(lines[about]):  # its value stands on the next line
            places = (about + 1, said_next[about] + 1)
        yield _Comment(file, number + 1, column + 1, places, match["rest"])


def _next_said(lines: Sequence[str]) -> list[int]:
    """For each line, the next one that is more than a comment; itself if there is none."""
    following: list[int] = []
    found: int | None = None
    for number in range(len(lines) - 1, -1, -1):
        following.append(number if found is None else found)
        if not _ONLY_COMMENT.fullmatch(lines[number]):
            found = number
    return following[::-1]


_Mark = tuple[int, int]


def _texts(text: str) -> Iterator[tuple[_Mark, _Mark]]:
    """Where texts in quotes and blocks begin and end, by line and column from 0."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        for event in yaml.parse(text, Loader=loader):
            if not isinstance(event, yaml.ScalarEvent) or not event.style:
                continue
            start: Any = event.start_mark
            end: Any = event.end_mark
            if event.style in ("|", ">"):  # what stands behind the mark may be a comment
                yield (start.line + 1, 0), (end.line, end.column)
            else:
                yield (start.line, start.column), (end.line, end.column)
    except yaml.YAMLError:
        return  # its own finding; nothing in this file is looked at further
