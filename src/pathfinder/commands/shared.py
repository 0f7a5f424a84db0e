"""What commands share: the options that several have, and the steps before and after.

Why this module exists: an option reads the same in every command, and a wrong
value is explained in the same words. Commands that try, prove and compare rules need a rule set
without an error: whoever reads of a slip hears that nothing was tried, and what to run next.

It must not import what only one command needs, or look for slips itself.
"""

import os
import shlex
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pathfinder.errors import PathfinderError, RulesError
from pathfinder.sanitize import clean
from pathfinder.terminal import WIDEST, is_terminal

if TYPE_CHECKING:
    from typer import _click as click

    from pathfinder.engine.question import Answers
    from pathfinder.engine.ruleset import RuleSet
    from pathfinder.pages.answer import Answer
    from pathfinder.pages.behind import Result
    from pathfinder.pages.blocks import Block

RulesOption = Annotated[
    str | None,
    typer.Option(
        "--rules",
        metavar="DIR",
        help="Use the rule set in this folder (or set PATHFINDER_RULES).",
        show_default=False,
    ),
]
DirectoryArgument = Annotated[
    str | None,
    typer.Argument(
        metavar="[DIR]",
        help="The folder of the rule set. Default: the rules in use.",
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
FullOption = Annotated[
    bool, typer.Option("--full", help="All that there is to say, not the answer alone.")
]
DiscreetOption = Annotated[
    bool,
    typer.Option("--discreet", help="A handout that says nothing to who finds it."),
]
LargePrintOption = Annotated[bool, typer.Option("--large-print", help="A handout in large print.")]
OutputOption = Annotated[
    str | None,
    typer.Option("--output", metavar="FILE", help="Write the result to this file."),
]


def load(context: typer.Context, rules: str | None) -> "RuleSet":
    """The rule set that this run is about, whole and checked."""
    from pathfinder.loader.compiled import rules_in

    return rules_in(rules_folder(context, rules))


def answers_in(
    rule_set: "RuleSet", file: str, folder: Path | None, *, input_format: str | None = None
) -> "Answers":
    """The answers in a file, those of an older edition too; what was read otherwise is said."""
    from pathfinder.loader.older_answers import read_answers_of_any_edition

    found = read_answers_of_any_edition(rule_set, file, folder=folder, input_format=input_format)
    for line in found.told:
        print(line, file=sys.stderr)
    return found.answers


def rules_folder(context: typer.Context, rules: str | None) -> Path | None:
    """The folder named by `--rules`, before or after the command, or by PATHFINDER_RULES.

    None means the built-in rules.
    """
    named = rules if rules is not None else context.obj
    if named == "":  # an empty variable in a script must not mean the built-in rules
        raise PathfinderError("--rules needs the name of a folder.")
    folder = named or os.environ.get("PATHFINDER_RULES")
    return Path(folder) if folder else None


def folder_named(context: typer.Context, directory: str | None, rules: str | None) -> Path | None:
    """The folder named as DIR, or else as `rules_folder` finds it. None: the built-in rules.

    Naming one both as DIR and by --rules is wrong use: one of the two would go unread.
    """
    if directory is None:
        return rules_folder(context, rules)
    if not directory:
        raise PathfinderError("DIR needs the name of a folder.")
    if rules is not None or context.obj is not None:
        raise PathfinderError("DIR and --rules both name the rule set. Leave one of them out.")
    return Path(directory)


def path_named(rules: "RuleSet", name: str, what: str = "PATH") -> str:
    return one_of(what, name, tuple(rules.path_by_id), more="See all: pathfinder paths")


def one_of(what: str, found: str, allowed: tuple[str, ...], more: str = "") -> str:
    """The value, if it is one of those allowed. Raises PathfinderError with the nearest name."""
    if found in allowed:
        return found
    from pathfinder.sanitize import clean
    from pathfinder.suggest import did_you_mean

    hint = did_you_mean(found, allowed)
    raise PathfinderError(
        f"{what}: {clean(found)!r} is not one of {', '.join(allowed)}.{hint}"
        + (f" {more}" if more else "")
    )


def names_below(top: "click.Context") -> tuple[str, ...]:
    """The commands of a group, by name. Nothing is built."""
    command = top.command
    return tuple(command.list_commands(top)) if isinstance(command, typer.core.TyperGroup) else ()


def format_named(found: str | None, allowed: tuple[str, ...]) -> str:
    """The value of `--format`; without the option, the first of those allowed.

    An empty one is as wrong as any other: a script left its variable empty.
    """
    return allowed[0] if found is None else one_of("--format", found, allowed)


def print_page(blocks: "Iterable[Block]", *, plain: bool = False, widest: int = WIDEST) -> None:
    """A page for people, to standard output."""
    from pathfinder.render import print_blocks

    print_blocks(blocks, plain=plain, stream=sys.stdout, widest=widest)


AllOption = Annotated[
    bool, typer.Option("--all", help="Tell every problem of a file, not only the first twenty.")
]
"""What is done with it is done where errors are told, in `cli`."""

_OTHER_NAMES = {"ndjson": "jsonl"}


def kind_by_ending(file: str) -> str:
    """What a file of answers holds, by its name: yaml, json or jsonl."""
    ending = file.rpartition(".")[2].lower()
    ending = _OTHER_NAMES.get(ending, ending)
    return ending if ending in ("json", "jsonl") else "yaml"


@contextmanager
def put_right_first(folder: Path | None) -> Iterator[None]:
    """Reading the rules of `folder` (None: the built-in ones): a slip also says what is next."""
    try:
        yield
    except RulesError as error:
        error.closing = _next(error, folder)
        raise


def _next(error: RulesError, folder: Path | None) -> str:
    said = "Nothing was tried: put these right first."
    if all(problem.code == "missing-file" for problem in error.problems):
        return said  # there is no line to show
    named = "" if folder is None else f" {shlex.quote(clean(str(folder)))}"
    return f"{said} pathfinder rules check{named} shows the lines."


def at_a_terminal() -> bool:
    """Whether a person sits there who sees the result and can go on from it."""
    return is_terminal(sys.stdin) and is_terminal(sys.stdout) and is_terminal(sys.stderr)


class ScreenAndFiles:
    """Where an answer goes. `plain`: in words."""

    def __init__(self, *, plain: bool) -> None:
        self._plain = plain
        self.shown = False

    def show(self, told: "Answer") -> None:
        from pathfinder.render import print_answer

        print_answer(told, plain=self._plain, stream=sys.stdout)
        sys.stdout.flush()
        self.shown = True

    def write(self, result: "Result", form: str, file: str) -> None:
        """Raises CantWrite."""
        from pathfinder.commands.result import handout_text, whole_page

        if form == "text":
            text = whole_page(result.rules, result.decision, result.explained, result.found)
        else:
            text = handout_text(
                result.rules, result.decision, result.explained, form, found=result.found
            )
        from pathfinder.output import result_stream

        with result_stream(file) as stream:
            stream.write(text.rstrip("\n") + "\n")
