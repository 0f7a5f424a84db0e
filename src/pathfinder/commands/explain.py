"""`pathfinder explain`: every step from the answers to the recommendation.

Why this module exists: a person may ask why, a counselor has to.
"""

from typing import Annotated

import typer

from pathfinder.commands.shared import (
    OutputOption,
    RegionOption,
    RulesOption,
    kind_by_ending,
    load,
    one_of,
    path_named,
)
from pathfinder.errors import PathfinderError


def explain(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="Answers in YAML or JSON.")],
    path: Annotated[
        str | None,
        typer.Option("--path", metavar="PATH", help="All that speaks for and against this path."),
    ] = None,
    why_not: Annotated[
        str | None,
        typer.Option("--why-not", metavar="PATH", help="Why this path isn't first."),
    ] = None,
    what_if: Annotated[
        bool, typer.Option("--what-if", help="How firm the result is, and what would change it.")
    ] = False,
    numbers: Annotated[
        bool, typer.Option("--numbers", help="Show the points that rank the paths.")
    ] = False,
    sources: Annotated[
        bool, typer.Option("--sources", help="Name the source of each reason.")
    ] = False,
    format_: Annotated[
        str,
        typer.Option("--format", metavar="text|json|md", help="text, json or md (Markdown)."),
    ] = "text",
    output: OutputOption = None,
    region: RegionOption = None,
    rules: RulesOption = None,
) -> None:
    """Explain the result: for and against, how firm, and what would change it."""
    form = one_of("--format", format_, ("text", "json", "md"))
    if kind_by_ending(file) == "jsonl":
        raise PathfinderError("One person at a time. For a stream: pathfinder recommend --explain")
    rule_set = load(context, rules)
    for name in (path, why_not):
        if name is not None:
            path_named(rule_set, name)
    from pathfinder.answers import read_answers
    from pathfinder.commands.result import write_explanation
    from pathfinder.show.explanation import Asked

    asked = Asked(path, why_not, what_if, numbers, sources)
    write_explanation(rule_set, read_answers(rule_set, file), form, output, region, asked)
