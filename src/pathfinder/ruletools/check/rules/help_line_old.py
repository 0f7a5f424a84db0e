"""The check `help-line-old`: its manual page, an example, and what looks for it."""

from collections.abc import Iterator
from datetime import date

from pathfinder.ruletools.check.context import Book, Found, Severity, word

FAMILY = "evidence"
PAGE = """A help line whose number nobody has looked up for a year.

A wrong number is worse than none: somebody in danger dials it.

To put it right, open the page of the service (`seen_at`), compare the number, and set
`seen_on` to the day on which you did.
"""
CODE = "help-line-old"
SEVERITY = Severity.WARNING
FILE = "help_lines.yaml"
INSTEAD_OF = """\
      kinds: [emergency]
      seen_on: "2026-11-22"
"""
GOOD = """\
      kinds: [emergency]
      seen_on: "2025-11-22"
"""
BAD = """\
      kinds: [emergency]
      seen_on: "2025-11-21"
"""

_MOST_DAYS = 365


def check(book: Book) -> Iterator[Found]:
    for file, trail, node in book.spots:
        if file != "help_lines.yaml" or trail[-1:] != ("seen_on",) or not book.sound(file, node):
            continue
        seen = date.fromisoformat(word(node))
        if (book.today - seen).days > _MOST_DAYS:
            message = f"this number was last looked up on {seen}; look it up again"
            yield book.found(file, node, message)
