"""Whether a condition can hold is the same as trying every set of answers there is."""

from __future__ import annotations

from functools import cache
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pathfinder.ruletools.check.registry
import pathfinder.ruletools.check.satisfiable
from pathfinder.engine.conditions import (
    NOT_ASKED,
    All,
    AnyOf,
    Condition,
    Leaf,
    NoneOf,
    Value,
    View,
    fires,
    questions_in,
)
from pathfinder.engine.flow import view_of
from pathfinder.engine.ruleset import RuleSet
from pathfinder.loader.load import load_rules
from pathfinder.ruletools.check.satisfiable import MOST, Satisfier

EXAMPLE = Path(pathfinder.ruletools.check.registry.__file__).parent / "example"


@cache
def example() -> RuleSet:
    return load_rules(EXAMPLE)


@cache
def every_view() -> tuple[View, ...]:
    """What each set of answers to the example's questions counts as."""
    choices = []
    for question in example().questions:
        if question.kind == "many":
            real = [answer for answer in question.answers if answer != "none"]
            sets = [c for n in range(1, len(real) + 1) for c in combinations(real, n)]
            choices.append([*sets, ("none",), "unsure"])
        else:
            choices.append([*question.answers, "unsure"])
    names = [question.id for question in example().questions]
    return tuple(
        view_of(example(), dict(zip(names, answers, strict=True))) for answers in product(*choices)
    )


def leaf(draw: st.DrawFn) -> Leaf:
    question = draw(st.sampled_from([q for q in example().questions if q.id != "age_group"]))
    if draw(st.integers(0, 5)) == 0:
        said = draw(st.sampled_from(("true", "false")))
        return Leaf(question.id, "answered", (said,), frozenset({said}))
    names = draw(st.lists(st.sampled_from(question.answers), min_size=1, max_size=3, unique=True))
    if question.kind != "many":
        return Leaf(question.id, "is", tuple(names), frozenset(names))
    op = draw(st.sampled_from(("includes_any", "alone")))
    if op == "alone":
        names = names[:1]
    elif "none" in names:
        names = ["alcohol" if question.id == "substances" else "cravings"]
    return Leaf(question.id, op, tuple(names), frozenset(names))


@st.composite
def conditions(draw: st.DrawFn, depth: int = 2) -> Condition:
    if depth == 0 or draw(st.booleans()):
        return leaf(draw)
    group = draw(st.sampled_from((All, AnyOf, NoneOf)))
    parts = draw(st.lists(conditions(depth=depth - 1), min_size=1, max_size=3))
    return group(tuple(parts))


@pytest.mark.slow
@settings(max_examples=40)
@given(conditions(), st.none() | conditions(depth=1))
def test_the_search_finds_what_trying_everything_finds(
    when: Condition, unless: Condition | None
) -> None:
    named = questions_in(when, unless)
    truths = [
        (fires(when, unless, view), all(view[name] is not NOT_ASKED for name in named))
        for view in every_view()
    ]
    found = Satisfier(example()).outcomes(when, unless)
    assert found.can_hold == any(truth is True for truth, _ in truths)
    assert found.can_fail == any(truth is False and asked for truth, asked in truths)


@settings(max_examples=25)
@given(conditions(depth=1), conditions(depth=1))
def test_two_rules_are_the_same_when_everybody_gets_the_same(
    one: Condition, other: Condition
) -> None:
    same = all(one.holds(view) is other.holds(view) for view in every_view())
    assert Satisfier(example()).same((one, None), (other, None)) == same


def test_an_order_test_and_a_list_of_the_same_answers_are_the_same() -> None:
    at_most = Leaf("home", "at_most", ("unsafe",), frozenset({"none", "unsafe"}))
    listed = Leaf("home", "is", ("none", "unsafe"), frozenset({"none", "unsafe"}))
    assert Satisfier(example()).same((at_most, None), (listed, None))


def test_a_question_that_is_never_put_to_these_people_makes_a_condition_dead() -> None:
    none_used = Leaf("substances", "alone", ("none",), frozenset({"none"}))
    often = Leaf("frequency", "is", ("every_day",), frozenset({"every_day"}))
    search = Satisfier(example())
    assert search.outcomes(All((none_used, often))).can_hold is False
    assert search.outcomes(All((none_used, often)), all_asked=True).can_hold is True


def test_one_sign_and_what_many_signs_count_as_can_meet(rules: RuleSet) -> None:
    # Severe takes five signs more, which the condition doesn't name.
    one = rules.question_by_id["severity_signs"].answers[0]
    sign = Leaf("severity_signs", "includes_any", (one,), frozenset({one}))
    severe = Leaf("severity", "is", ("severe",), frozenset({"severe"}))
    assert Satisfier(rules).outcomes(All((sign, severe))).can_hold is True


def test_a_question_that_is_asked_while_its_condition_is_unknown_is_asked_of_somebody() -> None:
    often = Leaf("frequency", "is", ("every_day",), frozenset({"every_day"}))
    search = Satisfier(example())
    unknown = All((often, NoneOf((often,))))  # false when answered, unknown when not
    assert search.outcomes(unknown).can_hold is False
    assert search.outcomes(unknown, asks=True).can_hold is True


def test_nothing_is_said_where_there_is_too_much_to_try(rules: RuleSet) -> None:
    every = [
        Leaf(question.id, "is", (answer,), frozenset({answer}))
        for question in rules.questions
        if question.kind != "many"
        for answer in question.answers
    ]
    assert MOST < 10**6
    assert Satisfier(rules).outcomes(AnyOf(tuple(every))) == (None, None)


@pytest.mark.parametrize("gate", range(3))
def test_no_gate_of_the_built_in_rules_is_dead(rules: RuleSet, gate: int) -> None:
    tried = rules.gates[gate::3]
    outcomes = [Satisfier(rules).outcomes(each.when, each.unless) for each in tried]
    # Too many answers to try is no finding: the gate's own example fires in `rules test`.
    assert False not in {each.can_hold for each in outcomes}
    assert True in {each.can_hold for each in outcomes}


def test_somebody_for_whom_a_rule_holds_or_fails_is_found_soon(
    rules: RuleSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What keeps `rules check` under a second: few sets of answers are tried for each rule."""
    tried = 0

    def counted(*given: Any) -> dict[str, Value]:
        nonlocal tried
        tried += 1
        return view_of(*given)

    monkeypatch.setattr(pathfinder.ruletools.check.satisfiable, "view_of", counted)
    search = Satisfier(rules)
    for rule in (*rules.gates, *rules.first_rules, *rules.move_rules):
        search.outcomes(rule.when, rule.unless)
    number = len(rules.gates) + len(rules.first_rules) + len(rules.move_rules)
    assert number < tried < 40 * number
