"""Answers files of an older edition: read as today's rules take them, and said so.

Why this module exists: somebody kept their answers a year ago, and a question has changed
since. Their file carries no version, so it is first read as today's; only where it doesn't
fit, the migrations of the rule set are tried. An answer that nobody gave is never made up.

It must not hide a slip: what no migration knows is told as in any other file.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from pathfinder.engine.question import Answer, Answers
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import AnswersError
from pathfinder.loader.answers_file import plain_answers, read_answers, stdin_bytes
from pathfinder.loader.carry_forward import carry
from pathfinder.loader.migrations import Migration, read_migrations

_OLDEST = {"ruleset": "", "version": "0", "sha256": ""}


class OfAnyEdition(NamedTuple):
    """Answers as today's rules take them. `told`: what was read otherwise, a sentence each."""

    answers: Answers
    told: tuple[str, ...] = ()


def read_answers_of_any_edition(
    rules: RuleSet, path: Path | str, *, folder: Path | None, input_format: str | None = None
) -> OfAnyEdition:
    """The answers in a file, or on standard input for `-`; those of an older edition, too.

    `folder` is that of the rule set, None for the built-in one. Raises as `read_answers`.
    """
    data = stdin_bytes() if str(path) == "-" else None
    try:
        return OfAnyEdition(read_answers(rules, path, input_format=input_format, data=data))
    except AnswersError:
        migrations = read_migrations(rules, folder)
        given = plain_answers(path, input_format=input_format, data=data) if migrations else None
        if given is None:
            raise
        carried = older(rules, migrations, given)
        if carried is None:
            raise
        return carried


def older(
    rules: RuleSet, migrations: tuple[Migration, ...], given: Mapping[str, Answer]
) -> OfAnyEdition | None:
    """Answers that today's rules don't take, read by the migrations; None if that doesn't help."""
    passport = {**_OLDEST, "ruleset": rules.id, "sha256": rules.sha256}
    carried = carry(rules, migrations, given, {}, passport)
    # What was neither carried over nor split into "not known any more" is a slip.
    split = {step.question for each in migrations for step in each.steps}
    if any(question not in carried.answers and question not in split for question in given):
        return None
    return OfAnyEdition(carried.answers, carried.told)
