"""Which paths a rule means: ids, or the traits that they share.

Why this module exists: a rule that lists four programs forgets the fifth. Where the reason
lies in what a path is (it brings a home; it is an intensive program), the rule names that
trait, and whoever adds a path with its traits is covered.

It must not know what a trait is for.

    set_aside: [residential]                          these paths
    set_aside: {level: [intensive, day], housing: false}    every path that has all of it
"""

from __future__ import annotations

from typing import Final

from pathfinder.loader.fields import Reader
from pathfinder.loader.ids import Names
from pathfinder.loader.syntax.nodes import Kind, MapNode, Node, ScalarNode, SeqNode

_ORDERED: Final = ("at_least", "at_most")


def paths_meant(reader: Reader, node: Node | None, names: Names) -> tuple[str, ...]:
    """The ids of the paths that `node` names, in the order of the file for traits."""
    if not isinstance(node, MapNode):
        return reader.names(node, names.paths)
    if not node.entries:
        reader.note(node, "empty-condition", "no trait is named; write one, or the ids of paths")
        return ()
    meant = dict.fromkeys(names.traits)
    for trait, (at, value) in node.entries.items():
        known = {each: traits.get(trait) for each, traits in names.traits.items()}
        if all(word is None for word in known.values()):
            if at.kind is not Kind.BAD and names.paths.complete:
                reader.unknown(at, "trait", trait, _all_traits(names), of="paths")
            continue
        wanted = _wanted(reader, trait, value, names, {w for w in known.values() if w is not None})
        for path, word in known.items():
            if word not in wanted:
                meant.pop(path, None)
    if not meant and names.paths.complete and not reader.problems:
        reader.note(node, "empty-list", "no path has all of these traits")
    return tuple(meant)


def _wanted(
    reader: Reader, trait: str, node: Node, names: Names, words: set[str]
) -> frozenset[str]:
    """The words of one trait that are meant."""
    if isinstance(node, MapNode) and trait == "level":
        return _levels(reader, node, names)
    items = node.items if isinstance(node, SeqNode) else [node]
    wanted = [_word(reader, item, trait, words) for item in items]
    return frozenset(filter(None, wanted))


def _word(reader: Reader, node: Node, trait: str, words: set[str]) -> str:
    if isinstance(node, ScalarNode) and node.kind in (Kind.TEXT, Kind.TRUTH):
        if node.value not in words:
            reader.unknown(node, "trait", node.value, sorted(words), of=trait)
        return node.value
    reader.wrong(node, f"one of: {', '.join(sorted(words))}")
    return ""


def _levels(reader: Reader, node: MapNode, names: Names) -> frozenset[str]:
    levels = list(names.levels.ids)
    meant = set(levels)
    for op, (at, value) in node.entries.items():
        if op not in _ORDERED:
            reader.unknown(at, "test", op, _ORDERED)
            continue
        level = reader.name(value, names.levels)
        if level in levels:
            place = levels.index(level)
            meant &= set(levels[place:] if op == "at_least" else levels[: place + 1])
    return frozenset(meant)


def _all_traits(names: Names) -> list[str]:
    return list(dict.fromkeys(trait for traits in names.traits.values() for trait in traits))
