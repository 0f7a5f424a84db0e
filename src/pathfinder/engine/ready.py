"""A rule set made ready for many decisions: each condition turned into a test once.

Why this module exists: a stream decides for a million people by the same rules. What an answer
means to every condition that names its question is the same for all of them, so it is looked up,
and a person becomes two numbers with a bit for each such condition. Most rules then fall away
at one comparison.

It must not say what a condition means: that is `Leaf.holds`, which is asked for every bit. It
decides nothing. What it remembers stays within bounds, however long a stream is.

    >>> from pathfinder import load_rules
    >>> rules = load_rules()
    >>> ready = made_ready(rules)
    >>> facts = ready.facts({"home": "none", "severity": "severe"})
    >>> [each.rule.at_least for each in ready.gates if each.truth(facts)]
    ['residential']
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Final, Generic, NamedTuple, TypeVar

from pathfinder.engine.conditions import All, Condition, Leaf, NoneOf, Truth, Value, View
from pathfinder.engine.decision import Fired, Note, SetAside, ToCheck, Warned
from pathfinder.engine.question import Answer, Derived, Passage, Question
from pathfinder.engine.rules import Barrier, Gate, Rule
from pathfinder.engine.ruleset import Path, RuleSet

_R = TypeVar("_R", bound=Rule)
_Key = TypeVar("_Key")
_Made = TypeVar("_Made")

Counted = tuple[Value, int, int]
"""What an answer counts as, and its `Facts`."""

MOST_REMEMBERED: Final = 4096


class Facts(NamedTuple):
    """A view as two numbers, a bit for each leaf of a condition.

    `true`: the leaf is known to hold. `can`: it isn't known to fail.
    """

    true: int
    can: int


Test = Callable[[int, int], Truth]
"""A condition, asked of `Facts.true` and `Facts.can`."""


class Ready(NamedTuple, Generic[_R]):
    """A rule with its condition as a test. `needs`: leaves without which it never holds.

    `named`: every leaf of its conditions. Nothing else bears on it.
    """

    rule: _R
    needs: int
    named: int
    when: Test
    unless: Test | None

    def truth(self, facts: Facts) -> Truth:
        """As `conditions.fires`."""
        truth = self.when(*facts)
        if truth is not False and self.unless is not None and self.unless(*facts) is True:
            return False
        return truth


class Memory(dict[_Key, _Made]):
    """What was worked out once, by what it was worked out from. Emptied when it is full."""

    def keep(self, key: _Key, made: _Made) -> _Made:
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        self[key] = made
        return made


Step = tuple[Question, str, Derived | None, Test | None, Memory[Answer | None, Counted]]
"""A question on the walk: its id, what it is derived from, when it is asked, what answers to it
were found to mean."""


_Passages = tuple[int, tuple[tuple[str, Test | None], ...], Memory[tuple[int, int], list[str]]]
"""The leaves that they rest on, the texts with their conditions, and what was told."""


class ReadyRules:
    """The rules of each kind, ready, and what is remembered from one decision to the next."""

    def __init__(self, rules: RuleSet) -> None:
        self._bits: dict[Leaf, int] = {}
        self._leaves: dict[str, list[tuple[Leaf, int]]] = {}
        for table in rules.reasons:  # every leaf has its bit before anything is remembered
            for row in table.rows.values():
                for argument in row.arguments:
                    self._named(argument.when, argument.unless)
        self.alerts = self._all(rules.alert_rules)
        self.first = self._all(rules.first_rules)
        self.gates = self._all(rules.gates)
        self.gates_by_bit = tuple([(each, 1 << n) for n, each in enumerate(self.gates)])
        self.bearing = tuple([(path, _bearing(rules, path)) for path in rules.paths])
        self.supports = self._all(rules.support_rules)
        self.notes = self._all(rules.note_rules)
        self.moves = self._all(rules.move_rules)
        self.warnings = tuple(each for each in self.moves if each.rule.warns)
        self.barriers = self._all(rules.barriers)
        self.alerts_rest_on = named_by(self.alerts)
        self.warnings_rest_on = named_by(self.warnings)
        self.barriers_rest_on = named_by(self.barriers)
        self.passages = {
            id(passages): self._passages(passages)
            for passages in (
                *[step.moves for step in rules.steps],
                *[path.first_moves for path in rules.paths],
            )
        }
        self.steps = tuple([self._step(question) for question in rules.questions])
        self.remembered: dict[str, Memory[Value, Facts]] = {q.id: Memory() for q in rules.questions}
        self.read_otherwise = tuple([q for q in rules.questions if q.readings])
        self.open_rules: Memory[tuple[str | int, ...], ToCheck] = Memory()
        self.set_aside: Memory[tuple[str, int], SetAside] = Memory()
        self.all_set_aside: Memory[int, tuple[SetAside, ...]] = Memory()
        self.noted: Memory[tuple[str, ...], tuple[Note, ...]] = Memory()
        self.at_work: Memory[int, tuple[int, tuple[Gate, ...], Mapping[str, tuple[Gate, ...]]]] = (
            Memory()
        )
        self.asked_for: Memory[tuple[str, ...], tuple[Fired, ...]] = Memory()
        self.fired: Memory[tuple[str, ...], Fired] = Memory()
        self.alerted: Memory[
            tuple[str | int, ...], tuple[tuple[Fired, ...], tuple[ToCheck, ...]]
        ] = Memory()
        self.warned: Memory[tuple[int, int], tuple[Warned, ...]] = Memory()
        self.standing: Memory[tuple[int, int], list[Barrier]] = Memory()

    def _step(self, question: Question) -> Step:
        test = None if question.ask_when is None else self.test(question.ask_when)
        return question, question.id, question.derived, test, Memory()

    def facts(self, view: View) -> Facts:
        """What is known of a person, from what each question counts as."""
        true = can = 0
        for question, value in view.items():
            of_it = self.of(question, value)
            true |= of_it[0]
            can |= of_it[1]
        return Facts(true, can)

    def of(self, question: str, value: Value) -> Facts:
        """What this answer means to every leaf that names its question."""
        known = self.remembered[question].get(value)
        if known is not None:
            return known
        true = can = 0
        for leaf, bit in self._leaves.get(question, ()):
            truth = leaf.holds({question: value})
            if truth is not False:
                can |= bit
                if truth:
                    true |= bit
        return self.remembered[question].keep(value, Facts(true, can))

    def instead(self, facts: Facts, before: View, after: View, questions: Iterable[str]) -> Facts:
        """The facts of `before`, with these questions counting as they do in `after`."""
        true, can = facts
        for question in questions:
            old, new = before[question], after[question]
            if old != new:
                was, is_ = self.of(question, old), self.of(question, new)
                true = true & ~was[0] | is_[0]
                can = can & ~was[1] | is_[1]
        return Facts(true, can)

    def told(self, passages: tuple[Passage, ...], facts: Facts) -> list[str]:
        """As `question.told`, of the moves of a step or a path."""
        rest_on, each, known = self.passages[id(passages)]
        true, can = facts
        key = (true & rest_on, can & rest_on)
        found = known.get(key)
        if found is None:
            texts = [text for text, when in each if when is None or when(true, can) is True]
            found = known.keep(key, texts)
        return found

    def _passages(self, passages: tuple[Passage, ...]) -> _Passages:
        tests = tuple([(p.text, p.when and self.test(p.when)) for p in passages])
        return self._named(*[passage.when for passage in passages]), tests, Memory()

    # --- from a condition to a test ------------------------------------------------------

    def _all(self, rules: Iterable[_R]) -> tuple[Ready[_R], ...]:
        return tuple([self._ready(rule) for rule in rules])

    def _ready(self, rule: _R) -> Ready[_R]:
        unless = None if rule.unless is None else self.test(rule.unless)
        named = self._named(rule.when, rule.unless)
        return Ready(rule, self._needs(rule.when), named, self.test(rule.when), unless)

    def _named(self, *conditions: Condition | None) -> int:
        named = 0
        for condition in conditions:
            if condition is not None:
                for leaf in condition.leaves():
                    named |= self._bit(leaf)
        return named

    def _bit(self, leaf: Leaf) -> int:
        bit = self._bits.get(leaf)
        if bit is None:
            bit = self._bits[leaf] = 1 << len(self._bits)
            self._leaves.setdefault(leaf.question, []).append((leaf, bit))
        return bit

    def _needs(self, condition: Condition) -> int:
        if isinstance(condition, Leaf):
            return self._bit(condition)
        needs = 0
        if isinstance(condition, All) or (
            len(condition.parts) == 1 and not isinstance(condition, NoneOf)
        ):
            for part in condition.parts:
                needs |= self._needs(part)
        return needs

    def test(self, condition: Condition) -> Test:
        """`condition.holds`, with its leaves looked at together and its groups one by one."""
        leaves, groups = 0, []
        for part in (condition,) if isinstance(condition, Leaf) else condition.parts:
            if isinstance(part, Leaf):
                leaves |= self._bit(part)
            else:
                groups.append(self.test(part))
        if isinstance(condition, Leaf | All):
            return _every(leaves, tuple(groups))
        some = _some(leaves, tuple(groups))
        return _not(some) if isinstance(condition, NoneOf) else some


def _every(leaves: int, groups: tuple[Test, ...]) -> Test:
    if not groups:
        return lambda true, can: (
            True if true & leaves == leaves else None if can & leaves == leaves else False
        )

    def holds(true: int, can: int) -> Truth:
        if can & leaves != leaves:
            return False
        result: Truth = True if true & leaves == leaves else None
        for group in groups:
            truth = group(true, can)
            if truth is False:
                return False
            if truth is None:
                result = None
        return result

    return holds


def _some(leaves: int, groups: tuple[Test, ...]) -> Test:
    if not groups:
        return lambda true, can: True if true & leaves else None if can & leaves else False

    def holds(true: int, can: int) -> Truth:
        if true & leaves:
            return True
        result: Truth = None if can & leaves else False
        for group in groups:
            truth = group(true, can)
            if truth is True:
                return True
            if truth is None:
                result = None
        return result

    return holds


def _not(test: Test) -> Test:
    def holds(true: int, can: int) -> Truth:
        truth = test(true, can)
        return None if truth is None else not truth

    return holds


def _bearing(rules: RuleSet, path: Path) -> int:
    """A bit for each gate that sets this path aside, or asks for more care than it gives."""
    rank, bearing = rules.level_rank, 0
    for place, gate in enumerate(rules.gates):
        # A level that isn't there is a finding of the check, which comes through here.
        above = rank.get(gate.at_least or "", -1) > rank.get(path.level, len(rank))
        if above or path.id in gate.set_aside:
            bearing |= 1 << place
    return bearing


def named_by(rules: Iterable[Ready[_R]]) -> int:
    """Every leaf of their conditions. Nothing else bears on them."""
    named = 0
    for rule in rules:
        named |= rule.named
    return named


def barriers_standing(ready: ReadyRules, facts: Facts) -> list[Barrier]:
    """The barriers that are known to stand in this life."""
    key = (facts.true & ready.barriers_rest_on, facts.can & ready.barriers_rest_on)
    known = ready.standing.get(key)
    return ready.standing.keep(key, firing(ready.barriers, facts)) if known is None else known


def firing(rules: Iterable[Ready[_R]], facts: Facts) -> list[_R]:
    """The rules that are known to fire, in their order."""
    true, can = facts
    return [
        rule
        for rule, needs, _, when, unless in rules
        if true & needs == needs
        and when(true, can) is True
        and (unless is None or unless(true, can) is not True)
    ]


@lru_cache(maxsize=8)
def made_ready(rules: RuleSet) -> ReadyRules:
    return ReadyRules(rules)
