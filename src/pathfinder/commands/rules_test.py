"""`pathfinder rules test`: try the examples and the people of a rule set.

Why this module exists: it joins reading, trying and telling, and knows the exit code.
"""

# ruff: noqa: PT028 - pytest never sees this function, which ends in the name of its command.

import json
from typing import Annotated

import typer

from pathfinder.commands.rules_shared import put_right_first
from pathfinder.commands.shared import FormatOption, RulesOption, one_of, rules_folder
from pathfinder.errors import ExitCode, PathfinderError


def test_(
    context: typer.Context,
    directory: Annotated[
        str | None,
        typer.Argument(
            metavar="[DIR]",
            help="The folder of the rule set. Default: as --rules.",
            show_default=False,
        ),
    ] = None,
    threshold: Annotated[
        float | None,
        typer.Option(
            "--threshold",
            metavar="PERCENT",
            help="Fail if the people reach less than this share of rules, answers or paths.",
            show_default=False,
        ),
    ] = None,
    format_: FormatOption = None,
    rules: RulesOption = None,
) -> None:
    """Try the examples and the people of a rule set, and name what nobody tries."""
    form = one_of("--format", format_ or "text", ("text", "json"))
    if threshold is not None and not 0 <= threshold <= 100:
        raise PathfinderError(f"--threshold: {threshold:g} is not a share from 0 to 100.")
    from pathfinder.load import load_rules
    from pathfinder.loading.files import built_in
    from pathfinder.trials.cases import read_cases
    from pathfinder.trials.report import as_data, lines
    from pathfinder.trials.run import run_trials

    folder = rules_folder(context, directory if directory is not None else rules)
    with put_right_first(folder):
        rule_set = load_rules(folder)
        cases = read_cases(rule_set, folder or built_in())
    trials = run_trials(rule_set, cases)
    if form == "json":
        print(json.dumps(as_data(rule_set, trials), indent=2))
    else:
        print("\n".join(lines(rule_set, trials, threshold)))
    if not trials.hold or (threshold is not None and trials.below(threshold)):
        raise typer.Exit(ExitCode.RULES)


test_.__test__ = False  # type: ignore[attr-defined]  # a command, and no test of ours
