"""`pathfinder rules check`: every slip in a rule set, in one run.

Why this module exists: it gives the checks a folder and today's date, and prints what
they found in the form that is asked for.
"""

import os
from pathlib import Path
from typing import Annotated

import typer

from pathfinder.commands.shared import RulesOption, one_of, rules_folder
from pathfinder.errors import ExitCode, PathfinderError

_FORMATS = ("text", "json", "github")


def check(
    context: typer.Context,
    directory: Annotated[
        str | None,
        typer.Argument(
            metavar="[DIR]", help="The rule set. Default: the one in use.", show_default=False
        ),
    ] = None,
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
    """Find every slip in a rule set. Errors exit with 1; warnings never do."""
    in_a_build = os.environ.get("GITHUB_ACTIONS") == "true"
    form = one_of("--format", format_ or ("github" if in_a_build else "text"), _FORMATS)
    if directory == "":
        raise PathfinderError("DIR needs the name of a folder.")
    from datetime import date

    from pathfinder.checks import run_checks
    from pathfinder.checks.formats import as_github, as_json, as_text
    from pathfinder.loading.files import built_in

    folder = Path(directory) if directory else rules_folder(context, rules) or built_in()
    findings = run_checks(folder, date.today())
    printed = {"text": as_text, "json": as_json, "github": as_github}[form]
    for line in printed(findings):
        print(line)
    if findings.errors:
        raise typer.Exit(ExitCode.RULES)
