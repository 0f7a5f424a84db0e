"""The day of a call, written into the file of the list: one or three lines of one entry change.

Why this module exists: after a call only the date (and perhaps the wait) is new. Every other
byte stays: comments, blank lines, quotes, the order of keys, as whoever keeps the file laid it
out. A library that writes YAML again from what it read can't promise that; see docs/decisions/0017.

It must not read or write files, or change an entry in any way that a strict reading of the
outcome doesn't confirm.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from pathfinder.loader.syntax.nodes import MapNode, Node, ScalarNode, SeqNode
from pathfinder.loader.syntax.yaml import read_yaml
from pathfinder.loader.syntax.yaml_writer import word

_SECTIONS: Final = ("programs", "meetings")
_QUOTES: Final = {
    '"': re.compile(r'"(?:[^"\\]|\\.)*"'),
    "'": re.compile(r"'(?:[^']|'')*'"),
}


class Learned(NamedTuple):
    """A key of an entry, and what is to stand under it, as it is written in YAML."""

    key: str
    written: str


def stamp(day: str, by: str = "", wait: int | None = None) -> list[Learned]:
    """What a call brings to a program."""
    changes = [Learned("last_called", f'"{day}"')]
    if by:
        changes.append(Learned("called_by", word(by)))
    if wait is not None:
        changes.append(Learned("wait_days", str(wait)))
    return changes


def stamped(
    text: str, entry: str, changes: list[Learned], most_bytes: int, most_nodes: int
) -> str | None:
    """The text with `changes` in the entry of this id; None where it isn't laid out plainly.

    `text` holds: it was read strictly before.
    """
    root, problems = read_yaml(text.encode(), "", most_bytes=most_bytes, most_nodes=most_nodes)
    node = None if root is None or problems else _entry(root, entry)
    if node is None:
        return None
    lines = text.split("\n")
    made = _changed(lines, node, changes)
    if made is None:
        return None
    root, problems = read_yaml(made.encode(), "", most_bytes=most_bytes, most_nodes=most_nodes)
    after = None if root is None or problems else _entry(root, entry)
    if after is None or not _as_meant(node, after, changes):
        return None
    return made


def _entry(root: MapNode, entry: str) -> MapNode | None:
    for section in _SECTIONS:
        listed = root.get(section)
        for item in listed.items if isinstance(listed, SeqNode) else ():
            at = item.get("id") if isinstance(item, MapNode) else None
            if isinstance(item, MapNode) and isinstance(at, ScalarNode) and at.value == entry:
                return item
    return None


def _changed(lines: list[str], node: MapNode, changes: list[Learned]) -> str | None:
    """Lines of the entry changed from the last one up, so that places before stay true."""
    there = [change for change in changes if change.key in node.entries]
    new = [change for change in changes if change.key not in node.entries]
    there.sort(key=lambda change: node.entries[change.key][0].line, reverse=True)
    at = node.entries["id"][0]
    below = _last_plain(lines, node)
    for change in there:
        _, old = node.entries[change.key]
        line = lines[old.line - 1]
        end = _end(line, old)
        if end is None:
            return None
        lines[old.line - 1] = line[: old.column - 1] + change.written + line[end:]
    for change in reversed(new):
        said = f"{change.key}: {change.written}"
        if lines[node.line - 1][node.column - 1] == "{":
            line = lines[node.line - 1]
            lines[node.line - 1] = f"{line[: node.column]}{said}, {line[node.column :]}"
        else:
            feed = "\r" if lines[below - 1].endswith("\r") else ""
            lines.insert(below, " " * (at.column - 1) + said + feed)
    return "\n".join(lines)


def _last_plain(lines: list[str], node: MapNode) -> int:
    """Below the last key whose value ends on its own line: a text over several stays whole."""
    found = node.entries["id"][1].line
    for key, value in node.entries.values():
        if value.line == key.line:
            line = lines[value.line - 1]
            end = _end(line, value)
            rest = "" if end is None else line[end:].strip()
            if end is not None and (not rest or rest.startswith("#")):
                found = max(found, value.line)
    return found


def _end(line: str, node: Node) -> int | None:
    """Where a value ends that stands on its own line; None where it goes on, or is a list."""
    start = node.column - 1
    if not isinstance(node, ScalarNode) or start >= len(line):
        return None
    if quotes := _QUOTES.get(line[start]):
        found = quotes.match(line, start)
        return found.end() if found else None
    return start + len(node.value) if line.startswith(node.value, start) else None


def _as_meant(before: MapNode, after: MapNode, changes: list[Learned]) -> bool:
    """Whether the entry holds what was meant, and all else as before."""
    meant = {change.key for change in changes}
    if set(after.entries) != set(before.entries) | meant:
        return False
    for key, written in changes:
        value = after.entries[key][1]
        if not isinstance(value, ScalarNode) or value.value != written.strip('"'):
            return False
    return all(
        _plain(before.entries[key][1]) == _plain(after.entries[key][1])
        for key in before.entries
        if key not in meant
    )


def _plain(node: object) -> object:
    if isinstance(node, MapNode):
        return {key: _plain(value) for key, (_, value) in node.entries.items()}
    if isinstance(node, SeqNode):
        return [_plain(item) for item in node.items]
    return (node.kind, node.value) if isinstance(node, ScalarNode) else None
