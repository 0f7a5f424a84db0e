"""Answers of an older edition under today's rules: what they are called now, what is left to ask.

Why this module exists: a session is opened again months later, or somebody kept a file of
answers, and the rules have changed. What changed is said, what can't be carried over is
asked again, and nothing is made up. A file carries no version, so it is first read as
today's; only where it doesn't fit, the migrations of the rule set are tried.

It must not change what was saved, or hide a slip: what no migration knows is told as in any
other file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pathfinder.engine.flow import applicable
from pathfinder.engine.question import NONE, SKIP, UNSURE, Answer, Answers, Question
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import AnswersError
from pathfinder.loader.answers_file import check_answers, plain_answers, read_answers, stdin_bytes
from pathfinder.loader.migrations import (
    AskAgain,
    Drop,
    MapAnswers,
    Migration,
    MigrationStep,
    Rename,
    Split,
    read_migrations,
    version_of,
)
from pathfinder.sanitize import excerpt, quoted


class Carried(NamedTuple):
    """Answers as today's rules take them.

    `told`: what changed, a sentence each; empty if nothing did. `ask`: the ids of the
    questions that apply today and have no answer, in their order. A note to a question
    that is gone is kept under its old name.
    """

    answers: dict[str, Answer]
    notes: dict[str, str]
    told: tuple[str, ...]
    ask: tuple[str, ...]


def carry(
    rules: RuleSet,
    migrations: Sequence[Migration],
    answers: Mapping[str, Answer],
    notes: Mapping[str, str],
    passport: Mapping[str, str],
) -> Carried:
    """What answers given under the rules of `passport` mean under `rules`.

    Migrations hold for their own rule set: answers from another one are only checked.
    An empty passport counts as today's.
    """
    told = list(_about_the_rules(rules, passport))
    bag = _Bag(dict(answers), dict(notes), told)
    if not passport or passport["ruleset"] == rules.id:
        before = version_of(passport["version"]) if passport else version_of(rules.version)
        for migration in migrations:
            if version_of(migration.version) > before:
                length = len(told)
                for step in migration.steps:
                    bag.take(step)
                if len(told) > length:
                    told.insert(length, f"Since version {migration.version}: {migration.because}")
    fitting = bag.fitting(rules)
    ask = tuple([q.id for q in applicable(rules, fitting) if q.id not in fitting])
    return Carried(fitting, bag.notes, tuple(told), ask)


def _about_the_rules(rules: RuleSet, passport: Mapping[str, str]) -> tuple[str, ...]:
    if not passport or passport["sha256"] == rules.sha256:
        return ()
    was = f"{excerpt(passport['ruleset'])} {excerpt(passport['version'])}"
    now = f"{rules.id} {rules.version}"
    if passport["ruleset"] != rules.id:
        return (f"These answers were given under another rule set, {was}. Now in use: {now}.",)
    if passport["version"] == rules.version:
        return (f"The rules were changed since, without a new version number: {now}.",)
    return (f"These answers were given under {was}. Now in use: {now}.",)


class _Bag:
    """Answers and notes on their way through the steps."""

    def __init__(self, answers: dict[str, Answer], notes: dict[str, str], told: list[str]) -> None:
        self.answers = answers
        self.notes = notes
        self.told = told

    def take(self, step: MigrationStep) -> None:
        question = step.question
        if question not in self.answers:
            if isinstance(step, Rename) and question in self.notes:
                self.notes[step.to] = self.notes.pop(question)
            return
        if isinstance(step, Rename):
            self.answers[step.to] = self.answers.pop(question)
            if question in self.notes:
                self.notes[step.to] = self.notes.pop(question)
            self.told.append(f"The question {quoted(question)} is called {quoted(step.to)} now.")
        elif isinstance(step, MapAnswers):
            self._map(step)
        elif isinstance(step, Split):
            self._split(step)
        elif isinstance(step, Drop):
            del self.answers[question]
            self.told.append(f"The question {quoted(question)} isn't asked any more.")
        else:
            assert isinstance(step, AskAgain)
            del self.answers[question]
            self.told.append(f"The question {quoted(question)} means something else now.")

    def _map(self, step: MapAnswers) -> None:
        old = self.answers[step.question]
        parts = (old,) if isinstance(old, str) else old
        # Two answers of before may have become one.
        new = tuple(dict.fromkeys(step.answers.get(part, part) for part in parts))
        if new == tuple(parts):
            return
        self.answers[step.question] = new[0] if isinstance(old, str) else new
        for part in parts:
            if part in step.answers:
                self.told.append(
                    f"{quoted(step.question)}: the answer {quoted(part)} is "
                    f"{quoted(step.answers[part])} now."
                )

    def _split(self, step: Split) -> None:
        old, by = self.answers[step.question], self.answers.get(step.by, ())
        parts = (old,) if isinstance(old, str) else old
        said = {by} if isinstance(by, str) else set(by)
        new: dict[str, None] = {}
        for part in parts:
            if part not in step.answers:
                new[part] = None
                continue
            means = [today for other, today in step.answers[part].items() if other in said]
            new.update(dict.fromkeys(means))
            told = " and ".join(map(quoted, means)) or "not known any more"
            self.told.append(f"{quoted(step.question)}: the answer {quoted(part)} is {told} now.")
        if new:
            self.answers[step.question] = tuple(new)
        else:
            del self.answers[step.question]

    def fitting(self, rules: RuleSet) -> dict[str, Answer]:
        """The answers that today's rules take. Each that they don't is told."""
        fitting: dict[str, Answer] = {}
        for question, answer in self.answers.items():
            if question in rules.question_by_id:
                answer = _several(rules.question_by_id[question], answer)
            try:
                fitting.update(check_answers(rules, {question: answer}))
            except AnswersError:
                given = answer if isinstance(answer, str) else ", ".join(answer)
                self.told.append(
                    f"{quoted(question)}: the answer {quoted(given)} doesn't fit any more."
                )
        return fitting


def _several(question: Question, answer: Answer) -> Answer:
    """One answer of before, where a question takes several today; `none` stands alone."""
    if question.kind != "many":
        return answer
    parts = (answer,) if isinstance(answer, str) else answer
    if len(parts) == 1 and parts[0] in (UNSURE, SKIP):
        return parts[0]
    known = tuple(part for part in parts if part != NONE)
    return known or (NONE,)


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


def line_of_any_edition(
    rules: RuleSet, migrations: tuple[Migration, ...], line: bytes
) -> Answers | None:
    """A line of JSONL that today's rules don't take, read by the migrations; None if that doesn't
    help. What was read otherwise isn't told: a stream has one line for each person, and no other.
    """
    given = plain_answers("-", input_format="json", data=line) if migrations else None
    carried = None if given is None else older(rules, migrations, given)
    return None if carried is None else carried.answers


def older(
    rules: RuleSet, migrations: tuple[Migration, ...], given: Mapping[str, Answer]
) -> OfAnyEdition | None:
    """Answers that today's rules don't take, read by the migrations; None if that doesn't help."""
    if not all(given.values()):
        return None  # an empty list is a slip in every edition
    passport = {**_OLDEST, "ruleset": rules.id, "sha256": rules.sha256}
    carried = carry(rules, migrations, given, {}, passport)
    # What was neither carried over nor taken by a step (and so "not known any more") is a slip.
    steps = [step for each in migrations for step in each.steps]
    for question in set(given).difference(carried.answers):
        taken = [step for step in steps if step.question == question]
        if any(not isinstance(step, Split | MapAnswers) for step in taken):
            continue  # a step takes it, whatever the answer was
        known = {
            part for step in taken if isinstance(step, Split | MapAnswers) for part in step.answers
        }
        answer = given[question]
        parts = {answer} if isinstance(answer, str) else set(answer)
        if not parts <= known:
            return None
    return OfAnyEdition(carried.answers, carried.told)
