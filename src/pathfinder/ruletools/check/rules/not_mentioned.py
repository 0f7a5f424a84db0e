"""The check `not-mentioned`: its manual page, an example, and what looks for it."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from pathfinder.engine.question import Question
from pathfinder.loader.syntax.nodes import MapNode, Node, SeqNode
from pathfinder.ruletools.check.context import Book, Entry, Found, Needs, Severity, word
from pathfinder.ruletools.verify.statements import FILE as PROMISES

FAMILY = "rules"
PAGE = """A path, an alert, a first step or a support that no rule mentions.

Nothing speaks for such a path or against it, and nobody is ever shown such a text. Often a
rule was taken out and its text was left. An answer is told, too, if texts, rules,
questions or statements name the one that is nearest to it in traits, and not this one: a
substance that was added is then left out of what is said of its kind.

To put it right, write the rule or the reason that leads to it, or take the text out. Where
an answer is named, name the trait in its place, as in {substances: {trait: opioid}}, or
name both.
"""
CODE = "not-mentioned"
SEVERITY = Severity.WARNING
NEEDS = Needs.ALL
FILE = "supports.yaml"
GOOD = "supports:\n"
BAD = """\
supports:
  - {id: child-care, title: Child care, text: Ask who looks after them., judgement: It helps.}
"""

_MOST = 8
_TWO = 2
_EXAMPLES = ("fires", "quiet", "derived")
_TRAITS = ("trait", "two_with")
_NO_CONDITIONS = ("words.yaml", "sources.yaml", "help_lines.yaml")


def check(book: Book) -> Iterator[Found]:
    rules = book.rules
    rows = [row for table in rules.reasons for row in table.rows.values()]
    paths = {path for row in rows for argument in row.arguments for path in argument.paths}
    paths |= {path for gate in rules.gates for path in gate.set_aside}
    paths |= {path for barrier in rules.barriers for path in barrier.paths}
    supports = {rule.support for rule in rules.support_rules}
    supports |= {support for barrier in rules.barriers for support in barrier.helps}
    mentioned = {
        ("paths.yaml", "paths", "path"): paths,
        ("steps.yaml", "alerts", "alert"): {rule.alert for rule in rules.alert_rules},
        ("steps.yaml", "steps", "first step"): {rule.first for rule in rules.first_rules},
        ("supports.yaml", "supports", "support"): supports,
    }
    for (file, section, what), ids in mentioned.items():
        for entry in book.in_file(file, section):
            if entry.id not in ids:
                yield book.found(file, entry.at(), f"no rule mentions the {what} {entry.id}")
    for entry in book.entries("questions"):
        yield from _kin(book, entry)


# --- answers that are alike ---------------------------------------------------------------


def _kin(book: Book, entry: Entry) -> Iterator[Found]:
    """Answers that are passed over where the one that is nearest in traits is named."""
    question, answers = book.rules.question_by_id[entry.id], entry.node.get("answers")
    pairs = list(_nearest(question)) if isinstance(answers, MapNode) else []
    if not pairs or not isinstance(answers, MapNode):
        return
    named = _named(book, question.id)
    traits = {option.id: option.traits for option in question.options}
    for one, other, shared in pairs:
        covered = {one, *(f"trait {trait}" for trait in traits[one])}
        without = [w for w, ids in named.items() if other in ids and not ids & covered]
        turned = [where for where, ids in named.items() if one in ids and other not in ids]
        if len(without) <= len(turned):
            continue
        said = dict.fromkeys(f"{where.name} ({where.place})" for where in without)
        more = f" and {len(said) - _MOST} more" if len(said) > _MOST else ""
        message = (
            f"these name {other} and not {one}, which {shared}: {', '.join([*said][:_MOST])}{more}"
        )
        yield book.found(entry.file, answers.entries[one][0], message)


def _nearest(question: Question) -> Iterator[tuple[str, str, str]]:
    """Two answers with the same traits, or with one that these two alone have."""
    having = Counter(trait for option in question.options for trait in option.traits)
    for one in question.options:
        for other in question.options:
            both = set(one.traits) & set(other.traits)
            alone = sorted(trait for trait in both if having[trait] == _TWO)
            if one is other or not both:
                continue
            if set(one.traits) == set(other.traits):
                yield one.id, other.id, "has the same traits"
            elif alone:
                yield one.id, other.id, f"is {', '.join(alone)}, too"


class _Where(NamedTuple):
    name: str
    place: str


def _named(book: Book, question: str) -> dict[_Where, set[str]]:
    """Each condition that names answers of a question by id: where it stands, and which."""
    found: dict[_Where, set[str]] = {}
    files = {file: root for file, root in book.roots.items() if file not in _NO_CONDITIONS}
    if book.promises is not None:
        files[PROMISES] = book.promises
    for file, root in files.items():
        for name, line, ids in _conditions(root, question, file):
            where = _Where(name, f"{book.labels[file]}:{line}")
            found.setdefault(where, set()).update(ids)
    return found


def _conditions(node: Node, question: str, name: str) -> Iterator[tuple[str, int, set[str]]]:
    if isinstance(node, SeqNode):
        for item in node.items:
            yield from _conditions(item, question, name)
    if not isinstance(node, MapNode):
        return
    name = word(node.get("id")) or name
    for key, (at, value) in node.entries.items():
        if key == question:
            yield name, at.line, _answers(value)
        elif key not in _EXAMPLES:
            yield from _conditions(value, question, name)


def _answers(node: Node) -> set[str]:
    """What is named: by id, alone, in a list or after a test; and traits, marked as such."""
    if isinstance(node, MapNode):
        found: set[str] = set()
        for key, (_, value) in node.entries.items():
            found |= {f"trait {word(value)}"} if key in _TRAITS else _answers(value)
        return found
    items = node.items if isinstance(node, SeqNode) else [node]
    return {word(item) for item in items}
