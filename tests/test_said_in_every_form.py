"""What is said otherwise to some people is said so to them wherever it stands."""

from __future__ import annotations

import random

import pytest
from contract import random_answers
from people import DRINKS
from test_the_whole_page import short, whole

from pathfinder import decide
from pathfinder.ask.behind import changed
from pathfinder.engine.explain import explain
from pathfinder.engine.question import Answers
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages import answer_messages, messages
from pathfinder.pages.blocks import Bullet, Text
from pathfinder.pages.counselor import counselor_view
from pathfinder.pages.handout import handout
from pathfinder.pages.other_paths import other_paths
from pathfinder.pages.phrases import Cites
from pathfinder.pages.result import before_one_path
from pathfinder.render.answer import fitted, joined
from pathfinder.render.layout import plain_text

# What these say is said of hundreds of people; the lines behind it, others cover.
pytestmark = pytest.mark.no_cover

STOPPED = {**DRINKS, "withdrawal": "dangerous", "severity": "severe", "frequency": "not_lately"}
AGAIN = "See a doctor before you ever stop again"
STEADY = {**DRINKS, "severity": "risky", "staying_stopped": "steady", "stage": "steady_recovery",
          "philosophy": "skills", "company": "professional", "motivation": "committed"}  # fmt: skip
ON_METHADONE = {**DRINKS, "medication": ["for_opioids"], "danger": ["overdose"]}


def flat(text: str) -> str:
    return " ".join(text.split())


def test_who_has_stopped_reads_of_the_next_time_beside_one_path_and_with_a_counselor(
    rules: RuleSet,
) -> None:
    decision = decide(rules, STOPPED)
    one = before_one_path(rules, decision, Cites(rules))
    told = counselor_view(rules, decision, explain(rules, STOPPED, decision))
    assert AGAIN in flat(plain_text(one, 72))
    assert AGAIN in flat(plain_text(told, 72))


def test_a_changed_answer_tells_of_a_step_in_the_words_of_then(rules: RuleSet) -> None:
    calm = decide(rules, {**STOPPED, "withdrawal": "none", "frequency": "some_days"})
    come = " ".join(changed(rules, calm, decide(rules, STOPPED)))
    gone = " ".join(changed(rules, decide(rules, STOPPED), calm))
    assert AGAIN in come
    assert AGAIN in gone


def test_a_first_place_that_rests_on_doubt_says_so_on_the_first_screen(rules: RuleSet) -> None:
    assert short(rules, STEADY).how_sure == (
        "Your answer “I'm steady: harmful use is not close right now” and your answer “I have been "
        "steady for some months” may not fit the rest. More care may be right."
    )
    assert short(rules, {**STEADY, "frequency": "not_lately"}).how_sure == ""


def test_after_an_emergency_that_calm_answers_do_not_fit_no_lowest_level_is_named(
    rules: RuleSet,
) -> None:
    risky = {**DRINKS, "drinks": "15_plus", "severity": "risky", "staying_stopped": "weeks",
             "home": "unsafe", "support": "none", "stage": "intensive_not_enough"}  # fmt: skip
    hurt = {**risky, "self_harm": "plan"}
    decision = decide(rules, hurt)
    assert decision.hold
    assert decision.safe_level != decision.ranked[0].level
    assert messages.WHY_LEVEL in whole(rules, hurt)
    assert f"{messages.SAFE_LEVEL_ONCE_SAFE}:" not in whole(rules, hurt)


def test_what_is_only_good_beside_the_path_is_not_called_not_now(rules: RuleSet) -> None:
    cares = {**DRINKS, "severity": "moderate", "staying_stopped": "weeks", "home": "others_use",
             "stage": "finished_program", "philosophy": "skills"}  # fmt: skip
    made = short(rules, cares)
    assert made.beside
    assert set(made.set_aside) == set(made.beside)
    lines = joined(fitted(made, 80, 23, drawn=False))
    text = "\n".join("".join(part.text for part in line) for line in lines)
    assert f"{answer_messages.BESIDE_IT}: " in text
    assert answer_messages.NOT_NOW not in text


@pytest.mark.parametrize(
    ("person", "wait"),
    [
        (ON_METHADONE, True),
        ({**ON_METHADONE, "danger": ["none"]}, False),
        ({**ON_METHADONE, "substances": ["opioids"]}, True),
    ],
)
def test_on_medicine_for_opioids_the_next_dose_and_naloxone_are_told(
    rules: RuleSet, person: Answers, wait: bool
) -> None:
    moves = [step.moves for step in rules.steps if step.id == "opioid-medication"]
    assert moves
    text = whole(rules, person)
    assert ("when to take your next dose" in text) is wait
    assert ("Keep taking your med" in text) is not wait, "the next dose is theirs to time"
    path = answer_messages.BY_THE_REST if wait else messages.BEST
    after = text[text.index(path) :] if "opioids" not in person["substances"] else text
    assert "naloxone" in after


def test_a_row_is_whole_where_its_half_would_lean_on_what_stands_above(rules: RuleSet) -> None:
    faith = {**DRINKS, "severity": "moderate", "staying_stopped": "weeks",
             "spirituality": "important", "philosophy": "both"}  # fmt: skip
    rows = [row.decides for row in short(rules, faith).rows]
    assert "A spiritual side matters a lot to you, and this leaves it out." in rows


def test_what_only_stands_in_the_way_of_a_path_keeps_its_label_on_paper_too(
    rules: RuleSet,
) -> None:
    dice = random.Random(12)
    seen, label = 0, messages.IN_ITS_WAY
    for _ in range(250):
        decision = decide(rules, random_answers(dice, 0.0))
        if not decision.ranked:
            continue
        told = [
            each
            for each in other_paths(rules, decision, Cites(rules, shown=False))
            if isinstance(each, Text) and each.label.startswith(messages.IN_ITS_WAY)
        ]
        if not told:
            continue
        pieces = handout(rules, decision, "30 November 2026").pieces
        lines = [piece.text for piece in pieces if isinstance(piece, Bullet)]
        for each in told:
            assert each.label == label
            assert each.text[:1].isupper()
            assert f"{label}: {each.text[:1].lower()}{each.text[1:]}" in lines
            assert each.text not in lines
            seen += 1
    assert seen > 4


def test_when_the_rules_are_looked_at_again_is_said_once(rules: RuleSet) -> None:
    policy = rules.texts.update_policy
    assert policy is not None
    text = whole(rules, DRINKS)
    assert text.count(policy.text) == 1
    assert text.count(str(rules.review_next)) == 1
    assert f"{policy.text} The next time is due by {rules.review_next}." in text


@pytest.mark.slow
def test_who_can_choose_is_shown_where_both_paths_are_told_in_full(rules: RuleSet) -> None:
    equal = {**DRINKS, "severity": "moderate", "staying_stopped": "days", "philosophy": "unsure",
             "company": "unsure", "spirituality": "unsure"}  # fmt: skip
    ranked = decide(rules, equal).ranked
    assert ranked[1].about_equal_to_top
    command = answer_messages.compare(ranked[0].path, ranked[1].path)
    assert f"{answer_messages.SIDE_BY_SIDE}: {command}" in whole(rules, equal)
    dice = random.Random(3)
    told = 0
    for _ in range(40):
        answers = random_answers(dice, 0.0)
        others = decide(rules, answers).ranked[1:]
        alike = bool(others) and others[0].about_equal_to_top
        told += alike
        many = answer_messages.SIDE_BY_SIDE in whole(rules, answers)
        assert many is (alike and messages.ALL_THE_SAME not in whole(rules, answers))
        as_good = sum(each.about_equal_to_top for each in others)
        assert whole(rules, answers).count(answer_messages.SIDE_BY_SIDE) == as_good * many
    assert 0 < told < 40
