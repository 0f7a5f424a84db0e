"""Explanations, held to brute force: nothing is told that deciding again doesn't bear out."""

from __future__ import annotations

import itertools
import os
import random
from collections.abc import Iterator

import contract
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathfinder import decide, load_rules
from pathfinder.explain import explain
from pathfinder.explain.firmness import possible_answers
from pathfinder.explain.weighing import fits_of
from pathfinder.explain.why_not import why_not
from pathfinder.interview import Answers
from pathfinder.loading import files
from pathfinder.model import Question, RuleSet
from pathfinder.result import Decision

pytestmark = pytest.mark.no_cover


@st.composite
def people(draw: st.DrawFn) -> Answers:
    """Any set of answers of an adult: each known, unsure, skipped or left out."""
    answers: dict[str, contract.Answer] = {}
    for question, (kind, options) in contract.QUESTIONS.items():
        if question == "age_group":
            continue
        single = st.sampled_from(options)
        several = st.sets(st.sampled_from([o for o in options if o != "none"]), min_size=1)
        known = several.map(sorted) | st.just(["none"]) if kind == "many" else single
        found = draw(known | known | known | st.sampled_from(["unsure", "skip", None]))
        if found is not None:
            answers[question] = found
    return answers


# --- reasons ------------------------------------------------------------------------


@settings(max_examples=150, deadline=None)
@given(people())
def test_every_reason_is_true_of_the_answers_and_none_is_left_out(
    rules: RuleSet, answers: Answers
) -> None:
    decision = decide(rules, answers)
    fits = fits_of(rules, answers, decision)
    for path in rules.paths:
        wanted = set()
        for table in rules.fit:
            value = decision.view.get(table.question)
            given_ = {value} if isinstance(value, str) else value or set()
            if value is None:
                given_ = {answers.get(table.question, "skip")} & set(table.rows)  # type: ignore[arg-type]
            if isinstance(given_, str) or not hasattr(given_, "__iter__"):
                continue  # the question doesn't apply
            wanted |= {
                (table.id, answer, row.points[path.id])
                for answer, row in table.rows.items()
                if answer in given_ and row.points.get(path.id)
            }
        told = (*fits[path.id].for_(), *fits[path.id].against())
        assert {(r.rule, r.answer or "skip", r.points) for r in told} == wanted, path.id


@settings(max_examples=150, deadline=None)
@given(people())
def test_the_points_of_the_reasons_shown_add_up_to_the_ranking(
    rules: RuleSet, answers: Answers
) -> None:
    ranked = decide(rules, answers).ranked
    for entry in ranked:
        assert sum(reason.points for reason in (*entry.for_, *entry.against)) == entry.points
        strengths = [abs(reason.points) for reason in entry.for_]
        assert strengths == sorted(strengths, reverse=True)
    levels = [(-entry.points, rules.level_rank[entry.level]) for entry in ranked]
    assert levels == sorted(levels)


# --- how firm -----------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(people())
def test_firmness_agrees_with_trying_every_answer_to_every_open_question(
    rules: RuleSet, answers: Answers
) -> None:
    decision = decide(rules, answers)
    explained = explain(rules, answers, decision)
    assert explained is not None
    first = decision.ranked[0].path
    hanging = {
        question.id
        for question in rules.questions
        if question.id in decision.view and decision.view[question.id] is None
        if any(
            decide(rules, {**answers, question.id: answer}).ranked[0].path != first
            for answer in every_answer(question)
        )
    }
    equal = {entry.path for entry in decision.ranked[1:] if entry.about_equal_to_top}
    assert {each.question for each in explained.firmness.hangs_on} == hanging
    assert set(explained.firmness.about_equal) == equal
    assert explained.firmness.firm is not bool(hanging or equal)
    for each in explained.firmness.hangs_on:
        assert decide(rules, {**answers, each.question: each.answer}).ranked[0].path == each.top


def every_answer(question: Question) -> Iterator[contract.Answer]:
    """All answers; of a `many` every choice, or a sample of it where there are too many."""
    if question.id == "age_group":
        return
    yield from ([["none"]] if question.kind == "many" else question.answers)
    if question.kind == "many":
        options = [answer for answer in question.answers if answer != "none"]
        choices = [
            list(chosen)
            for size in range(1, len(options) + 1)
            for chosen in itertools.combinations(options, size)
        ]
        yield from choices if len(choices) < 70 else random.Random(1).sample(choices, 70)


def test_options_that_no_rule_tells_apart_are_tried_once_and_counted_ones_by_number(
    rules: RuleSet,
) -> None:
    signs = list(possible_answers(rules, rules.question_by_id["severity_signs"]))
    assert sorted(len(tried) for tried in signs if tried != "none") == list(range(1, 12))
    danger = rules.question_by_id["danger"]
    tried = [each for each in possible_answers(rules, danger) if each != "none"]
    assert all(len(set(each)) == len(each) for each in tried)


# --- what would change it -------------------------------------------------------------

Outcomes = set[tuple[str, str]]


def outcomes(before: Decision, after: Decision) -> Outcomes:
    """What came of a change, worked out from the two decisions alone."""
    first, top = before.ranked[0].path, after.ranked[0].path
    found: Outcomes = {("top", top)} if top != first else set()
    if top == first and before.if_not_possible is not None:
        left = after.if_not_possible.barriers if after.if_not_possible else ()
        found |= {("obstacle", b) for b in before.if_not_possible.barriers if b not in left}
    aside = {entry.path for entry in before.set_aside}
    now = {entry.path for entry in after.ranked}
    return found | {("opens", path) for path in aside & now if path != top}


@settings(max_examples=100, deadline=None)
@given(people())
def test_every_change_does_what_it_says_and_no_smaller_one_does(
    rules: RuleSet, answers: Answers
) -> None:
    decision = decide(rules, answers)
    explained = explain(rules, answers, decision)
    assert explained is not None
    by_size = brute_force(rules, answers, decision)
    for change in explained.would_change:
        after = decide(rules, {**answers, **change.changes})
        assert after.ranked[0].path == change.top
        left = after.if_not_possible.barriers if after.if_not_possible else ()
        assert len(left) == change.barriers_left
        done = outcomes(decision, after)
        if change.effect == "obstacle":
            assert any(effect == "obstacle" for effect, _ in done)
            assert change.path == decision.ranked[0].path
        else:
            assert (change.effect, change.path) in done
        if len(change.changes) == 2:
            smaller = set().union(*by_size[1].values()) if by_size[1] else set()
            assert done - smaller, "a single change does the same"
    assert len(explained.would_change) <= 3
    if len(explained.would_change) < 3:
        # Fewer than three are told only where there are no more kinds of change to tell.
        told = {tuple(change.changes) for change in explained.would_change}
        minimal = set(minimal_kinds(by_size))
        assert minimal == told


def brute_force(
    rules: RuleSet, answers: Answers, decision: Decision
) -> dict[int, dict[tuple[tuple[str, str], ...], Outcomes]]:
    """Every single change and every pair that the rules allow, with what comes of it."""
    moves = [
        [(question.id, could.answer) for could in question.could_be if now in could.instead_of]
        for question in rules.questions
        if question.can_change and isinstance(now := decision.view.get(question.id), str)
    ]
    found: dict[int, dict[tuple[tuple[str, str], ...], Outcomes]] = {1: {}, 2: {}}
    for size in (1, 2):
        for chosen in itertools.combinations(moves, size):
            for changes in itertools.product(*chosen):
                done = outcomes(decision, decide(rules, {**answers, **dict(changes)}))
                if done:
                    found[size][changes] = done
    return found


def minimal_kinds(
    by_size: dict[int, dict[tuple[tuple[str, str], ...], Outcomes]],
) -> Iterator[tuple[str, ...]]:
    """The questions of the first change that reaches each outcome, smallest changes first."""
    reached: Outcomes = set()
    for size in (1, 2):
        new: Outcomes = set()
        for changes, done in by_size[size].items():
            if done - reached - new:
                yield tuple(question for question, _ in changes)
            new |= done
        reached |= new


@settings(max_examples=100, deadline=None)
@given(people())
def test_only_what_a_person_can_change_is_offered_and_only_where_it_is_known(
    rules: RuleSet, answers: Answers
) -> None:
    explained = explain(rules, answers, decide(rules, answers))
    assert explained is not None
    for change in explained.would_change:
        for question, answer in change.changes.items():
            asked = rules.question_by_id[question]
            assert asked.can_change
            assert answers.get(question) in asked.answers
            assert any(
                could.answer == answer and answers[question] in could.instead_of
                for could in asked.could_be
            )


def test_every_question_that_can_change_has_words_for_it(rules: RuleSet) -> None:
    changeable = [question for question in rules.questions if question.can_change]
    assert {q.id for q in changeable} == {
        "home", "support", "motivation", "step_away", "weekly_hours", "payment",
    }  # fmt: skip
    for question in changeable:
        assert question.could_be
        for could in question.could_be:
            assert could.told[0].islower() or could.told.startswith("I"), could.told
            assert not could.told.endswith(".")


def test_a_rule_set_without_words_for_a_change_offers_what_is_better_on_the_scale(
    rules: RuleSet,
) -> None:
    questions = tuple(question._replace(could_be=()) for question in rules.questions)
    bare = rules._replace(questions=questions, question_by_id={q.id: q for q in questions})
    answers = {"severity": "moderate", "staying_stopped": "weeks", "home": "unsafe"}
    explained = explain(bare, answers, decide(bare, answers))
    assert explained is not None
    assert explained.would_change
    for change in explained.would_change:
        assert change.told == (None,)
        assert dict(change.changes).items() <= {("home", "steady"), ("home", "others_use")}


def test_nobody_is_told_what_would_change_a_result_without_a_path(rules: RuleSet) -> None:
    answers = {"age_group": "under_18"}
    assert explain(rules, answers, decide(rules, answers)) is None


# --- why not --------------------------------------------------------------------------


@settings(max_examples=100, deadline=None)
@given(people())
def test_the_answers_against_a_path_are_the_smallest_set_that_holds_it_back(
    rules: RuleSet, answers: Answers
) -> None:
    decision = decide(rules, answers)
    fits = fits_of(rules, answers, decision)
    top = decision.ranked[0]
    order = [path.id for path in rules.paths]
    for entry in decision.ranked[1:]:
        found = why_not(rules, answers, decision, entry.path)
        lead = weighed_by_hand(fits[top.path].told, fits[entry.path].told)
        assert sum(lead.values()) == top.points - entry.points
        wins_ties = (rules.level_rank[entry.level], order.index(entry.path)) < (
            rules.level_rank[top.level],
            order.index(top.path),
        )
        removed = sum(weight.points for weight in found.against)
        left = top.points - entry.points - removed
        if found.by_order:
            assert left <= 0
            assert not wins_ties
        else:
            assert left < 0 or (left == 0 and wins_ties)
        strongest = sorted((points for points in lead.values() if points > 0), reverse=True)
        fewer = sum(strongest[: max(len(found.against) - 1, 0)])
        goal = top.points - entry.points + (0 if wins_ties or found.by_order else 1)
        assert not found.against or fewer < goal, "a smaller set would do"
        for weight in found.against:
            assert lead[(weight.reason.rule, weight.reason.answer)] == weight.points > 0


def weighed_by_hand(first: tuple, second: tuple) -> dict[tuple[str, str | None], int]:  # type: ignore[type-arg]
    lead: dict[tuple[str, str | None], int] = {}
    for sign, reasons in ((1, first), (-1, second)):
        for reason in reasons:
            key = (reason.rule, reason.answer)
            lead[key] = lead.get(key, 0) + sign * reason.points
    return lead


@settings(max_examples=100, deadline=None)
@given(people())
def test_a_path_that_is_set_aside_names_each_gate_with_answers_that_are_true(
    rules: RuleSet, answers: Answers
) -> None:
    decision = decide(rules, answers)
    for aside in decision.set_aside:
        found = why_not(rules, answers, decision, aside.path)
        assert found.place is None
        assert tuple(closed.gate.id for closed in found.closed) == aside.rules
        for closed in found.closed:
            for answer in closed.answers:
                value = decision.view.get(answer.question)
                known = {value} if isinstance(value, str) else value or set()
                assert answer.read or answer.value in known  # type: ignore[operator]


def test_a_reading_that_closes_a_path_is_marked_as_one(rules: RuleSet) -> None:
    answers = {"substances": ["alcohol"], "severity": "unsure", "staying_stopped": "days"}
    found = why_not(rules, answers, decide(rules, answers), "twelve-step-meetings")
    read = {answer for closed in found.closed for answer in closed.answers if answer.read}
    assert ("severity", "moderate") in {(answer.question, answer.value) for answer in read}


# --- order --------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(people(), st.randoms(use_true_random=False))
def test_the_order_of_answers_changes_nothing(
    rules: RuleSet, answers: Answers, dice: random.Random
) -> None:
    keys = list(answers)
    dice.shuffle(keys)
    shuffled = {}
    for key in keys:
        value = answers[key]
        shuffled[key] = value if isinstance(value, str) else dice.sample(value, len(value))  # type: ignore[arg-type]
    one, other = decide(rules, answers), decide(rules, shuffled)
    assert one == other
    assert explain(rules, answers, one) == explain(rules, shuffled, other)
    assert [why_not(rules, answers, one, path.id) for path in rules.paths] == [
        why_not(rules, shuffled, other, path.id) for path in rules.paths
    ]


def test_the_order_in_which_rule_files_are_found_changes_nothing(
    rules: RuleSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = os.listdir
    monkeypatch.setattr(files.os, "listdir", lambda folder: sorted(listed(folder), reverse=True))
    turned = load_rules()
    assert turned.sha256 == rules.sha256
    dice = random.Random(11)
    for _ in range(50):
        answers = contract.random_answers(dice, 0.2)
        one, other = decide(rules, answers), decide(turned, answers)
        assert one == other
        assert explain(rules, answers, one) == explain(turned, answers, other)
