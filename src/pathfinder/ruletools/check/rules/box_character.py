"""The check `box-character`: its manual page, an example, and what looks for it."""

import re
from collections.abc import Iterator

from pathfinder.loader.syntax.nodes import Kind, ScalarNode
from pathfinder.ruletools.check.context import Book, Found, Severity

FAMILY = "language"
PAGE = """A character that only draws: of a box, a block, or one of no fixed look.

Screen readers read each of them aloud ("box drawings light horizontal"), and many
terminals can't show them. Frames and bars are the program's work, not the rules'.

To put it right, take the character out, or write what it stands for in words. (Control and
hidden characters are `hidden-character`.)
"""
CODE = "box-character"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
GOOD = "because: You need a safe place."
BAD = "because: │ You need a safe place."

_DRAWN = re.compile("[\u2500-\u259f\u2800-\u28ff\ue000-\uf8ff]")


def check(book: Book) -> Iterator[Found]:
    for file, _, node in book.spots:
        if not isinstance(node, ScalarNode) or node.kind is not Kind.TEXT:
            continue
        if not node.value.isascii() and (drawn := _DRAWN.search(node.value)):
            code = f"U+{ord(drawn.group()):04X}"
            message = f"found the drawing character {code}; take it out"
            yield book.found(file, node, message, at=drawn.group())
