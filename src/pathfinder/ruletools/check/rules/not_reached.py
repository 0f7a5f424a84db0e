"""The check `not-reached`: its manual page, an example, and what looks for it."""

from collections.abc import Iterator

from pathfinder.engine.conditions import Condition, Leaf, NoneOf
from pathfinder.engine.question import NONE, Question
from pathfinder.engine.ruleset import RuleSet
from pathfinder.loader.syntax.nodes import MapNode, Node, SeqNode
from pathfinder.ruletools.check.context import Book, Found, Needs, Severity, word
from pathfinder.ruletools.check.written import arguments

FAMILY = "rules"
PAGE = """A path, or an answer with traits beside it, that the rules pass over.

A path or a substance that is added must not slip past the rules for its kind. A path is
reached by a gate, by a barrier, or by a reason that names a trait of it. An answer of a
question whose answers carry traits is reached by a rule whose condition holds for it by
trait or by name. And where rules list every other path of a level by id, a new path of that
level was most likely forgotten there.

To put it right, give it the traits of what it is, or name it where it belongs. Rules that
list paths should name what these share instead, such as {level: [intensive, day]}.
"""
CODE = "not-reached"
SEVERITY = Severity.ERROR
NEEDS = Needs.ALL
FILE = "factors/home.yaml"
GOOD = "paths: {approach: either}"
BAD = "paths: [groups]"

_FEW = 2  # others of a level at least: one path named alone says nothing of a kind


def check(book: Book) -> Iterator[Found]:
    yield from _paths(book)
    for entry in book.entries("questions"):
        question = book.rules.question_by_id[entry.id]
        answers = entry.node.get("answers")
        if isinstance(answers, MapNode):
            for answer in _passed_over(book.rules, question):
                at = answers.entries[answer][0]
                message = f"no rule reaches {answer}, by a trait or by name"
                yield book.found(entry.file, at, message)


def _paths(book: Book) -> Iterator[Found]:
    rules = book.rules
    reached = {path for gate in rules.gates for path in gate.set_aside}
    reached |= {path for barrier in rules.barriers for path in barrier.paths}
    reached |= _by_trait(book)
    lists = list(_lists(book))
    spoken_of = _spoken_of(rules)
    for entry in book.in_file("paths.yaml", "paths"):
        path = rules.path_by_id[entry.id]
        if path.id not in reached:
            message = f"no gate, no barrier and no reason's trait reaches the path {path.id}"
            yield book.found(entry.file, entry.at(), message)
        others = {p.id for p in rules.paths if p.level == path.level} - {path.id}
        if len(others) < _FEW:
            continue
        without = [
            name
            for name, answer, ids in lists
            if others <= ids and path.id not in ids | spoken_of.get((name, answer), set())
        ]
        if without:
            number = "1 rule names" if len(without) == 1 else f"{len(without)} rules name"
            message = f"{number} every other {path.level} path, and not {path.id}"
            yield book.found(entry.file, entry.at(), f"{message}: {', '.join(without[:3])}")


def _by_trait(book: Book) -> set[str]:
    """The paths that some reason reaches by what they are."""
    traits = book.names.traits
    return {
        path
        for each in arguments(book)
        if isinstance(each.paths, MapNode)
        for path, own in traits.items()
        if all(_has(own.get(trait), node, book) for trait, (_, node) in each.paths.entries.items())
    }


def _has(value: str | None, node: Node, book: Book) -> bool:
    if isinstance(node, MapNode):  # levels: at_least, at_most
        levels = list(book.names.levels.ids)
        bounds = {op: levels.index(word(at)) for op, (_, at) in node.entries.items()}
        place = levels.index(value) if value in levels else -1
        return bounds.get("at_least", 0) <= place <= bounds.get("at_most", len(levels))
    items = node.items if isinstance(node, SeqNode) else [node]
    return value in {getattr(item, "value", None) for item in items}


def _lists(book: Book) -> Iterator[tuple[str, str, set[str]]]:
    """The paths that a rule lists by id, with its name, and its answer in a table of reasons."""
    for entry in book.rule_entries():
        for key in ("set_aside", "paths"):
            yield entry.id, "", _ids(entry.node.get(key))
    for each in arguments(book):
        yield each.table, each.answer, _ids(each.paths)


def _spoken_of(rules: RuleSet) -> dict[tuple[str, str], set[str]]:
    """The paths for which a row has an argument: none of them was forgotten there."""
    return {
        (table.id, answer): {path for argument in row.arguments for path in argument.paths}
        for table in rules.reasons
        for answer, row in table.rows.items()
    }


def _ids(node: Node | None) -> set[str]:
    return {word(item) for item in node.items} if isinstance(node, SeqNode) else set()


def _passed_over(rules: RuleSet, question: Question) -> Iterator[str]:
    if not any(option.traits for option in question.options):
        return
    named = {
        answer
        for rule in rules.every_rule
        for condition in (rule.when, rule.unless)
        for leaf in _positive(condition)
        if leaf.question == question.id and leaf.op != "answered"
        for answer in leaf.accepts
    }
    for option in question.options:
        if option.id != NONE and option.id not in named:
            yield option.id


def _positive(condition: Condition | None) -> Iterator[Leaf]:
    """What a condition asks for; what it asks to be absent is left out."""
    if isinstance(condition, Leaf):
        yield condition
    elif condition is not None and not isinstance(condition, NoneOf):
        for part in condition.parts:
            yield from _positive(part)
