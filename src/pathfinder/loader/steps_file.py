"""steps.yaml and supports.yaml: the texts of alerts, first steps and supports.

The rules that fire them stand in the factor files. It must not read those.
"""

from __future__ import annotations

from typing import Final

from pathfinder.engine.ruleset import Alert, Step, Support
from pathfinder.loader.fields import KEBAB, Fields, Form, Reader
from pathfinder.loader.ids import Names
from pathfinder.loader.sources_file import Passages, grounds
from pathfinder.loader.syntax.nodes import MapNode

_STEPS_FILE: Final = Form("steps.yaml", "alerts steps")
_ALERT: Final = Form("an alert", "id title text lines", "hold in_short sources judgement")
_STEP: Final = Form("a first step", "id title moves")
_SUPPORTS_FILE: Final = Form("supports.yaml", "supports")
_SUPPORT: Final = Form("a support", "id title text", "sources judgement")


def steps_file(
    reader: Reader, root: MapNode | None, names: Names, passages: Passages
) -> tuple[tuple[Alert, ...], tuple[Step, ...]]:
    """Alerts and first steps, each in the order of the file."""
    file = reader.fields(root, _STEPS_FILE)
    taken: dict[str, str] = {}
    alerts = []
    for item in reader.items(file.get("alerts"), "a list of alerts"):
        fields = reader.fields(item, _ALERT)
        alerts.append(
            Alert(
                id=reader.new_id(fields.get("id"), KEBAB, taken),
                title=reader.text(fields.get("title")),
                text=reader.text(fields.get("text")),
                lines=reader.names(fields.get("lines"), names.line_kinds),
                hold=reader.truth(fields.get("hold")),
                grounds=grounds(reader, fields, item, names),
                in_short=_in_short(reader, fields),
            )
        )
    taken = {}
    steps = []
    for item in reader.items(file.get("steps"), "a list of first steps"):
        fields = reader.fields(item, _STEP)
        steps.append(
            Step(
                id=reader.new_id(fields.get("id"), KEBAB, taken),
                title=reader.text(fields.get("title")),
                moves=passages.several(reader, fields.get("moves")),
            )
        )
    return tuple(alerts), tuple(steps)


def _in_short(reader: Reader, alert: Fields) -> str:
    node = alert.get("in_short")
    return "" if node is None else reader.text(node)


def supports_file(reader: Reader, root: MapNode | None, names: Names) -> tuple[Support, ...]:
    """The things to add to any path, in the order of the file."""
    file = reader.fields(root, _SUPPORTS_FILE)
    taken: dict[str, str] = {}
    supports = []
    for item in reader.items(file.get("supports"), "a list of supports"):
        fields = reader.fields(item, _SUPPORT)
        supports.append(
            Support(
                id=reader.new_id(fields.get("id"), KEBAB, taken),
                title=reader.text(fields.get("title")),
                text=reader.text(fields.get("text")),
                grounds=grounds(reader, fields, item, names),
            )
        )
    return tuple(supports)
