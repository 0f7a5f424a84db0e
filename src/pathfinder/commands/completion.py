"""`pathfinder completion`: the Tab key in bash, zsh and fish.

Why this module exists: nobody should have to remember a path's id or an option.

The ids are those of the rule set in use when the script is made, ours or that of `--rules`.
"""

import sys
from typing import Annotated

import typer

from pathfinder.commands.shared import RulesOption, load, names_below, one_of


def completion(
    context: typer.Context,
    shell: Annotated[str, typer.Argument(metavar="bash|zsh|fish", help="Which shell you use.")],
    rules: RulesOption = None,
) -> None:
    from pathfinder.commands.outline import SHELLS, outline
    from pathfinder.pages.help_topics import TOPICS
    from pathfinder.ruletools.check.registry import by_code

    one_of("SHELL", shell, tuple(SHELLS))
    rule_set = load(context, rules)
    top = context.find_root()
    known = {
        "PATH": tuple(rule_set.path_by_id),
        "--region": tuple(region.id for region in rule_set.regions),
        "CODE": tuple(by_code()),
        "TOPIC": (*TOPICS, "man", *names_below(top)),
    }
    sys.stdout.write(SHELLS[shell](outline(top.command, known)))
