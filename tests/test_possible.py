"""Every possible answer: firmness, search, count and crowd go through the same ones."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st
from small_rules import question, small_rules

from pathfinder.engine.conditions import Leaf
from pathfinder.engine.explain.firmness import kinds_of_answers
from pathfinder.engine.possible import alike, every_answer, how_many, possible
from pathfinder.engine.question import NONE, SKIP, UNSURE
from pathfinder.engine.ruleset import RuleSet
from pathfinder.ruletools.check.satisfiable import Satisfier
from pathfinder.ruletools.diff.population import Asked, everyone, ways
from pathfinder.ruletools.verify.inputs import answer_sets

OPTIONS = ("a", "b", "c", "d", "e")
OPS = ("is", "includes_any", "two_with", "exactly")


def listed(answers: tuple[str, ...], *, many: bool) -> list[tuple[str, ...]]:
    """Every answer, by a way of its own."""
    if not many:
        return [(answer,) for answer in answers]
    free = [answer for answer in answers if answer != NONE]
    several = [some for n in range(1, len(free) + 1) for some in combinations(free, n)]
    return [*several, (NONE,)] if NONE in answers else several


@st.composite
def questions(draw: st.DrawFn) -> tuple[tuple[str, ...], list[Leaf], bool, bool]:
    """The answers, the conditions on them, whether several can be given and are counted."""
    answers = OPTIONS[: draw(st.integers(1, 5))]
    many = draw(st.booleans())
    if many and draw(st.booleans()):
        answers = (*answers, NONE)
    names = st.lists(st.sampled_from(answers), min_size=1, unique=True)
    leaves = [
        Leaf("q", op if many else "is", tuple(accepts), frozenset(accepts))
        for op, accepts in draw(st.lists(st.tuples(st.sampled_from(OPS), names), max_size=3))
    ]
    return answers, leaves, many, many and draw(st.booleans())


def seen(answer: tuple[str, ...], leaves: list[Leaf], *, many: bool, counted: bool) -> object:
    value = frozenset(answer) if many else answer[0]
    number = len(frozenset(answer) - {NONE}) if counted else 0
    return (*(leaf.holds({"q": value}) for leaf in leaves), number)


@given(questions())
def test_each_answer_has_one_that_stands_for_it_and_all_are_stood_for(
    asked: tuple[tuple[str, ...], list[Leaf], bool, bool],
) -> None:
    answers, leaves, many, counted = asked
    told = alike(answers, leaves, many=many, counted=counted)
    found = list(possible(told))
    every = listed(answers, many=many)
    assert {seen(each, leaves, many=many, counted=counted) for each, _ in found} == {
        seen(each, leaves, many=many, counted=counted) for each in every
    }
    assert sum(number for _, number in found) == len(every)
    assert len({each for each, _ in found}) == len(found) == how_many(told)
    assert {each for each, _ in found} <= set(every)


@given(questions())
def test_without_conditions_every_answer_is_given_once(
    asked: tuple[tuple[str, ...], list[Leaf], bool, bool],
) -> None:
    answers, _, many, _ = asked
    found = list(possible(every_answer(answers, many=many)))
    assert sorted(each for each, _ in found) == sorted(listed(answers, many=many))
    assert {number for _, number in found} == {1}


def of_one_question(answers: tuple[str, ...], leaves: list[Leaf], *, many: bool) -> RuleSet:
    """The age, this question, and one more that hangs on it in as many ways as there are leaves."""
    asked = question("q", "many" if many else "one", dict.fromkeys(answers, "A"))
    beside = [
        question(f"next_{place}", "one", {"yes": "Yes"}, ask_when=leaf)
        for place, leaf in enumerate(leaves)
    ]
    age = question("age", "one", {"young": "Under 18", "adult": "18 or older"})
    return small_rules((age, asked, *beside))


@given(questions())
def test_firmness_search_count_and_crowd_agree(
    asked: tuple[tuple[str, ...], list[Leaf], bool, bool],
) -> None:
    answers, leaves, many, _ = asked
    rules = of_one_question(answers, leaves, many=many)
    every = listed(answers, many=many)
    kinds = {seen(each, leaves, many=many, counted=False) for each in every}

    tried = [
        (each,) if isinstance(each, str) else each
        for each in kinds_of_answers(rules, rules.question_by_id["q"])
    ]
    assert {seen(each, leaves, many=many, counted=False) for each in tried} == kinds

    views = list(Satisfier(rules).views([(leaf, True) for leaf in leaves]) or ()) if leaves else []
    searched = {tuple(leaf.holds(view) for leaf in leaves) for view in views if view["q"]}
    assert searched == ({tuple(kind)[:-1] for kind in kinds} if leaves else set())

    crowd = everyone([Asked("q", many, answers)])
    people = [crowd.person(place)["q"] for place in range(crowd.size)]
    assert {(p,) if isinstance(p, str) else p for p in people} == {*every, (UNSURE,), (SKIP,)}
    assert len(people) == len(every) + 2 == ways([Asked("q", many, answers)])

    # In scope: an adult, or an age that isn't known, twice. What hangs on it is asked or not.
    sets = 0
    for each in (*every, None, None):
        value = None if each is None else frozenset(each) if many else each[0]
        put = [leaf for leaf in leaves if leaf.holds({"q": value}) is not False]
        sets += 3 ** len(put)
    assert answer_sets(rules) == 3 * sets
