"""What stands in the rule files, with its place: conditions, reasons, texts and how hard they read.

Why this module exists: several checks look at every sentence, every `when` or every reason,
whatever holds it, and each needs the line. The language of a rule set is held to one
measure, and ids, names of books and labels would only blur it. "Plain words" is measured
as the Flesch-Kincaid grade, on every machine in the same way and without a dictionary to
download. Syllables are counted by the spelling: groups of vowels, less what is silent, more
what is said apart. Over the built-in rules the grade of a file stays within 0.3 of what
textstat 0.7.8 says with its dictionary (`tests/test_check_grade.py`).

It must not judge a text or a reason, or try a condition: that is `satisfiable`.

    >>> round(grade(["You need care day and night."]), 1)
    -1.4
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from pathfinder.engine.conditions import Condition
from pathfinder.errors import Problem
from pathfinder.loader.conditions import condition
from pathfinder.loader.fields import Reader
from pathfinder.loader.syntax.nodes import Kind, MapNode, Node, ScalarNode, SeqNode
from pathfinder.ruletools.check.context import Book, word

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
        "in_short",
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


class RuleText(NamedTuple):
    """One text: the file it stands in, the key it stands under, and its node."""

    file: str
    key: str
    node: ScalarNode


class Spoken(NamedTuple):
    """One sentence as it is written, and its words as they are read: each word of the field
    (`field_terms` in words.yaml) is one plain word."""

    said: str
    words: tuple[str, ...]


@lru_cache(maxsize=1)
def prose(book: Book) -> tuple[tuple[RuleText, tuple[Spoken, ...]], ...]:
    """The texts that are read as sentences. Labels, names and titles are not in it."""
    return tuple(
        (
            text,
            tuple(
                Spoken(said, tuple(words(book.words.plain(said))))
                for said in sentences(text.node.value)
            ),
        )
        for text, label in _texts(book)
        if not label
    )


def all_texts(book: Book) -> Iterator[RuleText]:
    """Everything that a person may read: sentences, labels, names and titles."""
    for text, label in _texts(book):
        if not label or text.file not in _NOT_OURS:
            yield text


def sentences(text: str) -> list[str]:
    """The sentences of a text. A colon and a semicolon end one, too: a reader breathes there."""
    return [part.strip() for part in _GAP.split(" ".join(text.split())) if part.strip()]


@lru_cache(maxsize=1)  # a handful of checks read them one after the other
def _texts(book: Book) -> tuple[tuple[RuleText, bool], ...]:
    return tuple(_texts_with_labels(book))


def _texts_with_labels(book: Book) -> Iterator[tuple[RuleText, bool]]:
    for file, trail, node in book.spots:
        if not trail or not isinstance(node, ScalarNode) or node.kind is not Kind.TEXT:
            continue
        if file == "words.yaml":
            continue
        key, parent = trail[-1], trail[-2] if len(trail) > 1 else ""
        if key in _SENTENCES or parent == "by_region":
            yield RuleText(file, key, node), False
        elif key in _LABELS or parent in _UNDER:
            yield RuleText(file, key, node), True


_KEYS = ("when", "unless", "ask_when")


class WrittenCondition(NamedTuple):
    """The conditions of one mapping: key -> the condition and its node."""

    file: str
    conditions: dict[str, tuple[Condition, Node]]

    def get(self, key: str) -> Condition | None:
        return self.conditions[key][0] if key in self.conditions else None

    def at(self, key: str) -> Node:
        return self.conditions[key][1]


@lru_cache(maxsize=1)
def written_in(book: Book) -> tuple[WrittenCondition, ...]:
    """Every mapping that holds a condition, where all that it says could be read."""
    return tuple(_conditions(book))


def _conditions(book: Book) -> Iterator[WrittenCondition]:
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
            yield WrittenCondition(file, held)


SIDES: Final = ("for", "against")
_WORDS: Final = re.compile(r"[^\W_][\w'-]*")


class WrittenReason(NamedTuple):
    """One argument: its file, its table and answer, its side, what its row says, its nodes."""

    file: str
    table: str
    answer: str
    side: str
    says: str
    because: ScalarNode
    paths: Node | None


def arguments(book: Book) -> Iterator[WrittenReason]:
    """Every argument that could be read, in the order of the files."""
    for entry in book.entries("reasons"):
        answers = entry.node.get("answers")
        if not isinstance(answers, MapNode):
            continue
        for answer, (_, row) in answers.entries.items():
            if isinstance(row, MapNode):
                yield from _of_row(entry.file, entry.id, answer, row)


def _of_row(file: str, table: str, answer: str, row: MapNode) -> Iterator[WrittenReason]:
    says = word(row.get("says"))
    for side in SIDES:
        items = row.get(side)
        for item in items.items if isinstance(items, SeqNode) else []:
            because = item.get("because") if isinstance(item, MapNode) else None
            if isinstance(item, MapNode) and isinstance(because, ScalarNode) and word(because):
                yield WrittenReason(file, table, answer, side, says, because, item.get("paths"))


def alike(text: str) -> tuple[str, ...]:
    """The words of a text: two texts with the same words say the same."""
    return tuple(_WORDS.findall(text.lower().replace("\u2019", "'")))


JOINS: Final = frozenset(("and", "so", "but", "because", "while", "which", "yet", "though"))
"""The words by which a reason goes on from what its row says."""


def argued(each: WrittenReason) -> tuple[str, ...]:
    """The words of a reason: "so" in place of "and" makes no other sentence of it."""
    said = alike(each.because.value)
    return said[1:] if said and said[0] in JOINS else said


HIGHEST: Final = 6.0
"""The grade that a text may have: design section 7."""

_WORD: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9'\u2019-]*")
_SHORTEST: Final = 3  # "Call now." is no sentence to take a breath after

_VOWELS: Final = re.compile(r"[aeiouy]+")
_SILENT: Final = re.compile(
    r"(?<=[^aeiouylsxzcg])(?<![cs]h)es$|[aeiouy]les$|[^aeiouytd]ed$|[^aeiouyl]e$|[aeiouyr]le$"
)
_SILENT_INSIDE: Final = re.compile(r"[^aeiouy]e(?:ly|less|ful|ment|ty)|[aeiouy]me(?:th|wh)")
_APART: Final = re.compile(
    r"(?<!c)ia(?!l)|io(?!n|us)|ual|[aeouy]ing|iety|ier|iest|iet|eo(?!n|p)|[aeiou]y[aeiou]|sm$|cient"
)


def words(sentence: str) -> list[str]:
    return _WORD.findall(sentence)


def grade(sentences: Iterable[str]) -> float:
    """The grade of these sentences together. Below 0 for very short ones; 0 for none at all."""
    return grade_of_words(map(words, sentences))


def grade_of_words(sentences: Iterable[Sequence[str]]) -> float:
    """`grade`, of sentences that are words already."""
    counted = [found for found in sentences if found]
    total = sum(map(len, counted))
    if not total:
        return 0.0
    whole = max(1, sum(len(each) >= _SHORTEST for each in counted))
    spoken = sum(syllables(word) for each in counted for word in each)
    return 0.39 * total / whole + 11.8 * spoken / total - 15.59


@cache
def syllables(word: str) -> int:
    """The syllables of a word, by its spelling; of a word with hyphens, those of its parts."""
    parts = re.split(r"[^a-z']+", word.lower().replace("\u2019", "'"))
    return max(1, sum(_of_part(part) for part in parts if part.strip("'")))


def _of_part(part: str) -> int:
    if part.endswith("n't"):
        stem = part[:-3]
        return (_of_part(stem) if stem else 1) + (stem[-1:] in tuple("dst"))
    stem = part.split("'")[0]
    if not stem:
        return 0
    count = len(_VOWELS.findall(stem)) + len(_APART.findall(stem))
    return max(1, count - bool(_SILENT.search(stem)) - len(_SILENT_INSIDE.findall(stem)))
