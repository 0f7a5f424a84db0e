"""The check `long-sentence`: its manual page, an example, and what looks for it."""

from collections.abc import Iterator

from pathfinder.ruletools.check.context import Book, Found, Severity
from pathfinder.ruletools.check.written import prose
from pathfinder.sanitize import quoted

FAMILY = "language"
PAGE = """A sentence of more than 20 words.

Whoever is afraid or in withdrawal loses the beginning of a long sentence before its end.
A colon or a semicolon ends a sentence here, since a reader breathes there.

To put it right, make two sentences of it.
"""
CODE = "long-sentence"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
GOOD = "because: You need a safe place."
BAD = """because: You need a safe place, and a bed, and a door that you can lock, before
      you can think of all the other things that you may want to do."""

_MOST = 20


def check(book: Book) -> Iterator[Found]:
    for text, sentences in prose(book):
        for sentence in sentences:
            count = len(sentence.words)
            if count > _MOST:
                message = (
                    f"{count} words in one sentence; the most is {_MOST}: {quoted(sentence.said)}"
                )
                yield book.found(text.file, text.node, message, at=sentence.said[:20])
