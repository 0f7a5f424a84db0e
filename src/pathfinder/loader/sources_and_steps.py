"""What a person is told to do beside the paths, and what every text rests on.

Why this module exists: no statement of the rule set may stand without a source or a judgement
that the developers own. First of all those of steps.yaml and supports.yaml.

It must not judge whether a source says what it is cited for (people do that), or read the rules
that fire them: these stand in the factor files.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pathfinder.engine.question import Citation, Grounds, LeftOut, Passage, Source
from pathfinder.engine.ruleset import Alert, FirstStep, Support, WordsBeside
from pathfinder.loader.conditions import optional_condition, paths_meant
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
        "warns?": ("truth", "It warns, or is for an emergency: a sheet of one page has it always."),
        "emergency?": ("truth", "It begins with what an emergency is: the short answer has that."),
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
        return Passage(
            text=reader.text(fields.get("text")),
            grounds=grounds(reader, fields, at, self.names),
            when=optional_condition(reader, fields.get("when"), self.names),
            lines=_lines(reader, fields, self.names),
            warns=reader.truth(fields.get("warns")),
            emergency=reader.truth(fields.get("emergency")),
        )


def _lines(reader: Reader, fields: Fields, names: Names) -> tuple[str, ...]:
    node = fields.get("lines")
    return () if node is None else reader.names(node, names.line_kinds)


STEPS: Final = Form(
    "steps.yaml",
    {
        "alerts": ("an alert+", "What is said before all else, the most urgent first."),
        "steps": ("a first step+", "What comes before any path, in the order that is shown."),
    },
)
ALERT: Final = Form(
    "an alert",
    {
        "id": ("kebab", "Its name in rules and results."),
        "title": ("text", "What to do, in a few words."),
        "text": ("text", "Why, and how."),
        "texts?": ("passage+", "Other texts, each for people of whom the one above isn't true."),
        "lines": ("kind of help line+", "The kinds of help lines that it shows."),
        "hold?": ("truth", "The paths wait until the person is safe."),
        "read_first?": ("truth", "It says how to hide the screen, so it stands before the rest."),
        "in_short?": ("text", "The same in one line, for a page with little room."),
        "for_counselor?": ("passage", "What a counselor does who sits with the person."),
        **GROUNDS,
    },
)
STEP: Final = Form(
    "a first step",
    {
        "id": ("kebab", "Its name in rules and results."),
        "title": ("text", "What to do, in a few words."),
        "titles?": ("passage+", "Other titles, each for people of whom the one above isn't true."),
        "moves": ("a move of a first step+", "How to do it."),
        "lines?": ("kind of help line+", "The kinds of help lines that the answer names for it."),
    },
)
SUPPORTS: Final = Form(
    "supports.yaml", {"supports": ("a support+", "What can be added to any path.")}
)
SUPPORT: Final = Form(
    "a support",
    {
        "id": ("kebab", "Its name in rules and results."),
        "title": ("text", "Its name as people read it."),
        "text": ("text", "What it is, and how to get it."),
        **GROUNDS,
        "stands_for?": ("path", "The path that this is, taken beside another one."),
        "refused_when?": (
            "condition",
            "Answers that say no to it, or that it is there: no plan adds it.",
        ),
        "beside?": ("other words of a support+", "Its words where those above aren't true."),
    },
)
BESIDE: Final = Form(
    "other words of a support",
    {
        "paths?": ("paths meant", "The first paths beside which they stand; any, if left out."),
        "when?": ("condition", "For whom they stand; for everybody, if left out."),
        "title": ("text", "Its name as people read it there."),
        "text": ("text", "What it is there, and how to get it."),
        **GROUNDS,
    },
)


def steps_file(
    reader: Reader, root: MapNode | None, names: Names, passages: Passages
) -> tuple[tuple[Alert, ...], tuple[FirstStep, ...]]:
    """Alerts and first steps, each in the order of the file."""
    file = reader.fields(root, STEPS)
    taken: dict[str, str] = {}
    alerts = []
    for item in reader.items(file.get("alerts"), "a list of alerts"):
        fields = reader.fields(item, ALERT)
        alerts.append(
            Alert(
                id=reader.new_id(fields.get("id"), KEBAB, taken),
                title=reader.text(fields.get("title")),
                text=reader.text(fields.get("text")),
                lines=reader.names(fields.get("lines"), names.line_kinds),
                hold=reader.truth(fields.get("hold")),
                read_first=reader.truth(fields.get("read_first")),
                grounds=grounds(reader, fields, item, names),
                in_short=reader.text(fields.get("in_short")),
                for_counselor=passages.one(reader, fields.get("for_counselor")).text,
                texts=passages.several(reader, fields.get("texts")),
            )
        )
    taken = {}
    steps = []
    for item in reader.items(file.get("steps"), "a list of first steps"):
        fields = reader.fields(item, STEP)
        steps.append(
            FirstStep(
                id=reader.new_id(fields.get("id"), KEBAB, taken),
                title=reader.text(fields.get("title")),
                moves=passages.moves(reader, fields.get("moves")),
                lines=_lines(reader, fields, names),
                titles=passages.several(reader, fields.get("titles")),
            )
        )
    return tuple(alerts), tuple(steps)


def supports_file(reader: Reader, root: MapNode | None, names: Names) -> tuple[Support, ...]:
    """The things to add to any path, in the order of the file."""
    file = reader.fields(root, SUPPORTS)
    taken: dict[str, str] = {}
    supports = []
    for item in reader.items(file.get("supports"), "a list of supports"):
        fields = reader.fields(item, SUPPORT)
        path, beside = fields.get("stands_for"), fields.get("beside")
        supports.append(
            Support(
                id=reader.new_id(fields.get("id"), KEBAB, taken),
                title=reader.text(fields.get("title")),
                text=reader.text(fields.get("text")),
                grounds=grounds(reader, fields, item, names),
                stands_for=None if path is None else reader.name(path, names.paths),
                refused_when=optional_condition(reader, fields.get("refused_when"), names),
                beside=() if beside is None else _beside(reader, beside, names),
            )
        )
    return tuple(supports)


def _beside(reader: Reader, node: Node, names: Names) -> tuple[WordsBeside, ...]:
    made = []
    for item in reader.items(node, "a list of other words"):
        fields = reader.fields(item, BESIDE)
        paths = fields.get("paths")
        made.append(
            WordsBeside(
                paths=tuple(names.traits) if paths is None else paths_meant(reader, paths, names),
                when=optional_condition(reader, fields.get("when"), names),
                title=reader.text(fields.get("title")),
                text=reader.text(fields.get("text")),
                grounds=grounds(reader, fields, item, names),
            )
        )
    return tuple(made)
