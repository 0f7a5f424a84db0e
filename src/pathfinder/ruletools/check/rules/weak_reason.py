"""The check `weak-reason`: its manual page, an example, and what looks for it."""

import re
from collections.abc import Iterator
from typing import Final

from pathfinder.loader.syntax.nodes import ScalarNode
from pathfinder.ruletools.check.context import Book, Found, Severity
from pathfinder.ruletools.check.written import JOINS, WrittenReason, alike, arguments

FAMILY = "rules"
PAGE = """A reason that doesn't say what the path does with the answer.

"You have a job, so it matters how much of your week stays free" holds for every path and
argues for none. A reason takes up what the person said, and names what the path gives or
asks: "and this takes only a few hours of your week".

It goes on from `says` with a joining word (and, so, but, because, while), or is a sentence
of its own with a capital letter. It adds words to `says`, and has one that stands for the
path: this, here, such a program, a group, you would, you need.

To put it right, say what is so at the path, for better or worse.
"""
CODE = "weak-reason"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
GOOD = "because: so you can come and go."
BAD = "because: so it matters where you sleep."

_MATTERS: Final = re.compile(
    r"\b(?:it|this|that|which|what)(?: \w+){0,2} (?:matters?|counts?)\b|"
    r"\bmatters? (?:a|very|here)\b|\bis important\b|\bplays? a (?:part|role)\b|"
    r"\bmakes? a difference\b|\bworth (?:asking|knowing|thinking|considering|a look|a thought)\b",
    re.IGNORECASE,
)
_STANDS_FOR_A_PATH: Final = re.compile(
    r"\b(?:here|there|this|these|those|that|such|it|its|they|one|another|same|need|"
    r"programs?|groups?|talks?|visits?|sessions?|care|treatment|treated|meetings?|steps|"
    r"moving|you (?:would|could|can|may|will))\b",
    re.IGNORECASE,
)
_SMALL: Final = frozenset(("a", "an", "the", "and", "so", "but", "you", "your", "are", "is"))
_NAMES_NOTHING: Final = frozenset(
    alike(
        "this that it here there such one path fits fit suits suit helps help works work good "
        "well right better best bad worse less more may might can could would for of to in very "
        "speaks speak choice many people anyone everyone hard be makes make sense recommended "
        "recommend advised advise considered consider need needs needed what has have to be option "
        "suitable situation program programs treatment care looks look deserves worth your do does "
        "shows show"
    )
)
"""Words that only judge: what is judged, and why, they leave open."""
_ADDS: Final = 2


_IT_MATTERS: Final = re.compile(r"\bit (?:really |also )?matters?\b", re.IGNORECASE)


def check(book: Book) -> Iterator[Found]:
    argued = set()
    for each in arguments(book):
        argued.add(id(each.because))
        if message := _weak(book, each):
            yield book.found(each.file, each.because, message)
    for file, trail, node in book.spots:
        if trail[-1:] != ("because",) or id(node) in argued or not isinstance(node, ScalarNode):
            continue
        if _IT_MATTERS.search(node.value):
            yield book.found(file, node, "says that something matters, and not what follows")


def _weak(book: Book, each: WrittenReason) -> str:
    text = each.because.value
    words = alike(text)
    if _MATTERS.search(text):
        return "says that something matters, and not what the path makes of it"
    if text[0].islower() and not JOINS.intersection(words[:1]):
        return f"begins small, but not with a joining word ({', '.join(sorted(JOINS))})"
    if len(set(words) - set(alike(each.says)) - _SMALL) < _ADDS:
        return "only says the answer again; say what the path does with it"
    if not set(words) - set(alike(each.says)) - _SMALL - _NAMES_NOTHING:
        return "only judges; say what the path gives or asks that makes it so"
    if not _STANDS_FOR_A_PATH.search(text) and not _named(book, words):
        return "names nothing of the path; say what it gives or asks"
    return ""


def _named(book: Book, words: tuple[str, ...]) -> bool:
    """Whether a word of some path's name stands in the sentence."""
    names = {name for path in book.rules.paths for name in alike(path.name)}
    return any(len(each) > 3 and each in names for each in words)
