"""`pathfinder rules copy`, `schema` and `graph`: what whoever changes rules begins with.

Why this module exists: a change starts from a whole set that holds, in an editor that knows the
keys, with a picture of what hangs on what.
"""

import sys
from typing import Annotated

import typer

from pathfinder.commands.shared import (
    DirectoryArgument,
    RulesOption,
    folder_named,
    format_named,
    rules_folder,
)


def copy(
    context: typer.Context,
    directory: Annotated[str, typer.Argument(metavar="DIR", help="A new folder for the copy.")],
    rules: RulesOption = None,
) -> None:
    from pathfinder.ruletools.author.copy import (
        README,
        SCHEMA,
        counselors_readme,
        folder_of,
        write_copy,
        yaml_files,
    )
    from pathfinder.ruletools.author.schema import schema_text
    from pathfinder.sanitize import clean

    folder = rules_folder(context, rules)
    schema = schema_text(folder)  # also says what doesn't hold, before anything is copied
    files = {
        **yaml_files(folder_of(folder)),
        SCHEMA: schema.encode(),
        README: counselors_readme(),
    }
    write_copy(files, directory)
    shown = clean(directory)
    print(f"Copied {len(files)} files to {shown}. What to do next stands in {shown}/README.md.")


def schema(
    context: typer.Context,
    directory: DirectoryArgument = None,
    rules: RulesOption = None,
) -> None:
    from pathfinder.ruletools.author.schema import schema_text

    sys.stdout.write(schema_text(folder_named(context, directory, rules)))


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
