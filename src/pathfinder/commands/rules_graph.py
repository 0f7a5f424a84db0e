"""`pathfinder rules graph`: what hangs on what, as a picture or as an outline.

Why this module exists: before a rule is changed, someone wants to see what it touches.
"""

import sys
from typing import Annotated

import typer

from pathfinder.commands.shared import RulesOption, load, one_of


def graph(
    context: typer.Context,
    directory: Annotated[
        str | None,
        typer.Argument(
            metavar="[DIR]",
            help="The folder of the rule set. Default: as --rules.",
            show_default=False,
        ),
    ] = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="mermaid|text",
            help="mermaid: a picture that GitHub draws. text: indented lines.",
        ),
    ] = "mermaid",
    rules: RulesOption = None,
) -> None:
    """Show which question leads where, and what each factor feeds."""
    form = one_of("--format", format_, ("mermaid", "text"))
    from pathfinder.authoring.graph import graph_of

    shown = graph_of(load(context, directory if directory is not None else rules))
    if form == "text":
        from pathfinder.authoring.outline import outline

        sys.stdout.write(outline(shown))
        return
    from pathfinder.authoring.mermaid import mermaid

    sys.stdout.write(mermaid(shown))
