"""The check `avoided-word`: its manual page, an example, and what looks for it."""

from collections.abc import Iterator

from pathfinder.ruletools.check.context import Book, Found, Severity
from pathfinder.ruletools.check.written import all_texts
from pathfinder.sanitize import quoted

FAMILY = "language"
PAGE = """A word that hurts, judges or promises.

The words stand in `words.yaml`, each with what to say instead and why. A rule set without
that file is held to the list that comes with Pathfinder. Within `words.yaml` itself the
finding means that a replacement holds a word to avoid.

To put it right, say it as the finding proposes. A name in which the word must stand is
listed under `names` of words.yaml.
"""
CODE = "avoided-word"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
GOOD = "because: Less is enough for you."
BAD = "because: Less is enough for an addict."


def check(book: Book) -> Iterator[Found]:
    for text in all_texts(book):
        for hit in book.words.found_in(text.node.value):
            message = f"{quoted(hit.found)} is a word to avoid; say {quoted(hit.say)}"
            yield book.found(text.file, text.node, message, at=hit.found)
