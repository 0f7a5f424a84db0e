"""Drafts: how the answers of an unfinished quiz are kept, and read again.

Why this module exists: it is the one place that knows how drafts are kept. A
draft is an answers file with the passport of the rules it was made under. It is
written only where the person names a file; it is plain text, readable by its
owner alone (mode 0600), and in place whole or not at all.

It must not ask anything, or decide which questions apply.
"""

from __future__ import annotations

import contextlib
from typing import NamedTuple

from pathfinder._version import __version__
from pathfinder.engine.question import Answer, Answers
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import AnswersError, CantWrite, Problem
from pathfinder.files import placed_where_named, read_bytes, sweep_beside, take_away
from pathfinder.leads import led_to
from pathfinder.loader.answers_file import MOST_BYTES, NAME_A_FILE, check_answers
from pathfinder.loader.syntax.nodes import Kind, MapNode, Node, ScalarNode, SeqNode
from pathfinder.loader.syntax.text import mapping, word
from pathfinder.output import refuse_the_vault, refuse_what_must_stay
from pathfinder.sanitize import clean

_HEAD = (
    "# A draft of answers for Pathfinder. Whoever can read this file can read the answers.\n"
    "# To go on: pathfinder quiz --resume FILE. When you don't need it, delete it.\n"
)


class DraftFile(NamedTuple):
    """A draft as today's rules read it.

    `misfits` says, a line each, which answers no longer fit; they are not in `answers`.
    `same_rules`: the rules are those under which the draft was written; None where it
    names none, as an answers file that a person wrote.
    """

    answers: dict[str, Answer]
    misfits: tuple[str, ...]
    same_rules: bool | None


def save_draft(file: str, rules: RuleSet, answers: Answers, saved: str) -> None:
    """Write `answers` to `file`, in place of what stood there; of a link, where it leads.

    `saved` is the time, as text. Raises `CantWrite`; then the old file is as it was.
    """
    passport = {
        "ruleset": rules.id,
        "version": rules.version,
        "sha256": rules.sha256,
        "app": __version__,
    }
    lines = (
        f"saved: {word(saved)}",
        *mapping("passport", passport),
        *mapping("answers", answers),
    )
    text = _HEAD + "".join(f"{line}\n" for line in lines)
    try:
        refuse_the_vault(file)
        path = led_to(file)
        refuse_what_must_stay(path, clean(file))
        with placed_where_named(path) as stream:
            stream.write(text.encode())
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise CantWrite(f"The draft can't be written to {clean(file)}: {reason}.") from None


def delete_draft(file: str) -> None:
    """Take the draft away, if it is there, and what saves of it that were killed left beside it.

    Copies elsewhere, and on the disk, may remain.
    """
    with contextlib.suppress(OSError, ValueError, CantWrite):
        path = led_to(file)
        with contextlib.suppress(OSError):
            take_away(path)
        sweep_beside(path)


def read_draft(rules: RuleSet, file: str) -> DraftFile:
    """The answers that still fit today's rules, and what doesn't.

    An answers file without a passport will do. Raises `FileProblem` if it can't be
    read, and `AnswersError` if it isn't an answers file at all.
    """
    root = _root(file)
    body: MapNode = root
    inner = root.get("answers")
    if "answers" not in rules.question_by_id and isinstance(inner, MapNode):
        body = inner
    answers: dict[str, Answer] = {}
    misfits: list[str] = []
    for question, (_, node) in body.entries.items():
        try:
            answers.update(check_answers(rules, {question: _data(node)}))
        except AnswersError as error:
            misfits += [problem.message for problem in error.problems]
    written_under = _sha256(root)
    same = None if written_under is None else written_under == rules.sha256
    return DraftFile(answers, tuple(misfits), same)


def _root(file: str) -> MapNode:
    from pathfinder.loader.syntax.yaml import read_yaml

    data = read_bytes(file, clean(file), MOST_BYTES, NAME_A_FILE)
    root, problems = read_yaml(data, clean(file))
    if problems or root is None:
        nothing = Problem(clean(file), 1, 1, "empty", "no answers stand in this file")
        raise AnswersError(problems or [nothing])
    return root


def _sha256(root: MapNode) -> str | None:
    passport = root.get("passport")
    told = passport.get("sha256") if isinstance(passport, MapNode) else None
    return told.value if isinstance(told, ScalarNode) else None


def _data(node: Node) -> object:
    """A node as plain data; the checks of answers say what is wrong with it."""
    if isinstance(node, SeqNode):
        return [_data(item) for item in node.items]
    if isinstance(node, ScalarNode):
        return None if node.kind is Kind.BAD else node.value
    return {}
