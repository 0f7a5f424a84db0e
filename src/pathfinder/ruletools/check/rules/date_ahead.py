"""The check `date-ahead`: its manual page, an example, and what looks for it."""

from collections.abc import Iterator
from datetime import date, timedelta

from pathfinder.ruletools.check.context import Book, Found, Severity, word

FAMILY = "evidence"
PAGE = """A day on which something was looked at, and which hasn't come yet.

A slip in the year keeps the warnings of `help-line-old` and `review-overdue` silent for as
long: nobody would be told that a number has to be looked up again.

To put it right, write the day on which you did look. One day ahead is let pass: it may be
tomorrow already where the rules were changed.
"""
CODE = "date-ahead"
SEVERITY = Severity.WARNING
FILE = "ruleset.yaml"
GOOD = 'date: "2026-11-22"'
BAD = 'date: "2027-11-22"'

_LOOKED_AT = {"help_lines.yaml": ("seen_on",), "ruleset.yaml": ("reviewed", "date")}


def check(book: Book) -> Iterator[Found]:
    latest = book.today + timedelta(days=1)
    for file, trail, node in book.spots:
        keys = _LOOKED_AT.get(file)
        if keys is None or trail[-len(keys) :] != keys or not book.sound(file, node):
            continue
        day = date.fromisoformat(word(node))
        if day > latest:
            message = f"nobody can have looked on {day}: today is {book.today}"
            yield book.found(file, node, message)
