"""What readers who know this work missed in random people's results, told to whom it concerns.

Each word stands for one person and is not said to the same person with one answer changed.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from contract import random_answers
from people import DRINKS
from test_the_whole_page import short, whole

from pathfinder import decide
from pathfinder.engine.question import Answers, Passage, told
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages import answer_messages, messages
from pathfinder.pages.answer import Answer
from pathfinder.pages.how_much_care import by_what_is_open, level_gates, not_known
from pathfinder.render.answer import fitted, joined

pytestmark = pytest.mark.no_cover

SEDATIVES = {**DRINKS, "substances": ["sedatives"], "frequency": "every_day"}
LIGHT = {**DRINKS, "frequency": "some_days", "drinks": "under_5", "withdrawal": "none"}
NOT_ILL = {**LIGHT, "self_harm": "thoughts", "mental_health": "severe", "severity": "moderate",
           "health": ["none"]}  # fmt: skip
BY_DAY = "can be seen by day"
A_BED = "Ask whether a bed can be had for this"

SAID = [
    ("can't be woken after sedatives", SEDATIVES, {"substances": ["cannabis"]}),
    # With opioids, another first step has these signs.
    ("can't be woken after sedatives", SEDATIVES, {"substances": ["sedatives", "opioids"]}),
    ("If you take pills that nobody prescribed", SEDATIVES, {"substances": ["cannabis"]}),
    (
        "Don't cut down on your own, either",
        {**SEDATIVES, "withdrawal": "dangerous"},
        {"withdrawal": "none"},
    ),
    ("Don't drink before you have been seen", NOT_ILL, {"self_harm": "none"}),
    # Who could get ill from stopping isn't told to stop.
    ("Don't drink before you have been seen", NOT_ILL, {"withdrawal": "hard"}),
    ("Don't drink before you have been seen", NOT_ILL, {"withdrawal": "unsure"}),
    ("Don't drink before you have been seen", NOT_ILL, {"drinks": "10_to_14"}),
    ("Don't drink before you have been seen", NOT_ILL, {"health": ["pregnant"]}),
    # With "not sure", too: where it bears on stopping, a first step asks for a doctor anyway.
    ("Don't drink before you have been seen", {**NOT_ILL, "health": "unsure", "drinks": "5_to_9"},
     {"frequency": "most_days"}),
    ("Don't use cannabis before you have been seen", {**NOT_ILL, "substances": ["cannabis"]},
     {"mental_health": "affecting"}),
    ("Don't use cannabis before you have been seen", {**NOT_ILL, "substances": ["cannabis"]},
     {"withdrawal": "dangerous"}),
    ("Ask a doctor this week to look at these thoughts", {**LIGHT, "self_harm": "thoughts"},
     {"self_harm": "none"}),
    ("My mental health is under control", {**LIGHT, "severity": "moderate",
     "mental_health": "managed"}, {"mental_health": "none"}),
    ("My mental health is under control", {**LIGHT, "severity": "moderate",
     "mental_health": "managed"}, {"self_harm": "thoughts"}),
    ("ask to be seen this week", {**LIGHT, "stage": "steady_recovery", "staying_stopped": "days"},
     {"staying_stopped": "weeks"}),
    # Who must be seen today isn't told to wait for a week.
    ("ask to be seen this week", {**LIGHT, "stage": "steady_recovery", "staying_stopped": "days"},
     {"mental_health": "severe"}),
    ("It is called contingency management", {**DRINKS, "substances": ["stimulants"],
     "severity": "moderate"}, {"substances": ["cannabis"]}),
    ("Is the house certified", {**DRINKS, "severity": "moderate", "home": "others_use",
     "substances": ["cannabis"], "staying_stopped": "days"}, {"home": "steady"}),
    (A_BED, {**DRINKS, "withdrawal": "hard", "home": "others_use"}, {"home": "steady"}),
    (BY_DAY, {**DRINKS, "withdrawal": "hard", "home": "steady"}, {"home": "none"}),
    # "Not sure" of home is not a home that is known to be unsafe.
    (BY_DAY, {**DRINKS, "withdrawal": "hard", "home": "unsure"}, {"home": "unsafe"}),
    ("If the shaking or throwing up comes back", {**DRINKS, "withdrawal": "hard"},
     {"withdrawal": "mild"}),
    ("If somebody can't be woken after many drinks", {**DRINKS, "drinks": "15_plus"},
     {"drinks": "10_to_14"}),
    ("get restless when daily cannabis stops", {**DRINKS, "substances": ["cannabis"],
     "frequency": "every_day", "withdrawal": "mild"}, {"withdrawal": "none"}),
    # Beside drink, the same signs may be its own, and no comfort.
    ("get restless when daily cannabis stops", {**DRINKS, "substances": ["cannabis"],
     "frequency": "every_day", "withdrawal": "mild"}, {"substances": ["cannabis", "alcohol"]}),
    ("Don't drink with sedatives, and take no opioids", {**SEDATIVES, "frequency": "some_days"},
     {"substances": ["cannabis"]}),
    ("If drink is part of it, ask a doctor", {**DRINKS, "substances": "skip",
     "severity": "moderate", "medication": "skip"}, {"medication": ["none"]}),
    ("If you take pills that nobody prescribed", {**DRINKS, "substances": "skip"},
     {"substances": ["cannabis"]}),
    ("That holds even if little happened before", {**DRINKS, "drinks": "10_to_14",
     "frequency": "every_day"}, {"drinks": "5_to_9"}),
    ("day treatment can start after that", {**DRINKS, "severity": "severe",
     "staying_stopped": "days", "withdrawal": "hard", "home": "steady"}, {"withdrawal": "none"}),
    ("Go to one 12-Step meeting this week", {**DRINKS, "severity": "moderate",
     "spirituality": "important", "staying_stopped": "days", "home": "steady",
     "past_twelve_step": "never"}, {"stage": "in_program"}),
    ("If you can, be with someone you trust until you have told", {**DRINKS, "severity": "moderate",
     "staying_stopped": "hours"}, {"staying_stopped": "weeks"}),
]  # fmt: skip


@pytest.mark.parametrize(("said", "person", "other"), SAID)
def test_it_is_said_to_whom_it_concerns_and_to_nobody_else(
    rules: RuleSet, said: str, person: Answers, other: Answers
) -> None:
    assert said in whole(rules, person)
    assert said not in whole(rules, {**person, **other})


def test_a_risk_by_which_what_is_open_is_read_as_near_is_named(rules: RuleSet) -> None:
    alone = {**DRINKS, "severity": "moderate", "staying_stopped": "unsure", "support": "none",
             "frequency": "some_days", "drinks": "under_5"}  # fmt: skip
    risk = "We see a risk in your answer on people who help, so we stay careful"
    assert risk in whole(rules, alone)
    assert risk not in whole(rules, {**alone, "support": "strong"})
    both = {**alone, "home": "others_use"}
    assert "in your answers on home and people who help" in whole(rules, both)
    assert "We see a risk" not in short(rules, alone).safe


def test_to_be_steady_is_no_risk(rules: RuleSet) -> None:
    """It is read as less, and a gate asks for as much of anybody who leaves the same open."""
    steady = {**DRINKS, "severity": "skip", "severity_signs": "skip", "staying_stopped": "days",
              "frequency": "not_lately", "stage": "steady_recovery"}  # fmt: skip
    text = whole(rules, steady)
    assert "Not known: how serious the use is, so we stay careful" in text
    assert "We see a risk" not in text


def test_a_first_reason_for_the_path_does_not_stand_under_the_first_step_too(
    rules: RuleSet,
) -> None:
    broken = {**LIGHT, "mental_health": "severe"}
    why = "You can't cope right now, or you lose touch with what is real"
    made = short(rules, broken)
    assert made.pros[0].startswith(why)
    assert on_screen(made).count(why) == 1
    # Paper has a place of its own for each step, where no reason for a path stands.
    assert [step.why for step in made.first] == [f"{why}."]
    # A later reason may have no room, so its step keeps the words.
    bare = short(rules, {**broken, "withdrawal": "dangerous", "home": "none"})
    place = "You have nowhere steady to stay"
    assert any(pro.startswith(place) for pro in bare.pros[1:])
    assert f"{place}." in on_screen(bare)


def on_screen(made: Answer) -> str:
    lines = joined(fitted(made, 79, 60, drawn=False))
    return " ".join("".join(part.text for part in line).strip() for line in lines)


@pytest.mark.parametrize("open_", ["unsure", "skip"])
def test_what_is_open_is_warned_of_as_if_it_were_so(rules: RuleSet, open_: str) -> None:
    sedatives = {"substances": open_, "sedative_frequency": "some_days"}
    assert "two at once can stop the breath" in whole(rules, sedatives)
    shakes = {**DRINKS, "withdrawal": "hard"}
    back = "If the shaking or throwing up comes back"
    assert back in whole(rules, {**shakes, "substances": open_})
    assert back in whole(rules, {**shakes, "frequency": open_})
    down = "Don't cut down on your own, either"
    danger = {**SEDATIVES, "withdrawal": "dangerous", "sedative_frequency": "every_day"}
    assert down in whole(rules, {**danger, "substances": open_})
    many = "If somebody can't be woken after many drinks"
    assert many in whole(rules, {**DRINKS, "drinks": "15_plus", "frequency": open_})


def test_nobody_is_told_to_leave_it_and_not_to_stop_on_one_page(rules: RuleSet) -> None:
    dice, left = random.Random(20281130), 0
    for _ in range(2500):
        answers = {**random_answers(dice, 0.1), "mental_health": "severe", "danger": ["none"]}
        if "withdrawal" not in answers or dice.random() < 0.5:
            answers |= {"withdrawal": "none", "health": ["none"], "drinks": "under_5",
                        "self_harm": "thoughts"}  # fmt: skip
        text = {move.text for move in moves_told(rules, answers)}
        leave = [
            t for t in text if t.startswith(("Don't drink before", "Don't use cannabis before"))
        ]
        if leave:
            left += 1
            assert not [t for t in text if "on your own" in t and "stop" in t]
    assert left > 20


def moves_told(rules: RuleSet, answers: Answers) -> Iterator[Passage]:
    decision = decide(rules, answers)
    steps = {step.id: step for step in rules.steps}
    for fired in decision.first:
        for move in told(steps[fired.id].moves, decision.view):
            # That no medicine is stopped alone is said to all.
            if "prescribed medicine" not in move.text:
                yield move


def test_what_is_open_is_not_called_an_answer_that_does_not_fit(rules: RuleSet) -> None:
    steady = {**DRINKS, "severity": "skip", "severity_signs": "skip", "staying_stopped": "days",
              "frequency": "not_lately", "stage": "steady_recovery"}  # fmt: skip
    text = whole(rules, steady)
    part = text[text.index(messages.SET_ASIDE) :]
    assert "Not known: how serious the use is. These paths may be right after all" in part
    assert "may not fit the rest. These paths" not in part


def test_nights_among_who_uses_are_told_of_the_first_path_that_no_reason_says_it_of(
    rules: RuleSet,
) -> None:
    among = {**DRINKS, "frequency": "some_days", "drinks": "15_plus", "severity": "moderate",
             "staying_stopped": "weeks", "mental_health": "affecting", "home": "others_use",
             "support": "some", "stage": "more_needed"}  # fmt: skip
    text = whole(rules, among)
    nights = "Ask for a sober place to sleep, too. At night you would be among those who use."
    day = text.index(". Day treatment ")
    assert text.index(nights) > day
    assert text.count(nights) == 1
    assert nights not in whole(rules, {**among, "home": "steady"})


def test_less_care_may_be_safe_only_where_all_that_asks_for_more_is_open(rules: RuleSet) -> None:
    near = {**DRINKS, "severity": "severe", "staying_stopped": "unsure", "home": "steady",
            "mental_health": "severe"}  # fmt: skip
    decision = decide(rules, near)
    gates = [gate for gate, _, _ in level_gates(rules, decision)]
    open_ = [bool(not_known(rules, gate, decision)) for gate in gates]
    assert True in open_
    assert False in open_
    assert not by_what_is_open(rules, decision)
    assert messages.WHY_LEVEL in whole(rules, near)


def test_what_asks_for_less_alone_stands_under_what_speaks_against_the_path(
    rules: RuleSet,
) -> None:
    broken = {**LIGHT, "severity": "mild", "mental_health": "severe"}
    text = whole(rules, broken)
    head = f"{messages.AGAINST} - The trouble from your use counts as mild."
    assert head in text
    assert answer_messages.LESS_ALONE in text[text.index(head) :]


def test_for_the_most_care_all_that_asks_for_much_is_named(rules: RuleSet) -> None:
    """Who reads that nobody at their side is all must not think that one friend changes it."""
    alone = {**LIGHT, "substances": ["cannabis"], "severity": "severe", "staying_stopped": "hours",
             "mental_health": "severe", "home": "steady", "support": "none",
             "stage": "finished_program"}  # fmt: skip
    assert decide(rules, alone).safe_level == rules.levels[-1].id
    text = whole(rules, alone)
    part = text[text.index(messages.WHY_LEVEL) :][:400]
    assert "Severe use is too much to face with nobody at your side." in part
    assert "With your mental health as it is, someone should see you on most days." in part
    below = whole(rules, {**alone, "support": "strong"})
    part = below[below.index(messages.WHY_LEVEL) :][:300]
    assert "with nobody at your side" not in part
