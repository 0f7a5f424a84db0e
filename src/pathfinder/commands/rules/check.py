"""`pathfinder rules check`: every slip in a rule set, in one run.

Why this module exists: it gives the checks a folder and today's date, and prints what
they found in the form that is asked for.
"""

import os
from typing import Annotated

import typer

from pathfinder.commands.shared import (
    AllOption,
    DirectoryArgument,
    RulesOption,
    folder_named,
    format_named,
)
from pathfinder.errors import MOST_TOLD, ExitCode

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
