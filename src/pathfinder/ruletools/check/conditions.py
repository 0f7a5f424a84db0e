"""The conditions of a rule set as they are written, with their places.

Why this module exists: checks of conditions look at every `when`, `unless` and
`ask_when`, whether a rule, a question, a reading or a passage holds it.

It must not try a condition: that is `search`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pathfinder.engine.conditions import Condition
from pathfinder.errors import Problem
from pathfinder.loader.conditions import condition
from pathfinder.loader.fields import Reader
from pathfinder.loader.syntax.nodes import MapNode, Node
from pathfinder.ruletools.check.context import Book

_KEYS = ("when", "unless", "ask_when")


class Written(NamedTuple):
    """The conditions of one mapping: key -> the condition and its node."""

    file: str
    conditions: dict[str, tuple[Condition, Node]]

    def get(self, key: str) -> Condition | None:
        return self.conditions[key][0] if key in self.conditions else None

    def at(self, key: str) -> Node:
        return self.conditions[key][1]


def written_in(book: Book) -> Iterator[Written]:
    """Every mapping that holds a condition, where all that it says could be read."""
    for file, _, node in book.spots:
        if not isinstance(node, MapNode) or not book.sound(file, node):
            continue
        held: dict[str, tuple[Condition, Node]] = {}
        for key in _KEYS:
            at = node.get(key)
            if isinstance(at, MapNode):  # the `when` of a help line is text
                problems: list[Problem] = []
                read = condition(Reader(file, problems), at, book.names)
                if not problems:
                    held[key] = (read, at)
        if held:
            yield Written(file, held)
