"""`pathfinder sessions report`: what an agency counts, by month, and nobody in it.

Why this module exists: how often counselors agree, and why not, is what an agency learns from.
A small number points to a person, so it isn't told.
"""

from datetime import date
from typing import Annotated

import typer

from pathfinder.commands.sessions.shared import (
    OverwriteOption,
    PassphraseFdOption,
    fits_overwrite,
    opened,
    say,
)
from pathfinder.commands.shared import OutputOption, RulesOption, load, one_of, print_page
from pathfinder.errors import PathfinderError


def report(
    context: typer.Context,
    format_: Annotated[str, typer.Option("--format", metavar="text|csv")] = "text",
    output: OutputOption = None,
    overwrite: OverwriteOption = False,
    passphrase_fd: PassphraseFdOption = None,
    rules: RulesOption = None,
) -> None:
    form = one_of("--format", format_, ("text", "csv"))
    fits_overwrite(overwrite, output)
    if form == "text" and output is not None:
        raise PathfinderError("--output goes with --format csv.")
    vault = opened(passphrase_fd)
    from pathfinder.commands.preferences import read_config
    from pathfinder.output import write_out
    from pathfinder.sessions import read
    from pathfinder.sessions.export import as_csv
    from pathfinder.sessions.report import figures_by_month
    from pathfinder.sessions.report_page import NOTHING, report_page, report_rows

    config = read_config()
    say(*config.slips)
    rule_set = load(context, rules)
    found = []
    for id_ in vault.stamps("sessions"):
        try:
            found.append(read(vault, id_))
        except PathfinderError as error:
            say(f"{error} It is left out.")
    least = config.smallest_count
    months = figures_by_month(rule_set, found, least, date.today())
    if not months:
        say(NOTHING)
    elif form == "csv":
        write_out(as_csv(report_rows(months, least)), output, overwrite=overwrite)
    else:
        print_page(report_page(rule_set, months, least))
