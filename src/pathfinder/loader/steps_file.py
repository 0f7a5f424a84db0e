"""steps.yaml and supports.yaml: the texts of alerts, first steps and supports.

The rules that fire them stand in the factor files. It must not read those.
"""

from __future__ import annotations

from typing import Final

from pathfinder.engine.ruleset import Alert, FirstStep, Support
from pathfinder.loader.fields import GROUNDS, KEBAB, Fields, Form, Reader
from pathfinder.loader.ids import Names
from pathfinder.loader.sources_file import Passages, grounds
from pathfinder.loader.syntax.nodes import MapNode

STEPS: Final = Form(
    "steps.yaml",
    {
        "alerts": ("an alert+", "What is said before all else, the most urgent first."),
        "steps": (
            "a first step+",
            "What comes before any path, in the order in which it is shown.",
        ),
    },
)
ALERT: Final = Form(
    "an alert",
    {
        "id": ("kebab", "Its name in rules and results."),
        "title": ("text", "What to do, in a few words."),
        "text": ("text", "Why, and how."),
        "lines": ("kind of help line+", "The kinds of help lines that it shows."),
        "hold?": ("truth", "The paths wait until the person is safe."),
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
                grounds=grounds(reader, fields, item, names),
                in_short=_in_short(reader, fields),
                for_counselor=passages.one(reader, fields.get("for_counselor")).text,
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
            )
        )
    return tuple(alerts), tuple(steps)


def _lines(reader: Reader, step: Fields, names: Names) -> tuple[str, ...]:
    node = step.get("lines")
    return () if node is None else reader.names(node, names.line_kinds)


def _in_short(reader: Reader, alert: Fields) -> str:
    node = alert.get("in_short")
    return "" if node is None else reader.text(node)


def supports_file(reader: Reader, root: MapNode | None, names: Names) -> tuple[Support, ...]:
    """The things to add to any path, in the order of the file."""
    file = reader.fields(root, SUPPORTS)
    taken: dict[str, str] = {}
    supports = []
    for item in reader.items(file.get("supports"), "a list of supports"):
        fields = reader.fields(item, SUPPORT)
        supports.append(
            Support(
                id=reader.new_id(fields.get("id"), KEBAB, taken),
                title=reader.text(fields.get("title")),
                text=reader.text(fields.get("text")),
                grounds=grounds(reader, fields, item, names),
            )
        )
    return tuple(supports)
