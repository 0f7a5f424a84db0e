"""The number of sets of answers: exact, or it says nothing."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from itertools import chain, combinations, product

import pytest
from small_rules import equals, includes, question, small_rules, unanswered

from pathfinder.engine.conditions import NOT_ASKED, All, AnyOf, Condition, Leaf, NoneOf
from pathfinder.engine.flow import view_of
from pathfinder.engine.question import NONE, SKIP, UNSURE, Derived, Question
from pathfinder.engine.ruleset import RuleSet
from pathfinder.ruletools.verify.circuit import Deadline, Undecided
from pathfinder.ruletools.verify.inputs import answer_sets


def counted_one_by_one(rules: RuleSet) -> int:
    """Every way to answer everything, less what isn't asked: each path once."""
    seen: set[tuple[object, ...]] = set()
    for given in product(*(choices(each) for each in rules.questions)):
        answers = {q.id: a for q, a in zip(rules.questions, given, strict=True)}
        view = view_of(rules, answers)
        if view[rules.scope_question] in rules.scope_out:
            continue
        seen.add(tuple(None if view[q] is NOT_ASKED else a for q, a in answers.items()))
    return len(seen)


def choices(question: Question) -> list[str | tuple[str, ...]]:
    alone: list[str | tuple[str, ...]] = [UNSURE, SKIP]
    if question.kind != "many":
        return [*alone, *question.answers]
    free = [answer for answer in question.answers if answer != NONE]
    some = chain.from_iterable(combinations(free, n) for n in range(1, len(free) + 1))
    return [*alone, *([(NONE,)] if NONE in question.answers else []), *some]


def a_chain(last: Condition, *, source_first: bool = False) -> RuleSet:
    """Questions that hang on each other, on a checklist and on an answer that is worked out."""
    severity = question(
        "severity",
        "scale",
        {"mild": "A little", "severe": "A lot"},
        derived=Derived("signs", ((2, "severe"), (0, "mild"))),
    )
    signs = question(
        "signs",
        "many",
        {"one": "One", "two": "Two", "three": "Three", "none": "None"},
        ask_when=None if source_first else unanswered("severity"),
    )
    return small_rules((
        question("age", "one", {"young": "Under 18", "adult": "18 or older"}),
        question("use", "many", {"alcohol": "A", "opioids": "O", "other": "X", "none": "None"}),
        question("often", "scale", {"rarely": "R", "daily": "D"},
                 ask_when=NoneOf((Leaf("use", "alone", ("none",), frozenset(("none",))),))),
        *((signs, severity) if source_first else (severity, signs)),
        question("last", "one", {"yes": "Yes", "no": "No"}, ask_when=last),
    ))  # fmt: skip


@pytest.mark.slow
def test_the_count_is_that_of_listing_everybody() -> None:
    alone = Leaf("use", "alone", ("alcohol",), frozenset(("alcohol",)))
    conditions: tuple[Condition, ...] = (
        equals("severity", "severe"),
        All((includes("use", "alcohol", "opioids"), equals("often", "daily"))),
        All((alone, includes("signs", "two"))),
        All((unanswered("severity"), NoneOf((equals("age", "adult"),)))),
    )
    for condition in conditions:
        for source_first in (False, True):
            rules = a_chain(condition, source_first=source_first)
            assert answer_sets(rules) == counted_one_by_one(rules)


def test_answers_that_later_conditions_tell_apart_are_counted_apart() -> None:
    """Five answers: told by one condition, by two, by none, and one that is asked for alone."""
    letters = {letter: letter.upper() for letter in "abcde"}
    one_of = {"x": "X", "y": "Y"}
    alone = Leaf("pick", "alone", ("a",), frozenset("a"))
    rules = small_rules((
        question("age", "one", {"young": "Under 18", "adult": "18 or older"}),
        question("pick", "many", {**letters, "none": "None"}),
        question("first", "one", one_of, ask_when=includes("pick", "a", "b", "c")),
        question("second", "one", {**one_of, "z": "Z"}, ask_when=includes("pick", "c", "d")),
        question("third", "scale", one_of, ask_when=AnyOf((alone, equals("second", "x", "y")))),
    ))  # fmt: skip
    assert answer_sets(rules) == counted_one_by_one(rules)


def with_a_list_of(names: Mapping[str, str], *later: Question) -> RuleSet:
    age = question("age", "one", {"young": "Under 18", "adult": "18 or older"})
    return small_rules((age, question("pick", "many", names), *later))


def test_a_list_of_40_answers_that_all_bring_the_same_question_is_counted() -> None:
    names = {f"answer_{n}": f"Answer {n}" for n in range(40)}
    last = question("last", "one", {"yes": "Yes"}, ask_when=includes("pick", *names))
    # Adult, unsure or skipped; then any of the 40, or unknown, with `last` in each case.
    assert answer_sets(with_a_list_of(names, last)) == 3 * (2**40 - 1 + 2) * 3


def test_what_takes_too_long_to_count_is_not_known() -> None:
    names = {f"answer_{n}": f"Answer {n}" for n in range(3)}
    with pytest.raises(Undecided):
        answer_sets(with_a_list_of(names), Deadline(1e-9))


def test_more_kinds_of_people_than_memory_holds_are_not_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("pathfinder.ruletools.verify.inputs._MOST_KINDS", 500)
    names = {f"answer_{n}": f"Answer {n}" for n in range(20)}
    later = [
        question(f"on_{name}", "one", {"yes": "Yes"}, ask_when=includes("pick", name))
        for name in names
    ]
    with pytest.raises(Undecided):
        answer_sets(with_a_list_of(names, *later))


def test_the_built_in_quiz_is_counted_as_by_hand(rules: RuleSet) -> None:
    """Options and the two unknown answers of each question, multiplied along the paths."""

    def many(options: int) -> int:
        return 2**options - 1 + 1 + 2

    def one(options: int) -> int:
        return options + 2

    severity_and_signs = 4 + 2 * many(11)
    asked_of_users = (
        one(4)  # frequency
        * one(4)  # withdrawal
        * severity_and_signs
        * one(4)  # staying_stopped
        * one(4)  # motivation
    )
    drinks, medication, how_often = one(4), many(3), one(4)
    users = 0
    for alcohol, opioids, sedatives, others in itertools.product((0, 1), (0, 1), (0, 1), range(8)):
        alone = alcohol + opioids + sedatives + others.bit_count() == 1
        users += (
            (alcohol + opioids + sedatives + others > 0)
            * (drinks if alcohol else 1)
            * (how_often if alcohol and not alone else 1)
            * (how_often if sedatives and not alone else 1)
            * (medication if alcohol or opioids else 1)
        )
    users *= asked_of_users
    not_told = 2 * drinks * medication * how_often * how_often * asked_of_users
    # severity_signs is asked when severity isn't known; where severity isn't asked, neither is it
    nobody_uses = 1
    everybody = (
        (1 + 2)  # age_group: adult
        * many(5)  # danger
        * one(3)  # self_harm
        * (users + not_told + nobody_uses)
        * many(5)  # health
        * one(4)  # mental_health
        * one(5)  # home
        * one(3)  # support
        * one(8)  # stage
        * one(4)  # past_twelve_step
        * many(4)  # responsibilities
        * one(3)  # step_away
        * one(4)  # weekly_hours
        * one(2)  # payment
        * one(4)  # spirituality
        * one(3)  # philosophy
        * one(3)  # company
        * many(7)  # wishes
    )
    assert answer_sets(rules) == everybody
