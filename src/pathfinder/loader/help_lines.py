"""Whom to call or write to, by country: help_lines.yaml.

Why this module exists: a number is the last line of every result, and each says where and when
it was read, what it is for, and for whom it is made.

It must not call a number checked: nobody dialled it.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from pathfinder.engine.ruleset import HelpLine, Region
from pathfinder.loader.conditions import optional_condition
from pathfinder.loader.fields import KEBAB, Form, Reader
from pathfinder.loader.ids_and_answers import Names
from pathfinder.loader.syntax.nodes import MapNode, Node
from pathfinder.sanitize import quoted

HELP_LINES: Final = Form(
    "help_lines.yaml",
    {
        "default": ("region", "The country that is taken when none is named."),
        "elsewhere": ("a region", "What stands for every country that isn't listed."),
        "regions": ("a region+", "The countries whose lines we know."),
    },
)
REGION: Final = Form(
    "a region",
    {
        "id": ("kebab", "Its name for `--region`."),
        "name": ("text", "The country as people read it."),
        "lines": ("a help line+", "Whom to call or write to."),
        "aliases?": ("kebab*", "Other names for `--region`."),
    },
)
LINE: Final = Form(
    "a help line",
    {
        "id": ("kebab", "Its name in results."),
        "name": ("text", "What it is called."),
        "number": ("text", "Whom to call or write to, in quotes."),
        "when": ("text", "When to use it, and when it is there."),
        "kinds": ("kind of help line+", "What it is for."),
        "seen_on": ("day", "The day on which somebody last looked it up."),
        "seen_at": ("text", "Where it was looked up."),
        "told_when?": ("condition", "A result names it only where this is known to hold."),
        "for_some?": ("truth", "It is made for some people alone, such as women."),
    },
)


class HelpLines(NamedTuple):
    regions: tuple[Region, ...]
    default: str
    elsewhere: Region


def help_lines_file(reader: Reader, root: MapNode | None, names: Names) -> HelpLines:
    """Every region in the order of the file, the default, and what stands for all others."""
    file = reader.fields(root, HELP_LINES)
    regions_taken: dict[str, str] = {}
    lines_taken: dict[str, str] = {}

    def region(node: Node | None) -> Region:
        return _region(reader, node, names, regions_taken, lines_taken)

    elsewhere = region(file.get("elsewhere"))
    regions = [region(item) for item in reader.items(file.get("regions"), "a list of regions")]
    default_node = file.get("default")
    default = reader.name(default_node, names.regions)
    if default_node is not None and default and default == elsewhere.id:
        reader.note(default_node, "unknown-region", f"{quoted(default)} can't be the default")
    return HelpLines(tuple(regions), default, elsewhere)


def _region(
    reader: Reader,
    node: Node | None,
    names: Names,
    regions_taken: dict[str, str],
    lines_taken: dict[str, str],
) -> Region:
    fields = reader.fields(node, REGION)
    region = reader.new_id(fields.get("id"), KEBAB, regions_taken)
    aliases = [
        reader.new_id(item, KEBAB, regions_taken)
        for item in reader.items(fields.get("aliases"), "a list of other names", least=0)
    ]
    lines = []
    for item in reader.items(fields.get("lines"), "a list of help lines"):
        line = reader.fields(item, LINE)
        lines.append(
            HelpLine(
                id=reader.new_id(line.get("id"), KEBAB, lines_taken),
                name=reader.text(line.get("name")),
                number=reader.text(line.get("number")),
                when=reader.text(line.get("when")),
                region=region,
                kinds=reader.names(line.get("kinds"), names.line_kinds),
                seen_on=reader.day(line.get("seen_on")),
                seen_at=reader.text(line.get("seen_at")),
                told_when=optional_condition(reader, line.get("told_when"), names),
                for_some=reader.truth(line.get("for_some")),
            )
        )
    return Region(region, reader.text(fields.get("name")), tuple(aliases), tuple(lines))
