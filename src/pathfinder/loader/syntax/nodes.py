"""What a file holds, as written: mappings, lists and single values, each with its place.

Why this module exists: a finding must name line and column, and an unquoted
`no` must be seen as it was written, so files are never turned into plain data
before they are checked. YAML programs don't agree on `no`, `1:30` or `2026-11-22`: a bare
word or number that two of them would read differently is refused as written.

It must not know what any key means, or where a value stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from typing import Final

from pathfinder.errors import Problem
from pathfinder.sanitize import excerpt, quoted


class Kind(Enum):
    """What a single value counts as. `BAD` has been reported already: say nothing more."""

    TEXT = "text"
    WHOLE = "a number"
    TRUTH = "a truth value"
    BAD = "bad"


# Plain classes: tens of thousands of nodes are made at each start, and making a
# dataclass costs a start a hundred times what these do.


class ScalarNode:
    """A single value. `line` and `column` count from 1; 0 is unknown."""

    __slots__ = ("column", "kind", "line", "value")

    def __init__(self, value: str, kind: Kind, line: int, column: int) -> None:
        self.value = value
        self.kind = kind
        self.line = line
        self.column = column


class SeqNode:
    """A list."""

    __slots__ = ("column", "items", "line")

    def __init__(self, line: int, column: int, items: list[Node]) -> None:
        self.line = line
        self.column = column
        self.items = items


class MapNode:
    """A mapping. `entries`: key as written -> (the key's own node, its value)."""

    __slots__ = ("column", "entries", "line")

    def __init__(self, line: int, column: int) -> None:
        self.line = line
        self.column = column
        self.entries: dict[str, Entry] = {}

    def get(self, key: str) -> Node | None:
        entry = self.entries.get(key)
        return entry[1] if entry else None


Node = ScalarNode | SeqNode | MapNode
Entry = tuple[ScalarNode, Node]
"""A key's own node and its value."""


def found(node: Node) -> str:
    """What stands there, in words: `a list`, `a number, 3`, `the text "x"`."""
    if isinstance(node, MapNode):
        return "a mapping"
    if isinstance(node, SeqNode):
        return "a list"
    if node.kind is Kind.WHOLE:
        return f"a number, {excerpt(node.value, 20)}"
    if node.kind is Kind.TRUTH:
        return f"the bare word {node.value}"
    return f"the text {quoted(node.value)}" if node.value.strip() else "an empty text"


def is_bad(node: Node) -> bool:
    """Whether the value was reported when it was read."""
    return isinstance(node, ScalarNode) and node.kind is Kind.BAD


DEEPEST: Final = 20
MOST_NODES: Final = 50_000
TOO_DEEP: Final = f"nested deeper than {DEEPEST} levels; nothing here needs that"


def no_value(key: str) -> str:
    return f"{quoted(key)} has no value; write one, or leave the line out"


def node_of(data: object, problems: list[Problem], file: str, depth: int = 1) -> Node:
    """Plain Python data as nodes without a place. Values of other kinds are reported."""

    def refused(code: str, message: str) -> ScalarNode:
        problems.append(Problem(file, 0, 0, code, message))
        return ScalarNode("", Kind.BAD, 0, 0)

    if depth > DEEPEST:
        return refused("too-deep", TOO_DEEP)
    if isinstance(data, str):
        return ScalarNode(data, Kind.TEXT, 0, 0)
    if isinstance(data, Mapping):
        mapping = MapNode(0, 0)
        for key, value in data.items():
            if not isinstance(key, str):
                refused("key-not-text", f"a key must be text; found {described(key)}")
                continue
            node = (
                refused("no-value", no_value(key))
                if value is None
                else node_of(value, problems, file, depth + 1)
            )
            mapping.entries[key] = (ScalarNode(key, Kind.TEXT, 0, 0), node)
        return mapping
    if isinstance(data, list | tuple):
        return SeqNode(0, 0, [node_of(item, problems, file, depth + 1) for item in data])
    if isinstance(data, bool):
        return ScalarNode("true" if data else "false", Kind.TRUTH, 0, 0)
    if isinstance(data, int | float):
        return ScalarNode(described(data), Kind.WHOLE, 0, 0)
    return refused("wrong-type", f"expected an answer; found {described(data)}")


def described(data: object) -> str:
    """What plain Python data is, in words."""
    if data is None:
        return "nothing"
    if isinstance(data, int) and not isinstance(data, bool) and abs(data) >= 10**18:
        return "a very large number"  # Python refuses to spell out numbers of many digits
    if isinstance(data, int | float):
        return str(data)
    return f"a value of the kind {type(data).__name__}"


_READ_AS: Final = {
    **{
        form: "true"
        for word in ("yes", "on", "y", "true")
        for form in (word, word.capitalize(), word.upper())
    },
    **{
        form: "false"
        for word in ("no", "off", "n", "false")
        for form in (word, word.capitalize(), word.upper())
    },
}
_NOTHING: Final = frozenset({"", "~", "null", "Null", "NULL"})
_NUMBER_STARTS: Final = frozenset("0123456789+-.")
_WHOLE: Final = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt ].*)?")
_NUMBER: Final = re.compile(
    r"""[-+]?(?:
        [0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?   # 010, 1_000, 1.5, 1e3
      | \.[0-9][0-9_]*(?:[eE][-+]?[0-9]+)?               # .5
      | 0[box][0-9a-fA-F_]+                              # 0x1f
      | \.(?:inf|Inf|INF|nan|NaN|NAN)
      | [0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?      # 1:30, which some read as 90
    )""",
    re.VERBOSE,
)

_PLAIN: Final = (Kind.TEXT, "", "")


def classify(value: str) -> tuple[Kind, str, str]:
    """Of a value without quotes: its kind and, if it may not stand so, the code and message."""
    if value in _READ_AS:
        if value in ("true", "false"):
            return Kind.TRUTH, "", ""
        meaning = _READ_AS[value]
        message = (
            f"found {value} without quotes, which YAML programs may read as {meaning};"
            f' write "{value}" in quotes if it is text'
        )
        return Kind.BAD, "unquoted-word", message
    if value in _NOTHING:
        return Kind.BAD, "no-value", ""
    if value[0] not in _NUMBER_STARTS:
        if value == "<<":
            message = "merge keys (<<) aren't used here; write the keys out"
            return Kind.BAD, "merge-key", message
        return _PLAIN
    if _WHOLE.fullmatch(value):
        return Kind.WHOLE, "", ""
    if _DATE.fullmatch(value):
        message = f'found the date {excerpt(value)} without quotes; write "{excerpt(value)}"'
        return Kind.BAD, "unquoted-date", message
    if _NUMBER.fullmatch(value):
        message = (
            f"found the number {excerpt(value, 24)} without quotes; put it in quotes if it is text."
            " Whole numbers are written plainly, like 3 or -3"
        )
        return Kind.BAD, "unquoted-number", message
    return _PLAIN
