"""The check `path-without-case`: its manual page, an example, and what looks for it."""

from collections.abc import Iterator

from pathfinder.ruletools.check.context import Book, Found, Needs, Severity

FAMILY = "cases"
PAGE = """A path that comes first for no person in `cases/`.

Without such a person nobody would notice if the path could no longer win.

To put it right, add a case that should lead there, with `first_path` among what it
expects.
"""
CODE = "path-without-case"
SEVERITY = Severity.WARNING
NEEDS = Needs.ALL
FILE = "cases/a-few-drinks.yaml"
GOOD = "home: steady"
BAD = "home: unsafe"


def check(book: Book) -> Iterator[Found]:
    first = set(book.case_firsts)
    for entry in book.in_file("paths.yaml", "paths"):
        if entry.id not in first:
            message = f"the path {entry.id} comes first for no person in cases/"
            yield book.found(entry.file, entry.at(), message)
