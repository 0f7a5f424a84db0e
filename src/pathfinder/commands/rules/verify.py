"""`pathfinder rules verify`: proves the statements of a rule set for everybody.

Why this module exists: the options of the proof, where its verdicts go, and the exit code.
It proves nothing itself.
"""

import json
import math
from os.path import lexists
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pathfinder.commands.shared import (
    DirectoryArgument,
    FormatOption,
    RulesOption,
    folder_named,
    one_of,
    put_right_first,
)
from pathfinder.errors import CantWrite, ExitCode, PathfinderError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pathfinder.engine.ruleset import RuleSet
    from pathfinder.ruletools.verify import Statement, Verdict
    from pathfinder.ruletools.verify.circuit import Deadline
    from pathfinder.ruletools.verify.promises import Against
    from pathfinder.ruletools.verify.statements import Promises


def verify(
    context: typer.Context,
    directory: DirectoryArgument = None,
    rules: RulesOption = None,
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="ID", help="Prove this statement; may be repeated."),
    ] = None,
    against: Annotated[
        str | None,
        typer.Option(
            "--against",
            metavar="built-in|DIR",
            help="Prove the promises of these rules, too.",
            show_default=False,
        ),
    ] = None,
    time_limit: Annotated[
        str,
        typer.Option("--time-limit", metavar="SECONDS", help="Stop after this many seconds."),
    ] = "300",
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
    form = one_of("--format", "text" if format_ is None else format_, ("text", "json"))
    seconds = _seconds(time_limit)
    folder = folder_named(context, directory, rules)
    if save_case is not None:
        _look_first(save_case)
    from pathfinder.loader.load import load_rules
    from pathfinder.ruletools.verify.circuit import Deadline
    from pathfinder.ruletools.verify.promises import Against, proved, to_prove
    from pathfinder.ruletools.verify.report import Proof, as_data, told
    from pathfinder.ruletools.verify.statements_file import read_promises
    from pathfinder.ruletools.verify.workers import prove_together

    with put_right_first(folder):
        rule_set = load_rules(folder)
        promises = read_promises(rule_set, folder)
    others = None if against is None else _others(rule_set, promises, against)
    statements = promises.statements
    theirs = [] if others is None else to_prove(others.held)
    for name in only or ():
        _known(name, [*statements, *theirs])
    deadline = Deadline(seconds)
    asked = [each for each in statements if not only or each.id in only]
    theirs = [each for each in theirs if not only or each.id in only]
    found = prove_together(rule_set, [*asked, *theirs], seconds)
    verdicts = found[: len(asked)]
    if others is not None:
        held = [each for each in others.held if not only or each.promise.id in only]
        others = Against(others.name, proved(held, found[len(asked) :]))
    unnamed = () if others is not None or folder is None else _unnamed(rule_set, promises)
    proof = Proof(rule_set, promises, verdicts, _counted(rule_set, deadline), others, unnamed)
    if form == "json":
        print(json.dumps(as_data(proof), indent=2))
    else:
        for line in told(proof):
            print(line)
    if save_case is not None:
        _save(save_case, [*asked, *theirs], found)
    if not proof.holds:
        raise typer.Exit(ExitCode.RULES)


_BUILT_IN = "built-in"


def _others(rules: "RuleSet", mine: "Promises", named: str) -> "Against":
    """The promises of another folder, as they read here. It may hold `checks.yaml` alone."""
    from pathfinder.loader.load import load_rules
    from pathfinder.ruletools.verify.promises import Against, fates
    from pathfinder.ruletools.verify.statements_file import read_other_promises
    from pathfinder.sanitize import clean

    if not named:
        raise PathfinderError("--against needs the name of a folder, or: built-in")
    folder = None if named == _BUILT_IN else Path(named)
    with put_right_first(folder):
        alone = folder is not None and not (folder / "ruleset.yaml").exists()
        other = rules if alone else load_rules(folder)
        read = read_other_promises(rules, folder, other.conditions)
    name = clean(named) if alone else f"{other.id} {other.version}"
    return Against(name, fates(mine, read))


def _unnamed(rules: "RuleSet", mine: "Promises") -> tuple[str, ...]:
    """Promises of the built-in rules that are neither made nor dropped in a set made of them."""
    from pathfinder.ruletools.verify.statements_file import read_other_promises

    ours = [each.id for each in read_other_promises(rules, None, {})]
    here = {each.id for each in mine.statements} | {each.id for each in mine.dropped}
    missing = tuple(each for each in ours if each not in here)
    return missing if len(missing) < len(ours) else ()


def _seconds(written: str) -> float:
    from pathfinder.sanitize import clean

    try:
        seconds = float(written)
    except ValueError:
        seconds = math.nan
    if not (math.isfinite(seconds) and seconds > 0):
        raise PathfinderError(
            f"--time-limit: {clean(written)!r} is not a number of seconds above 0, such as 60."
        )
    return seconds


def _known(name: str, statements: "Sequence[Statement]") -> None:
    """There may be many statements: the nearest name says more than all of them."""
    ids = [statement.id for statement in statements]
    if name not in ids:
        from pathfinder.sanitize import clean
        from pathfinder.suggest import did_you_mean

        hint = did_you_mean(name, ids) or " Their ids stand in checks.yaml."
        raise PathfinderError(f"--only: {clean(name)!r} is not the id of a statement.{hint}")


def _counted(rules: "RuleSet", deadline: "Deadline") -> int | None:
    """How many sets of answers there are, or None. Verdicts that are there don't wait for it."""
    from pathfinder.ruletools.verify import answer_sets
    from pathfinder.ruletools.verify.circuit import Undecided

    try:
        return answer_sets(rules, deadline)
    except Undecided:
        return None


def _look_first(name: str) -> None:
    """A proof takes a while: what can be seen before is said before."""
    if lexists(name):
        raise _is_there(name)


def _is_there(name: str) -> CantWrite:
    from pathfinder.sanitize import clean

    return CantWrite(f"{clean(name)} is there already. Name another file.")


def _save(name: str, statements: "Sequence[Statement]", verdicts: "Sequence[Verdict]") -> None:
    """Write the first broken statement that somebody stands for."""
    from pathfinder.ruletools.verify.report import as_case
    from pathfinder.sanitize import clean

    for statement, verdict in zip(statements, verdicts, strict=True):
        text = as_case(statement, verdict)
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
        raise _is_there(name) from None
    except (OSError, ValueError) as error:
        reason = clean(getattr(error, "strerror", None) or str(error))
        raise CantWrite(f"{shown} can't be written: {reason}.") from None
    typer.echo(f"{verdict.statement}: its case is in {shown}", err=True)
