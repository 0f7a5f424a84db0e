"""The check `placeholder`: its manual page, an example, and what looks for it."""

import re
from collections.abc import Iterator
from typing import Final

from pathfinder.ruletools.check.context import Book, Found, Severity
from pathfinder.ruletools.check.written import all_texts
from pathfinder.sanitize import quoted

FAMILY = "language"
PAGE = """A place that somebody meant to fill in: TODO, [date], <name>, (insert), ???.

A person in need would read it as it stands.

To put it right, write what belongs there, or leave the sentence out.
"""
CODE = "placeholder"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
GOOD = "because: Call a shelter today."
BAD = "because: Call [name of the shelter] today."

_OPEN: Final = re.compile(
    r"\b(?:TODO|FIXME|TBD|TBC|XXX+)\b|\[[^\[\]]*\]|<[A-Za-z][^<>]*>|\{[^{}]*\}|\?{3,}|_{3,}|"
    r"\blorem ipsum\b|\b[Tt]o [Dd]o:|\((?:insert|add|fill in|name|see) [^()]*\)|"
    r"(?<=\w )(?:\.{2,}|\u2026)(?= ?\w)"
)


def check(book: Book) -> Iterator[Found]:
    for text in all_texts(book):
        for hit in _OPEN.finditer(text.node.value):
            message = f"{quoted(hit.group())} is still to be filled in"
            yield book.found(text.file, text.node, message, at=hit.group())
