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
from typing import TYPE_CHECKING, Annotated, Final, NamedTuple

import typer

from pathfinder.commands.shared import (
    FormatOption,
    RulesOption,
    answers_in,
    format_named,
    kind_by_ending,
    load,
    print_page,
    rules_folder,
)
from pathfinder.errors import FileProblem, PathfinderError, ProgramsError

if TYPE_CHECKING:
    from pathfinder.commands.preferences import Config
    from pathfinder.engine.question import Answers
    from pathfinder.engine.ruleset import RuleSet
    from pathfinder.programs.matching import Finder, NamedPrograms
    from pathfinder.programs.model import ProgramList
    from pathfinder.programs.needs import Circumstances

NO_LIST: Final = (
    "No list of programs is in use. Name one, set PATHFINDER_PROGRAMS, "
    "or write `programs: FILE` in config.yaml. Begin one: pathfinder programs new FILE"
)
ProgramsOption = Annotated[
    str | None,
    typer.Option(
        "--programs",
        metavar="FILE",
        help="The list of programs to call (or set PATHFINDER_PROGRAMS).",
        show_default=False,
    ),
]
LanguageOption = Annotated[
    str | None,
    typer.Option(
        "--language",
        metavar="LANGUAGE",
        help="Programs in this language: a code or its English name, such as es or Spanish.",
        show_default=False,
    ),
]
NearOption = Annotated[
    str | None,
    typer.Option(
        "--near",
        metavar="PLACE",
        help="Where you are, for programs: a postal code or a town.",
        show_default=False,
    ),
]
FromHomeOption = Annotated[
    bool, typer.Option("--from-home", help="Only programs that are online, or near.")
]
ListArgument = Annotated[
    str | None,
    typer.Argument(
        metavar="[FILE]", help="A list of programs. Default: the one in use.", show_default=False
    ),
]


class ProgramOptions(NamedTuple):
    """What the options about programs say, as they were typed; None where one wasn't given."""

    language: str | None = None
    near: str | None = None
    from_home: bool = False


NO_OPTIONS: Final = ProgramOptions()


def language_code(named: str, where: str = "--language") -> str:
    """The code of a language, from its code or its name. Raises PathfinderError."""
    from pathfinder.programs.model import CODES, LANGUAGES
    from pathfinder.sanitize import quoted
    from pathfinder.suggest import did_you_mean

    word = " ".join(named.casefold().split())
    plain = word.partition("-")[0]  # es-MX: lists don't tell countries apart
    code = plain if plain in LANGUAGES else CODES.get(word, "")
    if not code:
        hint = did_you_mean(word, tuple(LANGUAGES.values())) or did_you_mean(word, tuple(LANGUAGES))
        raise PathfinderError(
            f"{where}: {quoted(named)} is no language that is known here. "
            f"Write its code or its English name, such as es or Spanish.{hint}"
        )
    return code


def _preferences() -> "Config":
    """Those of this person; a slip in them is told on standard error."""
    from pathfinder.commands.preferences import read_config

    config = read_config()
    for slip in config.slips:
        print(slip, file=sys.stderr)
    return config


def _circumstances(options: ProgramOptions, config: "Config") -> "Circumstances":
    """What the options say, else the preferences. A slip in these is told, and left out."""
    from pathfinder.programs.needs import Circumstances

    language = ""
    if options.language is not None:
        language = language_code(options.language)
    elif config.language:
        try:
            language = language_code(config.language, "config.yaml, language")
        except PathfinderError as error:
            print(error, file=sys.stderr)
    near = config.near if options.near is None else options.near
    return Circumstances(language, options.from_home, near.strip())


def list_named(named: str | None, config: "Config | None" = None) -> Path | None:
    """The file of the list in use: that of an option, of PATHFINDER_PROGRAMS, of config.yaml."""
    if named is not None:
        if not named:
            raise PathfinderError("--programs needs the name of a file.")
        return Path(named)
    if variable := os.environ.get("PATHFINDER_PROGRAMS"):
        return Path(variable)
    if config is None:
        config = _preferences()
    return Path(config.programs) if config.programs else None


def list_or_error(named: str | None, config: "Config | None" = None) -> Path:
    """The same, for what is about the list."""
    found = list_named(named, config)
    if found is None:
        raise PathfinderError(NO_LIST)
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
    options: ProgramOptions = NO_OPTIONS,
) -> "Finder | None":
    """What finds programs in the list in use; None where there is none. Raises as above, and for
    options about programs where no list is in use."""
    if config is None:
        config = _preferences()
    if options != NO_OPTIONS and list_named(named, config) is None:
        raise PathfinderError(
            f"--language, --near and --from-home choose among programs. {NO_LIST}"
        )
    listed = programs_for(rules, named, config)
    if listed is None:
        return None
    from datetime import date

    from pathfinder.programs.matching import Finder

    asked = _circumstances(options, config)
    try:
        return Finder(rules, listed, date.today(), asked)
    except (ProgramsError, FileProblem) as error:
        if named is not None:
            raise
        _told(error)
        return None


def whom_to_call(
    rules: "RuleSet", answers: "Answers", options: ProgramOptions = NO_OPTIONS
) -> tuple[str, ...]:
    """Names with numbers from the list in use, for these answers; none where there is no list."""
    find = finder_for(rules, None, options=options)
    if find is None:
        return ()
    from pathfinder.engine.decide import decide

    return named_in(find(decide(rules, answers)))


def named_in(found: "NamedPrograms | None") -> tuple[str, ...]:
    """The first of them with their numbers, a line each."""
    if found is None:
        return ()
    from pathfinder.pages.programs import contacts

    return tuple(each.in_a_line() for each in contacts(found))


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
    near: NearOption = None,
    language: LanguageOption = None,
    from_home: FromHomeOption = False,
    programs: ProgramsOption = None,
    format_: FormatOption = None,
    rules: RulesOption = None,
) -> None:
    from pathfinder.engine.decide import decide

    form = format_named(format_, ("text", "json"))
    rule_set = load(context, rules)
    config = _preferences()
    where = str(list_or_error(programs, config))
    finder = finder_for(rule_set, where, config, ProgramOptions(language, near, from_home))
    folder = rules_folder(context, rules)
    given = answers_in(rule_set, answers, folder, input_format=kind_by_ending(answers))
    decision = decide(rule_set, given)
    found = finder(decision) if finder is not None else None
    if found is None:
        raise PathfinderError("These answers rank no path, so there is no program to find.")
    if form == "json":
        from pathfinder.render.parts_json import programs_data

        print(json.dumps(programs_data(found), indent=2))
        return
    from pathfinder.pages.programs import left_out, programs_page

    print_page([*programs_page(rule_set, decision, found, most=1_000), *left_out(found)])
