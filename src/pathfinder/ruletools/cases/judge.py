"""All trials of one rule set: its examples, its people, and what they reach.

Why this module exists: the command, CI and the tests ask the same thing in one call. Each
line under `expect` is compared in its own way, and what was missed is told as expected and
got, in ids that can be found in the rule files. A rule that fired for no person in `cases/`
can be turned around without a test that fails, so what hasn't been tried is named.

It must not read files, or say why something came out: that is `report`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pathfinder.engine.conditions import NOT_ASKED, Value
from pathfinder.engine.decide import decide
from pathfinder.engine.decision import Decision, part_ids
from pathfinder.engine.flow import view_of
from pathfinder.engine.question import NONE, Answer, Answers, Question
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import RulesError
from pathfinder.ruletools.cases.case_file import KEYS, NOTHING, Case, Expected, How
from pathfinder.ruletools.cases.examples import (
    Example,
    at_work,
    gates_in_words,
    no_path,
    try_examples,
)


class Missed(NamedTuple):
    """One expectation that doesn't hold. `got` holds ids; empty is none."""

    expected: Expected
    got: tuple[str, ...]


class Judged(NamedTuple):
    """A case and what came out. `decision` is None where the rules leave no path: see `broken`."""

    case: Case
    decision: Decision | None
    missed: tuple[Missed, ...]
    broken: str = ""

    @property
    def holds(self) -> bool:
        return not self.missed and not self.broken


def judge(rules: RuleSet, case: Case) -> Judged:
    """Decide for the person of this case, and compare."""
    try:
        decision = decide(rules, case.answers)
    except RulesError as error:
        found = no_path(rules, view_of(rules, case.answers))
        broken = str(error) if found is None else gates_in_words(found, "this person")
        return Judged(case, None, (), broken)
    return Judged(case, decision, missed(decision, case.expect))


def missed(decision: Decision, expect: tuple[Expected, ...]) -> tuple[Missed, ...]:
    """The expectations that this decision doesn't meet, in the order of the case."""
    return tuple(
        Missed(each, got)
        for each in expect
        if not _meets(KEYS[each.key].how, each.names, got := _got(decision, each.key))
    )


def _meets(how: How, names: tuple[str, ...], got: tuple[str, ...]) -> bool:
    wanted, have = set(names), set(got)
    match how:
        case "is" | "in order":
            return names == got
        case "one of":
            return have <= wanted and bool(have)
        case "holds":
            return wanted <= have
        case "holds none of":
            return wanted.isdisjoint(have)
        case "all of":
            return wanted == have


def _got(decision: Decision, key: str) -> tuple[str, ...]:
    """What came out, as an expectation would write it."""
    got = part_ids(decision, key.removeprefix("not_"))
    return got or (NOTHING,) if KEYS[key].how == "is" else got


ANSWERS = "answers"
NOT_KNOWN = "not known"
"""Stands for unsure, prefer not to say and left out: one answer of every question."""


class Reached(NamedTuple):
    """One kind of thing: all there are, and those that some case reaches."""

    kind: str
    every: tuple[str, ...]
    reached: frozenset[str]

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(name for name in self.every if name not in self.reached)

    @property
    def percent(self) -> float:
        return 100 * len(self.reached) / len(self.every) if self.every else 100.0


def coverage(rules: RuleSet, judged: Iterable[Judged]) -> tuple[Reached, ...]:
    """Rules, answers, first paths and ranked paths, with what the cases reach of each.

    A rule is reached where it fires (a reading: where it is used). An answer is reached
    where it counts: given or counted from other answers, to a question that applies.
    """
    rules_hit: set[str] = set()
    answers_hit: set[str] = set()
    first: set[str] = set()
    ranked: set[str] = set()
    for each in judged:
        if each.decision is None:
            continue
        view = each.decision.view
        work = at_work(rules, view)
        rules_hit |= work.fired | work.readings
        answers_hit.update(answers_in(view))
        first.update(entry.path for entry in each.decision.ranked[:1])
        ranked.update(entry.path for entry in each.decision.ranked)
    paths = tuple(rules.path_by_id)
    return (
        Reached("rules", _every_rule(rules), frozenset(rules_hit)),
        Reached(ANSWERS, _every_answer(rules.questions), frozenset(answers_hit)),
        Reached("first paths", paths, frozenset(first)),
        Reached("ranked paths", paths, frozenset(ranked)),
    )


def _every_rule(rules: RuleSet) -> tuple[str, ...]:
    readings = [reading.id for question in rules.questions for reading in question.readings]
    return (*(rule.id for rule in rules.every_rule), *readings)


def _every_answer(questions: Iterable[Question]) -> tuple[str, ...]:
    return tuple(
        f"{question.id}: {answer}"
        for question in questions
        for answer in (*question.answers, NOT_KNOWN)
    )


def answers_in(view: Mapping[str, Value]) -> Iterable[str]:
    """The answers that count in a view, each named as `coverage` names it."""
    for question, value in view.items():
        if value is NOT_ASKED:
            continue
        if value is None:
            yield f"{question}: {NOT_KNOWN}"
        elif isinstance(value, str):
            yield f"{question}: {value}"
        else:
            yield from (f"{question}: {answer}" for answer in value)


class Trials(NamedTuple):
    """What was tried and what it came to."""

    examples: tuple[Example, ...]
    people: tuple[Judged, ...]
    reached: tuple[Reached, ...]

    @property
    def hold(self) -> bool:
        examples = all(each.holds for each in self.examples)
        return examples and all(each.holds for each in self.people)

    def below(self, percent: float) -> tuple[Reached, ...]:
        """The kinds of things of which the people reach less than this share."""
        return tuple(each for each in self.reached if each.percent < percent)


def run_trials(rules: RuleSet, cases: Sequence[Case]) -> Trials:
    """Try every example and every person."""
    people = tuple(judge(rules, case) for case in cases)
    return Trials(try_examples(rules), people, coverage(rules, people))


Draft = tuple[Answers, Decision, tuple[str, ...]]


def draft_person(rules: RuleSet, trials: Trials) -> Draft | None:
    """A person with answers that nobody in cases/ gives: one who is there, with these instead.

    Of all who are there, the one for whom the most of these answers count, and then the one
    with the fewest answers. None if nobody comes to a path that way.
    """
    missing = next(kind.missing for kind in trials.reached if kind.kind == ANSWERS)
    wanted: dict[str, Answer] = {}
    for name in missing:
        question, _, answer = name.partition(": ")
        if answer != NOT_KNOWN and question in rules.question_by_id:
            several = rules.question_by_id[question].kind == "many" and answer != NONE
            wanted.setdefault(question, (answer,) if several else answer)
    best: Draft | None = None
    for person in trials.people if wanted else ():
        given = {**person.case.answers, **wanted}
        view = view_of(rules, given)
        said = tuple(name for name in answers_in(view) if name in missing)
        if not said or (best and (len(said), -len(given)) <= (len(best[2]), -len(best[0]))):
            continue
        kept = {each: answer for each, answer in given.items() if view[each] is not NOT_ASKED}
        try:
            decision = decide(rules, kept)
        except RulesError:
            continue
        if decision.ranked:
            best = (kept, decision, said)
    return best
