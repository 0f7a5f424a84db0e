"""`pathfinder rules graph`: what hangs on what, as a picture or as an outline.

Why this module exists: before a rule is changed, someone wants to see what it touches.
"""

import sys
from typing import Annotated

import typer

from pathfinder.commands.shared import DirectoryArgument, RulesOption, folder_named, format_named


def graph(
    context: typer.Context,
    directory: DirectoryArgument = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="mermaid|text",
            help="mermaid (default): a picture that GitHub draws. text: indented lines.",
            show_default=False,
        ),
    ] = None,
    rules: RulesOption = None,
) -> None:
    form = format_named(format_, ("mermaid", "text"))
    from pathfinder.loader.load import load_rules
    from pathfinder.ruletools.author.graph import graph_of

    shown = graph_of(load_rules(folder_named(context, directory, rules)))
    if form == "text":
        from pathfinder.ruletools.author.graph import outline

        sys.stdout.write(outline(shown))
        return
    from pathfinder.ruletools.author.graph import mermaid

    sys.stdout.write(mermaid(shown))
