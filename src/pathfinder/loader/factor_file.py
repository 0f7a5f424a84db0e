"""One factor file: its questions, its rules and its reasons, together.

It must not know the other factor files: `whole` compares them.
"""

from __future__ import annotations

from typing import Final

from pathfinder.engine.question import Question
from pathfinder.engine.rules import ReasonTable
from pathfinder.loader.fields import Form, Reader
from pathfinder.loader.ids import Names
from pathfinder.loader.questions import question
from pathfinder.loader.reasons import reason_table
from pathfinder.loader.rules import SECTIONS, Rules, read_rules
from pathfinder.loader.syntax.nodes import MapNode
from pathfinder.sanitize import quoted

FACTOR_FILE: Final = Form(
    "a factor file",
    {
        "factor": ("factor", "The factor that the file is named after."),
        "questions?": ("a question*", "What is asked."),
        "reasons?": ("a table of reasons*", "What each answer speaks for and against."),
        **{f"{section}?": (f"{form.what}*", about) for section, (form, about) in SECTIONS.items()},
    },
)


class Factors:
    """What all factor files hold together, as they are read. Ids: where each was brought in."""

    def __init__(self) -> None:
        self.questions: dict[str, Question] = {}
        self.rules = Rules()
        self.reasons: list[ReasonTable] = []
        self.question_ids: dict[str, str] = {}
        self.rule_ids: dict[str, str] = {}


def factor_file(
    reader: Reader, root: MapNode | None, stem: str, names: Names, into: Factors
) -> None:
    """Everything in `factors/STEM.yaml`."""
    file = reader.fields(root, FACTOR_FILE)
    at = file.get("factor")
    factor = reader.name(at, names.factors)
    if at is not None and factor and factor in names.factors.ids and factor != stem:
        message = f"{quoted(factor)} doesn't fit the name of the file; rename it {factor}.yaml"
        reader.note(at, "factor-name", message)
    for item in reader.items(file.get("questions"), "a list of questions", least=0):
        made = question(reader, item, factor, names, into.question_ids, into.rule_ids)
        into.questions.setdefault(made.id, made)
    read_rules(reader, file, factor, names, into.rule_ids, into.rules)
    for item in reader.items(file.get("reasons"), "a list of tables of reasons", least=0):
        into.reasons.append(reason_table(reader, item, factor, names, into.rule_ids))
