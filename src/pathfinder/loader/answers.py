"""Answers as written, checked against the questions: normal form, or every problem.

Why this module exists: answers stand in answer files, in JSON, in plain data and
in the `fires` and `quiet` of rules, and must be held to the same rules with the
same words everywhere.

It must not read files or know whether a question applies.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pathfinder.engine.question import NONE, SKIP, UNSURE, Answer
from pathfinder.loader.fields import Reader
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
