"""`pathfinder programs find`: whom of the list to call, for a file of answers.

Why this module exists: a counselor has the answers, and knows what no answer tells: the language,
where the client is, and whether they can leave home. The result shows three; here are all.
"""

import json
from typing import Annotated

import typer

from pathfinder.commands.programs.shared import ProgramsOption, finder_for, list_or_error
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
from pathfinder.errors import PathfinderError


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
    from pathfinder.programs.languages import LANGUAGES
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
