"""What texts rest on: sources.yaml, `sources`, `judgement`, and passages.

Why this module exists: no statement of the rule set may stand without a source
or a judgement that the developers own.

It must not judge whether a source says what it is cited for: people do that.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pathfinder.engine.question import Citation, Grounds, LeftOut, Passage, Source
from pathfinder.loader.conditions import optional_condition
from pathfinder.loader.fields import GROUNDS, KEBAB, Fields, Form, Key, Reader
from pathfinder.loader.ids_and_answers import Names
from pathfinder.loader.syntax.nodes import Kind, MapNode, Node, ScalarNode

SOURCES: Final = Form(
    "sources.yaml",
    {
        "sources": ("a source+", "Every source, once."),
        "left_out": ("a claim that is left out*", "What the sources say and we don't repeat."),
    },
)
SOURCE: Final = Form(
    "a source",
    {
        "id": ("kebab", "Its name in citations."),
        "title": ("text", "Its title."),
        "publisher": ("text", "Who published it."),
        "year": ("text", 'The year in quotes, or "not stated".'),
        "address": ("text", 'Where it can be read, or "not stated".'),
        "interest": ("text", 'What the publisher may gain, or "none stated".'),
    },
)
LEFT_OUT: Final = Form(
    "a claim that is left out",
    {
        "claim": ("text", "Its row in the ledger of claims."),
        "because": ("text", "Why it is left out."),
    },
)
CITATION: Final = Form(
    "a citation",
    {
        "id": ("source", "The source."),
        "section": ("text", "The heading under which it stands there."),
        "claim?": ("text", "Its row in the ledger of claims."),
    },
)
_SAID: Final[Mapping[str, Key]] = {
    "text": ("text", "What a person reads."),
    **GROUNDS,
    "when?": ("condition", "Told only to people for whom this is known to be true."),
}
PASSAGE: Final = Form("a passage", _SAID)
MOVE: Final = Form(
    "a move of a first step",
    {
        **_SAID,
        "lines?": ("kind of help line+", "The kinds of help lines that the answer names with it."),
    },
)
SHARED: Final = Form(
    "a shared passage", {"id": ("kebab", "The name that stands in place of the passage."), **_SAID}
)
_EXPECTED: Final = "a passage like {text: …, sources: […]}, or the id of a shared one"

NO_GROUNDS: Final = Grounds()
NO_PASSAGE: Final = Passage("", NO_GROUNDS)


def sources_file(
    reader: Reader, root: MapNode | None
) -> tuple[tuple[Source, ...], tuple[LeftOut, ...]]:
    """sources.yaml: every source once, and the claims left out on purpose."""
    fields = reader.fields(root, SOURCES)
    taken: dict[str, str] = {}
    sources = []
    for item in reader.items(fields.get("sources"), "a list of sources"):
        source = reader.fields(item, SOURCE)
        sources.append(
            Source(
                id=reader.new_id(source.get("id"), KEBAB, taken),
                title=reader.text(source.get("title")),
                publisher=reader.text(source.get("publisher")),
                year=reader.text(source.get("year")),
                address=reader.text(source.get("address")),
                interest=reader.text(source.get("interest")),
            )
        )
    left_out = []
    for item in reader.items(fields.get("left_out"), "a list of claims", least=0):
        claim = reader.fields(item, LEFT_OUT)
        left_out.append(LeftOut(reader.text(claim.get("claim")), reader.text(claim.get("because"))))
    return tuple(sources), tuple(left_out)


def grounds(
    reader: Reader,
    fields: Fields,
    at: Node,
    names: Names,
    *,
    default: Grounds | None = None,
) -> Grounds:
    """The `sources` and `judgement` of the entry at `at`; without them `default`, or a note."""
    sources, judgement = fields.get("sources"), fields.get("judgement")
    if sources is None and judgement is None:
        if default is None:
            message = "says nothing about where this comes from; add sources or judgement"
            reader.note(at, "no-grounds", message)
        return default or NO_GROUNDS
    citations = []
    for item in reader.items(sources, "a list of citations like {id: …, section: …}"):
        citation = reader.fields(item, CITATION)
        claim = citation.get("claim")
        citations.append(
            Citation(
                id=reader.name(citation.get("id"), names.sources),
                section=reader.text(citation.get("section")),
                claim=None if claim is None else reader.text(claim),
            )
        )
    return Grounds(tuple(citations), None if judgement is None else reader.text(judgement))


class Passages:
    """Reads passages, and stands in the shared ones where they are named by id."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.shared: Mapping[str, Passage] = {}

    def read_shared(self, reader: Reader, node: Node | None) -> None:
        """The `shared` list of paths.yaml. To be called before anything names one."""
        taken: dict[str, str] = {}
        shared: dict[str, Passage] = {}
        if node is None:
            return
        for item in reader.items(node, "a list of shared passages", least=0):
            fields = reader.fields(item, SHARED)
            shared[reader.new_id(fields.get("id"), KEBAB, taken)] = self._made(reader, fields, item)
        self.shared = shared

    def one(self, reader: Reader, node: Node | None) -> Passage:
        """A passage written here, or the id of a shared one."""
        if node is None:
            return NO_PASSAGE
        if isinstance(node, ScalarNode) and node.kind is Kind.TEXT:
            if " " in node.value:
                reader.wrong(node, _EXPECTED)
                return NO_PASSAGE
            return self.shared.get(reader.name(node, self.names.shared), NO_PASSAGE)
        return self._made(reader, reader.fields(node, PASSAGE), node)

    def several(self, reader: Reader, node: Node | None) -> tuple[Passage, ...]:
        items = reader.items(node, "a list of passages like {text: …, sources: […]}")
        return tuple([self.one(reader, item) for item in items])

    def moves(self, reader: Reader, node: Node | None) -> tuple[Passage, ...]:
        """Those of a first step, each written here: none is shared."""
        items = reader.items(node, "a list of moves like {text: …, sources: […]}")
        return tuple([self._made(reader, reader.fields(item, MOVE), item) for item in items])

    def _made(self, reader: Reader, fields: Fields, at: Node) -> Passage:
        if not fields and not isinstance(at, MapNode):
            return NO_PASSAGE
        lines = fields.get("lines")
        return Passage(
            text=reader.text(fields.get("text")),
            grounds=grounds(reader, fields, at, self.names),
            when=optional_condition(reader, fields.get("when"), self.names),
            lines=() if lines is None else reader.names(lines, self.names.line_kinds),
        )
