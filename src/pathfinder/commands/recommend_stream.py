"""A stream of answers in, a stream of results out: one line each, in order.

Why this module exists: an agency or a researcher runs thousands of answer sets
through the same decision. A line that doesn't hold costs that line only.

It must not keep results: memory stays flat however long the stream is.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from typing import BinaryIO

from pathfinder.engine.decide import decide
from pathfinder.engine.decision import Decision
from pathfinder.engine.question import Answers
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import FileProblem, Problem
from pathfinder.files import told
from pathfinder.gc_pause import start_is_over
from pathfinder.loader.answers_file import NAME_A_FILE, iter_jsonl
from pathfinder.output import result_stream
from pathfinder.render.result_json import dumps, line_error
from pathfinder.sanitize import clean


def recommend_stream(
    rules: RuleSet,
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


def _explained(rules: RuleSet, answers: Answers, decision: Decision) -> str:
    # Here, so that a stream without explanations doesn't pay for them.
    from pathfinder.engine.explain import explain
    from pathfinder.render.explained_json import explained_text

    return explained_text(rules, explain(rules, answers, decision))


def _read(rules: RuleSet, source: BinaryIO, file: str) -> Iterator[tuple[int, Answers | Problem]]:
    """The lines. What goes wrong while they are read isn't taken for a fault of the output."""
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
    with told(clean(file), NAME_A_FILE):
        stream = open(file, "rb")  # noqa: SIM115 (closed below; only opening may be explained)
    with stream:
        yield stream
