"""`pathfinder rules check`: every slip in a rule set, in one run.

Why this module exists: it gives the checks a folder and today's date, and prints what
they found in the form that is asked for.
"""

import os
from typing import Annotated

import typer

from pathfinder.commands.shared import DirectoryArgument, RulesOption, folder_named, format_named
from pathfinder.errors import ExitCode

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
    printed = {"text": as_text, "json": as_json, "github": as_github}[form]
    for line in printed(findings):
        print(line)
    if findings.errors:
        raise typer.Exit(ExitCode.RULES)
