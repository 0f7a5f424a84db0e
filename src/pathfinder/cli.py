"""The `pathfinder` command: parse, call, show. It decides nothing.

Why this module exists: one place that knows options, streams and exit codes.
Each command imports what it needs when it runs; `tests/test_startup.py` holds
every command to that. Annotations are objects here and not strings, because
typer would evaluate each string at every start.
"""

import contextlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from pathfinder._version import __version__
from pathfinder.errors import CantWrite, ExitCode, PathfinderError

if TYPE_CHECKING:
    from typing import TextIO

    from pathfinder.model import RuleSet
    from pathfinder.result import Decision
    from pathfinder.show.page import Block

app = typer.Typer(
    name="pathfinder",
    help=(
        "Find out which recovery paths may fit you, and what to do first.\n\n"
        "Start with: pathfinder quiz\n\n"
        "It asks in your terminal. Nothing leaves this machine, and nothing is stored.\n"
        "It is not a diagnosis. In danger right now? Run: pathfinder help-lines"
    ),
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
)

RulesOption = Annotated[
    str | None,
    typer.Option(
        "--rules",
        metavar="DIR",
        help="Use the rule set in this folder (or set PATHFINDER_RULES).",
        show_default=False,
    ),
]
RegionOption = Annotated[
    str | None,
    typer.Option(
        "--region",
        metavar="CODE",
        help="Country for help lines: us, ca, uk, au, ie. Default: us.",
        show_default=False,
    ),
]
FormatOption = Annotated[
    str | None,
    typer.Option(
        "--format", metavar="text|json", help="text (default) or json.", show_default=False
    ),
]


def main() -> NoReturn:
    """Run the command and exit. Errors for people are a sentence; anything else is our fault."""
    if sys.stdout is None:
        # Closed by the shell (`>&-`). One that refuses every word is told apart from a full disk.
        sys.stdout = open(os.devnull, encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        # A letter that the terminal can't show must not cost the person the result.
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        code = _run()
        sys.stdout.flush()
        sys.exit(code)
    except PathfinderError as error:
        _say(str(error))
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        _say("Stopped.")
        sys.exit(ExitCode.STOPPED)
    except BrokenPipeError:
        # The reader has what it wanted (`| head`).
        _drop_stdout()
        sys.exit(ExitCode.DONE)
    except Exception as error:
        if isinstance(error, OSError) and error.filename is None:
            # Files are opened by name and explained where they are; this is standard output.
            _drop_stdout()
            _say(f"The result can't be written: {error.strerror or 'standard output is closed'}.")
            sys.exit(ExitCode.CANT_WRITE)
        import traceback

        traceback.print_exc()
        _say("This is a fault in Pathfinder, not in your answers.")
        sys.exit(ExitCode.FAULT)


def _run() -> int:
    """Run the command. Its exit code comes back: words may still wait to be written."""
    try:
        app()
    except SystemExit as end:
        if isinstance(end.__context__, BrokenPipeError):
            raise end.__context__ from None  # click makes it an exit code that is taken: 1
        return int(end.code or 0)
    return ExitCode.DONE


def _drop_stdout() -> None:
    """Keep Python from writing what is left once more at exit, and complaining."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _say(text: str) -> None:
    if sys.stderr is not None:
        with contextlib.suppress(OSError):  # nobody hears it; the exit code still counts
            print(text, file=sys.stderr)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"pathfinder {__version__}")
        raise typer.Exit


@app.callback()
def start(
    context: typer.Context,
    rules: RulesOption = None,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Options before the command hold for the command."""
    context.obj = rules


@app.command()
def quiz(
    context: typer.Context,
    for_: Annotated[
        str,
        typer.Option(
            "--for",
            metavar="self|client",
            help="client: a counselor reads to a client and sees what to listen for.",
        ),
    ] = "self",
    plain: Annotated[
        bool,
        typer.Option("--plain", help="Numbered lines, nothing redrawn. For screen readers."),
    ] = False,
    answers: Annotated[
        str | None,
        typer.Option("--answers", metavar="FILE", help="Start from these answers; ask the rest."),
    ] = None,
    draft: Annotated[
        str | None,
        typer.Option("--draft", metavar="FILE", help="Keep your answers in this plain file."),
    ] = None,
    resume: Annotated[
        str | None,
        typer.Option("--resume", metavar="FILE", help="Go on from a draft, and save to it."),
    ] = None,
    region: RegionOption = None,
    format_: FormatOption = None,
    rules: RulesOption = None,
) -> None:
    """Ask, then show which paths may fit and what to do first."""
    _one_of("--for", for_, ("self", "client"))
    form = _one_of("--format", format_ or "text", ("text", "json"))
    if not sys.stdout.writable():
        raise CantWrite("Standard output is closed, so the result would be lost.")
    rule_set = _load(context, rules)
    from pathfinder.ask import run_quiz
    from pathfinder.ask.keeping import starting_point
    from pathfinder.config import read_config
    from pathfinder.interview import QuickExit

    config = read_config()
    place = region or config.region or rule_set.default_region
    try:
        outcome = run_quiz(
            rule_set,
            starting_point(rule_set, answers=answers, draft=draft, resume=resume),
            plain=plain,
            for_client=for_ == "client",
            region=place,
            plain_by_config=config.plain,
            slips=config.slips,
        )
    except QuickExit:
        raise typer.Exit from None  # 0, and not a word
    from pathfinder.decision import decide

    decision = decide(rule_set, outcome.answers, region=place)
    if form == "json":
        from pathfinder.show.json_form import dumps_pretty

        print(dumps_pretty(decision))
        return
    from pathfinder.show.page import page

    blocks = page(rule_set, decision)
    if for_ == "client":
        from datetime import date

        from pathfinder.show.record import record

        blocks += record(rule_set, decision, outcome.answers, date.today().isoformat())
    _print(blocks, plain=plain or config.plain)


@app.command()
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
    format_: FormatOption = None,
    output: Annotated[
        str | None,
        typer.Option("--output", metavar="FILE", help="Write the result to this file."),
    ] = None,
    region: RegionOption = None,
    rules: RulesOption = None,
) -> None:
    """Recommend from a file of answers, without questions."""
    if input_ is not None:
        _one_of("--input", input_, ("yaml", "json", "jsonl"))
    if format_ is not None:
        _one_of("--format", format_, ("text", "json"))
    kind = input_ or _kind_by_ending(file)
    if kind == "jsonl":
        if format_ == "text":
            raise PathfinderError(
                "A stream of answers gives JSON only. Leave out --format text, or use one file."
            )
        from pathfinder.stream import recommend_stream

        all_held = recommend_stream(_load(context, rules), file, output, region)
        if not all_held:
            raise typer.Exit(ExitCode.DATA)
        return
    from pathfinder.answers import read_answers
    from pathfinder.decision import decide
    from pathfinder.output import result_stream

    rule_set = _load(context, rules)
    decision = decide(rule_set, read_answers(rule_set, file, input_format=kind), region=region)
    with result_stream(output) as stream:
        if format_ == "json":
            from pathfinder.show.json_form import dumps_pretty

            stream.write(dumps_pretty(decision) + "\n")
        else:
            _print_page(rule_set, decision, stream, plain=output is not None)


@app.command()
def paths(
    context: typer.Context,
    path: Annotated[
        str | None, typer.Argument(metavar="[PATH]", help="One path, in full.", show_default=False)
    ] = None,
    rules: RulesOption = None,
) -> None:
    """List the paths, or tell everything about one."""
    from pathfinder.show.views import all_paths, one_path

    rule_set = _load(context, rules)
    _print(all_paths(rule_set) if path is None else one_path(rule_set, _path(rule_set, path)))


@app.command()
def compare(
    context: typer.Context,
    first: Annotated[str, typer.Argument(metavar="PATH")],
    second: Annotated[str, typer.Argument(metavar="PATH")],
    rules: RulesOption = None,
) -> None:
    """Put two paths side by side."""
    from pathfinder.show.views import two_paths

    rule_set = _load(context, rules)
    _print(two_paths(rule_set, _path(rule_set, first), _path(rule_set, second)))


@app.command()
def sources(context: typer.Context, rules: RulesOption = None) -> None:
    """List every source, and what its publisher may gain."""
    from pathfinder.show.views import all_sources

    _print(all_sources(_load(context, rules)))


@app.command("help-lines")
def help_lines(
    context: typer.Context, region: RegionOption = None, rules: RulesOption = None
) -> None:
    """Numbers to call right now, by country."""
    from pathfinder.show.views import all_help_lines

    rule_set = _load(context, rules)
    _print(all_help_lines(rule_set, region or rule_set.default_region))


@app.command("help")
def help_(
    context: typer.Context,
    topic: Annotated[
        str | None,
        typer.Argument(
            metavar="[TOPIC]",
            help="accessibility, privacy, environment or exit-codes; or a command.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Tell about a topic: accessibility, privacy, environment, exit-codes."""
    from pathfinder.topics import TOPICS, all_topics

    if topic is None:
        _print(all_topics())
        return
    commands = tuple(
        command.name or command.callback.__name__
        for command in app.registered_commands
        if command.callback is not None
    )
    _one_of("TOPIC", topic, (*TOPICS, *commands))
    if topic in TOPICS:
        _print(TOPICS[topic]())
        return
    app([topic, "--help"])


# --- shared by the commands -------------------------------------------------------


def _load(context: typer.Context, rules: str | None) -> "RuleSet":
    from pathfinder.load import load_rules

    named = rules if rules is not None else context.obj
    if named == "":  # an empty variable in a script must not mean the built-in rules
        raise PathfinderError("--rules needs the name of a folder.")
    folder = named or os.environ.get("PATHFINDER_RULES")
    return load_rules(Path(folder) if folder else None)


def _path(rules: "RuleSet", name: str) -> str:
    return _one_of("PATH", name, tuple(rules.path_by_id), more="See all: pathfinder paths")


def _one_of(what: str, found: str, allowed: tuple[str, ...], more: str = "") -> str:
    if found in allowed:
        return found
    from pathfinder.nearest import did_you_mean
    from pathfinder.text import clean

    hint = did_you_mean(found, allowed)
    raise PathfinderError(
        f"{what}: {clean(found)!r} is not one of {', '.join(allowed)}.{hint}"
        + (f" {more}" if more else "")
    )


def _kind_by_ending(file: str) -> str:
    ending = file.rpartition(".")[2].lower()
    return ending if ending in ("json", "jsonl") else "yaml"


def _print(blocks: "tuple[Block, ...]", *, plain: bool = False) -> None:
    from pathfinder.show import print_blocks

    print_blocks(blocks, plain=plain, stream=sys.stdout)


def _print_page(rules: "RuleSet", decision: "Decision", stream: "TextIO", *, plain: bool) -> None:
    from pathfinder.show import print_blocks
    from pathfinder.show.page import page

    print_blocks(page(rules, decision), plain=plain, stream=stream)
