"""A broken statement as a whole-person case, in the form of `cases/*.yaml`.

Why this module exists: who breaks a statement should stand among the cases, so that the
mend is tried on them by every later run.

It must not write a file.
"""

from __future__ import annotations

from textwrap import wrap

from pathfinder.loader.syntax.yaml_writer import mapping
from pathfinder.ruletools.verify.statements import Statement, Verdict


def as_case(statement: Statement, verdict: Verdict) -> str | None:
    """The text of the case, or None where no person stands for the break."""
    if verdict.case is None or verdict.wanted is None:
        return None
    return "\n".join([
        f"# Found by `pathfinder rules verify`: breaks the statement {statement.id}.",
        "story: >-",
        *wrap(statement.says, 96, initial_indent="  ", subsequent_indent="  "),
        *mapping("answers", verdict.case),
        *mapping("expect", verdict.wanted),
        "",
    ])  # fmt: skip
