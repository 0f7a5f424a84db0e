"""Conditions, and which paths a rule means: `when` and `unless`, ids and traits.

Why this module exists: a condition is data that a counselor can read aloud. Here it becomes
the engine's own form, and whatever it names is checked. A rule that lists four programs
forgets the fifth: where the reason lies in what a path is (it brings a home; it is an
intensive program), the rule names that trait, and whoever adds a path with its traits is
covered.

It must not evaluate a condition, or know what a trait is for.

    set_aside: [residential]                          these paths
    set_aside: {level: [intensive, day], housing: false}    every path that has all of it
"""

from __future__ import annotations

from typing import Final

from pathfinder.engine.conditions import All, AnyOf, Condition, Leaf, NoneOf
from pathfinder.engine.question import NONE, SKIP, UNSURE
from pathfinder.loader.fields import Known, Reader
from pathfinder.loader.ids_and_answers import Names, Shape
from pathfinder.loader.syntax.nodes import Kind, MapNode, Node, ScalarNode, SeqNode, is_bad
from pathfinder.sanitize import quoted
from pathfinder.suggest import suggestion

NOTHING: Final = All(())
"""Stands in for a condition that couldn't be read."""

_GROUPS: Final[dict[str, type[All] | type[AnyOf] | type[NoneOf]]] = {
    "all": All,
    "any": AnyOf,
    "none": NoneOf,
}
_ONE_NAME: Final = ("at_least", "at_most", "includes")
_BY_TRAIT: Final = ("trait", "two_with")
_OPS: Final = (*_ONE_NAME, "includes_any", "exactly", *_BY_TRAIT, "answered")
_NAMED: Final = "holds"


def condition(reader: Reader, node: Node | None, names: Names) -> Condition:
    """A condition as written under `when` and the like."""
    if node is None:
        return NOTHING
    if not isinstance(node, MapNode):
        reader.wrong(node, "a condition, a mapping like {home: steady}")
        return NOTHING
    if not node.entries:
        reader.note(node, "empty-condition", "this condition is empty; name a question")
        return NOTHING
    parts: list[Condition] = []
    for key, (at, value) in node.entries.items():
        if key in _GROUPS:
            items = reader.items(value, f'a list of conditions under "{key}"')
            parts.append(_GROUPS[key](tuple([condition(reader, item, names) for item in items])))
        elif key == _NAMED:
            parts.extend(_named(reader, value, names))
        elif key in names.shapes:
            parts.extend(_leaves(reader, key, names.shapes[key], value))
        elif at.kind is not Kind.BAD and names.questions.complete:
            reader.unknown(at, "question", key, [*names.shapes, *_GROUPS, _NAMED])
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _named(reader: Reader, node: Node, names: Names) -> list[Condition]:
    """A condition that ruleset.yaml gives a name, so that it is written once."""
    known = Known("named condition", dict.fromkeys(names.conditions))
    name = reader.name(node, known)
    return [names.conditions[name]] if name in names.conditions else []


def optional_condition(reader: Reader, node: Node | None, names: Names) -> Condition | None:
    return None if node is None else condition(reader, node, names)


def conjuncts(condition: Condition) -> tuple[Condition, ...]:
    """The parts that must all hold, whatever way that was written."""
    if isinstance(condition, All):
        return tuple(part for inner in condition.parts for part in conjuncts(inner))
    return (condition,)


def _leaves(reader: Reader, question: str, shape: Shape, node: Node) -> list[Condition]:
    """What one question's entry asks; a mapping with two operators means both."""
    if isinstance(node, MapNode):
        if not node.entries:
            message = f"nothing is asked of {question} here; write an answer, or one of: "
            reader.note(node, "empty-condition", message + ", ".join(_OPS))
        leaves: list[Condition] = []
        for op, (at, value) in node.entries.items():
            if op in _OPS:
                leaf = _compared(reader, question, shape, op, at, value)
                if leaf is not None:
                    leaves.append(leaf)
            elif at.kind is not Kind.BAD:
                said = f"unknown test {quoted(op)}{suggestion(op, _OPS)}"
                reader.note(at, "unknown-test", said)
        return leaves
    if isinstance(node, SeqNode):
        if shape.kind == "many":
            message = f"{question} takes several answers; write {{includes_any: […]}}"
            reader.note(node, "use-includes-any", message)
            return []
        answers = answers_named(reader, question, shape, node)
        return [Leaf(question, "is", answers, frozenset(answers))]
    answer = _answer(reader, question, shape, node)
    if not answer:
        return []
    op = "exactly" if shape.kind == "many" else "is"
    return [Leaf(question, op, (answer,), frozenset((answer,)))]


def _compared(
    reader: Reader, question: str, shape: Shape, op: str, at: ScalarNode, node: Node
) -> Leaf | None:
    if op == "answered":
        if not isinstance(node, ScalarNode) or node.kind is not Kind.TRUTH:
            reader.wrong(node, "true or false, without quotes")
            return None
        return Leaf(question, op, (node.value,), frozenset((node.value,)))
    if op in ("at_least", "at_most"):
        if shape.kind in ("one", "many"):
            message = f"{question} has no order, so {op} can't be asked of it; name its answers"
            reader.note(at, "no-order", message)
            return None
        answer = _answer(reader, question, shape, node)
        if not answer:
            return None
        place = shape.answers.index(answer)
        accepts = shape.answers[place:] if op == "at_least" else shape.answers[: place + 1]
        return Leaf(question, op, (answer,), frozenset(accepts))
    if shape.kind in ("one", "scale"):
        message = f"{question} takes one answer, so {op} can't be asked of it"
        reader.note(at, "not-many", f"{message}; write {{{question}: …}}")
        return None
    answers: tuple[str, ...]
    if op in _BY_TRAIT:
        trait = reader.name(node, Known("trait", dict.fromkeys(shape.traits)))
        having = shape.traits.get(trait, ())
        if op == "two_with" and len(having) == 1:
            message = f"only {having[0]} of {question} has the trait {trait}; two can't be named"
            reader.note(node, "not-many", message)
        return Leaf(question, op, (trait,), frozenset(having)) if having else None
    if op == "includes":
        answer = _answer(reader, question, shape, node, leave_out=NONE)
        answers = (answer,) if answer else ()
    else:
        answers = answers_named(reader, question, shape, node, leave_out=NONE)
    if NONE in answers:
        message = f"{op} never holds for none; write {{{question}: none}}"
        reader.note(node, "includes-none", message)
    return Leaf(question, op, answers, frozenset(answers)) if answers else None


def answers_named(
    reader: Reader, question: str, shape: Shape, node: Node, *, leave_out: str = ""
) -> tuple[str, ...]:
    """A list of answers of one question, each once. `leave_out`: an answer not to be offered."""
    answers: dict[str, None] = {}
    for item in reader.items(node, f"a list of answers of {question}"):
        answer = _answer(reader, question, shape, item, leave_out=leave_out)
        if answer and answer in answers:
            reader.note(item, "repeated", f"{quoted(answer)} stands here twice; keep one")
        elif answer:
            answers[answer] = None
    return tuple(answers)


def _answer(reader: Reader, question: str, shape: Shape, node: Node, *, leave_out: str = "") -> str:
    offered = [answer for answer in shape.answers if answer != leave_out]
    if not isinstance(node, ScalarNode) or node.kind is not Kind.TEXT:
        if not is_bad(node):
            reader.wrong(node, f"an answer of {question}, one of: {', '.join(offered)}")
        return ""
    if node.value in shape.answers:
        return node.value
    if node.value in (UNSURE, SKIP):
        message = f"{node.value} can't be tested by name; write {{{question}: {{answered: false}}}}"
        reader.note(node, "use-answered", message)
    else:
        reader.unknown(node, "answer", node.value, offered, of=question, stands=shape.stands)
    return ""


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
