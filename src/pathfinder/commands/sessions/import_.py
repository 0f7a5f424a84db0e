"""`pathfinder sessions import`: an agency's own rows as sessions, by a mapping.

Why this module exists: an agency sees what Pathfinder would have said of its own last year
before anyone types. Every row is read first; with one problem in them none is kept. Rows that
stand there already are passed over, so an import that was cut off is simply run again.

It must not guess: what a row doesn't say stays unknown.
"""

from typing import Annotated

import typer

from pathfinder.commands.sessions.shared import PassphraseFdOption, opened_or_new, say, stopping
from pathfinder.commands.shared import AllOption, RulesOption, load


def import_(
    context: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="Rows: CSV with a head, or JSON lines (.jsonl).")
    ],
    mapping: Annotated[
        str,
        typer.Option(
            "--map",
            metavar="teds-a|FILE",
            help="Which columns say what: a YAML file, or teds-a for the columns of SAMHSA.",
        ),
    ],
    passphrase_fd: PassphraseFdOption = None,
    all_: AllOption = False,
    rules: RulesOption = None,
) -> None:
    from pathfinder.sessions.mapping_file import read_mapping
    from pathfinder.sessions.rows import read_rows

    rule_set = load(context, rules)
    mapped = read_mapping(rule_set, mapping)
    rows = read_rows(rule_set, mapped, file)
    vault = opened_or_new(passphrase_fd)  # the rows hold: nobody types a passphrase in vain
    from pathfinder.sessions import messages
    from pathfinder.sessions.bring_in import bring_in

    with stopping(messages.IMPORT_STOPPED):
        done = bring_in(vault, rule_set, rows, mapped.id)
    say(*messages.brought_in(done.new, done.there))
