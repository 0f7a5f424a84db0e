"""Explanations, held to brute force: nothing is told that deciding again doesn't bear out."""

from __future__ import annotations

import itertools
import os
import random
from collections.abc import Iterator

import contract
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pathfinder import decide, load_rules
from pathfinder.engine.conditions import NOT_ASKED, Condition, Leaf, NoneOf
from pathfinder.engine.decision import Decision
from pathfinder.engine.explain import explain
from pathfinder.engine.explain.contrast import fits_of, leaning, why_not
from pathfinder.engine.explain.firmness import kinds_of_answers
from pathfinder.engine.question import Answers, Question
from pathfinder.engine.rules import Argument
from pathfinder.engine.ruleset import RuleSet
from pathfinder.loader import rule_files

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


@pytest.mark.slow
@settings(max_examples=150)
@given(people())
def test_every_reason_is_true_of_the_answers_and_none_is_left_out(
    rules: RuleSet, answers: Answers
) -> None:
    decision = decide(rules, answers)
    fits = fits_of(rules, answers, decision)
    for path in rules.paths:
        wanted = []
        for table in rules.reasons:
            value = decision.view.get(table.question)
            given_ = {value} if isinstance(value, str) else value or set()
            if value is None:
                given_ = {answers.get(table.question, "skip")} & set(table.rows)  # type: ignore[arg-type]
            if isinstance(given_, str) or not hasattr(given_, "__iter__"):
                continue  # the question doesn't apply
            wanted += [
                (table.id, answer, argument.points)
                for answer, row in table.rows.items()
                for argument in row.arguments
                if answer in given_ and path.id in argument.paths and counts(argument, decision)
            ]
        told = (*fits[path.id].for_(), *fits[path.id].against())
        assert sorted((r.rule, r.answer or "skip", r.points) for r in told) == sorted(wanted)


def counts(argument: Argument, decision: Decision) -> bool:
    when, unless = argument.when, argument.unless
    if when is not None and when.holds(decision.view) is not True:
        return False
    return unless is None or unless.holds(decision.view) is not True


@pytest.mark.slow
@settings(max_examples=150)
@given(people())
def test_the_points_of_the_reasons_shown_add_up_to_the_ranking(
    rules: RuleSet, answers: Answers
) -> None:
    ranked = decide(rules, answers).ranked
    for entry in ranked:
        assert sum(reason.points for reason in (*entry.for_, *entry.against)) == entry.points
        strengths = [abs(reason.points) for reason in entry.for_]
        assert strengths == sorted(strengths, reverse=True)
    order = [(entry.above_need, -entry.points, rules.level_rank[entry.level]) for entry in ranked]
    assert order == sorted(order)


# --- how firm -----------------------------------------------------------------------


@pytest.mark.slow
@settings(max_examples=60)
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
        if question.id in decision.view
        if decision.view[question.id] is None or question.id in decision.assumed
        if any(
            decide(rules, {**answers, question.id: answer}).ranked[0].path != first
            for answer in every_answer(question)
        )
    }
    equal = {entry.path for entry in decision.ranked[1:] if entry.about_equal_to_top}
    told = {each.question for each in explained.firmness.hangs_on}
    assert told <= hanging
    for question in hanging - told:
        asked = rules.question_by_id[question]
        assert not any(
            fits(asked, answer, decision, after)
            for answer in every_answer(asked)
            if (after := decide(rules, {**answers, question: answer})).ranked[0].path != first
        )
    assert set(explained.firmness.about_equal) == equal
    assert explained.firmness.firm is not bool(told or equal)
    for each in explained.firmness.hangs_on:
        assert decide(rules, {**answers, each.question: each.answer}).ranked[0].path == each.top


def test_a_path_is_about_equal_within_the_points_that_the_rule_set_says(rules: RuleSet) -> None:
    for within in (0, 1, 3, 99):
        ranked = decide(rules._replace(about_equal_within=within), {"severity": "moderate"}).ranked
        near = [each for each in ranked if ranked[0].points - each.points <= within]
        assert [each for each in ranked if each.about_equal_to_top] == [
            each for each in near if not each.above_need
        ]


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
    signs = list(kinds_of_answers(rules, rules.question_by_id["severity_signs"]))
    assert sorted(len(tried) for tried in signs if tried != "none") == list(range(1, 12))
    danger = rules.question_by_id["danger"]
    tried = [each for each in kinds_of_answers(rules, danger) if each != "none"]
    assert all(len(set(each)) == len(each) for each in tried)


def test_an_option_that_only_a_trait_names_is_tried_too(rules: RuleSet) -> None:
    """A gate may name no option at all, and only what some of them have in common."""
    worker = {
        "age_group": "adult", "substances": ["alcohol"], "severity": "moderate", "home": "steady",
        "withdrawal": "none", "wishes": "unsure",
    }  # fmt: skip
    first = decide(rules, worker).ranked[0].path
    trait = Leaf("wishes", "trait", ("anything",), frozenset(("evening", "online")))
    gate = next(each for each in rules.gates if each.set_aside)
    made = gate._replace(id="made", when=trait, unless=None, set_aside=(first,))
    other = rules._replace(
        gates=(*rules.gates, made),
        reasons=tuple(table for table in rules.reasons if table.question != "wishes"),
    )
    explained = explain(other, worker, decide(other, worker))
    assert explained is not None
    (hangs,) = (each for each in explained.firmness.hangs_on if each.question == "wishes")
    assert not trait.accepts.isdisjoint(hangs.answer)
    tried = list(kinds_of_answers(other, rules.question_by_id["wishes"]))
    # None of them, one of the two, one of the five others, and one of each.
    assert len(tried) == 4


# --- what would change it -------------------------------------------------------------

Outcomes = set[tuple[str, str]]


def outcomes(before: Decision, after: Decision) -> Outcomes:
    """What came of a change, worked out from the two decisions alone."""
    first, top = before.ranked[0].path, after.ranked[0].path
    found: Outcomes = {("top", top)} if top != first else set()
    if top == first:
        gone = set(barriers(before)) - set(barriers(after))
        found |= {("obstacle", barrier) for barrier in gone}
        if gone and not barriers(after):
            found.add(("obstacle", "all of them"))
    aside = {entry.path for entry in before.set_aside}
    now = {entry.path for entry in after.ranked if entry.points >= 0}
    return found | {("opens", path) for path in aside & now if path != top}


def barriers(decision: Decision) -> tuple[str, ...]:
    return decision.if_not_possible.barriers if decision.if_not_possible else ()


@pytest.mark.slow
@settings(max_examples=100)
@example(
    {
        "self_harm": "thoughts",
        "danger": ["none"],
        "substances": "unsure",
        "withdrawal": "none",
        "severity": "moderate",
        "staying_stopped": "hours",
        "mental_health": "none",
        "home": "none",
        "support": "none",
        "stage": "first_time",
        "motivation": "not_ready",
        "step_away": "can",
        "weekly_hours": "under_3",
        "payment": "covered",
        "spirituality": "secular_only",
        "philosophy": "acceptance",
        "company": "peers",
    }
)
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
        assert change.barriers_left == barriers(after)
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
        assert told <= minimal
        assert minimal - told <= set(easings(by_size, barriers(decision)))


def brute_force(
    rules: RuleSet, answers: Answers, decision: Decision
) -> dict[int, dict[tuple[tuple[str, str], ...], Outcomes]]:
    """Every single change and every pair that the rules allow, with what comes of it."""
    moves = [
        [(question.id, could.answer) for could in question.could_be
         if now in could.instead_of and may_hear(answers, question.id)]
        for question in rules.questions
        if question.can_change and isinstance(now := decision.view.get(question.id), str)
        if not decision.hold
    ]  # fmt: skip
    found: dict[int, dict[tuple[tuple[str, str], ...], Outcomes]] = {1: {}, 2: {}}
    for size in (1, 2):
        for chosen in itertools.combinations(moves, size):
            for changes in itertools.product(*chosen):
                after = decide(rules, {**answers, **dict(changes)})
                done = outcomes(decision, after)
                done -= {
                    (effect, path)
                    for effect, path in done
                    if effect != "obstacle"
                    if asks_more(rules, {q for q, _ in changes}, path, after)
                }
                if done:
                    found[size][changes] = done
    return found


def asks_more(rules: RuleSet, changed: set[str], path: str, after: Decision) -> bool:
    """Whether a path asks for still more of what was changed: then the change is no way to it."""
    return any(
        barrier.when.holds(after.view)
        for barrier in rules.barriers
        if barrier.question in changed and path in barrier.paths
    )


def may_hear(answers: Answers, question: str) -> bool:
    """By hand: who must not be told what could be otherwise, since it would hurt or endanger."""
    danger, harm = answers.get("danger"), answers.get("self_harm")
    danger_known = danger not in (None, "unsure", "skip")
    violence = not danger_known or "violence" in (danger or ())
    home_safe = answers.get("home") in ("none", "others_use", "tempting", "steady")
    if question == "step_away":
        return not violence and home_safe
    if question == "support":  # whoever thinks of dying doesn't hear who could have been there
        return not violence and harm == "none"
    if question == "motivation":
        return not violence and harm in ("none", "thoughts")
    return True


def easings(
    by_size: dict[int, dict[tuple[tuple[str, str], ...], Outcomes]], stood: tuple[str, ...]
) -> Iterator[tuple[str, ...]]:
    """The questions of changes that do no more than take one of several things away."""
    for changes, done in itertools.chain(by_size[1].items(), by_size[2].items()):
        if len(done) < len(stood) and all(effect == "obstacle" for effect, _ in done):
            yield tuple(question for question, _ in changes)


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


@pytest.mark.slow
@settings(max_examples=100)
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


def test_nobody_who_may_be_hurt_at_home_hears_that_they_could_leave(rules: RuleSet) -> None:
    answers = {"severity": "severe", "staying_stopped": "hours", "home": "others_use",
               "substances": ["alcohol"], "step_away": "cannot", "payment": "covered"}  # fmt: skip
    for danger, told in ((["none"], True), (["violence"], False), ("skip", False)):
        asked = {**answers, "danger": danger}
        explained = explain(rules, asked, decide(rules, asked))
        assert explained is not None
        assert ("step_away" in str(explained.would_change)) is told, danger


def test_what_only_eases_the_way_is_not_told_beside_what_clears_it(rules: RuleSet) -> None:
    mother = {"severity": "moderate", "staying_stopped": "days", "home": "steady",
              "weekly_hours": "under_3", "payment": "limited", "danger": ["none"]}  # fmt: skip
    told = explain(rules, mother, decide(rules, mother))
    assert told is not None
    ways = [change for change in told.would_change if change.effect == "obstacle"]
    assert [set(change.changes) for change in ways] == [{"weekly_hours", "payment"}]
    assert ways[0].barriers_left == ()
    alone = {**mother, "payment": "covered"}
    told = explain(rules, alone, decide(rules, alone))
    assert told is not None
    assert {"weekly_hours"} in [set(change.changes) for change in told.would_change]


@pytest.mark.slow
def test_an_open_answer_is_told_with_an_example_that_fits_the_others(rules: RuleSet) -> None:
    """Who uses every day isn't given "I am steady", and of what fits, the careful side."""
    dice, seen = random.Random(5), 0
    for _ in range(150):
        answers = contract.random_answers(dice, unknown=0.3)
        decision = decide(rules, answers)
        explained = explain(rules, answers, decision)
        for each in explained.firmness.hangs_on if explained else ():
            seen += 1
            after = decide(rules, {**answers, each.question: each.answer})
            assert fits(rules.question_by_id[each.question], each.answer, decision, after)
            every_day = answers.get("frequency") == "every_day"
            assert not (every_day and each.answer in ("steady", "steady_recovery"))
            if rules.question_by_id[each.question].kind == "scale":
                most = most_care(rules, answers, decision, each.question)
                assert care(rules, after) >= min(most, care(rules, decision))
    assert seen


def test_nothing_hangs_on_an_answer_that_the_others_rule_out(rules: RuleSet) -> None:
    """Who skips what they use, and tells of a seizure from stopping, didn't use nothing."""
    person = {"danger": ["none"], "self_harm": "none", "frequency": "not_lately",
              "withdrawal": "dangerous", "severity": "severe", "staying_stopped": "days",
              "home": "none", "stage": "returned_to_use"}  # fmt: skip
    decision = decide(rules, person)
    none = decide(rules, {**person, "substances": ["none"]})
    assert none.ranked[0].path != decision.ranked[0].path
    explained = explain(rules, person, decision)
    assert explained is not None
    assert "substances" not in {each.question for each in explained.firmness.hangs_on}


def test_no_change_leads_to_a_path_for_which_it_is_too_little_itself(rules: RuleSet) -> None:
    """Nine hours a week that came free are no way to a program of twenty."""
    person = {"danger": ["none"], "self_harm": "none", "substances": ["alcohol"],
              "withdrawal": "dangerous", "severity": "severe", "staying_stopped": "days",
              "mental_health": "affecting", "home": "none", "support": "some",
              "stage": "returned_to_use", "motivation": "willing", "responsibilities": ["caring"],
              "step_away": "can", "weekly_hours": "3_to_8", "payment": "limited",
              "philosophy": "skills", "company": "peers", "spirituality": "open"}  # fmt: skip
    explained = explain(rules, person, decide(rules, person))
    assert explained is not None
    assert explained.would_change
    for change in explained.would_change:
        after = decide(rules, {**person, **change.changes})
        asks = asks_more(rules, set(change.changes), change.path, after)
        assert change.effect == "obstacle" or not asks


def fits(asked: Question, answer: contract.Answer, before: Decision, after: Decision) -> bool:
    """Whether an answer leaves each answered question asked, and contradicts none of them."""
    known = [q for q, value in before.view.items() if value not in (None, NOT_ASKED)]
    given = {answer} if isinstance(answer, str) else set(answer)
    return not (
        any(after.view.get(q, NOT_ASKED) is NOT_ASKED for q in known)
        or any(r.when.holds(after.view) for r in asked.readings if not r.of_unknown)
        or any(u.when.holds(after.view) for u in asked.unlikely if given & set(u.answers))
    )


def most_care(rules: RuleSet, answers: Answers, decision: Decision, question: str) -> int:
    """The most care that is safe with an answer that fits and puts another path first."""
    asked, first = rules.question_by_id[question], decision.ranked[0].path
    each = ((a, decide(rules, {**answers, question: a})) for a in asked.answers)
    changed = [(a, after) for a, after in each if after.ranked[0].path != first]
    return max(care(rules, after) for a, after in changed if fits(asked, a, decision, after))


def care(rules: RuleSet, decision: Decision) -> int:
    return rules.level_rank[decision.safe_level or ""]


def test_in_danger_nobody_hears_what_their_life_could_be(rules: RuleSet) -> None:
    answers = {"danger": ["overdose"], "home": "none", "severity": "moderate"}
    explained = explain(rules, answers, decide(rules, answers))
    assert explained is not None
    assert explained.would_change == ()


def test_every_question_that_can_change_has_words_for_it(rules: RuleSet) -> None:
    changeable = [question for question in rules.questions if question.can_change]
    assert {q.id for q in changeable} == {
        "home", "support", "motivation", "step_away", "weekly_hours", "payment",
    }  # fmt: skip
    for question in changeable:
        assert question.could_be
        for could in question.could_be:
            assert not could.told[0].isupper(), could.told
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


@pytest.mark.slow
@settings(max_examples=100)
@given(people())
def test_the_answers_against_a_path_are_the_smallest_set_that_holds_it_back(
    rules: RuleSet, answers: Answers
) -> None:
    decision = decide(rules, answers)
    fits = fits_of(rules, answers, decision)
    top = decision.ranked[0]
    order = [path.id for path in rules.paths]
    for entry in decision.ranked[1:]:
        found = why_not(rules, decision, entry.path, fits)
        lead = weighed_by_hand(fits[top.path].told, fits[entry.path].told)
        assert sum(lead.values()) == top.points - entry.points
        wins_ties = (rules.level_rank[entry.level], order.index(entry.path)) < (
            rules.level_rank[top.level],
            order.index(top.path),
        )
        if entry.above_need:
            assert (found.tie, found.against) == ("need", ())
            continue
        removed = sum(weight.points for weight in found.against)
        left = top.points - entry.points - removed
        assert found.tie in (None, "order" if entry.level == top.level else "level")
        if found.tie:
            assert left <= 0
            assert not wins_ties
        else:
            assert left < 0 or (left == 0 and wins_ties)
        strongest = sorted((points for points in lead.values() if points > 0), reverse=True)
        fewer = sum(strongest[: max(len(found.against) - 1, 0)])
        goal = top.points - entry.points + (0 if wins_ties or found.tie else 1)
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


@pytest.mark.slow
@settings(max_examples=100)
@given(people())
def test_a_path_that_is_set_aside_names_each_gate_with_answers_that_are_true(
    rules: RuleSet, answers: Answers
) -> None:
    decision = decide(rules, answers)
    fits = fits_of(rules, answers, decision)
    for aside in decision.set_aside:
        found = why_not(rules, decision, aside.path, fits)
        assert found.place is None
        assert tuple(closed.gate.id for closed in found.closed) == aside.rules
        for closed in found.closed:
            for answer in closed.answers:
                value = decision.view.get(answer.question)
                known = {value} if isinstance(value, str) else value or set()
                assert answer.read is not (answer.value in known)  # type: ignore[operator]
                assert not (closed.sure and answer.read)
                asked = [leaf for leaf in closed.gate.when.leaves()
                         if leaf.question == answer.question]  # fmt: skip
                told = any(answer.value in leaf.accepts for leaf in asked)
                assert told or all(leaf.op != "is" for leaf in asked) or none_of(closed.gate.when)


def none_of(condition: Condition) -> bool:
    return isinstance(condition, NoneOf) or any(
        none_of(part) for part in getattr(condition, "parts", ())
    )


def test_a_gate_that_fires_on_the_answers_themselves_is_told_as_sure(rules: RuleSet) -> None:
    answers = {"substances": ["alcohol"], "frequency": "every_day", "drinks": "10_to_14",
               "severity": "mild", "mental_health": "severe"}  # fmt: skip
    decision = decide(rules, answers)
    found = why_not(rules, decision, "secular-groups", fits_of(rules, answers, decision))
    sure = {closed.gate.id: closed for closed in found.closed if closed.sure}
    told = {
        (answer.question, answer.value, answer.read)
        for closed in sure.values()
        for answer in closed.answers
    }
    assert ("severity", "mild", False) in told
    assert any(not closed.sure for closed in found.closed), "others read mild as moderate"


def test_what_is_closed_because_something_is_absent_names_the_answer_given(rules: RuleSet) -> None:
    answers = {"substances": ["alcohol"], "severity": "mild", "stage": "first_time"}
    decision = decide(rules, answers)
    found = why_not(rules, decision, "continuing-care", fits_of(rules, answers, decision))
    assert ("stage", "first_time") in {
        (answer.question, answer.value) for closed in found.closed for answer in closed.answers
    }


def test_a_reading_that_closes_a_path_is_marked_as_one(rules: RuleSet) -> None:
    answers = {"substances": ["alcohol"], "severity": "unsure", "staying_stopped": "days"}
    decision = decide(rules, answers)
    found = why_not(rules, decision, "twelve-step-meetings", fits_of(rules, answers, decision))
    read = {answer for closed in found.closed for answer in closed.answers if answer.read}
    assert ("severity", "moderate") in {(answer.question, answer.value) for answer in read}


# --- which of two ------------------------------------------------------------------------


@pytest.mark.slow
@settings(max_examples=80)
@given(people(), st.data())
def test_a_lean_agrees_with_the_ranking_and_its_weights_add_up(
    rules: RuleSet, answers: Answers, data: st.DataObject
) -> None:
    paths = [path.id for path in rules.paths]
    first, second = data.draw(st.permutations(paths))[:2]
    decision = decide(rules, answers)
    found = leaning(rules, answers, decision, first, second)
    place = {entry.path: entry for entry in decision.ranked}
    aside = {entry.path for entry in found.aside}
    assert aside == {path for path in (first, second) if path not in place}
    fits = fits_of(rules, answers, decision)
    ahead, behind = (second, first) if found.to == second else (first, second)
    distance = fits[ahead].points - fits[behind].points
    assert sum(weight.points for weight in (*found.for_it, *found.for_other)) == distance
    assert all(weight.points > 0 for weight in found.for_it)
    assert all(weight.points < 0 for weight in found.for_other)
    for weights_ in (found.for_it, found.for_other):
        sizes = [abs(weight.points) for weight in weights_]
        assert sizes == sorted(sizes, reverse=True)
    for weight in (*found.for_it, *found.for_other):
        loser = behind if weight.points > 0 else ahead
        told = {id(reason) for reason in fits[loser].told}
        assert (id(weight.reason) in told) == (weight.reason.points < 0)
    if aside:
        assert (found.to is None) == (len(aside) == 2)
        assert found.to is None or found.to in place
    elif found.to is None:
        assert abs(distance) <= 1
    else:
        assert distance > 1 or (found.too_much == behind and place[behind].above_need)
        assert place[ahead].rank < place[behind].rank


def test_nothing_leans_to_more_care_than_the_answers_call_for(rules: RuleSet) -> None:
    answers = {
        "substances": "unsure", "severity": "unsure", "staying_stopped": "hours",
        "mental_health": "managed", "support": "some", "stage": "first_time",
        "motivation": "not_ready", "step_away": "can", "weekly_hours": "under_3",
        "spirituality": "secular_only", "philosophy": "acceptance", "company": "peers",
    }  # fmt: skip
    decision = decide(rules, answers)
    fits = fits_of(rules, answers, decision)
    assert fits["residential"].points > fits["iop-secular"].points + 1
    found = leaning(rules, answers, decision, "residential", "iop-secular")
    assert (found.to, found.too_much) == ("iop-secular", "residential")


# --- order --------------------------------------------------------------------------------


@pytest.mark.slow
@settings(max_examples=60)
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
    fits, same = fits_of(rules, answers, one), fits_of(rules, shuffled, other)
    assert [why_not(rules, one, path.id, fits) for path in rules.paths] == [
        why_not(rules, other, path.id, same) for path in rules.paths
    ]


@pytest.mark.slow
def test_the_order_in_which_rule_files_are_found_changes_nothing(
    rules: RuleSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = os.listdir
    monkeypatch.setattr(
        rule_files.os, "listdir", lambda folder: sorted(listed(folder), reverse=True)
    )
    turned = load_rules()
    assert turned.sha256 == rules.sha256
    dice = random.Random(11)
    for _ in range(50):
        answers = contract.random_answers(dice, 0.2)
        one, other = decide(rules, answers), decide(turned, answers)
        assert one == other
        assert explain(rules, answers, one) == explain(turned, answers, other)
