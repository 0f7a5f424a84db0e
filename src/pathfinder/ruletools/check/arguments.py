"""The reasons of a rule set as they are written: which side, which sentence, which paths.

Why this module exists: several checks read reasons, and each needs the place of the
sentence as well as the side on which it stands.

It must not judge a reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from pathfinder.loader.syntax.nodes import MapNode, Node, ScalarNode, SeqNode
from pathfinder.ruletools.check.context import Book, word

SIDES: Final = ("for", "against")
_WORDS: Final = re.compile(r"[^\W_][\w'-]*")


class Written(NamedTuple):
    """One argument: its file, its table and answer, its side, what its row says, its nodes."""

    file: str
    table: str
    answer: str
    side: str
    says: str
    because: ScalarNode
    paths: Node | None


def arguments(book: Book) -> Iterator[Written]:
    """Every argument that could be read, in the order of the files."""
    for entry in book.entries("reasons"):
        answers = entry.node.get("answers")
        if not isinstance(answers, MapNode):
            continue
        for answer, (_, row) in answers.entries.items():
            if isinstance(row, MapNode):
                yield from _of_row(entry.file, entry.id, answer, row)


def _of_row(file: str, table: str, answer: str, row: MapNode) -> Iterator[Written]:
    says = word(row.get("says"))
    for side in SIDES:
        items = row.get(side)
        for item in items.items if isinstance(items, SeqNode) else []:
            because = item.get("because") if isinstance(item, MapNode) else None
            if isinstance(item, MapNode) and isinstance(because, ScalarNode) and word(because):
                yield Written(file, table, answer, side, says, because, item.get("paths"))


def alike(text: str) -> tuple[str, ...]:
    """The words of a text: two texts with the same words say the same."""
    return tuple(_WORDS.findall(text.lower().replace("\u2019", "'")))
