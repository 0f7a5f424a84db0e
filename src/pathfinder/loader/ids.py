"""Which ids exist, gathered from all files before any of them is read closely.

Why this module exists: a condition in one file names a question of another, and
a misspelt name must get the nearest one whatever the order of the files.

It must not note problems: the modules that read the files do.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pathfinder.engine.conditions import Condition
from pathfinder.loader.answers import Shape, shape_of
from pathfinder.loader.fields import Known
from pathfinder.loader.syntax.nodes import Kind, MapNode, Node, ScalarNode, SeqNode

LINE_KINDS = ("emergency", "suicide", "drugs", "violence", "poison", "gambling")
QUESTION_KINDS = ("one", "scale", "many")

Roots = Mapping[str, MapNode | None]
"""File name -> what it holds; None if it couldn't be read."""


class Names(NamedTuple):
    """Everything that a rule may name. One slip in a list of ids must not set off a hundred.

    `traits`: path id -> what it is, by the names of traits; level and approach are two of
    them. `conditions`: those that have a name, once ruleset.yaml has been read.
    """

    shapes: Mapping[str, Shape]
    questions: Known
    order: Mapping[str, int]
    factors: Known
    levels: Known
    paths: Known
    traits: Mapping[str, Mapping[str, str]]
    conditions: Mapping[str, Condition]
    compare: Known
    shared: Known
    alerts: Known
    steps: Known
    supports: Known
    sources: Known
    line_kinds: Known
    regions: Known


def gather(roots: Roots) -> Names:
    """The names in all files, as far as the files could be read."""
    ruleset, paths = roots.get("ruleset.yaml"), roots.get("paths.yaml")
    steps, help_lines = roots.get("steps.yaml"), roots.get("help_lines.yaml")
    shapes, complete = _shapes(roots)
    regions = _known("region", help_lines, "regions")
    if help_lines is not None and (elsewhere := _id(help_lines.get("elsewhere"))):
        regions.ids[elsewhere] = None
    return Names(
        shapes=shapes,
        questions=Known("question", dict.fromkeys(shapes), complete),
        order=_order(ruleset),
        factors=_known("factor", ruleset, "factors"),
        levels=_known("level", ruleset, "levels"),
        paths=_known("path", paths, "paths"),
        traits=_traits(paths),
        conditions={},
        compare=_known("compare row", paths, "compare"),
        shared=_known("shared passage", paths, "shared"),
        alerts=_known("alert", steps, "alerts"),
        steps=_known("first step", steps, "steps"),
        supports=_known("support", roots.get("supports.yaml"), "supports"),
        sources=_known("source", roots.get("sources.yaml"), "sources"),
        line_kinds=Known("kind of help line", dict.fromkeys(LINE_KINDS)),
        regions=regions,
    )


def is_factor(name: str) -> bool:
    """Whether a file name of the rule set is that of a factor."""
    return name.startswith("factors/")


def _known(what: str, root: MapNode | None, key: str) -> Known:
    listed = root.get(key) if root is not None else None
    ids = [_id(item) for item in _items(listed)]
    # "shared" may be left out; any other list that isn't one has been noted, or will be.
    complete = isinstance(listed, SeqNode) or (root is not None and key == "shared")
    return Known(what, dict.fromkeys(filter(None, ids)), complete and all(ids))


def _shapes(roots: Roots) -> tuple[dict[str, Shape], bool]:
    shapes: dict[str, Shape] = {}
    complete = any(is_factor(name) for name in roots)
    for name, root in roots.items():
        if not is_factor(name):
            continue
        if root is None:
            complete = False
            continue
        listed = root.get("questions")
        complete = complete and (listed is None or isinstance(listed, SeqNode))
        for item in _items(listed):
            question = _id(item)
            answers = item.get("answers") if isinstance(item, MapNode) else None
            if question and isinstance(item, MapNode) and isinstance(answers, MapNode):
                kind = _word(item.get("kind"))
                traits = _answers_by_trait(answers)
                stands = f"{name}:{item.line}"
                shapes.setdefault(question, shape_of(kind, answers.entries, stands, traits))
            else:
                complete = False
    return shapes, complete


def _answers_by_trait(answers: MapNode) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for answer, (_, option) in answers.entries.items():
        listed = option.get("traits") if isinstance(option, MapNode) else None
        for trait in filter(None, map(_word, _items(listed))):
            found[trait] = (*found.get(trait, ()), answer)
    return found


def _traits(root: MapNode | None) -> dict[str, dict[str, str]]:
    """What each path is, as far as it could be read: level, approach, and its traits."""
    found: dict[str, dict[str, str]] = {}
    for item in _items(root.get("paths")) if root is not None else []:
        if not isinstance(item, MapNode) or not (path := _id(item)):
            continue
        listed = item.get("traits")
        entries = {} if not isinstance(listed, MapNode) else listed.entries
        words = {key: node for key, (_, node) in entries.items()}
        words.update({key: node for key in ("level", "approach") if (node := item.get(key))})
        found[path] = {
            trait: node.value
            for trait, node in words.items()
            if isinstance(node, ScalarNode) and node.kind in (Kind.TEXT, Kind.TRUTH)
        }
    return found


def _order(ruleset: MapNode | None) -> dict[str, int]:
    items = _items(ruleset.get("order")) if ruleset is not None else []
    order: dict[str, int] = {}
    for place, item in enumerate(items):
        order.setdefault(_word(item), place)
    return order


def _items(node: Node | None) -> list[Node]:
    return node.items if isinstance(node, SeqNode) else []


def _id(node: Node | None) -> str:
    return _word(node.get("id")) if isinstance(node, MapNode) else ""


def _word(node: Node | None) -> str:
    return node.value if isinstance(node, ScalarNode) and node.kind is Kind.TEXT else ""
