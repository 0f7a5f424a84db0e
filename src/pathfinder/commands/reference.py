"""What is looked up, without a person: `paths`, `compare`, `sources`, `help-lines`, `help`.

Why this module exists: whoever looks something up isn't asked anything. Most people choose
between two paths, not among ten, so two can be seen side by side. And people ask for help by a
word, not by an option: the topics belong to no single command.
"""

import sys
from typing import Annotated

import typer

from pathfinder.commands.shared import (
    RegionOption,
    RulesOption,
    answers_in,
    load,
    names_below,
    one_of,
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


def sources(context: typer.Context, rules: RulesOption = None) -> None:
    from pathfinder.pages.views import all_sources

    print_page(all_sources(load(context, rules)))


def help_lines(
    context: typer.Context, region: RegionOption = None, rules: RulesOption = None
) -> None:
    from pathfinder.pages.views import all_help_lines

    rule_set = load(context, rules)
    print_page(all_help_lines(rule_set, region or rule_set.default_region))


def help_(
    context: typer.Context,
    topic: Annotated[
        str | None,
        typer.Argument(
            metavar="[TOPIC]",
            help="accessibility, privacy, environment or exit-codes; a command; or man.",
            show_default=False,
        ),
    ] = None,
) -> None:
    from pathfinder.pages.help_topics import TOPICS, all_topics

    if topic is None:
        print_page(all_topics())
        return
    top = context.find_root()
    one_of("TOPIC", topic, (*TOPICS, "man", *names_below(top)))
    if topic == "man":
        from pathfinder.commands.outline import man_page

        sys.stdout.write(man_page(top.command))
        return
    if topic in TOPICS:
        print_page(TOPICS[topic]())
        return
    top.command.main([topic, "--help"])
