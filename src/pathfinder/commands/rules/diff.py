"""`pathfinder rules diff`: what a change of rules does to people.

Why this module exists: it joins loading, counting and telling in the form that is asked for.
"""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pathfinder.commands.shared import FullOption, format_named, print_page, put_right_first
from pathfinder.errors import PathfinderError

if TYPE_CHECKING:
    from pathfinder.ruletools.diff.review import RuleFolder

_BUILT_IN = "built-in"
_MOST = 4_000_000  # some 500 MB


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
        from pathfinder.render.markdown import markdown

        sys.stdout.write(markdown(page))
    else:
        print_page(page)


def _rules(folder: str) -> "RuleFolder":
    from pathfinder.loader.load import load_rules
    from pathfinder.ruletools.diff.review import RuleFolder

    if not folder:
        raise PathfinderError("OLD and NEW each need the name of a folder, or: built-in")
    named = None if folder == _BUILT_IN else Path(folder)
    with put_right_first(named):
        return RuleFolder(load_rules(named), named)
