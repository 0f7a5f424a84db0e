"""`pathfinder compare`: two paths side by side, and which of them some answers lean to.

Why this module exists: most people choose between two, not among ten.
"""

from typing import Annotated

import typer

from pathfinder.commands.shared import (
    RegionOption,
    RulesOption,
    answers_in,
    load,
    path_named,
    print_page,
    rules_folder,
)
from pathfinder.errors import PathfinderError


def compare(
    context: typer.Context,
    first: Annotated[str, typer.Argument(metavar="PATH")],
    second: Annotated[str, typer.Argument(metavar="PATH")],
    answers: Annotated[
        str | None,
        typer.Option(
            "--answers",
            metavar="FILE",
            help="Also say which of the two these answers lean to, and why.",
        ),
    ] = None,
    region: RegionOption = None,
    rules: RulesOption = None,
) -> None:
    from pathfinder.pages.views import two_paths

    rule_set = load(context, rules)
    left, right = path_named(rule_set, first), path_named(rule_set, second)
    side_by_side = two_paths(rule_set, left, right)
    if answers is None:
        print_page(side_by_side)
        return
    if left == right:
        raise PathfinderError("That is one path, named twice. Name another to compare it with.")
    from pathfinder.engine.decide import decide
    from pathfinder.pages.explanation import compared_for

    given = answers_in(rule_set, answers, rules_folder(context, rules))
    decision = decide(rule_set, given, region=region)
    print_page(compared_for(rule_set, given, decision, left, right, side_by_side))
