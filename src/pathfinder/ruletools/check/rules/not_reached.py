"""The check `not-reached`: its manual page, an example, and what looks for it."""

from collections.abc import Iterator

from pathfinder.engine.conditions import Condition, Leaf, NoneOf
from pathfinder.engine.question import NONE, Question
from pathfinder.engine.ruleset import Path, RuleSet
from pathfinder.loader.syntax.nodes import MapNode, Node, SeqNode
from pathfinder.ruletools.check.context import Book, Found, Needs, Severity, listed, word
from pathfinder.ruletools.check.written import arguments
from pathfinder.ruletools.verify.statements import FILE as PROMISES

FAMILY = "rules"
PAGE = """A path, or an answer with traits beside it, that the rules pass over.

A path or a substance that is added must not slip past the rules for its kind. A path is
reached by a gate, by a barrier, or by a reason that names a trait of it. An answer of a
question whose answers carry traits is reached by a rule whose condition holds for it by
trait or by name. And where rules list every other path of a level, an approach or a family
by id, in one place or in several of one table, a new one was most likely forgotten there.
In tables of reasons, which rank and set nothing aside, that is a warning. So it was where
a statement in checks.yaml lists all that are alike in level and traits.

To put it right, give it the traits of what it is, or name it where it belongs. Rules and
statements that list paths should name what these share instead, such as {level:
[intensive, day]}. Where a statement leaves it out on purpose, say so above its list.
"""
CODE = "not-reached"
SEVERITY = Severity.ERROR
NEEDS = Needs.ALL
FILE = "factors/home.yaml"
GOOD = "paths: {approach: either}"
BAD = "paths: [groups]"

_FEW = 2  # others of a kind at least: one path named alone says nothing of a kind
_FORBIDS = ("not_ranked", "not_first_path")


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
    passing = _passing(book)
    tables = {table.id for table in rules.reasons}
    for entry in book.in_file("paths.yaml", "paths"):
        path = rules.path_by_id[entry.id]
        if path.id not in reached:
            message = f"no gate, no barrier and no reason's trait reaches the path {path.id}"
            yield book.found(entry.file, entry.at(), message)
        told: set[tuple[str, ...]] = set()
        for kind, names in passing.get(path.id, {}).items():
            ranking = tuple(name for name in names if name in tables)
            others = tuple(name for name in names if name not in tables)
            for some, mild in ((others, None), (ranking, Severity.WARNING)):
                if some and some not in told:
                    told.add(some)
                    number = "1 rule names" if len(some) == 1 else f"{len(some)} rules name"
                    message = f"{number} every other {kind}, and not {path.id}: "
                    message += ", ".join(some[:3])
                    yield book.found(entry.file, entry.at(), message, severity=mild)
    yield from _promises(book)


def _passing(book: Book) -> dict[str, dict[str, list[str]]]:
    """Path -> what it is -> the rules that list all others that are so, and speak of it nowhere."""
    kinds = _kinds(book.rules)
    found: dict[str, dict[str, dict[str, None]]] = {}
    for name, ids, spoken_of in _lists(book):
        for kind, members in kinds.items():
            left = members - ids
            if len(left) == 1 and not left <= spoken_of and len(members) > _FEW:
                (path,) = left
                found.setdefault(path, {}).setdefault(kind, {})[name] = None
    return {path: {kind: list(names) for kind, names in of.items()} for path, of in found.items()}


def _kinds(rules: RuleSet) -> dict[str, set[str]]:
    """The paths of each level, approach and family, in words: what else is a yes or a no."""
    found: dict[str, set[str]] = {}
    for path in rules.paths:
        found.setdefault(f"{path.level} path", set()).add(path.id)
    for path in rules.paths:
        for trait, value in (("approach", path.approach), *path.traits):
            if value not in ("true", "false"):
                found.setdefault(f"path with {trait} {value}", set()).add(path.id)
    return found


# --- statements ---------------------------------------------------------------------------


def _promises(book: Book) -> Iterator[Found]:
    """The lists of statements that leave out one path which is as all that they name are."""
    statements = listed(PROMISES, book.promises, "statements") if book.promises else ()
    for statement in statements:
        musts = statement.node.get("must")
        for must in musts.items if isinstance(musts, SeqNode) else ():
            then = must.get("then") if isinstance(must, MapNode) else None
            for key in _FORBIDS:
                node = then.get(key) if isinstance(then, MapNode) else None
                for path, shared in _left_out(book.rules, _ids(node)):
                    message = (
                        f"{statement.id} lists every other path with {shared}, and not {path};"
                        f" add it, or name what they are in place of the list"
                    )
                    yield book.found(PROMISES, node or statement.node, message)


def _left_out(rules: RuleSet, ids: set[str]) -> Iterator[tuple[str, str]]:
    """The one path beyond the list within its levels and with all that its paths share."""
    own = {path.id: _what_it_is(path) for path in rules.paths}
    if len(ids) < _FEW:
        return
    shared = set.intersection(*(own[path] for path in ids))
    levels = [rules.level_rank[rules.path_by_id[path].level] for path in ids]
    alike = {
        path.id
        for path in rules.paths
        if shared <= own[path.id] and min(levels) <= rules.level_rank[path.level] <= max(levels)
    }
    left = alike - ids
    if shared and len(left) == 1:
        yield left.pop(), ", ".join(sorted(shared))


def _what_it_is(path: Path) -> set[str]:
    return {f"approach: {path.approach}", *(f"{trait}: {value}" for trait, value in path.traits)}


# --- rules --------------------------------------------------------------------------------


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


def _lists(book: Book) -> Iterator[tuple[str, set[str], set[str]]]:
    """Who lists paths by id, which, and of which it speaks beside that.

    A table of reasons may spread its list over arguments and rows: then it is one list, of which
    a path that the table speaks of anywhere was not forgotten.
    """
    for entry in book.rule_entries():
        for key in ("set_aside", "paths"):
            yield entry.id, _ids(entry.node.get(key)), set()
    row: dict[tuple[str, str], set[str]] = {}
    table: dict[str, set[str]] = {}
    for each in book.rules.reasons:
        for answer, reasons in each.rows.items():
            paths = {path for argument in reasons.arguments for path in argument.paths}
            row[each.id, answer] = paths
            table.setdefault(each.id, set()).update(paths)
    spread: dict[str, set[str]] = {}
    for one in arguments(book):
        yield one.table, _ids(one.paths), row.get((one.table, one.answer), set())
        spread.setdefault(one.table, set()).update(_ids(one.paths))
    for name, ids in spread.items():
        yield name, ids, table.get(name, set())


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
