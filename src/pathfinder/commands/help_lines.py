"""`pathfinder help-lines`: numbers to call right now.

Why this module exists: somebody in danger must not have to answer a question first. So this
asks nothing, and the screen shows the numbers of one country and how to see the others.
"""

import typer

from pathfinder.commands.shared import RegionOption, RulesOption, load, print_page


def help_lines(
    context: typer.Context, region: RegionOption = None, rules: RulesOption = None
) -> None:
    from pathfinder.pages.views import all_help_lines

    rule_set = load(context, rules)
    print_page(all_help_lines(rule_set, region or rule_set.default_region))
