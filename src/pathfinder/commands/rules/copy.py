"""`pathfinder rules copy`: a working copy of the rules, to change.

Why this module exists: whoever changes rules starts from a whole set that holds.
"""

from typing import Annotated

import typer

from pathfinder.commands.shared import RulesOption, rules_folder


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
