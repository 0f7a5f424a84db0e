"""`pathfinder help`: the topics that belong to no single command.

Why this module exists: people ask for help by a word, not by an option.
"""

import sys
from typing import Annotated

import typer

from pathfinder.commands.shared import names_below, one_of, print_page


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
