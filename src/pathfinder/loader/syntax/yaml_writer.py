"""Words as YAML that this program reads back as the same words.

Why this module exists: a draft of answers and a case that a proof found are YAML made by
hand. Each quoted by itself, one of them too little, and such a file came back as something
else, or not at all.

It must not know what a key means, or open a file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from pathfinder.loader.syntax.nodes import Kind, classify
from pathfinder.loader.syntax.text import first_unseen

_ESCAPED: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}


def mapping(key: str, entries: Mapping[str, object]) -> Iterator[str]:
    """The lines of a mapping whose values are words, or lists of words."""
    # A mapping without entries can only be written in braces.
    yield f"{word(key)}:" if entries else f"{word(key)}: {{}}"
    for name, each in entries.items():
        yield f"  {word(name)}: {value(each)}"


def value(given: object) -> str:
    """One word, or a list on one line."""
    if isinstance(given, list | tuple | set | frozenset):
        return f"[{', '.join(word(str(item)) for item in given)}]"
    return word(str(given))


def word(text: str) -> str:
    """A word: bare if it stays a word, else in quotes, on one line whatever it holds."""
    unseen = first_unseen(text) is not None
    plain = text.replace("_", "").replace("-", "").isalnum() and classify(text)[0] is Kind.TEXT
    if plain and not unseen:
        return text
    return f'"{"".join(_char(char, ascii_only=unseen) for char in text)}"'


def _char(char: str, *, ascii_only: bool) -> str:
    """A character within quotes. What can't be seen is escaped, so that a reader can name it.

    `ascii_only`: so is all else, since a mark is only too much beside others. Half a character
    (a surrogate) stays as it is: no file can hold it, so writing it fails, where an escape
    would make a file that can't be read.
    """
    seen = char.isprintable() and not (ascii_only and not char.isascii())
    if seen or "\ud800" <= char <= "\udfff":
        return _ESCAPED.get(char, char)
    return _ESCAPED.get(char) or f"\\U{ord(char):08X}"
