"""`pathfinder recommend` and `explain`: the same decision from a file or a stream, and every step.

Why this module exists: scripts and agencies have answers already; a person may ask why, and a
counselor has to.

It must not decide anything; a stream is written by `stream`.
"""

import os
from typing import TYPE_CHECKING, Annotated

import typer

from pathfinder.commands.programs.using import (
    FromHomeOption,
    LanguageOption,
    NearOption,
    ProgramOptions,
    ProgramsOption,
    finder_for,
)
from pathfinder.commands.sessions.shared import PassphraseFdOption
from pathfinder.commands.shared import (
    AllOption,
    DiscreetOption,
    FullOption,
    LargePrintOption,
    OutputOption,
    RegionOption,
    RulesOption,
    answers_in,
    kind_by_ending,
    load,
    one_of,
    path_named,
    rules_folder,
)
from pathfinder.errors import AnswersError, ExitCode, PathfinderError, Problem

if TYPE_CHECKING:
    from pathfinder.engine.question import Answers
    from pathfinder.engine.ruleset import RuleSet


def recommend(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="Answers in YAML, JSON or JSONL.")],
    input_: Annotated[
        str | None,
        typer.Option(
            "--input",
            metavar="yaml|json|jsonl",
            help="What FILE holds. Default: by its ending, else yaml.",
            show_default=False,
        ),
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="text|json|md|html",
            help="text (default), json, or a handout: html, md (Markdown).",
            show_default=False,
        ),
    ] = None,
    output: OutputOption = None,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain",
            help="Explain in full. For JSONL: how firm each result is, and what would change it.",
        ),
    ] = False,
    brief: Annotated[
        bool,
        typer.Option("--brief", help="For JSONL: ids alone, under 1 kB a person."),
    ] = False,
    full: FullOption = False,
    discreet: DiscreetOption = False,
    large_print: LargePrintOption = False,
    open_: Annotated[
        bool, typer.Option("--open", help="Show the handout in your browser, if there is one.")
    ] = False,
    region: RegionOption = None,
    programs: ProgramsOption = None,
    language: LanguageOption = None,
    near: NearOption = None,
    from_home: FromHomeOption = False,
    all_: AllOption = False,
    rules: RulesOption = None,
) -> None:
    if input_ is not None:
        one_of("--input", input_, ("yaml", "json", "jsonl"))
    if format_ is not None:
        one_of("--format", format_, ("text", "json", "md", "html"))
    kind = input_ or kind_by_ending(file)
    if kind == "jsonl":
        if format_ not in (None, "json"):
            raise PathfinderError(
                "A stream of answers gives JSON only. "
                f"Leave out --format {format_}, or use one file."
            )
        for option, given in (
            ("--programs", programs),
            ("--language", language),
            ("--near", near),
            ("--from-home", from_home or None),
        ):
            if given is not None:
                raise PathfinderError(f"A stream of answers names no programs. Leave out {option}.")
        if brief and explain:
            raise PathfinderError("--brief gives ids alone. Leave out --explain.")
        from pathfinder.commands.stream import recommend_stream

        if not recommend_stream(
            load(context, rules),
            file,
            output,
            region,
            "brief" if brief else "explained" if explain else "whole",
            rules_folder(context, rules),
        ):
            raise typer.Exit(ExitCode.DATA)
        return
    from pathfinder.commands.result import (
        HandoutOptions,
        needs_a_file,
        write_explanation,
        write_result,
    )

    if brief:
        raise PathfinderError("--brief is for many people at once: a file of JSONL.")
    form = format_ or "text"
    needs_a_file(open_, form, output)
    sheet = HandoutOptions(full, discreet, large_print)
    sheet.fits(form)
    if explain and form == "html":
        raise PathfinderError("A handout carries its reasons already. Leave out --explain.")
    rule_set = load(context, rules)
    try:
        answers = answers_in(rule_set, file, rules_folder(context, rules), input_format=kind)
    except AnswersError as error:
        if file == "-" and input_ is None and _looks_like_lines(error):
            raise _with_hint(error) from None
        raise
    if explain:
        if ProgramOptions(language, near, from_home) != ProgramOptions():
            raise PathfinderError(
                "An explanation names no programs. Leave out --language, --near and --from-home."
            )
        from pathfinder.pages.explanation import Wanted

        write_explanation(rule_set, answers, form, output, region, Wanted())
    else:
        find = finder_for(rule_set, programs, options=ProgramOptions(language, near, from_home))
        write_result(
            rule_set, answers, form, output, region, in_browser=open_, sheet=sheet, find=find
        )


def _looks_like_lines(error: AnswersError) -> bool:
    """Something follows after one whole document on the first line."""
    first = error.problems[0]
    return first.code in ("syntax", "second-document") and (first.line, first.column) == (2, 1)


def _with_hint(error: AnswersError) -> AnswersError:
    hint = "if each line holds one person's answers as JSON, add --input jsonl"
    return AnswersError([*error.problems, Problem("standard input", 0, 0, "hint", hint)])


def explain(
    context: typer.Context,
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE|SESSION|-",
            help="Answers in YAML or JSON, or the id of a session. A file with that name wins.",
        ),
    ],
    path: Annotated[
        str | None,
        typer.Option("--path", metavar="PATH", help="All that speaks for and against this path."),
    ] = None,
    why_not: Annotated[
        str | None,
        typer.Option("--why-not", metavar="PATH", help="Why this path isn't first."),
    ] = None,
    what_if: Annotated[
        bool, typer.Option("--what-if", help="How firm the result is, and what would change it.")
    ] = False,
    numbers: Annotated[
        bool, typer.Option("--numbers", help="Show the points that rank the paths.")
    ] = False,
    sources: Annotated[
        bool, typer.Option("--sources", help="Name the source of each reason.")
    ] = False,
    format_: Annotated[
        str,
        typer.Option("--format", metavar="text|json|md", help="text, json or md (Markdown)."),
    ] = "text",
    output: OutputOption = None,
    region: RegionOption = None,
    passphrase_fd: PassphraseFdOption = None,
    rules: RulesOption = None,
) -> None:
    form = one_of("--format", format_, ("text", "json", "md"))
    if kind_by_ending(file) == "jsonl":
        raise PathfinderError("One person at a time. For a stream: pathfinder recommend --explain")
    rule_set = load(context, rules)
    for name in (path, why_not):
        if name is not None:
            path_named(rule_set, name)
    from pathfinder.commands.result import write_explanation
    from pathfinder.pages.explanation import Wanted

    answers = _answers(context, rules, rule_set, file, passphrase_fd)
    asked = Wanted(path, why_not, what_if, numbers, sources)
    write_explanation(rule_set, answers, form, output, region, asked)


def _answers(
    context: typer.Context,
    rules: str | None,
    rule_set: "RuleSet",
    file: str,
    passphrase_fd: int | None,
) -> "Answers":
    """Those of the file; where there is none of that name, those of the session."""
    if file != "-" and not os.path.lexists(file):
        from pathfinder.commands.session_answers import answers_of, may_be_session

        # Nobody is asked for a passphrase because of a mistyped file name.
        if may_be_session(file):
            return answers_of(context, rules, rule_set, file, passphrase_fd)
    if passphrase_fd is not None:
        raise PathfinderError("--passphrase-fd goes with a session.")
    return answers_in(rule_set, file, rules_folder(context, rules))
