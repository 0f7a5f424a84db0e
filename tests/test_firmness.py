"""How firm a result is where a question has many answers: no answer is missed, few are decided."""

from __future__ import annotations

import importlib
import random
from collections.abc import Iterator, Mapping
from itertools import combinations

import contract
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathfinder.engine.conditions import Condition, Leaf, NoneOf
from pathfinder.engine.decide import decide
from pathfinder.engine.explain import explain
from pathfinder.engine.explain.firmness import MOST_TRIED, Firmness, HangsOn, firmness
from pathfinder.engine.question import Answers, Derived, Option
from pathfinder.engine.rules import Argument, Gate, ReasonRow, ReasonTable
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import RulesError

pytestmark = pytest.mark.no_cover

ASKED = "wishes"
WORKER = {
    "age_group": "adult", "substances": ("alcohol",), "severity": "moderate", "home": "steady",
    "withdrawal": "none", "danger": ("none",),
}  # fmt: skip


def with_options(
    rules: RuleSet,
    options: tuple[str, ...],
    arguments: Mapping[str, tuple[Argument, ...]],
    gates: tuple[Gate, ...] = (),
    counts: tuple[tuple[int, str], ...] = (),
) -> RuleSet:
    """The real rules, with other options of one question, and what these argue and close.

    `counts`: `company`, if it isn't known, is worked out from how many are chosen.
    """
    every = (*options, "none")
    table = ReasonTable(
        "made",
        "home",
        ASKED,
        {each: ReasonRow(each, "You said it", arguments.get(each, ())) for each in every},
    )
    changed = {
        ASKED: {"options": tuple(Option(each, each) for each in every), "could_be": ()},
        "company": {"derived": Derived(ASKED, counts)} if counts else {},
    }
    questions = tuple(each._replace(**changed.get(each.id, {})) for each in rules.questions)
    return rules._replace(
        questions=questions,
        question_by_id={each.id: each for each in questions},
        gates=(*rules.gates, *gates),
        reasons=(*(each for each in rules.reasons if each.question != ASKED), table),
    )


def of_it(op: str, *accepts: str) -> Leaf:
    return Leaf(ASKED, op, accepts, frozenset(accepts))


def gate(rules: RuleSet, name: str, when: Condition, *paths: str, level: str = "") -> Gate:
    one = next(each for each in rules.gates if each.set_aside)
    return one._replace(id=name, when=when, unless=None, set_aside=paths, at_least=level or None)


@st.composite
def asked(draw: st.DrawFn, rules: RuleSet) -> RuleSet:
    """A question of up to six options that argue, close, ask for more care and are counted."""
    options = tuple("abcdef"[: draw(st.integers(1, 6))])
    paths = st.lists(st.sampled_from(sorted(rules.path_by_id)), min_size=1, max_size=4, unique=True)
    leaf = st.builds(
        lambda op, names: of_it(op, *names),
        st.sampled_from(["includes_any", "two_with", "exactly"]),
        st.lists(st.sampled_from([*options, "none"]), min_size=1, max_size=4, unique=True),
    )
    condition = st.one_of(leaf, leaf.map(lambda each: NoneOf((each,))))
    home = st.just(Leaf("home", "is", ("steady",), frozenset({"steady"})))
    argument = st.builds(
        lambda names, points, when, unless: Argument(
            tuple(names), points, "so it is", rules.gates[0].grounds, when, unless
        ),
        paths,
        st.sampled_from([-3, -2, -1, 1, 2, 3]),
        st.none() | st.none() | home | condition,
        st.none() | st.none() | condition,
    )
    arguments = {each: tuple(draw(st.lists(argument, max_size=2))) for each in (*options, "none")}
    made = [
        gate(rules, f"made-{n}", when, *names)
        for n, (when, names) in enumerate(draw(st.lists(st.tuples(condition, paths), max_size=2)))
    ]
    if draw(st.booleans()):
        made.append(gate(rules, "made-level", draw(condition), level="day"))
    counts = ((2, "peers"), (0, "professional")) if draw(st.booleans()) else ()
    return with_options(rules, options, arguments, tuple(made), counts)


def every_choice(rules: RuleSet) -> Iterator[tuple[str, ...]]:
    options = [each for each in rules.question_by_id[ASKED].answers if each != "none"]
    yield ("none",)
    for size in range(1, len(options) + 1):
        yield from combinations(options, size)


def top_of(rules: RuleSet, answers: Answers) -> str | None:
    try:
        return decide(rules, answers).ranked[0].path
    except RulesError:
        return None


def found_for(rules: RuleSet, answers: Answers) -> tuple[HangsOn | None, Firmness]:
    told = firmness(rules, answers, decide(rules, answers))
    return next((each for each in told.hangs_on if each.question == ASKED), None), told


@pytest.mark.slow
@settings(max_examples=120)
@given(st.data(), st.integers(0, 10**6))
def test_an_answer_is_found_where_trying_every_choice_finds_one(
    rules: RuleSet, data: st.DataObject, seed: int
) -> None:
    other = data.draw(asked(rules))
    answers = {**contract.random_answers(random.Random(seed), 0.2), "age_group": "adult"}
    answers.pop(ASKED, None)
    first = top_of(other, answers)
    if first is None:
        return
    tops = {choice: top_of(other, {**answers, ASKED: choice}) for choice in every_choice(other)}
    hanging = {choice for choice, top in tops.items() if top not in (first, None)}
    hangs, told = found_for(other, answers)
    assert (hangs is not None) is bool(hanging)
    assert told.half_tried == ()
    if hangs is not None:
        given_ = (hangs.answer,) if isinstance(hangs.answer, str) else hangs.answer
        assert tops[given_] == hangs.top != first


def decisions(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    module = importlib.import_module(firmness.__module__)  # its name is also the function's
    made: list[object] = []

    def counted(rules: RuleSet, answers: Answers) -> object:
        made.append(answers)
        return decide(rules, answers)

    monkeypatch.setattr(module, "decide", counted)
    return made


TWENTY = tuple(f"option_{n}" for n in range(20))


def argues(rules: RuleSet, path: str, points: int) -> tuple[Argument, ...]:
    return (Argument((path,), points, "so it is", rules.gates[0].grounds),)


def test_twenty_options_that_only_argue_are_added_up_and_not_tried(
    rules: RuleSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    ranked = decide(rules, WORKER).ranked
    last = [each for each in ranked if not each.above_need][-1]
    steps = ranked[0].points - last.points + 1
    assert 3 < steps <= len(TWENTY)
    arguments = {each: argues(rules, last.path, 1) for each in TWENTY[:steps]}
    other = with_options(rules, TWENTY, arguments)
    made = decisions(monkeypatch)
    hangs, _ = found_for(other, WORKER)
    assert hangs is not None
    assert hangs.top == last.path
    assert len(made) < 100, "and not a million"


def test_the_smallest_answer_that_is_enough_is_told(rules: RuleSet) -> None:
    ranked = decide(rules, WORKER).ranked
    rival = [each for each in ranked if not each.above_need][-1]
    arguments = {each: argues(rules, rival.path, 1) for each in TWENTY[:19]}
    arguments[TWENTY[19]] = argues(rules, rival.path, 3)
    hangs, _ = found_for(with_options(rules, TWENTY, arguments), WORKER)
    assert hangs is not None
    behind = ranked[0].points - rival.points
    assert behind > 4
    assert len(hangs.answer) in (behind - 2, behind - 1), "one more where the other wins a tie"
    assert TWENTY[19] in hangs.answer


def test_where_there_are_too_many_kinds_of_answers_it_is_told_that_not_all_were_tried(
    rules: RuleSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    gates = tuple(
        gate(rules, f"made-{each}", of_it("includes_any", each), "day-treatment") for each in TWENTY
    )
    other = with_options(rules, TWENTY, {}, gates)
    made = decisions(monkeypatch)
    hangs, told = found_for(other, {**WORKER, "substances": ("none",)})
    assert hangs is None
    assert told.half_tried == (ASKED,)
    assert not told.firm
    asked_of_it = [each for each in made if isinstance(each, dict) and ASKED in each]
    assert len(asked_of_it) <= 2 * MOST_TRIED


def test_a_tried_answer_that_leaves_no_path_decides_nothing(rules: RuleSet) -> None:
    every = tuple(rules.path_by_id)
    other = with_options(
        rules, ("a", "b"), {}, (gate(rules, "made", of_it("includes_any", "a"), *every),)
    )
    assert top_of(other, {**WORKER, ASKED: ("a",)}) is None
    hangs, _ = found_for(other, WORKER)
    assert hangs is None


def test_a_change_that_leaves_no_path_is_not_offered(rules: RuleSet) -> None:
    every = tuple(rules.path_by_id)
    close = gate(rules, "made", Leaf("home", "is", ("steady",), frozenset({"steady"})), *every)
    other = rules._replace(gates=(*rules.gates, close))
    answers = {**WORKER, "home": "none"}
    told = explain(other, answers, decide(other, answers))
    assert told is not None
    assert all("steady" not in each.changes.values() for each in told.would_change)
    before = explain(rules, answers, decide(rules, answers))
    assert before is not None
    assert any("steady" in each.changes.values() for each in before.would_change)
