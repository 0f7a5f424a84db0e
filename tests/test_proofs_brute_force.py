"""Proofs against counting: every set of answers of a tiny rule set is decided, one by one.

Rules and statements are drawn at random. A proof must find what there is to find, and nothing else,
whatever the form of the statement; also of somebody who is promised for each path and rule.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import combinations, pairwise, product

import pytest
import tiny
from scrambled_rules import scrambled

from pathfinder import load_rules
from pathfinder.engine.conditions import Condition
from pathfinder.engine.decide import decide
from pathfinder.engine.decision import Decision, part_ids
from pathfinder.engine.fit import fit_paths
from pathfinder.engine.flow import view_of
from pathfinder.engine.question import NONE, SKIP, UNSURE, Answer, Question
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import RulesError
from pathfinder.ruletools.cases.examples import at_work
from pathfinder.ruletools.verify import Statement, Verdict, prove
from pathfinder.ruletools.verify.statements import (
    Adding,
    Demand,
    Implies,
    Must,
    NeverChanges,
    NeverLowers,
    SomebodyForEach,
    Worsening,
)

pytestmark = [pytest.mark.slow, pytest.mark.no_cover]

Person = tuple[Answer, ...]
"""One answer a question, in the order of the questions."""


class Everybody:
    """All adults of a rule set, decided."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self.ids = [question.id for question in rules.questions]
        options = [list(_answers(rules, question)) for question in rules.questions]
        self.found = {person: self._decided(person) for person in product(*options)}

    def _decided(self, person: Person) -> Decision | None:
        try:
            return decide(self.rules, dict(zip(self.ids, person, strict=True)))
        except RulesError:
            return None

    def changed(self, person: Person, question: str, answer: Answer) -> Person:
        place = self.ids.index(question)
        return (*person[:place], answer, *person[place + 1 :])


def _answers(rules: RuleSet, question: Question) -> Iterator[Answer]:
    if question.id == rules.scope_question:
        yield from ("adult", SKIP)
        return
    yield from (UNSURE, SKIP)
    if question.kind != "many":
        yield from question.answers
        return
    several = [answer for answer in question.answers if answer != NONE]
    for size in range(1, len(several) + 1):
        yield from combinations(several, size)
    if NONE in question.answers:
        yield (NONE,)


# --- what breaks a statement, by looking at everybody ---------------------------------------


def somebody_breaks(everybody: Everybody, must: Must) -> bool:
    return any(_wrong(everybody.rules, must, *pair) for pair in _pairs(everybody, must))


def _pairs(everybody: Everybody, must: Must) -> Iterator[tuple[Decision | None, Decision | None]]:
    """The decisions that the statement compares; twice the same where it compares none."""
    for person, one in everybody.found.items():
        for other in _others(everybody, must, person, one):
            yield one, everybody.found[other]


def _others(
    everybody: Everybody, must: Must, person: Person, one: Decision | None
) -> Iterator[Person]:
    given = dict(zip(everybody.ids, person, strict=True))
    by_id = everybody.rules.question_by_id
    if isinstance(must, Implies):
        yield person
    elif isinstance(must, NeverChanges):
        (name,) = must.questions
        for answer in _answers(everybody.rules, by_id[name]):
            yield everybody.changed(person, name, answer)
    elif isinstance(must, NeverLowers):
        ((name, _),) = must.steps
        if one is not None and name in one.view and one.view[name] in by_id[name].answers:
            for better, worse in pairwise(by_id[name].answers):
                if given[name] == better:
                    yield everybody.changed(person, name, worse)
    elif isinstance(must, Adding) and isinstance(given[must.question], tuple):
        chosen = {*given[must.question]} - {NONE}
        if one is not None and isinstance(one.view.get(must.question), frozenset):
            for answer in must.answers:
                if answer not in chosen:
                    order = by_id[must.question].answers
                    more = tuple(each for each in order if each in {*chosen, answer})
                    yield everybody.changed(person, must.question, more)


def _wrong(rules: RuleSet, must: Must, one: Decision | None, two: Decision | None) -> bool:
    if isinstance(must, Implies):
        return _unmet(rules, must, one)
    if one is None or two is None:
        return False  # that nobody is left without a path is a promise of its own
    changes: tuple[str, ...] = ()
    lowers: tuple[str, ...] = ()
    if isinstance(must, NeverChanges):
        changes = must.parts
    elif isinstance(must, NeverLowers):
        lowers = must.parts
    elif isinstance(must, Adding):
        changes, lowers = must.changes, must.lowers
    ranks = rules.level_rank
    level = {"safe_level": lambda out: ranks[out.safe_level],
             "first_path_level": lambda out: ranks[out.ranked[0].level]}  # fmt: skip
    different = any(part_ids(one, part) != part_ids(two, part) for part in changes)
    return different or any(level[part](two) < level[part](one) for part in lowers)


def _unmet(rules: RuleSet, must: Implies, one: Decision | None) -> bool:
    then = must.then
    if one is None:
        return then.some_path and must.when is None
    if must.when is not None and must.when.holds(one.view) is not True:
        return False
    top, ranks = one.ranked[0], rules.level_rank
    return (
        (then.at_least is not None and ranks[one.safe_level or ""] < ranks[then.at_least])
        or (bool(then.first_path) and top.path not in then.first_path)
        or top.path in then.not_first_path
        or any(path in then.not_ranked for path in part_ids(one, "ranked"))
        or (then.not_above_need and top.above_need)
    )


def told_apart(rules: RuleSet) -> dict[tuple[str, str, str, int], str]:
    """The rows of reasons by what a decision tells of them, but for those that tell the same."""
    names: dict[tuple[str, str, str, int], list[str]] = {}
    for table in rules.reasons:
        for answer, row in table.rows.items():
            for place, argument in enumerate(row.arguments, start=1):
                key = (table.id, answer, argument.because, argument.points)
                names.setdefault(key, []).append(f"{table.id}: {answer}, {place}")
    return {key: alike[0] for key, alike in names.items() if len(alike) == 1}


def at_work_for_nobody(everybody: Everybody) -> set[str]:
    """The rules, readings and rows that a look at everybody doesn't find at work."""
    rules = everybody.rules
    left = {rule.id for rule in (*rules.every_rule,)}
    left |= {reading.id for question in rules.questions for reading in question.readings}
    rows = told_apart(rules)
    left |= set(rows.values())
    untold = {rule.id for rule in (*rules.support_rules, *rules.note_rules, *rules.move_rules)}
    untold |= {barrier.id for barrier in rules.barriers}
    for person, found in everybody.found.items():
        answers = dict(zip(everybody.ids, person, strict=True))
        view = view_of(rules, answers)
        work = at_work(rules, view)
        left -= (work.fired - untold) | work.readings
        for fit in fit_paths(rules, answers, view).values():
            keys = [(r.rule, r.answer or SKIP, r.does, r.points) for r in fit.told]
            left -= {rows[key] for key in keys if key in rows}
        if found is None:
            continue
        left -= {rule for support in found.supports for rule in support.rules}
        left -= {note.id for note in found.notes}
        left -= {move.id for move in rules.move_rules if move.because in found.next_moves}
        if found.if_not_possible:
            told = found.if_not_possible.because
            left -= {barrier.id for barrier in rules.barriers if barrier.because in told}
    return left


# --- rules and statements drawn at random ---------------------------------------------------


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> RuleSet:
    return load_rules(tiny.write(tmp_path_factory.mktemp("brute") / "rules"))


def _changed(rules: RuleSet, dice: random.Random, changes: int) -> RuleSet:
    """So many changes; some kinds of them need more than a tiny rule set has."""
    while changes:
        try:
            rules = scrambled(rules, dice, 1)
        except (IndexError, StopIteration, ValueError):
            continue
        changes -= 1
    return rules


def _statements(rules: RuleSet, dice: random.Random) -> Iterator[tuple[str, Must]]:
    conditions: list[Condition | None] = [rule.when for rule in rules.every_rule]
    paths = [path.id for path in rules.paths]
    levels = [level.id for level in rules.levels]
    for number, then in enumerate((
        Demand(first_path=tuple(dice.sample(paths, 2))),
        Demand(not_first_path=(dice.choice(paths),)),
        Demand(not_ranked=(dice.choice(paths),)),
        Demand(at_least=dice.choice(levels)),
        Demand(not_above_need=True),
    )):  # fmt: skip
        yield f"implies-{number}", Implies(dice.choice(conditions), then)
    for question in rules.questions:
        if question.kind == "scale":
            for part in ("safe_level", "first_path_level"):
                steps = (Worsening(question.id, "up"),)
                yield f"lowers-{question.id}-{part}".replace("_", "-"), NeverLowers(steps, (part,))
        if question.id != rules.scope_question:
            for part in ("first_path", dice.choice(("safe_level", "first", "alerts", "supports"))):
                name = f"changes-{question.id}-{part}".replace("_", "-")
                yield name, NeverChanges((question.id,), (part,))
        if question.kind == "many":
            answers = tuple(each for each in question.answers if each != NONE)[:2]
            name = f"adding-{question.id}".replace("_", "-")
            lowers = ("safe_level", "first_path_level")
            yield name, Adding(question.id, answers, {}, None, (), lowers)


def _verdicts(rules: RuleSet, musts: dict[str, Must]) -> dict[str, Verdict]:
    statements = [Statement(name, "Something holds.", (must,)) for name, must in musts.items()]
    return {each.statement: each for each in prove(rules, statements, smallest=False)}


@pytest.mark.parametrize("seed", range(12))
def test_a_proof_finds_who_breaks_a_statement_and_nobody_else(small: RuleSet, seed: int) -> None:
    dice = random.Random(seed)
    rules = _changed(small, dice, seed % 6)
    everybody = Everybody(rules)
    musts = dict(_statements(rules, dice))
    for name, verdict in _verdicts(rules, musts).items():
        promises_nothing = any(words.startswith("Nobody can give") for words in verdict.broken)
        if not promises_nothing:
            assert verdict.holds is not somebody_breaks(everybody, musts[name]), (name, verdict)


@pytest.mark.parametrize("seed", range(12))
def test_a_proof_finds_somebody_for_each_where_there_is_somebody(small: RuleSet, seed: int) -> None:
    dice = random.Random(100 + seed)
    rules = _changed(small, dice, seed % 6)
    everybody = Everybody(rules)
    found = _verdicts(rules, {"paths": SomebodyForEach("paths"), "rules": SomebodyForEach("rules")})
    tops = {out.ranked[0].path for out in everybody.found.values() if out is not None}
    never_first = {path.id for path in rules.paths} - tops
    assert {words.split('"')[1] for words in found["paths"].broken} == never_first
    named = {words.split('"')[1] for words in found["rules"].broken}
    known = {*told_apart(rules).values()}
    assert {n for n in named if ": " not in n or n in known} == at_work_for_nobody(everybody)
