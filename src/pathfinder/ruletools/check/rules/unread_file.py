"""The check `unread-file`: its manual page, an example, and what looks for it."""

from collections.abc import Iterator

from pathfinder.ruletools.check.context import Book, Found, Place, Severity

FAMILY = "reading"
PAGE = """A file or a folder in the rule set that nobody reads.

Whoever finds it there takes it for a part of the rules. An old copy, or a folder within
`factors/` or `cases/`, looks as if it held, and decides nothing. README.md, CHANGELOG.md,
LICENSE, schema.json and hidden files may stand there.

To put it right, move it out of the rule set, or give it the name under which it is read.
"""
CODE = "unread-file"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml.bak"
INSTEAD_OF = None
GOOD = None
BAD = """\
factor: home
"""


def check(book: Book) -> Iterator[Found]:
    for label in book.unread:
        yield Found(Place(label, 0, 0), "nobody reads this; move it out of the rule set")
