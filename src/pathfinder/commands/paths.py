"""`pathfinder paths`: the paths, or everything about one.

Why this module exists: a person may want to look before they answer anything.
"""

from typing import Annotated

import typer

from pathfinder.commands.shared import RulesOption, load, path_named, print_page


def paths(
    context: typer.Context,
    path: Annotated[
        str | None, typer.Argument(metavar="[PATH]", help="One path, in full.", show_default=False)
    ] = None,
    rules: RulesOption = None,
) -> None:
    from pathfinder.pages.views import all_paths, one_path

    rule_set = load(context, rules)
    print_page(
        all_paths(rule_set) if path is None else one_path(rule_set, path_named(rule_set, path))
    )
