"""`pathfinder rules copy`, `schema`, `graph`, `check`, `test`, `explain` and `diff`.

Why this module exists: a change starts from a whole set that holds, in an editor that knows the
keys, with a picture of what hangs on what. Then what is wrong with rules, or changed: it gives
the checks a folder and today's date, the people of `cases/` to the rules, and two folders to be
compared, and prints what was found in the form that is asked for; each code has its page. It
finds nothing itself.
"""

# ruff: noqa: PT028 - pytest never sees `test_`, which ends in the name of its command.

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pathfinder.commands.shared import (
    AllOption,
    DirectoryArgument,
    FormatOption,
    FullOption,
    RulesOption,
    folder_named,
    format_named,
    print_page,
    put_right_first,
    rules_folder,
)
from pathfinder.errors import MOST_TOLD, ExitCode, PathfinderError
from pathfinder.terminal import USUAL

if TYPE_CHECKING:
    from pathfinder.ruletools.diff.review import RuleFolder

_BUILT_IN = "built-in"
_MOST = 4_000_000  # answer sets to draw: some 500 MB
_FORMATS = ("text", "json", "github")


def check(
    context: typer.Context,
    directory: DirectoryArgument = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="text|json|github",
            help="text (default); github marks lines in a pull request, default in its builds.",
            show_default=False,
        ),
    ] = None,
    all_: AllOption = False,
    rules: RulesOption = None,
) -> None:
    in_a_build = os.environ.get("GITHUB_ACTIONS") == "true"
    form = format_named("github" if format_ is None and in_a_build else format_, _FORMATS)
    folder = folder_named(context, directory, rules)
    from datetime import date

    from pathfinder.loader.rule_files import built_in
    from pathfinder.ruletools.check import run_checks
    from pathfinder.ruletools.check.registry import as_github, as_json, as_text

    findings = run_checks(folder or built_in(), date.today())
    as_a_person_reads = as_text(findings, most=None if all_ else MOST_TOLD)
    lines = {"text": as_a_person_reads, "json": as_json(findings), "github": as_github(findings)}
    for line in lines[form]:
        print(line)
    if findings.errors:
        raise typer.Exit(ExitCode.RULES)


ALL = 100.0
"""What no person reaches was tried on nobody. Whoever lets that be says so."""


def test_(
    context: typer.Context,
    directory: DirectoryArgument = None,
    threshold: Annotated[
        str | None,
        typer.Option(
            "--threshold",
            metavar="PERCENT",
            help="Fail if the people reach less than this share of rules, answers or paths."
            " Default: 100.",
            show_default=False,
        ),
    ] = None,
    format_: FormatOption = None,
    rules: RulesOption = None,
) -> None:
    form = format_named(format_, ("text", "json"))
    least = ALL if threshold is None else _share(threshold)
    from pathfinder.loader.load import load_rules
    from pathfinder.loader.rule_files import built_in
    from pathfinder.ruletools.cases.case_file import read_cases
    from pathfinder.ruletools.cases.judge import run_trials
    from pathfinder.ruletools.cases.report import as_data, lines

    named = folder_named(context, directory, rules)
    folder = named or built_in()
    with put_right_first(named):
        rule_set = load_rules(named)
        cases = read_cases(rule_set, folder)
    trials = run_trials(rule_set, cases)
    if form == "json":
        print(json.dumps(as_data(rule_set, trials, folder, least), indent=2))
    else:
        print("\n".join(lines(rule_set, trials, folder, least)))
    if not trials.hold or trials.below(least):
        raise typer.Exit(ExitCode.RULES)


def _share(found: str) -> float:
    """A share in percent, from 0 to 100, as it was typed."""
    try:
        share = float(found)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 100:  # which is never so of "nan"
        from pathfinder.sanitize import quoted

        raise PathfinderError(
            f"--threshold: expected a number from 0 to 100; found {quoted(found)}."
        )
    return share


test_.__test__ = False  # type: ignore[attr-defined]  # a command, and no test of ours


def explain_code(
    code: Annotated[
        str | None,
        typer.Argument(
            metavar="[CODE]", help="The code of a finding. None: all codes.", show_default=False
        ),
    ] = None,
) -> None:
    from pathfinder.ruletools.check.registry import by_code, contents, page

    checks = by_code()
    for line in contents() if code is None else page(checks[_known(code, tuple(checks))]):
        print(line)


def _known(code: str, codes: tuple[str, ...]) -> str:
    """The code, if there is such a check. A list of all hundred would hide the nearest."""
    if code in codes:
        return code
    from pathfinder.sanitize import quoted
    from pathfinder.suggest import did_you_mean

    hint = did_you_mean(code, codes)
    more = "See all: pathfinder rules explain"
    raise PathfinderError(f"CODE: there is no check {quoted(code)}.{hint} {more}")


def diff(
    old: Annotated[
        str,
        typer.Argument(metavar="OLD", help="Folder of the rules before, or: built-in"),
    ],
    new: Annotated[
        str, typer.Argument(metavar="NEW", help="Folder of the rules now, or: built-in")
    ],
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="text|json|md",
            help="text (default), json or md.",
            show_default=False,
        ),
    ] = None,
    full: FullOption = False,
    people: Annotated[
        str | None,
        typer.Option(
            "--people",
            metavar="FILE",
            help="Count over your own people, too: a line of answers each (JSONL).",
            show_default=False,
        ),
    ] = None,
    sample: Annotated[
        int | None,
        typer.Option(
            "--sample",
            metavar="NUMBER",
            help="Answer sets to draw, 100000 or more. Default: 1000000.",
            show_default=False,
        ),
    ] = None,
    seed: Annotated[
        int | None,
        typer.Option(
            "--seed", metavar="NUMBER", help="Draw others. Default: 1.", show_default=False
        ),
    ] = None,
) -> None:
    form = format_named(format_, ("text", "json", "md"))
    from pathfinder.ruletools.diff.compare import LEAST_SAMPLE, SAMPLE, SEED

    if sample is not None and not LEAST_SAMPLE <= sample <= _MOST:
        expected = f"from {LEAST_SAMPLE:,} to {_MOST:,}"
        raise PathfinderError(f"--sample: expected a number {expected}; found {sample}.")
    from pathfinder.ruletools.diff.review import review

    before, now = _rules(old), _rules(new)
    with put_right_first(now.folder):
        found = review(
            before,
            now,
            sample=SAMPLE if sample is None else sample,
            seed=SEED if seed is None else seed,
            people=None if people is None else Path(people),
        )
    if form == "json":
        from pathfinder.ruletools.diff.review import as_data

        print(json.dumps(as_data(found), indent=2))
        return
    from pathfinder.ruletools.diff.report import blocks

    page = blocks(found, full=full)
    if form == "md":
        from pathfinder.render.layout import markdown

        sys.stdout.write(markdown(page))
    else:
        print_page(page, widest=USUAL.columns)  # whoever signs should see it at once


def _rules(folder: str) -> "RuleFolder":
    from pathfinder.loader.load import load_rules
    from pathfinder.ruletools.diff.review import RuleFolder

    if not folder:
        raise PathfinderError("OLD and NEW each need the name of a folder, or: built-in")
    named = None if folder == _BUILT_IN else Path(folder)
    with put_right_first(named):
        return RuleFolder(load_rules(named), named)


def copy(
    context: typer.Context,
    directory: Annotated[str, typer.Argument(metavar="DIR", help="A new folder for the copy.")],
    rules: RulesOption = None,
) -> None:
    from pathfinder.ruletools.author.copy import (
        README,
        SCHEMA,
        counselors_readme,
        folder_of,
        write_copy,
        yaml_files,
    )
    from pathfinder.ruletools.author.schema import schema_text
    from pathfinder.sanitize import clean

    folder = rules_folder(context, rules)
    schema = schema_text(folder)  # also says what doesn't hold, before anything is copied
    files = {
        **yaml_files(folder_of(folder)),
        SCHEMA: schema.encode(),
        README: counselors_readme(),
    }
    write_copy(files, directory)
    shown = clean(directory)
    print(f"Copied {len(files)} files to {shown}. What to do next stands in {shown}/README.md.")


def schema(
    context: typer.Context,
    directory: DirectoryArgument = None,
    rules: RulesOption = None,
) -> None:
    from pathfinder.ruletools.author.schema import schema_text

    sys.stdout.write(schema_text(folder_named(context, directory, rules)))


def graph(
    context: typer.Context,
    directory: DirectoryArgument = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="mermaid|text",
            help="mermaid (default): a picture that GitHub draws. text: indented lines.",
            show_default=False,
        ),
    ] = None,
    rules: RulesOption = None,
) -> None:
    form = format_named(format_, ("mermaid", "text"))
    from pathfinder.loader.load import load_rules
    from pathfinder.ruletools.author.graph import graph_of

    shown = graph_of(load_rules(folder_named(context, directory, rules)))
    if form == "text":
        from pathfinder.ruletools.author.graph import outline

        sys.stdout.write(outline(shown))
        return
    from pathfinder.ruletools.author.graph import mermaid

    sys.stdout.write(mermaid(shown))
