"""Which values of the rule files people read, and the sentences in them.

Why this module exists: the language of a rule set is held to one measure, and ids, names
of books and labels would only blur it.

It must not judge a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from pathfinder.loader.syntax.nodes import Kind, ScalarNode
from pathfinder.ruletools.check.context import Book

_SENTENCES: Final = frozenset(
    (
        "ask",
        "why",
        "cue",
        "because",
        "says",
        "check",
        "text",
        "opens_when",
        "short",
        "interest",
        "judgement",
    )
)
_LABELS: Final = frozenset(("title", "name", "hours", "unsure", "skip", "when", "if"))
_UNDER: Final = frozenset(("answers", "compare"))
"""The values of these mappings are labels, whatever their key."""

_NOT_OURS: Final = frozenset(("sources.yaml", "words.yaml"))
"""Titles of books, and the very words to avoid."""

_GAP: Final = re.compile(r"(?<=[.?!:;])[\"')]*\s+")


class Text(NamedTuple):
    """One text: the file it stands in, the key it stands under, and its node."""

    file: str
    key: str
    node: ScalarNode


def prose(book: Book) -> Iterator[Text]:
    """The texts that are read as sentences. Labels, names and titles are not in it."""
    for text, label in _texts(book):
        if not label:
            yield text


def all_texts(book: Book) -> Iterator[Text]:
    """Everything that a person may read: sentences, labels, names and titles."""
    for text, label in _texts(book):
        if not label or text.file not in _NOT_OURS:
            yield text


def sentences(text: str) -> list[str]:
    """The sentences of a text. A colon and a semicolon end one, too: a reader breathes there."""
    return [part.strip() for part in _GAP.split(" ".join(text.split())) if part.strip()]


def _texts(book: Book) -> Iterator[tuple[Text, bool]]:
    for file, trail, node in book.spots:
        if not trail or not isinstance(node, ScalarNode) or node.kind is not Kind.TEXT:
            continue
        if file == "words.yaml":
            continue
        key, parent = trail[-1], trail[-2] if len(trail) > 1 else ""
        if key in _SENTENCES or parent == "by_region":
            yield Text(file, key, node), False
        elif key in _LABELS or parent in _UNDER:
            yield Text(file, key, node), True
