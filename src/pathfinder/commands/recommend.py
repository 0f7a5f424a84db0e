"""`pathfinder recommend`: the same decision from a file or a stream of answers.

Why this module exists: scripts and agencies have answers already. An agency or a researcher
runs thousands of answer sets through the same decision: one line each, in order, and a line
that doesn't hold costs that line only.

It must not keep results of a stream: memory stays flat however long it is.
"""

import contextlib
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from pathfinder.commands.programs.shared import ProgramsOption, finder_for
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
    rules_folder,
)
from pathfinder.errors import AnswersError, ExitCode, FileProblem, PathfinderError, Problem
from pathfinder.sanitize import clean

if TYPE_CHECKING:
    from pathfinder.engine.decision import Decision
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
    full: FullOption = False,
    discreet: DiscreetOption = False,
    large_print: LargePrintOption = False,
    open_: Annotated[
        bool, typer.Option("--open", help="Show the handout in your browser, if there is one.")
    ] = False,
    region: RegionOption = None,
    programs: ProgramsOption = None,
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
        if programs is not None:
            raise PathfinderError("A stream of answers names no programs. Leave out --programs.")
        all_held = recommend_stream(load(context, rules), file, output, region, explained=explain)
        if not all_held:
            raise typer.Exit(ExitCode.DATA)
        return
    from pathfinder.commands.result import (
        HandoutOptions,
        needs_a_file,
        write_explanation,
        write_result,
    )

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
        from pathfinder.pages.explanation import Wanted

        write_explanation(rule_set, answers, form, output, region, Wanted())
    else:
        find = finder_for(rule_set, programs)
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


def recommend_stream(
    rules: "RuleSet",
    file: str,
    output: str | None,
    region: str | None,
    *,
    explained: bool = False,
) -> bool:
    """Read JSONL from `file` (`-`: standard input) and write a JSON line for each.

    Returns whether every line held. A line that doesn't gives
    `{"line": N, "error": {"code", "message"}}` in its place. With `explained`, each
    result says how firm it is and what would change it, which takes many decisions.
    """
    from pathfinder.engine.decide import decide
    from pathfinder.output import result_stream
    from pathfinder.process import start_is_over
    from pathfinder.render.result_json import dumps, line_error

    all_held = True
    start_is_over()
    with _lines(file) as source, result_stream(output) as sink:
        for number, found in _read(rules, source, file):
            if isinstance(found, Problem):
                all_held = False
                sink.write(line_error(number, found.code, found.message) + "\n")
            else:
                decision = decide(rules, found, region=region)
                more = _explained(rules, found, decision) if explained else ""
                sink.write(dumps(decision, more) + "\n")
    return all_held


def _explained(rules: "RuleSet", answers: "Answers", decision: "Decision") -> str:
    # Here, so that a stream without explanations doesn't pay for them.
    from pathfinder.engine.explain import explain
    from pathfinder.render.result_json import explained_text

    return explained_text(rules, explain(rules, answers, decision))


def _read(
    rules: "RuleSet", source: BinaryIO, file: str
) -> "Iterator[tuple[int, Answers | Problem]]":
    """The lines. What goes wrong while they are read isn't taken for a fault of the output."""
    from pathfinder.loader.answers_file import iter_jsonl

    try:
        yield from iter_jsonl(rules, source)
    except OSError as error:
        name = "Standard input" if file == "-" else clean(file)
        raise FileProblem(f"{name} can't be read: {error.strerror or error}.") from None


@contextlib.contextmanager
def _lines(file: str) -> Iterator[BinaryIO]:
    if file == "-":
        if sys.stdin is None:
            raise FileProblem("Standard input is closed. Name a file, or pipe answers in.")
        yield sys.stdin.buffer
        return
    from pathfinder.files import told
    from pathfinder.loader.answers_file import NAME_A_FILE

    with told(clean(file), NAME_A_FILE):
        stream = open(file, "rb")  # noqa: SIM115 (closed below; only opening may be explained)
    with stream:
        yield stream
