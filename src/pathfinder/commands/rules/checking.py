"""`pathfinder rules check`, `test` and `explain`: what is wrong with a rule set, and why.

Why this module exists: it gives the checks a folder and today's date, and the people of `cases/`
to the rules, and prints what was found in the form that is asked for; each code has its page.
"""

# ruff: noqa: PT028 - pytest never sees `test`, which has the name of its command.

import json
import os
from typing import Annotated

import typer

from pathfinder.commands.shared import (
    AllOption,
    DirectoryArgument,
    FormatOption,
    RulesOption,
    folder_named,
    format_named,
    put_right_first,
)
from pathfinder.errors import MOST_TOLD, ExitCode, PathfinderError

_FORMATS = ("text", "json", "github")


def check(
    context: typer.Context,
    directory: DirectoryArgument = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="text|json|github",
            help="text (default); github marks lines in a pull request, default in its builds.",
            show_default=False,
        ),
    ] = None,
    all_: AllOption = False,
    rules: RulesOption = None,
) -> None:
    in_a_build = os.environ.get("GITHUB_ACTIONS") == "true"
    form = format_named("github" if format_ is None and in_a_build else format_, _FORMATS)
    folder = folder_named(context, directory, rules)
    from datetime import date

    from pathfinder.loader.rule_files import built_in
    from pathfinder.ruletools.check import run_checks
    from pathfinder.ruletools.check.formats import as_github, as_json, as_text

    findings = run_checks(folder or built_in(), date.today())
    as_a_person_reads = as_text(findings, most=None if all_ else MOST_TOLD)
    lines = {"text": as_a_person_reads, "json": as_json(findings), "github": as_github(findings)}
    for line in lines[form]:
        print(line)
    if findings.errors:
        raise typer.Exit(ExitCode.RULES)


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


def explain_code(
    code: Annotated[
        str | None,
        typer.Argument(
            metavar="[CODE]", help="The code of a finding. None: all codes.", show_default=False
        ),
    ] = None,
) -> None:
    from pathfinder.ruletools.check.formats import contents, page
    from pathfinder.ruletools.check.registry import by_code

    checks = by_code()
    for line in contents() if code is None else page(checks[_known(code, tuple(checks))]):
        print(line)


def _known(code: str, codes: tuple[str, ...]) -> str:
    """The code, if there is such a check. A list of all hundred would hide the nearest."""
    if code in codes:
        return code
    from pathfinder.sanitize import quoted
    from pathfinder.suggest import did_you_mean

    hint = did_you_mean(code, codes)
    more = "See all: pathfinder rules explain"
    raise PathfinderError(f"CODE: there is no check {quoted(code)}.{hint} {more}")
