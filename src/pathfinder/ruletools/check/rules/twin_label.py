"""The check `twin-label`: its manual page, an example, and what looks for it."""

from collections.abc import Iterator

from pathfinder.loader.syntax.nodes import MapNode, Node
from pathfinder.ruletools.check.context import Book, Found, Severity, word
from pathfinder.ruletools.check.written import alike

FAMILY = "language"
PAGE = """Two answers of a question that read the same, or two questions, or two paths.

Nobody can choose between two things with one name, and what one person meant by the first
another means by the second.

To put it right, say what tells them apart, or make one of the two.
"""
CODE = "twin-label"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
GOOD = "steady: A steady place"
BAD = "steady: nowhere"


def check(book: Book) -> Iterator[Found]:
    questions = list(book.entries("questions"))
    for question in questions:
        answers = question.node.get("answers")
        if isinstance(answers, MapNode):
            labels = [(id_, _label(node)) for id_, (_, node) in answers.entries.items()]
            own = [(key, question.node.get(key)) for key in ("unsure", "skip")]
            yield from _twins(book, [(question.file, each) for each in (*labels, *own)])
    yield from _twins(book, [(q.file, (q.id, q.node.get("ask"))) for q in questions])
    paths = book.in_file("paths.yaml", "paths")
    yield from _twins(book, [(p.file, (p.id, p.node.get("name"))) for p in paths])


def _label(node: Node) -> Node | None:
    return node.get("label") if isinstance(node, MapNode) else node


def _twins(book: Book, labels: list[tuple[str, tuple[str, Node | None]]]) -> Iterator[Found]:
    seen: dict[tuple[str, ...], str] = {}
    for file, (name, node) in labels:
        said = alike(word(node))
        if node is None or not said:
            continue
        if said in seen:
            yield book.found(file, node, f"{name} reads the same as {seen[said]}")
        seen.setdefault(said, name)
