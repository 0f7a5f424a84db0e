"""The check `source-not-told`: its manual page, an example, and what looks for it."""

import re
from collections.abc import Iterator

from pathfinder.ruletools.check.context import Book, Found, Severity, word
from pathfinder.sanitize import quoted

FAMILY = "evidence"
PAGE = """A source whose publisher or year doesn't tell anything.

Whoever doubts a sentence must be able to look up where it comes from. `year` holds a year
of four digits, not later than this one; `publisher` says who stands behind the text.

To put it right, look it up. If the source itself doesn't say, write `not stated`: that is
an answer, too. (A source without the key at all is `missing-key`.)
"""
CODE = "source-not-told"
SEVERITY = Severity.ERROR
FILE = "sources.yaml"
GOOD = 'year: "2020"'
BAD = "year: some time ago"

_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_NOT_STATED = "not stated"
_NOBODY = frozenset(("unknown", "n/a", "na", "none", "nobody", "tbd", "?", "-", "...", "…"))


def check(book: Book) -> Iterator[Found]:
    for entry in book.in_file("sources.yaml", "sources"):
        publisher, year = word(entry.node.get("publisher")), word(entry.node.get("year"))
        if publisher.strip().lower() in _NOBODY:
            message = f"the publisher {quoted(publisher)} names nobody; write who, or {_NOT_STATED}"
            yield book.found(entry.file, entry.at("publisher"), message)
        if not year or year == _NOT_STATED:
            continue
        years = [int(found) for found in _YEAR.findall(year)]
        if not years:
            message = f"found no year in {quoted(year)}; write four digits, or {_NOT_STATED}"
            yield book.found(entry.file, entry.at("year"), message)
        elif max(years) > book.today.year:
            message = f"the year {max(years)} lies ahead; today is {book.today}"
            yield book.found(entry.file, entry.at("year"), message)
