"""`pathfinder rules test`: try the examples and the people of a rule set.

Why this module exists: it joins reading, trying and telling, and knows the exit code.
"""

# ruff: noqa: PT028 - pytest never sees this function, which ends in the name of its command.

import json
from typing import Annotated

import typer

from pathfinder.commands.shared import (
    DirectoryArgument,
    FormatOption,
    RulesOption,
    folder_named,
    format_named,
    put_right_first,
)
from pathfinder.errors import ExitCode, PathfinderError

ALL = 100.0
"""What no person reaches was tried on nobody. Whoever lets that be says so."""


def test_(
    context: typer.Context,
    directory: DirectoryArgument = None,
    threshold: Annotated[
        str | None,
        typer.Option(
            "--threshold",
            metavar="PERCENT",
            help="Fail if the people reach less than this share of rules, answers or paths."
            " Default: 100.",
            show_default=False,
        ),
    ] = None,
    format_: FormatOption = None,
    rules: RulesOption = None,
) -> None:
    form = format_named(format_, ("text", "json"))
    least = ALL if threshold is None else _share(threshold)
    from pathfinder.loader.load import load_rules
    from pathfinder.loader.rule_files import built_in
    from pathfinder.ruletools.cases.case_file import read_cases
    from pathfinder.ruletools.cases.judge import run_trials
    from pathfinder.ruletools.cases.report import as_data, lines

    named = folder_named(context, directory, rules)
    folder = named or built_in()
    with put_right_first(named):
        rule_set = load_rules(named)
        cases = read_cases(rule_set, folder)
    trials = run_trials(rule_set, cases)
    if form == "json":
        print(json.dumps(as_data(rule_set, trials, folder, least), indent=2))
    else:
        print("\n".join(lines(rule_set, trials, folder, least)))
    if not trials.hold or trials.below(least):
        raise typer.Exit(ExitCode.RULES)


def _share(found: str) -> float:
    """A share in percent, from 0 to 100, as it was typed."""
    try:
        share = float(found)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 100:  # which is never so of "nan"
        from pathfinder.sanitize import quoted

        raise PathfinderError(
            f"--threshold: expected a number from 0 to 100; found {quoted(found)}."
        )
    return share


test_.__test__ = False  # type: ignore[attr-defined]  # a command, and no test of ours
