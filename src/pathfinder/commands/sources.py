"""`pathfinder sources`: what the rules rest on.

Why this module exists: whoever trusts a sentence may ask who wrote what it stands on, and
what that publisher may gain. It needs no answers and no quiz.
"""

import typer

from pathfinder.commands.shared import RulesOption, load, print_page


def sources(context: typer.Context, rules: RulesOption = None) -> None:
    from pathfinder.pages.views import all_sources

    print_page(all_sources(load(context, rules)))
