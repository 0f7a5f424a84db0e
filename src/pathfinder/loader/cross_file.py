"""What only the whole rule set shows: files, orders and questions that don't meet.

It must not repeat what one file's own reader has noted.
"""

from __future__ import annotations

from collections.abc import Mapping

from pathfinder.errors import Problem
from pathfinder.loader.factor_file import Factors
from pathfinder.loader.fields import Reader
from pathfinder.loader.ids import Names, Roots
from pathfinder.loader.syntax.nodes import MapNode, Node, SeqNode
from pathfinder.sanitize import quoted


def check_whole(
    roots: Roots, labels: Mapping[str, str], names: Names, factors: Factors, problems: list[Problem]
) -> None:
    """Note what doesn't meet between ruleset.yaml and the factor files."""
    ruleset = roots.get("ruleset.yaml")
    if ruleset is None:
        return
    reader = Reader(labels["ruleset.yaml"], problems)
    _factors_have_files(reader, ruleset, roots)
    _questions_are_in_order(ruleset, names, factors, problems)


def _factors_have_files(reader: Reader, ruleset: MapNode, roots: Roots) -> None:
    for item in _items(ruleset.get("factors")):
        at = item.get("id") if isinstance(item, MapNode) else None
        name = getattr(at, "value", "")
        if at is not None and name and f"factors/{name}.yaml" not in roots:
            message = f"the factor {quoted(name)} has no file factors/{name}.yaml"
            reader.note(at, "missing-file", message)


def _questions_are_in_order(
    ruleset: MapNode, names: Names, factors: Factors, problems: list[Problem]
) -> None:
    if ruleset.get("order") is None:
        return
    for question, place in factors.question_ids.items():
        if question not in names.order:
            file, _, line = place.rpartition(":")
            message = f"the question {quoted(question)} isn't in order of ruleset.yaml; add it"
            problems.append(Problem(file, int(line), 1, "not-in-order", message))


def _items(node: Node | None) -> list[Node]:
    return node.items if isinstance(node, SeqNode) else []
