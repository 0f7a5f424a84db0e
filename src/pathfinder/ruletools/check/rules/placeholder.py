"""The check `placeholder`: its manual page, an example, and what looks for it."""

import re
from collections.abc import Iterator
from typing import Final

from pathfinder.loader.syntax.nodes import Kind, ScalarNode
from pathfinder.ruletools.check.context import Book, Found, Severity
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
    r"\b(?:TODO|todo|Todo|FIXME|[Ff]ixme|TBD|Tbd|tbd|TBC|TBA|TK|XX+|[Pp]laceholder)\b|"
    r"\b[Ww]rite this later\b|"
    r"\b[Tt]o [Dd]o:|\b[Ll]orem [Ii]psum\b|\[[^\[\]]*\]|<[A-Za-z][^<>]*>|\{[^{}]*\}|\?{3,}|_{3,}|"
    r"\((?:insert|add|fill in|name|see|to be)\b[^()]*\)|"
    r"\((?:source|text|number|citation) (?:needed|missing)\)|\((?:number|name|date|place)\)|"
    r"\b[Ff]ill in later\b|"
    r"(?<=\w )(?:\.{2,}|\u2026)(?= ?\w)|(?:\.{3,}|\u2026)$"
)
_ANSWER: Final = "{answer}"
_SIGNS: Final = re.compile(r"[\[<{(_\u2026]|\?\?|\.\.")
_WORDS: Final = ("todo", "to do:", "fixme", "tb", "tk", "xx", "holder", "later", "lorem")
"""In small letters, one of them stands in every such place without a sign."""


def check(book: Book) -> Iterator[Found]:
    for file, trail, node in book.spots:  # whatever its key: any text may be shown somewhere
        if not isinstance(node, ScalarNode) or node.kind is not Kind.TEXT or file == "words.yaml":
            continue
        small = node.value.lower()
        if not _SIGNS.search(small) and not any(word in small for word in _WORDS):
            continue  # nearly all texts, and this is quickly seen
        filled = trail[-1:] == ("record",)  # a chart's {answer} is filled in by the program
        for hit in _OPEN.finditer(node.value):
            if filled and _ANSWER in hit.group():
                continue
            message = f"{quoted(hit.group())} is still to be filled in"
            yield book.found(file, node, message, at=hit.group())
