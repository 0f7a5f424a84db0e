"""A list that is written plainly, read in a quarter of the time: a line is a key and a value.

Why this module exists: 5,000 programs and 20,000 meetings are 400,000 lines. The YAML parser
alone takes most of a second for them, and a node for each value as long again. Nearly every
line is `key: value` in one of a few shapes, and most values stand there a thousand times.

It must not say that anything is wrong: whatever isn't plain to it, or doesn't hold, it hands
over. A single entry goes to the YAML parser, and if that has something to say, the whole file
does. What it takes, it takes with the same functions as the strict way (`entries`), so that a
value can't hold here and not there; tests/test_programs_load.py compares both on random lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from pathfinder.errors import Problem
from pathfinder.loader.fields import Form
from pathfinder.loader.syntax.decode import decode
from pathfinder.loader.syntax.nodes import Kind, MapNode, Node, ScalarNode, SeqNode, classify
from pathfinder.loader.syntax.yaml import LONGEST_TEXT, read_yaml
from pathfinder.programs import entries
from pathfinder.programs.entries import Ids, ListReader
from pathfinder.programs.keys import LIST, MEETING, PROGRAM
from pathfinder.programs.model import Meeting, Program
from pathfinder.sanitize import REPLACEMENT

_SECTIONS: Final = {"programs": PROGRAM, "meetings": MEETING}
_LINE: Final = re.compile(r"([a-z_]+): (.+)")
_QUOTED: Final = re.compile(r'"([^"\\]+)"')
_PLAIN: Final = re.compile(r"[A-Za-z0-9(](?:[^:#\t]|:(?! )|(?<! )#)*(?<![ :])")
_WORD: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_PAIRS: Final = re.compile(
    r'\{([a-z_]+: (?:"[^"\\]+"|[a-z0-9-]+)(?:, [a-z_]+: (?:"[^"\\]+"|[a-z0-9-]+))*)\}'
)
_PAIR: Final = re.compile(r'([a-z_]+): (?:"([^"\\]+)"|([a-z0-9-]+))')
_ITEM: Final = re.compile(r"( *)- ")

Plain = tuple[dict[str, Any], tuple[Program, ...], tuple[Meeting, ...]]


class Chunk(NamedTuple):
    """The lines of one entry; its keys stand `indent` characters from the left."""

    indent: int
    lines: list[str]


class _NotPlain(Exception):
    """The file is for the strict reader."""


def read_quickly(data: bytes, label: str, known: Ids, most_bytes: int) -> Plain | None:
    """The keys of the list, its programs and meetings; None where the file isn't plain, or
    where anything in it doesn't hold. `known.taken` may then hold ids of this file."""
    text, problems = decode(data, label, most_bytes)
    if text is None or problems or REPLACEMENT in text:
        return None
    try:
        return _Quick(label, known).read(text)
    except _NotPlain:
        return None


class _Quick:
    """One pass over the lines of one file."""

    def __init__(self, label: str, known: Ids) -> None:
        self.problems: list[Problem] = []
        self.reader = ListReader(label, self.problems)
        self.known = known
        self.seen: dict[Form, dict[str, tuple[str, Any]]] = {PROGRAM: {}, MEETING: {}}

    def read(self, text: str) -> Plain:
        head: dict[str, Any] = {}
        found: dict[str, list[Any]] = {}
        for key, value, lines in _top(text.split("\n")):
            if key in head or key in found:
                raise _NotPlain
            if key in _SECTIONS and not value:
                found[key] = [self.entry(_SECTIONS[key], chunk) for chunk in _chunks(lines)]
            elif key in LIST.allowed and key not in _SECTIONS and all(map(_says_nothing, lines)):
                node = _node(value) if value else None
                if node is None:
                    raise _NotPlain
                head[key] = entries.value(self.reader, LIST, key, node, self.known)
            else:
                raise _NotPlain
            if self.problems or not found.get(key, True):
                raise _NotPlain
        return head, tuple(found.get("programs", ())), tuple(found.get("meetings", ()))

    def entry(self, form: Form, chunk: Chunk) -> Any:
        pairs = self.pairs(form, chunk)
        if pairs is None:
            return self.by_parser(form, chunk)
        values = dict(pairs)
        if len(values) != len(pairs) or any(key not in values for key in form.required):
            raise _NotPlain
        node = _node(values["id"])
        if node is None:
            raise _NotPlain
        values["id"] = entries.value(self.reader, form, "id", node, self.known)
        made: Program | Meeting
        if form is PROGRAM:
            made = Program(**values)
            missing = entries.missing_ways(made)
        else:
            made = Meeting(**values)
            missing = entries.missing_places(made)
        if missing or self.problems:
            raise _NotPlain
        return made

    def pairs(self, form: Form, chunk: Chunk) -> list[tuple[str, Any]] | None:
        """Keys and values, the id as it is written; None if a line isn't plain."""
        seen = self.seen[form]
        deeper = " " * chunk.indent
        pairs = []
        for whole in chunk.lines:
            line = whole[chunk.indent :] if whole.startswith(deeper) else "#"
            pair = seen.get(line)
            if pair is None:
                found = _LINE.fullmatch(line)
                if found is None or found[1] not in form.allowed:
                    if _says_nothing(line):
                        continue
                    return None
                key, raw = found[1], found[2]
                if key == "id":
                    pair = (key, raw)
                else:
                    node = _node(raw)
                    if node is None:
                        return None
                    value = entries.value(self.reader, form, key, node, self.known)
                    pair = seen[line] = (key, value)
            pairs.append(pair)
        return pairs

    def by_parser(self, form: Form, chunk: Chunk) -> Any:
        """One entry that isn't plain, such as one with a text over several lines."""
        first = f"{' ' * (chunk.indent - 2)}- {chunk.lines[0][chunk.indent :]}"
        text = "\n".join(["entry:", first, *chunk.lines[1:], ""])
        root, noted = read_yaml(text.encode(), self.reader.file)
        listed = root.get("entry") if root is not None and len(root.entries) == 1 else None
        if noted or not isinstance(listed, SeqNode) or len(listed.items) != 1:
            raise _NotPlain
        take = entries.program if form is PROGRAM else entries.meeting
        return take(self.reader, listed.items[0], self.known)


def _top(lines: Sequence[str]) -> Iterator[tuple[str, str, list[str]]]:
    """Each key of the list as a whole, the value behind it, and the lines below it."""
    key, value, below = "", "", list[str]()
    for line in lines:
        if not line or line[0] in " -#":
            below.append(line)
            continue
        if key:
            yield key, value, below
        elif not all(map(_says_nothing, below)):
            raise _NotPlain
        key, colon, value = line.partition(":")
        if not colon or (value and value[0] != " "):
            raise _NotPlain
        value, below = value.strip(" "), []
    if not key:
        raise _NotPlain
    yield key, value, below


def _chunks(lines: list[str]) -> Iterator[Chunk]:
    """The lines of each entry, as they stand; in the first, a space for the `-`."""
    start = ""
    deeper = ""
    chunk: list[str] = []
    for line in lines:
        if not start:
            found = _ITEM.match(line)
            if found is not None:
                start, deeper = found[0], " " * len(found[0])
            elif not _says_nothing(line):
                raise _NotPlain
        if start and line.startswith(start):
            if chunk:
                yield Chunk(len(start), chunk)
            chunk = [deeper + line[len(start) :]]
        elif start:
            if not line.startswith(deeper) and not _says_nothing(line):
                raise _NotPlain
            chunk.append(line)
    if chunk:
        yield Chunk(len(start), chunk)


def _says_nothing(line: str) -> bool:
    """A blank line, or a comment, if no text goes on there: that is for the parser to say."""
    return line.lstrip(" ")[:1] in ("", "#")


def _node(raw: str) -> Node | None:
    """The value as the strict reader would see it, or None if it isn't plain."""
    if len(raw) > LONGEST_TEXT:
        return None
    if raw[0] == '"':
        found = _QUOTED.fullmatch(raw)
        return None if found is None else ScalarNode(found[1], Kind.TEXT, 1, 1)
    if raw[0] == "[":
        return _list_node(raw)
    if raw[0] == "{":
        return _map_node(raw)
    if _PLAIN.fullmatch(raw) is None:
        return None
    kind, code, _ = classify(raw)
    return None if code or kind is Kind.BAD else ScalarNode(raw, kind, 1, 1)


def _list_node(raw: str) -> Node | None:
    if raw[-1] != "]":
        return None
    items: list[Node] = []
    for word in raw[1:-1].split(","):
        word = word.strip(" ")
        if _WORD.fullmatch(word) is None:
            return None
        kind, code, _ = classify(word)
        if code:
            return None
        items.append(ScalarNode(word, kind, 1, 1))
    return SeqNode(1, 1, items)


def _map_node(raw: str) -> Node | None:
    if _PAIRS.fullmatch(raw) is None:
        return None
    node = MapNode(1, 1)
    for key, text, word in _PAIR.findall(raw):
        kind = classify(word)[0] if word else Kind.TEXT
        if kind is Kind.BAD or key in node.entries:
            return None
        node.entries[key] = (ScalarNode(key, Kind.TEXT, 1, 1), ScalarNode(text or word, kind, 1, 1))
    return node
