"""What readers of ten people missed, or read in the wrong place: told where it is needed."""

from __future__ import annotations

import pytest
from people import DRINKS
from test_the_whole_page import short, whole

from pathfinder import decide
from pathfinder.engine.question import Answers
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages import answer_messages, messages
from pathfinder.pages.plan_page import plan_page
from pathfinder.render.layout import plain_text

# What these say is said of hundreds of people; the lines behind it, others cover.
pytestmark = pytest.mark.no_cover

SOME_DAYS = {**DRINKS, "frequency": "some_days", "drinks": "under_5", "weekly_hours": "9_to_19"}
USES_COCAINE = {**SOME_DAYS, "substances": ["stimulants"]}


def test_a_plan_that_is_torn_off_takes_the_first_warning_along(rules: RuleSet) -> None:
    takes = {**DRINKS, "medication": ["for_opioids"], "drinks": "15_plus"}
    plan = " ".join(plain_text(plan_page(rules, decide(rules, takes)), 72).split())
    careful = plan.split(f"{messages.CAREFUL_FIRST}: ")[1]
    assert careful.startswith("A seizure, or confusion or seeing things in withdrawal")
    assert "Tell your prescriber today of drink or sedatives" in careful
    # A warning is nothing to do now: a move is.
    only = {**SOME_DAYS, "medication": ["for_alcohol"]}
    assert not decide(rules, only).first
    plan = " ".join(plain_text(plan_page(rules, decide(rules, only)), 72).split())
    assert plan.count("If you take disulfiram") == 1
    assert f"{messages.NOW}: Call" in plan
    assert f"{messages.CAREFUL_FIRST}: If you take disulfiram" in plan


def test_harm_today_is_not_put_off_by_days_where_the_trouble_is_called_mild(
    rules: RuleSet,
) -> None:
    today = {**SOME_DAYS, "severity": "mild", "staying_stopped": "hours"}
    assert "harmful use could be back soon" in short(rules, today).safe
    assert "within days" not in whole(rules, today)


def test_what_is_only_planned_for_is_not_told_as_it_is(rules: RuleSet) -> None:
    open_ = {**SOME_DAYS, "severity": "moderate", "staying_stopped": "unsure"}
    assert answer_messages.LESS_IS_NOT_SAFE[True] in short(rules, open_).safe
    text = "harmful use could go on or come back."
    assert messages.with_care("how soon harmful use could come", text) in whole(rules, open_)
    said = {**open_, "staying_stopped": "days"}
    assert answer_messages.LESS_IS_NOT_SAFE[False] in short(rules, said).safe
    assert messages.CAREFUL not in whole(rules, said)


def test_trouble_counted_from_no_sign_says_so(rules: RuleSet) -> None:
    none = {**SOME_DAYS, "severity": "unsure", "severity_signs": ["none"]}
    assert "You marked none of the signs of trouble, and for that alone" in whole(rules, none)
    one = {**none, "severity_signs": ["cravings"]}
    assert "By the one sign that you marked" in whole(rules, one)


def test_all_that_stands_before_another_path_stands_with_it(rules: RuleSet) -> None:
    """Also what stands before the first one: who reads of the last alone looks for it there."""
    poor = {**SOME_DAYS, "severity": "moderate", "payment": "limited", "weekly_hours": "3_to_8"}
    ways = [
        way.split(".")[0].lower()
        for way in whole(rules, poor)
        .split(messages.OTHERS)[1]
        .split(f"{messages.IN_ITS_WAY}: ")[1:]
    ]
    assert "hours a week" in ways
    # What stands before each of them stands once, above them.
    once = f"{messages.BEFORE_EACH}: Money and insurance."
    assert once in whole(rules, poor)
    assert not any("money" in way for way in ways)
    assert messages.BEFORE_EACH not in whole(rules, {**poor, "payment": "covered"})


@pytest.mark.parametrize("home", ["none", "unsafe"])
def test_what_would_open_after_another_path_comes_first_is_no_news(
    rules: RuleSet, home: str
) -> None:
    """A safe place alone opens day treatment, too: "a place and a firm wish" would deny it."""
    homeless = {**SOME_DAYS, "severity": "moderate", "home": home, "stage": "tried_before",
                "company": "professional", "past_twelve_step": "not_for_me"}  # fmt: skip
    text = whole(rules, homeless)
    assert "If you slept where it is safe, steady and sober, another path would come first." in text
    assert "If you slept where it is safe, steady and sober and one day" not in text


def test_cocaine_is_told_of_to_who_is_pregnant_and_what_can_not_wait(rules: RuleSet) -> None:
    harm = "Cocaine and meth can harm a pregnancy, too."
    wait = "If your chest hurts after cocaine, crack, meth or speed, call"
    assert harm in whole(rules, {**USES_COCAINE, "health": ["pregnant"]})
    assert harm not in whole(rules, {**SOME_DAYS, "health": ["pregnant"]})
    assert wait in whole(rules, USES_COCAINE)
    assert wait not in whole(rules, {**USES_COCAINE, "frequency": "not_lately"})
    assert wait not in whole(rules, {**USES_COCAINE, "danger": ["chest_pain_or_bleeding"]})


def test_what_is_not_known_of_money_asks_what_it_costs(rules: RuleSet) -> None:
    asks = "Which insurance do you take?"
    for payment, told in (("covered", True), ("unsure", True), ("limited", False)):
        assert (asks in whole(rules, {**SOME_DAYS, "payment": payment})) is told


def test_who_says_that_nothing_happens_when_they_stop_reads_no_more_of_detox(
    rules: RuleSet,
) -> None:
    later = "If detox must come first, the program can start after it."
    moderate: Answers = {**SOME_DAYS, "severity": "moderate", "staying_stopped": "days"}
    assert later not in whole(rules, moderate)
    for withdrawal in ("unsure", "mild", "hard"):
        assert later in whole(rules, {**moderate, "withdrawal": withdrawal})


def test_a_path_with_a_house_is_not_told_as_one_where_nobody_lives(rules: RuleSet) -> None:
    homeless = {**SOME_DAYS, "severity": "moderate", "home": "none"}
    assert decide(rules, homeless).ranked[0].path == "iop-sober-living"
    assert "but you don't live there" not in whole(rules, homeless)
    assert "you go to an intensive outpatient program (IOP), a set program" in whole(
        rules, homeless
    )


@pytest.mark.parametrize(
    ("answers", "open_", "told"),
    [
        ({"spirituality": "open"}, {"spirituality": "unsure"}, "many that sound secular"),
        ({"wishes": ["family"]}, {"wishes": "skip"}, "You choose whether to bring anyone."),
        (
            {"past_twelve_step": "not_for_me", "spirituality": "secular_only"},
            {"past_twelve_step": "unsure", "spirituality": "no_preference"},
            "You aren't choosing sides.",
        ),
    ],
)
def test_a_text_that_an_answer_takes_away_stays_while_that_answer_is_open(
    rules: RuleSet, answers: Answers, open_: Answers, told: str
) -> None:
    iop = {**SOME_DAYS, "severity": "moderate", "staying_stopped": "days", "philosophy": "skills"}
    assert told not in whole(rules, {**iop, **answers})
    assert told in whole(rules, {**iop, **open_})


def test_a_way_down_from_sedatives_is_asked_about_while_the_days_are_open(rules: RuleSet) -> None:
    lives = {**DRINKS, "substances": ["sedatives"], "severity": "moderate", "home": "others_use",
             "staying_stopped": "days"}  # fmt: skip
    assert decide(rules, lives).ranked[0].path == "iop-sober-living"
    told = "while a doctor brings my dose down?"
    for days in ("every_day", "unsure"):
        assert told in whole(rules, {**lives, "frequency": days})
    dry = {**lives, "frequency": "not_lately"}
    assert decide(rules, dry).ranked[0].path == "iop-sober-living"
    assert told not in whole(rules, dry)


# --- the medicine, the warning and the move of today --------------------------------------------


def test_a_medicine_that_is_taken_is_no_thing_to_add(rules: RuleSet) -> None:
    takes = {**SOME_DAYS, "severity": "moderate", "medication": ["for_alcohol"]}
    text = whole(rules, takes)
    assert "Your medicine for drinking" in text
    assert "A doctor can say what suits you" not in text
    plan = " ".join(plain_text(plan_page(rules, decide(rules, takes)), 72).split())
    assert "edic" not in plan.split(f"{messages.ALONGSIDE}: ")[1].split(f"{messages.AFTER}: ")[0]
    wants = {**takes, "medication": ["interested"]}
    assert "A doctor can say what suits you" in whole(rules, wants)
    plan = " ".join(plain_text(plan_page(rules, decide(rules, wants)), 72).split())
    assert "Medication for drinking" in plan


def test_who_wants_no_medicine_for_opioids_is_not_told_to_take_it_as_a_first_step(
    rules: RuleSet,
) -> None:
    opioids = {**SOME_DAYS, "substances": ["opioids"], "severity": "moderate"}
    (step,) = (each.title for each in short(rules, {**opioids, "medication": ["none"]}).first)
    assert step == "Carry naloxone against overdose, and hear of medicine for opioid use"
    (step,) = (each.title for each in short(rules, {**opioids, "medication": "unsure"}).first)
    assert step.startswith("Medication for opioid use")
    mix = "Opioids with drink or sedatives can stop the breath: don't mix them."
    assert mix in whole(rules, opioids)
    two = {**opioids, "substances": ["opioids", "alcohol"]}
    assert mix not in whole(rules, two), "a warning says so"
    # After a break that warning is not theirs.
    assert mix in whole(rules, {**two, "frequency": "not_lately"})
    # Also who takes opioids as prescribed.
    assert mix in whole(rules, {**opioids, "medication": ["for_opioids"]})


def test_a_plan_that_is_torn_off_takes_two_warnings_along(rules: RuleSet) -> None:
    both = {**DRINKS, "medication": ["for_opioids", "for_alcohol"]}
    assert len(decide(rules, both).warnings) == 2
    plan = " ".join(plain_text(plan_page(rules, decide(rules, both)), 72).split())
    for warning in decide(rules, both).warnings:
        assert warning.because.split(". ")[0] in plan


def test_to_go_on_with_a_medicine_is_not_the_move_for_today(rules: RuleSet) -> None:
    takes = {**SOME_DAYS, "medication": ["for_opioids"], "severity": "moderate"}
    moves = decide(rules, takes).next_moves
    assert any(move.startswith("Keep taking your medicine") for move in moves)
    assert not short(rules, takes).today.startswith("Keep")


def test_who_had_an_overdose_and_uses_street_stimulants_is_warned_and_shown_the_signs(
    rules: RuleSet,
) -> None:
    over = {**USES_COCAINE, "health": ["overdose_before"]}
    (warning,) = decide(rules, over).warnings
    assert warning.because.startswith("Don't use alone.")
    assert short(rules, over).today.startswith("Get naloxone")
    signs = "Show somebody the signs of an overdose"
    assert signs in whole(rules, over)
    assert signs in whole(rules, USES_COCAINE), "it may hold an opioid"
    assert signs not in whole(rules, {**USES_COCAINE, "frequency": "not_lately"})
    # To who uses opioids a first step tells them, in words of its own.
    opioids = {**over, "substances": ["opioids"]}
    assert signs not in whole(rules, opioids)
    assert "Signs of an overdose" in whole(rules, opioids)
    # With a medicine for opioid use and drink, too.
    assert signs in whole(rules, {**SOME_DAYS, "medication": ["for_opioids"]})


def test_a_medicine_for_opioids_explains_no_daily_use_of_something_else(rules: RuleSet) -> None:
    steady = {**DRINKS, "stage": "steady_recovery", "frequency": "every_day",
              "alcohol_frequency": "some_days", "medication": ["for_opioids"]}  # fmt: skip
    warned = "say-that-you-are-steady-and-use"
    for substances, says in ((["alcohol", "cannabis"], True), (["alcohol", "opioids"], False),
                             ("unsure", False)):  # fmt: skip
        decision = decide(rules, {**steady, "substances": substances})
        assert (warned in [each.id for each in decision.warnings]) is says, substances


def test_a_result_that_a_warning_doubts_is_not_called_firm(rules: RuleSet) -> None:
    uses = {**DRINKS, "stage": "steady_recovery", "severity": "moderate", "drinks": "under_5"}
    text = whole(rules, uses)
    assert "one says steady, the other doesn't. Which one holds can change this." in text
    assert f"{messages.HOW_FIRM}: {answer_messages.NOT_FIRM}" in text
    # Also where the answer speaks for no first path, and against more care alone.
    today = whole(rules, {**DRINKS, "withdrawal": "hard", "staying_stopped": "hours"})
    assert f"{messages.HOW_FIRM}: {answer_messages.NOT_FIRM}" in today
    rarely = whole(rules, {**uses, "frequency": "some_days"})
    assert "one says steady, the other doesn't. Which one holds can change this." not in rarely
    assert answer_messages.NOT_FIRM not in rarely


def test_mild_trouble_in_stopping_is_told_when_it_is_an_emergency(rules: RuleSet) -> None:
    signs = "have a seizure after you stop, that is an emergency."
    mild = {**SOME_DAYS, "drinks": "5_to_9", "withdrawal": "mild"}
    assert signs in whole(rules, mild)
    assert signs not in whole(rules, {**mild, "withdrawal": "none"})
    # On most days a first step says so.
    daily = whole(rules, {**mild, "frequency": "every_day"})
    assert signs not in daily
    assert "seeing things in withdrawal, is an emergency" in daily


def test_a_duty_that_a_program_leaves_room_for_is_told_once(rules: RuleSet) -> None:
    works = {**SOME_DAYS, "severity": "moderate", "staying_stopped": "days",
             "mental_health": "affecting"}  # fmt: skip
    life = "You get a steady plan and still live your life."
    assert life in whole(rules, works)
    assert life in whole(rules, {**works, "responsibilities": "skip"})
    for duty in ("job", "caring"):
        assert life not in whole(rules, {**works, "responsibilities": [duty]})


def test_a_stay_in_the_place_of_few_hours_says_that_it_takes_all_of_them(rules: RuleSet) -> None:
    few = {**DRINKS, "mental_health": "severe", "weekly_hours": "9_to_19", "step_away": "unsure"}
    assert "Residential treatment, if you can live away, day and night." in (
        short(rules, few).until_then
    )
