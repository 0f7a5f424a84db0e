"""The check `twin-label`: its manual page, an example, and what looks for it."""

from collections import Counter
from collections.abc import Iterator

from pathfinder.loader.syntax.nodes import MapNode, Node, SeqNode
from pathfinder.ruletools.check.context import Book, Entry, Found, Severity, word
from pathfinder.ruletools.check.written import alike, sentences

FAMILY = "language"
PAGE = """Two answers of a question that read the same, or two questions, or two paths.

Nobody can choose between two things with one name, and what one person meant by the first
another means by the second. A path whose texts are mostly those of another path is a
warning: so it is after copying one, until its own are written.

To put it right, say what tells them apart, or make one of the two. What is so for both may
stand once, under `shared`.
"""
CODE = "twin-label"
SEVERITY = Severity.ERROR
FILE = "factors/home.yaml"
GOOD = "steady: A steady place"
BAD = "steady: nowhere"

_MANY = 5  # sentences in common: two paths of one kind may well share some
_LONG = 4  # words of a sentence
_NOT_SAID = ("sources", "judgement", "when", "traits")


def check(book: Book) -> Iterator[Found]:
    questions = list(book.entries("questions"))
    for question in questions:
        answers = question.node.get("answers")
        if isinstance(answers, MapNode):
            labels = [(id_, _label(node)) for id_, (_, node) in answers.entries.items()]
            own = [(key, question.node.get(key)) for key in ("unsure", "skip")]
            yield from _twins(book, [(question.file, each) for each in (*labels, *own)])
    yield from _twins(book, [(q.file, (q.id, q.node.get("ask"))) for q in questions])
    paths = list(book.in_file("paths.yaml", "paths"))
    yield from _twins(book, [(p.file, (p.id, p.node.get("name"))) for p in paths])
    yield from _twins(
        book, [(p.file, (p.id, p.node.get("brief") or p.node.get("name"))) for p in paths]
    )
    for file, section in (("steps.yaml", "alerts"), ("steps.yaml", "steps")):
        steps = book.in_file(file, section)
        yield from _twins(book, [(s.file, (s.id, s.node.get("title"))) for s in steps])
    supports = book.in_file("supports.yaml", "supports")
    yield from _twins(book, [(s.file, (s.id, s.node.get("title"))) for s in supports])
    yield from _twin_texts(book)


def _twin_texts(book: Book) -> Iterator[Found]:
    """Paths that say most of what they say in the words of one path above them."""
    said_by: dict[tuple[str, ...], list[Entry]] = {}
    for path in book.in_file("paths.yaml", "paths"):
        own = set(_own_sentences(path.node))
        by: Counter[str] = Counter()
        for words in own:
            by.update(other.id for other in said_by.get(words, ()))
            said_by.setdefault(words, []).append(path)
        for other, same in by.most_common(1):
            if same >= _MANY and 2 * same >= len(own):
                message = f"{path.id} says {same} of its {len(own)} sentences as {other} does"
                at = path.at()
                yield book.found(path.file, at, message, severity=Severity.WARNING)


def _own_sentences(node: Node) -> Iterator[tuple[str, ...]]:
    """The sentences that stand in a path itself; short ones are said alike by many."""
    if isinstance(node, MapNode):
        for key, (_, value) in node.entries.items():
            if key not in _NOT_SAID:
                yield from _own_sentences(value)
    elif isinstance(node, SeqNode):
        for item in node.items:
            yield from _own_sentences(item)
    else:
        for sentence in sentences(word(node)):
            words = alike(sentence)
            if len(words) >= _LONG:
                yield words


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
