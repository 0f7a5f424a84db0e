"""The list in use: which one is meant, whom it names, and `pathfinder programs find`.

Why this module exists: every command that names programs finds the same list (that of the option,
the variable or the preferences), and one with a slip keeps nobody from their answer: a list that
nobody named just now is told of, and left out. `find` is for a counselor, who has the answers and
knows what none of them tells: the language, where the client is, and whether they can leave home.

It must not look for a list where none was named.
"""

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pathfinder.commands.shared import (
    FormatOption,
    RulesOption,
    answers_in,
    format_named,
    kind_by_ending,
    load,
    one_of,
    print_page,
    rules_folder,
)
from pathfinder.errors import FileProblem, PathfinderError, ProgramsError

if TYPE_CHECKING:
    from pathfinder.commands.preferences import Config
    from pathfinder.engine.question import Answers
    from pathfinder.engine.ruleset import RuleSet
    from pathfinder.programs.matching import Finder
    from pathfinder.programs.model import ProgramList
    from pathfinder.programs.needs import Circumstances

ProgramsOption = Annotated[
    str | None,
    typer.Option(
        "--programs",
        metavar="FILE",
        help="The list of programs to call (or set PATHFINDER_PROGRAMS).",
        show_default=False,
    ),
]
ListArgument = Annotated[
    str | None,
    typer.Argument(
        metavar="[FILE]", help="A list of programs. Default: the one in use.", show_default=False
    ),
]


def list_named(named: str | None, config: "Config | None" = None) -> Path | None:
    """The file of the list in use: that of an option, of PATHFINDER_PROGRAMS, of config.yaml."""
    if named is not None:
        if not named:
            raise PathfinderError("--programs needs the name of a file.")
        return Path(named)
    if variable := os.environ.get("PATHFINDER_PROGRAMS"):
        return Path(variable)
    if config is None:
        from pathfinder.commands.preferences import read_config

        config = read_config()
    return Path(config.programs) if config.programs else None


def list_or_error(named: str | None) -> Path:
    """The same, for a command that is about the list."""
    found = list_named(named)
    if found is None:
        raise PathfinderError(
            "No list of programs is in use. Name one, set PATHFINDER_PROGRAMS, "
            "or write `programs: FILE` in config.yaml. Begin one: pathfinder programs new FILE"
        )
    return found


def programs_for(
    rules: "RuleSet", named: str | None, config: "Config | None" = None
) -> "ProgramList | None":
    """The list in use, read; None where there is none.

    One with a slip raises where it was named as an option. Else it is told on standard error,
    and the person gets their answer without it.
    """
    found = list_named(named, config)
    if found is None:
        return None
    from pathfinder.programs.load import load_programs

    try:
        return load_programs(found, rules.path_by_id)
    except (ProgramsError, FileProblem) as error:
        if named is not None:
            raise
        _told(error)
        return None


def finder_for(
    rules: "RuleSet",
    named: str | None,
    config: "Config | None" = None,
    asked: "Circumstances | None" = None,
) -> "Finder | None":
    """What finds programs in the list in use; None where there is none. Raises as above."""
    listed = programs_for(rules, named, config)
    if listed is None:
        return None
    from datetime import date

    from pathfinder.programs.matching import Finder
    from pathfinder.programs.needs import NOTHING_MORE

    try:
        return Finder(rules, listed, date.today(), asked or NOTHING_MORE)
    except (ProgramsError, FileProblem) as error:
        if named is not None:
            raise
        _told(error)
        return None


def whom_to_call(rules: "RuleSet", answers: "Answers") -> tuple[str, ...]:
    """Names with numbers from the list in use, for these answers; none where there is no list."""
    find = finder_for(rules, None)
    if find is None:
        return ()
    from pathfinder.engine.decide import decide
    from pathfinder.pages.programs import contacts

    found = find(decide(rules, answers))
    return () if found is None else tuple(each.in_a_line() for each in contacts(found))


def where_reached(rules: "RuleSet", name: str) -> str:
    """Address and number of the listed program of this name; "" where there is none."""
    listed = programs_for(rules, None)
    same = " ".join(name.casefold().split())
    for each in listed.programs if listed is not None and same else ():
        if " ".join(each.name.casefold().split()) == same:
            place = " ".join(filter(None, (each.postal_code, each.town)))
            return ", ".join(filter(None, (each.address, place, each.phone or each.web)))
    return ""


def _told(error: ProgramsError | FileProblem) -> None:
    first = error.problems[0] if isinstance(error, ProgramsError) else error
    print(f"Without the list of programs, which can't be read: {first}", file=sys.stderr)


def find(
    context: typer.Context,
    answers: Annotated[
        str, typer.Option("--answers", metavar="FILE", help="The answers, in YAML or JSON.")
    ],
    near: Annotated[
        str,
        typer.Option(
            "--near", metavar="PLACE", help="A postal code or a town.", show_default=False
        ),
    ] = "",
    language: Annotated[
        str, typer.Option("--language", metavar="CODE", help="Such as es.", show_default=False)
    ] = "",
    from_home: Annotated[
        bool, typer.Option("--from-home", help="What is online, or near.")
    ] = False,
    programs: ProgramsOption = None,
    format_: FormatOption = None,
    rules: RulesOption = None,
) -> None:
    from pathfinder.engine.decide import decide
    from pathfinder.programs.model import LANGUAGES
    from pathfinder.programs.needs import Circumstances

    form = format_named(format_, ("text", "json"))
    if language:
        one_of("--language", language, tuple(LANGUAGES))
    rule_set = load(context, rules)
    where = str(list_or_error(programs))
    finder = finder_for(rule_set, where, asked=Circumstances(language, from_home, near))
    folder = rules_folder(context, rules)
    given = answers_in(rule_set, answers, folder, input_format=kind_by_ending(answers))
    decision = decide(rule_set, given)
    found = finder(decision) if finder is not None else None
    if found is None:
        raise PathfinderError("These answers rank no path, so there is no program to find.")
    if form == "json":
        from pathfinder.render.programs_json import programs_data

        print(json.dumps(programs_data(found), indent=2))
        return
    from pathfinder.pages.programs import left_out, programs_page

    print_page([*programs_page(rule_set, decision, found, most=1_000), *left_out(found)])
