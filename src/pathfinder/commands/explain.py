"""`pathfinder explain`: every step from the answers to the recommendation.

Why this module exists: a person may ask why, a counselor has to.
"""

import os
from typing import TYPE_CHECKING, Annotated

import typer

from pathfinder.commands.sessions.shared import PassphraseFdOption
from pathfinder.commands.shared import (
    OutputOption,
    RegionOption,
    RulesOption,
    answers_in,
    kind_by_ending,
    load,
    one_of,
    path_named,
    rules_folder,
)
from pathfinder.errors import PathfinderError

if TYPE_CHECKING:
    from pathfinder.engine.question import Answers
    from pathfinder.engine.ruleset import RuleSet


def explain(
    context: typer.Context,
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE|SESSION|-",
            help="Answers in YAML or JSON, or the id of a session. A file with that name wins.",
        ),
    ],
    path: Annotated[
        str | None,
        typer.Option("--path", metavar="PATH", help="All that speaks for and against this path."),
    ] = None,
    why_not: Annotated[
        str | None,
        typer.Option("--why-not", metavar="PATH", help="Why this path isn't first."),
    ] = None,
    what_if: Annotated[
        bool, typer.Option("--what-if", help="How firm the result is, and what would change it.")
    ] = False,
    numbers: Annotated[
        bool, typer.Option("--numbers", help="Show the points that rank the paths.")
    ] = False,
    sources: Annotated[
        bool, typer.Option("--sources", help="Name the source of each reason.")
    ] = False,
    format_: Annotated[
        str,
        typer.Option("--format", metavar="text|json|md", help="text, json or md (Markdown)."),
    ] = "text",
    output: OutputOption = None,
    region: RegionOption = None,
    passphrase_fd: PassphraseFdOption = None,
    rules: RulesOption = None,
) -> None:
    form = one_of("--format", format_, ("text", "json", "md"))
    if kind_by_ending(file) == "jsonl":
        raise PathfinderError("One person at a time. For a stream: pathfinder recommend --explain")
    rule_set = load(context, rules)
    for name in (path, why_not):
        if name is not None:
            path_named(rule_set, name)
    from pathfinder.commands.result import write_explanation
    from pathfinder.pages.explanation import Wanted

    answers = _answers(context, rules, rule_set, file, passphrase_fd)
    asked = Wanted(path, why_not, what_if, numbers, sources)
    write_explanation(rule_set, answers, form, output, region, asked)


def _answers(
    context: typer.Context,
    rules: str | None,
    rule_set: "RuleSet",
    file: str,
    passphrase_fd: int | None,
) -> "Answers":
    """Those of the file; where there is none of that name, those of the session."""
    if file != "-" and not os.path.lexists(file):
        from pathfinder.commands.session_answers import answers_of, may_be_session

        # Nobody is asked for a passphrase because of a mistyped file name.
        if may_be_session(file):
            return answers_of(context, rules, rule_set, file, passphrase_fd)
    if passphrase_fd is not None:
        raise PathfinderError("--passphrase-fd goes with a session.")
    return answers_in(rule_set, file, rules_folder(context, rules))
