"""`pathfinder rules verify`: proves the statements of a rule set for everybody.

Why this module exists: the options of the proof, where its verdicts go, and the exit code.
It proves nothing itself.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pathfinder.commands.rules_shared import put_right_first
from pathfinder.commands.shared import FormatOption, RulesOption, one_of, rules_folder
from pathfinder.errors import CantWrite, ExitCode, PathfinderError

if TYPE_CHECKING:
    from pathfinder.proof import Statement, Verdict


def verify(
    context: typer.Context,
    directory: Annotated[
        str | None,
        typer.Argument(
            metavar="[DIR]",
            help="The folder of the rules. Default: the rules in use.",
            show_default=False,
        ),
    ] = None,
    rules: RulesOption = None,
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="ID", help="Prove this statement; may be repeated."),
    ] = None,
    time_limit: Annotated[
        float,
        typer.Option("--time-limit", metavar="SECONDS", help="Stop after this many seconds."),
    ] = 300,
    save_case: Annotated[
        str | None,
        typer.Option(
            "--save-case",
            metavar="FILE",
            help="Write whoever breaks a statement as a case.",
            show_default=False,
        ),
    ] = None,
    format_: FormatOption = None,
) -> None:
    """Prove the statements of checks.yaml for every set of answers.

    Needs the extra [verify], which brings the solver z3.
    """
    form = one_of("--format", format_ or "text", ("text", "json"))
    if not time_limit > 0:
        raise PathfinderError("--time-limit needs more than 0 seconds.")
    from pathfinder.load import load_rules
    from pathfinder.proof import answer_sets, prove, read_statements
    from pathfinder.proof.telling import as_data, told

    folder = rules_folder(context, rules if directory is None else directory)
    with put_right_first(folder):
        rule_set = load_rules(folder)
        statements = read_statements(rule_set, folder)
    ids = tuple(statement.id for statement in statements)
    for name in only or ():
        one_of("--only", name, ids)
    verdicts = prove(rule_set, statements, only=only or None, time_limit=time_limit)
    sets = answer_sets(rule_set)
    if form == "json":
        print(json.dumps(as_data(rule_set, statements, verdicts, sets), indent=2))
    else:
        for line in told(rule_set, statements, verdicts, sets):
            print(line)
    if save_case is not None:
        _save(save_case, statements, verdicts)
    if not all(verdict.holds is True for verdict in verdicts):
        raise typer.Exit(ExitCode.RULES)


def _save(name: str, statements: "tuple[Statement, ...]", verdicts: "tuple[Verdict, ...]") -> None:
    """Write the first broken statement that somebody stands for."""
    from pathfinder.proof.case import as_case
    from pathfinder.text import clean

    by_id = {statement.id: statement for statement in statements}
    for verdict in verdicts:
        text = as_case(by_id[verdict.statement], verdict)
        if text is not None:
            break
    else:
        typer.echo("No case is written: nobody was found who breaks a statement.", err=True)
        return
    shown = clean(name)
    try:
        with Path(name).open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise CantWrite(f"{shown} is there already. Name another file.") from None
    except (OSError, ValueError) as error:
        reason = clean(getattr(error, "strerror", None) or str(error))
        raise CantWrite(f"{shown} can't be written: {reason}.") from None
    typer.echo(f"{verdict.statement}: its case is in {shown}", err=True)
