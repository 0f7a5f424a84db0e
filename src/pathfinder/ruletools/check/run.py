"""One run: every check over one rule set, and what the comments allow taken out.

Why this module exists: the command, CI and the tests must come to the same findings.
The date comes from outside, so that the same rule set and date give the same findings.

It must not print, or look at the clock.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from pathfinder.ruletools.check.collect import Read, files_in, read
from pathfinder.ruletools.check.context import RULE_SECTIONS, Book
from pathfinder.ruletools.check.diagnostic import Finding, Findings, Needs, Severity
from pathfinder.ruletools.check.registry import Check, all_checks
from pathfinder.ruletools.check.suppressions import silenced

MOST_TOLD: Final = 200


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
        found=tuple(every[:MOST_TOLD]),
        errors=errors,
        warnings=len(every) - errors,
        silenced=allowed,
        waiting=waiting,
        files=len(files.labels),
        rules=sum(1 for _ in seen.book.entries(*RULE_SECTIONS)),
        lines=seen.lines,
    )


def _ready(check: Check, seen: Read) -> bool:
    if check.needs is Needs.ALL:
        return seen.whole
    return check.needs is Needs.NOTHING or seen.book.questions_hold


def _looked(book: Book, checks: list[Check]) -> list[Finding]:
    return [
        Finding(*found.place, check.code, found.message, check.severity)
        for check in checks
        if check.look is not None
        for found in check.look(book)
    ]
