"""migrations.yaml: how answers that were given under older rules are read today.

Why this module exists: questions get other names, answers are split and joined. A
session from before must not lose an answer silently, nor get one that nobody gave.

It must not change an answer (`carrying` does), or read a session. The file decides
nothing about care, so it is no part of the rule set's passport.

    migrations:
      - version: "0.2.0"
        because: The place where a person sleeps got clearer answers.
        steps:
          - {rename: housing, to: home}
          - {map: home, answers: {couch: unsafe, tent: none}}
          - {drop: smoking}
          - {ask_again: weekly_hours}
          # One answer of before became several: which it is, another answer says.
          - split: medication
            by: substances
            answers: {taking: {opioids: for_opioids, alcohol: for_alcohol}}
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from pathfinder.engine.question import SKIP, UNSURE, Question
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import RulesError
from pathfinder.files import read_bytes
from pathfinder.loader.fields import SNAKE, Fields, Form, Reader
from pathfinder.loader.rule_files import built_in, label_of
from pathfinder.loader.syntax.nodes import MapNode, Node, ScalarNode
from pathfinder.loader.syntax.text import MOST_BYTES
from pathfinder.loader.syntax.yaml import read_yaml
from pathfinder.sanitize import quoted

FILE: Final = "migrations.yaml"
MIGRATIONS: Final = Form(
    FILE,
    {"migrations": ("a migration*", "How the answers of saved sessions are read, oldest first.")},
)
MIGRATION: Final = Form(
    "a migration",
    {
        "version": ("version", "The version of the rules that brought the change, in quotes."),
        "because": ("text", "What changed, for the person whose answers are read anew."),
        "steps": ("one of the steps below+", "What happens to the answers, in this order."),
    },
)
RENAME: Final = Form(
    "a step that renames a question",
    {"rename": ("snake", "The question of before."), "to": ("snake", "Its name now.")},
)
MAP: Final = Form(
    "a step that maps answers",
    {
        "map": ("snake", "The question."),
        "answers": ("answers of before and now", "Each answer of before with the one of now."),
    },
)
DROP: Final = Form(
    "a step that drops a question", {"drop": ("snake", "A question that isn't asked any more.")}
)
AGAIN: Final = Form(
    "a step that asks a question again",
    {"ask_again": ("question", "A question that means something else now.")},
)
SPLIT: Final = Form(
    "a step that splits an answer",
    {
        "split": ("snake", "The question."),
        "by": ("snake", "The question whose answers say what it means now."),
        "answers": ("answers of before by another answer", "What each may mean now."),
    },
)
STEPS: Final = {"rename": RENAME, "map": MAP, "drop": DROP, "ask_again": AGAIN, "split": SPLIT}
_VERSION: Final = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9}){0,3}")

Version = tuple[int, ...]


class Rename(NamedTuple):
    question: str
    to: str


class MapAnswers(NamedTuple):
    """`answers`: an answer of before -> the answer that means the same today."""

    question: str
    answers: Mapping[str, str]


class Drop(NamedTuple):
    """The question isn't asked any more; its answer is left out."""

    question: str


class AskAgain(NamedTuple):
    """The question means something else now, so the old answer can't stand for it."""

    question: str


class Split(NamedTuple):
    """An answer that became several: the answers of `by` say which of them it means.

    `answers`: an answer of before -> (an answer of `by` -> the answer of today). Where none
    of them was given, nobody knows which it means, and it is asked again.
    """

    question: str
    by: str
    answers: Mapping[str, Mapping[str, str]]


MigrationStep = Rename | MapAnswers | Drop | AskAgain | Split


class Migration(NamedTuple):
    """What changed with one version of the rule set."""

    version: str
    because: str
    steps: tuple[MigrationStep, ...]


def version_of(text: str) -> Version:
    """A version such as 0.2.0, so that it can be compared. Anything else counts as the oldest."""
    if not _VERSION.fullmatch(text):
        return ()
    parts = [int(part) for part in text.split(".")]
    while parts and parts[-1] == 0:
        parts.pop()
    return tuple(parts)


def read_migrations(rules: RuleSet, directory: Path | None = None) -> tuple[Migration, ...]:
    """The migrations of the rule set in `directory` (None: the built-in one), oldest first.

    A rule set without the file has none. Raises RulesError with every problem, each at
    its place; FileProblem if the file can't be read.
    """
    folder = built_in() if directory is None else Path(directory)
    path, label = folder / FILE, label_of(folder, FILE)
    if not os.path.lexists(path):
        return ()
    data = read_bytes(str(path), label, MOST_BYTES, "A file of rules should stand there.")
    root, problems = read_yaml(data, label)
    migrations = _migrations(Reader(label, problems), root, rules) if root is not None else ()
    if problems:
        problems.sort(key=lambda problem: (problem.line, problem.column))
        raise RulesError(problems)
    return migrations


# --- reading the file -----------------------------------------------------------------


class _Written(NamedTuple):
    """A step, and where it stands."""

    step: MigrationStep
    at: Node


def _migrations(reader: Reader, root: MapNode, rules: RuleSet) -> tuple[Migration, ...]:
    fields = reader.fields(root, MIGRATIONS)
    found: list[Migration] = []
    steps: list[_Written] = []
    before: Version = ()
    for item in reader.items(fields.get("migrations"), "a list of migrations", least=0):
        entry = reader.fields(item, MIGRATION)
        version = _version(reader, entry.get("version"), before, rules)
        before = max(before, version_of(version))
        mine = [
            written
            for node in reader.items(entry.get("steps"), "a list of steps")
            if (written := _step(reader, node)) is not None
        ]
        steps += mine
        because = reader.text(entry.get("because"))
        found.append(Migration(version, because, tuple([each.step for each in mine])))
    if not reader.problems:
        _check_ends(reader, steps, rules)
    return tuple(found)


def _version(reader: Reader, node: Node | None, before: Version, rules: RuleSet) -> str:
    text = reader.text(node)
    if node is None or not text:
        return text
    version = version_of(text)
    if not version:
        reader.note(node, "not-a-version", f'expected a version like "0.2.0"; found {quoted(text)}')
    elif version <= before:
        message = f"the version {quoted(text)} comes after a later one; put the oldest first"
        reader.note(node, "version-order", message)
    elif version > version_of(rules.version):
        message = f"the version {quoted(text)} is newer than that of the rules, {rules.version}"
        reader.note(node, "version-order", message)
    return text


def _step(reader: Reader, node: Node) -> _Written | None:
    if not isinstance(node, MapNode):
        reader.wrong(node, f"a mapping (a step: {', '.join(STEPS)})")
        return None
    kinds = [kind for kind in STEPS if kind in node.entries]
    if len(kinds) != 1:
        message = f"a step does one thing: {', '.join(STEPS)}"
        reader.note(node, "not-a-step", f"{message}; found {quoted(', '.join(node.entries))}")
        return None
    fields = reader.fields(node, STEPS[kinds[0]])
    question = _id(reader, fields.get(kinds[0]))
    if kinds[0] == "rename":
        return _Written(Rename(question, _id(reader, fields.get("to"))), node)
    if kinds[0] == "map":
        return _Written(MapAnswers(question, _pairs(reader, fields.get("answers"))), node)
    if kinds[0] == "split":
        return _Written(_split(reader, question, fields), node)
    return _Written(Drop(question) if kinds[0] == "drop" else AskAgain(question), node)


def _split(reader: Reader, question: str, fields: Fields) -> Split:
    by, answers = _id(reader, fields.get("by")), fields.get("answers")
    meanings: dict[str, dict[str, str]] = {}
    if isinstance(answers, MapNode):
        meanings = {key: _pairs(reader, value) for key, (_, value) in answers.entries.items()}
    elif answers is not None:
        reader.wrong(answers, "a mapping (an answer of before: what it may mean today)")
    return Split(question, by, meanings)


def _id(reader: Reader, node: Node | None) -> str:
    text = reader.text(node)
    if text and node is not None and not SNAKE[0].fullmatch(text):
        reader.note(node, "id-form", f"the id {quoted(text)} must be {SNAKE[1]}")
    return text


def _pairs(reader: Reader, node: Node | None) -> dict[str, str]:
    if node is None:
        return {}
    if not isinstance(node, MapNode):
        reader.wrong(node, "a mapping (an answer of before: the answer of today)")
        return {}
    return {key: _id(reader, value) for key, (_, value) in node.entries.items()}


# --- what the steps lead to -------------------------------------------------------------


def _check_ends(reader: Reader, steps: Sequence[_Written], rules: RuleSet) -> None:
    """Every new name must be one of today's, or lead to one through the later steps."""
    for place, (step, at) in enumerate(steps):
        later = [each.step for each in steps[place + 1 :]]
        node = at.entries if isinstance(at, MapNode) else {}
        if isinstance(step, Rename):
            end = _question_after(step.to, later)
            if end is not None and end not in rules.question_by_id:
                reader.unknown(node["to"][1], "question", end, rules.question_by_id)
        elif isinstance(step, MapAnswers):
            _check_map(reader, step, node["answers"][1], later, node["map"][1], rules)
        elif isinstance(step, AskAgain | Split):
            end = _question_after(step.question, later)
            if end is not None and end not in rules.question_by_id:
                key = "split" if isinstance(step, Split) else "ask_again"
                reader.unknown(node[key][1], "question", end, rules.question_by_id)
            elif isinstance(step, Split) and end is not None:
                _check_split(reader, step, node["answers"][1], later, rules.question_by_id[end])
        elif _question_after(step.question, later) in rules.question_by_id:
            message = f"{quoted(step.question)} is asked today; write ask_again, or leave it"
            reader.note(node["drop"][1], "still-asked", message)


def _check_map(
    reader: Reader,
    step: MapAnswers,
    at: Node,
    later: Sequence[MigrationStep],
    name: Node,
    rules: RuleSet,
) -> None:
    end = _question_after(step.question, later)
    if end is None:
        return
    if end not in rules.question_by_id:
        reader.unknown(name, "question", end, rules.question_by_id)
        return
    allowed = (*rules.question_by_id[end].answers, UNSURE, SKIP)
    assert isinstance(at, MapNode)
    for _, value in at.entries.values():
        assert isinstance(value, ScalarNode)
        answer = _answer_after(step.question, value.value, later)
        if answer is not None and answer not in allowed:
            reader.unknown(value, "answer", answer, allowed, of=end)


def _check_split(
    reader: Reader, step: Split, at: Node, later: Sequence[MigrationStep], question: Question
) -> None:
    for meanings in step.answers.values():
        for value in meanings.values():
            answer = _answer_after(step.question, value, later)
            if answer is not None and answer not in question.answers:
                reader.unknown(at, "answer", answer, question.answers, of=question.id)


def _question_after(question: str, later: Sequence[MigrationStep]) -> str | None:
    """What a question is called in the end; None if it is dropped or asked again."""
    for step in later:
        if step.question == question:
            if isinstance(step, Rename):
                question = step.to
            elif isinstance(step, Drop | AskAgain):
                return None
    return question


def _answer_after(question: str, answer: str, later: Sequence[MigrationStep]) -> str | None:
    for step in later:
        if step.question == question:
            if isinstance(step, Rename):
                question = step.to
            elif isinstance(step, MapAnswers):
                answer = step.answers.get(answer, answer)
            elif isinstance(step, Split):
                continue  # it splits answers of before, and these are new
            else:
                return None
    return answer
