"""The check `long-words`: its manual page, an example, and what looks for it."""

from collections.abc import Iterator

from pathfinder.ruletools.check.context import Book, Found, Severity
from pathfinder.ruletools.check.written import prose, syllables

FAMILY = "language"
PAGE = """A sentence with more than two words of four or more syllables.

One long word can be guessed from the others around it; three can't. Words of the field,
such as "residential" (`field_terms` in words.yaml), count as one plain word each.

To put it right, take shorter words, or explain one of them in a sentence of its own.
"""
CODE = "long-words"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
GOOD = "because: You need a safe place."
BAD = "because: You need considerable organizational determination."

_MOST = 2
_LONG = 4


def check(book: Book) -> Iterator[Found]:
    for text, sentences in prose(book):
        for sentence in sentences:
            long = [word for word in sentence.words if word.isalpha() and syllables(word) >= _LONG]
            if len(long) > _MOST:
                message = f"{len(long)} long words in one sentence ({', '.join(long)})"
                yield book.found(
                    text.file, text.node, f"{message}; the most is {_MOST}", at=long[0]
                )
