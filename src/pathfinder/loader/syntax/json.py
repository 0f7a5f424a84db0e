"""JSON text as nodes with their places, after Python's own parser found it well formed.

Why this module exists: `json.loads` says where JSON is broken but not where a
value stands, and keeps the last of two equal keys without a word.

It must not know what any key means.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final

from pathfinder.errors import Problem
from pathfinder.loader.syntax.nodes import (
    DEEPEST,
    MOST_NODES,
    TOO_DEEP,
    Kind,
    MapNode,
    Node,
    ScalarNode,
    SeqNode,
    no_value,
)
from pathfinder.loader.syntax.text import first_unseen, odd_letter_here
from pathfinder.sanitize import REPLACEMENT, quoted

_TOKEN: Final = re.compile(
    r'\s+|"(?:[^"\\]|\\.)*"|[{}\[\],:]|-?[0-9][-+.eE0-9]*|true|false|null|-?Infinity|NaN', re.DOTALL
)
_SAID: Final = {
    "Expecting value": "expected a value",
    "Expecting property name enclosed in double quotes": "expected a key in double quotes",
    "Expecting ':' delimiter": 'expected ":" after the key',
    "Expecting ',' delimiter": 'expected "," or the closing bracket',
    "Extra data": "found more after the end; keep one JSON value",
    "Unterminated string starting at": "a text in quotes is never closed",
    "Invalid control character at": "a line break or control character stands inside the quotes",
    "Invalid \\escape": "unknown backslash code; write \\\\ for a backslash",
    "Invalid \\uXXXX escape": "a \\u code needs four digits",
    "Illegal trailing comma before end of object": 'found "," with nothing after it; take it out',
    "Illegal trailing comma before end of array": 'found "," with nothing after it; take it out',
}


class _Stop(Exception):
    """The rest isn't read: its problem is noted."""


def syntax_message(error: json.JSONDecodeError) -> str:
    """What `json` found, for people."""
    said = _SAID.get(error.msg.removesuffix(": ").rstrip(":"), "not JSON from here on")
    return said + odd_letter_here(error.doc[error.pos : error.pos + 1])


def not_json(word: str) -> str:
    return f"found {word}, which isn't JSON; put it in quotes if it is text"


def number_text(digits: str) -> str:
    """Numbers stay text: Python refuses to read some, and no answer is one."""
    return digits


def read_json(text: str, file: str, problems: list[Problem]) -> Node | None:
    """The value of a JSON text, or None if it ends in a problem. Problems are added."""
    try:
        json.loads(text, parse_int=number_text, parse_float=number_text)
    except json.JSONDecodeError as error:
        message = syntax_message(error)
        problems.append(Problem(file, error.lineno, error.colno, "syntax", message))
        return None
    except RecursionError:
        problems.append(Problem(file, 1, 1, "too-deep", TOO_DEEP))
        return None
    try:
        return _Places(text, file, problems).node(1)
    except _Stop:
        return None


class _Places:
    """Walks the tokens of text that is known to be well formed."""

    def __init__(self, text: str, file: str, problems: list[Problem]) -> None:
        self.file = file
        self.problems = problems
        # What was hidden has been noted, and stands as U+FFFD in the text.
        self.patched = bool(problems)
        self.left = MOST_NODES
        self.line = 1
        self.column = 1
        self.tokens = self._tokens(text)

    def _tokens(self, text: str) -> Iterator[str]:
        line, start = 1, 0
        for match in _TOKEN.finditer(text):
            token = match.group()
            if token.isspace():
                breaks = token.count("\n")
                if breaks:
                    line += breaks
                    start = match.start() + token.rfind("\n") + 1
                continue
            self.line, self.column = line, match.start() - start + 1
            yield token

    def note(self, line: int, column: int, code: str, message: str) -> None:
        self.problems.append(Problem(self.file, line, column, code, message))

    def node(self, depth: int) -> Node:
        return self._node(next(self.tokens), depth, None)

    def _node(self, token: str, depth: int, key: str | None) -> Node:
        line, column = self.line, self.column
        self.left -= 1
        if self.left < 0:
            self.note(line, column, "too-many", f"more than {MOST_NODES:,} values in one file")
            raise _Stop
        if token in "{[" and depth > DEEPEST:
            self.note(line, column, "too-deep", TOO_DEEP)
            raise _Stop
        if token == "{":
            return self._mapping(line, column, depth)
        if token == "[":
            return self._list(line, column, depth)
        if token[0] == '"':
            return self._text(token, line, column)
        if token in ("true", "false"):
            return ScalarNode(token, Kind.TRUTH, line, column)
        if token == "null":
            message = no_value(key) if key is not None else "found null; write a value"
            self.note(line, column, "no-value", message)
            return ScalarNode("", Kind.BAD, line, column)
        if token[-1].isalpha():
            self.note(line, column, "syntax", not_json(token))
            return ScalarNode("", Kind.BAD, line, column)
        return ScalarNode(token, Kind.WHOLE, line, column)

    def _text(self, token: str, line: int, column: int) -> ScalarNode:
        value: str = json.loads(token)
        if hidden := first_unseen(value):
            self.note(line, column, hidden.code, hidden.message)
            return ScalarNode("", Kind.BAD, line, column)
        kind = Kind.BAD if self.patched and REPLACEMENT in value else Kind.TEXT
        return ScalarNode(value, kind, line, column)

    def _mapping(self, line: int, column: int, depth: int) -> MapNode:
        mapping = MapNode(line, column)
        while (token := next(self.tokens)) != "}":
            if token == ",":
                continue
            key = self._text(token, self.line, self.column)
            next(self.tokens)  # the colon
            value = self._node(next(self.tokens), depth + 1, key.value)
            if key.value in mapping.entries:
                first = mapping.entries[key.value][0].line
                message = (
                    f"the key {quoted(key.value)} appears twice; it was on line {first} before"
                )
                self.note(key.line, key.column, "duplicate-key", message)
            else:
                mapping.entries[key.value] = (key, value)
        return mapping

    def _list(self, line: int, column: int, depth: int) -> SeqNode:
        items: list[Node] = []
        while (token := next(self.tokens)) != "]":
            if token != ",":
                items.append(self._node(token, depth + 1, None))
        return SeqNode(line, column, items)
