"""What readers of ten people missed, or read in the wrong place: told where it is needed."""

from __future__ import annotations

import pytest
from people import DRINKS
from test_the_whole_page import short, whole

from pathfinder import decide
from pathfinder.engine.question import Answers
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages import answer_messages, messages
from pathfinder.pages.result import plan_page
from pathfinder.render.layout import plain_text

SOME_DAYS = {**DRINKS, "frequency": "some_days", "drinks": "under_5", "weekly_hours": "9_to_19"}
USES_COCAINE = {**SOME_DAYS, "substances": ["stimulants"]}


def test_a_plan_that_is_torn_off_takes_the_first_warning_along(rules: RuleSet) -> None:
    takes = {**DRINKS, "medication": ["for_opioids"], "drinks": "15_plus"}
    plan = " ".join(plain_text(plan_page(rules, decide(rules, takes)), 72).split())
    assert f"{messages.CAREFUL_FIRST}: Tell your prescriber today of drink or sedatives" in plan
    # Where nothing else is to be done first, the warning is what to do now, and stands once.
    only = {**SOME_DAYS, "medication": ["for_alcohol"]}
    assert not decide(rules, only).first
    plan = " ".join(plain_text(plan_page(rules, decide(rules, only)), 72).split())
    assert plan.count("If you take disulfiram") == 1
    assert f"{messages.NOW}: If you take disulfiram" in plan


def test_harm_today_is_not_put_off_by_days_where_the_trouble_is_called_mild(
    rules: RuleSet,
) -> None:
    today = {**SOME_DAYS, "severity": "mild", "staying_stopped": "hours"}
    assert "harmful use could come soon" in short(rules, today).safe
    assert "within days" not in whole(rules, today)


def test_what_is_only_planned_for_is_not_told_as_it_is(rules: RuleSet) -> None:
    open_ = {**SOME_DAYS, "severity": "moderate", "staying_stopped": "unsure"}
    assert answer_messages.LESS_IS_NOT_SAFE[True] in short(rules, open_).safe
    text = "harmful use could come, now or later."
    assert messages.with_care("how soon harmful use could come", text) in whole(rules, open_)
    said = {**open_, "staying_stopped": "days"}
    assert answer_messages.LESS_IS_NOT_SAFE[False] in short(rules, said).safe
    assert messages.CAREFUL not in whole(rules, said)


def test_trouble_counted_from_no_sign_says_so(rules: RuleSet) -> None:
    none = {**SOME_DAYS, "severity": "unsure", "severity_signs": ["none"]}
    assert "You marked none of the signs of trouble." in whole(rules, none)
    one = {**none, "severity_signs": ["cravings"]}
    assert "By the one sign that you marked" in whole(rules, one)


def test_all_that_stands_before_another_path_stands_with_it(rules: RuleSet) -> None:
    """Also what stands before the first one: who reads of the last alone looks for it there."""
    poor = {**SOME_DAYS, "severity": "moderate", "payment": "limited", "weekly_hours": "3_to_8"}
    ways = [
        way.split(".")[0].lower()
        for way in whole(rules, poor).split(f"{messages.IN_ITS_WAY}: ")[1:]
    ]
    assert len(ways) > 3
    assert all("money and insurance" in way for way in ways)
    assert any(way.startswith("hours a week and money") for way in ways)


@pytest.mark.parametrize("home", ["none", "unsafe"])
def test_what_would_open_after_another_path_comes_first_is_no_news(
    rules: RuleSet, home: str
) -> None:
    """A safe place alone opens day treatment, too: "a place and a firm wish" would deny it."""
    homeless = {**SOME_DAYS, "severity": "moderate", "home": home, "stage": "tried_before",
                "company": "professional", "past_twelve_step": "not_for_me"}  # fmt: skip
    text = whole(rules, homeless)
    assert "If you had a safe and steady place to sleep, another path would come first." in text
    assert "If you had a safe and steady place to sleep and one day" not in text


def test_cocaine_is_told_of_to_who_is_pregnant_and_what_can_not_wait(rules: RuleSet) -> None:
    harm = "Cocaine and meth can harm a pregnancy, too."
    wait = "Chest pain after cocaine or meth is an emergency."
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
    steady = {"frequency": "not_lately", "staying_stopped": "steady"}
    assert told not in whole(rules, {**lives, **steady})
