"""A result or an explanation, written in the form that was asked for.

Why this module exists: `recommend` and `explain` end alike, whatever they began with.
"""

from typing import TYPE_CHECKING

from pathfinder.decision import decide
from pathfinder.output import result_stream

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathfinder.interview import Answers
    from pathfinder.model import RuleSet
    from pathfinder.show.blocks import Block
    from pathfinder.show.explanation import Asked

TITLE = "Pathfinder"
"""Over a page in Markdown: a file needs one first heading."""


def write_result(
    rules: "RuleSet", answers: "Answers", form: str, output: str | None, region: str | None
) -> None:
    """Decide, and write the result as a page (text, md) or as data (json)."""
    from pathfinder.explain import explain

    decision = decide(rules, answers, region=region)
    explained = explain(rules, answers, decision)
    if form == "json":
        from pathfinder.show.explanation_json import explained_data
        from pathfinder.show.json_form import dumps_pretty

        _write(dumps_pretty(decision, explained_data(rules, explained)), output)
        return
    from pathfinder.show.page import page

    _write_page(page(rules, decision, explained), form, output)


def write_explanation(
    rules: "RuleSet",
    answers: "Answers",
    form: str,
    output: str | None,
    region: str | None,
    asked: "Asked",
) -> None:
    """Decide, and write the explanation that was asked for, as a page or as data."""
    decision = decide(rules, answers, region=region)
    if form == "json":
        from pathfinder.show.explanation_json import dumps_explanation

        _write(dumps_explanation(rules, answers, decision, asked), output)
        return
    from pathfinder.show.explanation import explanation

    _write_page(explanation(rules, answers, decision, asked), form, output)


def _write(text: str, output: str | None) -> None:
    with result_stream(output) as stream:
        stream.write(text + "\n")


def _write_page(blocks: "Iterable[Block]", form: str, output: str | None) -> None:
    if form == "md":
        from pathfinder.show.markdown import markdown

        _write(markdown(blocks, title=TITLE).rstrip("\n"), output)
        return
    from pathfinder.show import print_blocks

    with result_stream(output) as stream:
        print_blocks(blocks, plain=output is not None, stream=stream)
