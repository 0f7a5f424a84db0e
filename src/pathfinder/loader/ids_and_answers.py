"""Which ids exist, and answers as written held to them: normal form, or every problem.

Why this module exists: a condition in one file names a question of another, and a misspelt
name must get the nearest one whatever the order of the files: so ids are gathered from all
files before any of them is read closely. And answers stand in answer files, in JSON, in plain
data and in the `fires` and `quiet` of rules, and must be held to the same rules with the same
words everywhere.

It must not read files, note a problem of the ids (the modules that read the files do), or know
whether a question applies.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pathfinder.engine.conditions import Condition
from pathfinder.engine.question import NONE, SKIP, UNSURE, Answer
from pathfinder.loader.fields import Known, Reader
from pathfinder.loader.syntax.nodes import Kind, MapNode, Node, ScalarNode, SeqNode, is_bad
from pathfinder.sanitize import quoted


class Shape(NamedTuple):
    """What a question takes. `normal`: bare word -> the answer it stands for.

    `listed`: item of a list -> its place in the order of the options. `stands`: the
    file of the question within the rule set, with the line if it is known; empty where
    whoever writes answers doesn't look into rules. `traits`: trait -> the answers with it.
    """

    kind: str
    answers: tuple[str, ...]
    normal: Mapping[str, Answer]
    listed: Mapping[str, int]
    stands: str = ""
    traits: Mapping[str, tuple[str, ...]] = {}


def shape_of(
    kind: str,
    answers: Iterable[str],
    stands: str = "",
    traits: Mapping[str, tuple[str, ...]] | None = None,
) -> Shape:
    """The shape of a question of this kind with these answers, in their order."""
    answers = tuple(answers)
    if kind == "many":
        normal: dict[str, Answer] = {UNSURE: UNSURE, SKIP: SKIP}
        if NONE in answers:
            normal[NONE] = (NONE,)
        listed = {answer: place for place, answer in enumerate(answers) if answer != NONE}
        return Shape(kind, answers, normal, listed, stands, traits or {})
    return Shape(kind, answers, {word: word for word in (*answers, UNSURE, SKIP)}, {}, stands)


def check_answer_nodes(
    reader: Reader, node: MapNode, shapes: Mapping[str, Shape], *, complete: bool = True
) -> dict[str, Answer]:
    """The answers in normal form. Problems are noted with `reader`.

    Not `complete`: some questions couldn't be read, so unknown ones aren't noted.
    """
    answers: dict[str, Answer] = {}
    for question, (at, value) in node.entries.items():
        shape = shapes.get(question)
        if shape is None:
            if at.kind is not Kind.BAD and complete:
                reader.unknown(at, "question", question, shapes)
            continue
        answer = (_many if shape.kind == "many" else _single)(reader, question, shape, value)
        if answer is not None:
            answers[question] = answer
    return answers


def _single(reader: Reader, question: str, shape: Shape, node: Node) -> Answer | None:
    expected = _one_of(shape)
    if isinstance(node, ScalarNode) and node.kind is Kind.TEXT:
        if node.value in shape.normal:
            return shape.normal[node.value]
        _unknown(reader, question, shape, node, shape.normal)
    elif is_bad(node):
        reader.expected_too(node, expected)
    else:
        reader.wrong(node, f"one answer for {question}, {expected}")
    return None


def _many(reader: Reader, question: str, shape: Shape, node: Node) -> Answer | None:
    alone = [word for word in (UNSURE, SKIP, NONE) if word in shape.normal]
    every = [*shape.answers, UNSURE, SKIP]
    expected = f"a list like [{shape.answers[0]}], or the bare word {' or '.join(alone)}"
    if isinstance(node, ScalarNode):
        if node.kind is Kind.TEXT:
            if node.value in shape.normal:
                return shape.normal[node.value]
            if node.value in shape.listed:
                message = f"{question} takes several answers; write [{node.value}]"
                reader.note(node, "not-a-list", message)
            else:
                _unknown(reader, question, shape, node, every)
        elif node.kind is Kind.BAD:
            reader.expected_too(node, expected)
        else:
            reader.wrong(node, expected)
        return None
    if not isinstance(node, SeqNode):
        reader.wrong(node, expected)
        return None
    if not node.items:
        message = f"expected at least one answer of {question}; found an empty list."
        reader.note(node, "empty-list", f"{message} Leave the question out if it has no answer")
        return None
    return _listed(reader, question, shape, node.items, every)


def _listed(
    reader: Reader, question: str, shape: Shape, items: list[Node], every: list[str]
) -> Answer | None:
    chosen: dict[str, int] = {}
    held = True
    for item in items:
        if not isinstance(item, ScalarNode) or item.kind is not Kind.TEXT:
            if is_bad(item):
                reader.expected_too(item, _one_of(shape))
            else:
                reader.wrong(item, f"one answer of {question}, {_one_of(shape)}")
        elif item.value in chosen:
            message = f"{quoted(item.value)} stands twice under {question}; keep one"
            reader.note(item, "repeated", message)
        elif item.value in shape.listed:
            chosen[item.value] = shape.listed[item.value]
            continue
        elif item.value in shape.normal:
            if len(items) == 1:
                return shape.normal[item.value]
            message = f"{quoted(item.value)} can't stand beside another answer of {question}"
            reader.note(item, "not-alone", message)
        else:
            _unknown(reader, question, shape, item, every)
        held = False
    return tuple(sorted(chosen, key=chosen.__getitem__)) if held else None


def _unknown(
    reader: Reader, question: str, shape: Shape, node: ScalarNode, answers: Iterable[str]
) -> None:
    reader.unknown(node, "answer", node.value, answers, of=question, stands=shape.stands)


def _one_of(shape: Shape) -> str:
    return "one of: " + ", ".join([*shape.answers, UNSURE, SKIP])


LINE_KINDS = ("emergency", "suicide", "drugs", "violence", "poison", "gambling", "shelter")
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
