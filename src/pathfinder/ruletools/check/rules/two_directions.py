"""The check `two-directions`: its manual page, an example, and what looks for it."""

from collections.abc import Iterator

from pathfinder.ruletools.check.context import Book, Found, Severity
from pathfinder.ruletools.check.written import WrittenReason, argued, arguments

FAMILY = "rules"
PAGE = """A sentence that speaks for paths in one place and against paths in another.

A reason that serves both sides argues for neither: who reads it can't tell what it makes of
the path, and meets it twice in one result with opposite signs.

To put it right, write a sentence for each side, and say in each what the path does with
what the person said.
"""
CODE = "two-directions"
SEVERITY = Severity.ERROR
FILE = "factors/needs.yaml"
GOOD = "because: and less than this is enough."
BAD = "because: and someone listens here."


def check(book: Book) -> Iterator[Found]:
    first: dict[frozenset[str], WrittenReason] = {}
    for each in arguments(book):
        before = first.setdefault(frozenset(argued(each)), each)
        if before.side != each.side:
            where = book.place(before.file, before.because)
            message = f"speaks {each.side} paths here, and {before.side} paths at {where}"
            yield book.found(each.file, each.because, message)
