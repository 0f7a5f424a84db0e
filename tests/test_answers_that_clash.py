"""Where two answers don't fit each other, or one is open, the careful one speaks.

Each is what counselors found who read random people's results aloud.
"""

from __future__ import annotations

import pytest
from people import DRINKS

from pathfinder import decide
from pathfinder.engine.explain import explain
from pathfinder.engine.question import Answers, told
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages import answer_messages, messages
from pathfinder.pages.answer import Answer, answer
from pathfinder.pages.result import page
from pathfinder.render.layout import plain_text

CANT_COPE = {**DRINKS, "mental_health": "severe"}
PLAN = {**DRINKS, "self_harm": "plan"}


def short(rules: RuleSet, answers: Answers) -> Answer:
    decision = decide(rules, answers)
    return answer(rules, decision, explain(rules, answers, decision))


def whole(rules: RuleSet, answers: Answers) -> str:
    decision = decide(rules, answers)
    blocks = page(rules, decision, explain(rules, answers, decision))
    return " ".join(plain_text(blocks, 72).split())


def warned(rules: RuleSet, answers: Answers) -> list[str]:
    return [each.id for each in decide(rules, answers).warnings]


def test_little_trouble_argues_against_no_care_that_other_answers_ask_for(rules: RuleSet) -> None:
    assert decide(rules, CANT_COPE).safe_level == "day"
    less = "that alone asks for less"
    assert (
        "counts as mild. You said" in whole(rules, CANT_COPE).split(answer_messages.LESS_ALONE)[0]
    )
    assert less not in whole(rules, CANT_COPE)
    assert not any(less in con for con in short(rules, CANT_COPE).cons)
    # Where nothing else asks for it, the reason stands as it is.
    assert answer_messages.LESS_ALONE not in whole(rules, DRINKS)
    # A reason by which this is too little is no such one.
    steady = {**DRINKS, "severity": "severe", "frequency": "some_days", "support": "none",
              "staying_stopped": "steady", "stage": "steady_recovery"}  # fmt: skip
    assert "may be too little" in whole(rules, steady)
    assert answer_messages.LESS_ALONE not in whole(rules, steady)


def test_what_life_does_not_give_stays_a_reason_against(rules: RuleSet) -> None:
    busy = {**CANT_COPE, "weekly_hours": "3_to_8", "step_away": "cannot"}
    hours = "You can give 3 to 8 hours a week, and this asks for 20 or more."
    assert short(rules, busy).cons == (hours,)
    assert hours in whole(rules, busy)


def test_why_an_answer_is_read_otherwise_is_told_once_and_not_on_the_short_page(
    rules: RuleSet,
) -> None:
    read = {**DRINKS, "withdrawal": "hard", "staying_stopped": "days", "home": "none"}
    why = "So that you are safe, we counted more trouble than you named."
    assert whole(rules, read).count(why) == 1
    assert why not in short(rules, read).safe


@pytest.mark.parametrize("answers", [CANT_COPE, PLAN, {**DRINKS, "danger": ["overdose"]}])
def test_nothing_is_firm_before_somebody_was_seen(rules: RuleSet, answers: Answers) -> None:
    text = whole(rules, answers)
    assert f"{messages.HOW_FIRM}: {messages.FIRM_ONCE_SEEN}" in text
    assert "Firm" not in text


def test_an_open_answer_about_danger_stands_beside_what_is_firm(rules: RuleSet) -> None:
    assert messages.danger_open("danger right now") in whole(rules, {**DRINKS, "danger": "skip"})
    assert messages.danger_open("danger right now") not in whole(rules, DRINKS)


def test_with_a_plan_to_die_no_care_is_called_safe(rules: RuleSet) -> None:
    text = whole(rules, PLAN)
    assert f"{messages.SAFE_LEVEL}: " not in text
    assert text.index(rules.texts.once_safe.text) < text.index(messages.WHY_LEVEL)


def test_who_cant_cope_is_seen_for_that_today_whatever_else_a_doctor_is_asked(
    rules: RuleSet,
) -> None:
    both = {**CANT_COPE, "withdrawal": "dangerous"}
    first = [step.id for step in decide(rules, both).first]
    assert first[:2] == ["medical-evaluation", "psychiatric-evaluation"]
    today = short(rules, both).today
    assert today.startswith("Be seen by a doctor")
    assert "today" not in today, "the label says it"


def test_days_of_drinking_and_sedatives_warn_beside_not_in_the_last_month(rules: RuleSet) -> None:
    open_ = {**DRINKS, "substances": "skip", "frequency": "not_lately"}
    both = {**open_, "alcohol_frequency": "some_days", "sedative_frequency": "most_days"}
    assert "two-that-slow-the-breath" in warned(rules, both)
    one = warned(rules, {**open_, "alcohol_frequency": "some_days"})
    assert one == ["a-break-and-what-is-used-not-known"]
    medicine = {**open_, "alcohol_frequency": "every_day", "medication": ["for_opioids"]}
    assert "medicine-for-opioids-beside-drink" in warned(rules, medicine)
    pregnant = {**open_, "alcohol_frequency": "some_days", "health": ["pregnant"]}
    assert "drinking-in-pregnancy" in warned(rules, pregnant)


def test_who_felt_ill_without_it_is_warned_though_stopping_does_nothing(rules: RuleSet) -> None:
    ill = {**DRINKS, "severity": "unsure", "severity_signs": ["duties_slip", "withdrawal_sign"]}
    assert warned(rules, ill) == ["ill-without-it"]
    assert warned(rules, {**ill, "severity_signs": ["duties_slip"]}) == []
    assert warned(rules, {**ill, "frequency": "some_days"}) == []


def test_a_path_of_less_care_is_not_taken_without_asking(rules: RuleSet) -> None:
    steady = {
        **DRINKS, "substances": ["stimulants", "cannabis"], "frequency": "some_days",
        "severity": "severe", "staying_stopped": "steady", "mental_health": "affecting",
        "home": "unsafe", "stage": "steady_recovery", "weekly_hours": "skip",
        "step_away": "with_help",
    }  # fmt: skip
    del steady["support"], steady["motivation"]
    assert decide(rules, steady).ranked[0].path == "iop-sober-living"
    # It leans on "steady", and who is steady uses on some days.
    assert f"Continuing care. {messages.BEFORE_LESS}" not in whole(rules, steady)
    dry = {**steady, "frequency": "not_lately"}
    assert decide(rules, dry).ranked[0].path == "iop-sober-living"
    assert f"Continuing care. {messages.BEFORE_LESS}" in whole(rules, dry)


@pytest.mark.parametrize(
    ("path", "part", "words", "change"),
    [
        ("outpatient", "hard", "You may have to wait for a visit.", {"self_harm": "plan"}),
        ("outpatient", "hard", "You may have to wait for a visit.", {"mental_health": "severe"}),
        ("outpatient", "week", "now and then", {"self_harm": "plan"}),
        ("outpatient", "week", "now and then", {"self_harm": "thoughts"}),
        (
            "outpatient",
            "what",
            "still manage their duties",
            {"severity": "unsure", "severity_signs": ["duties_slip"]},
        ),
        ("outpatient", "cost", "Visits to your own doctor", {"payment": "limited"}),
        ("iop-secular", "what", "mental health needs care", {"mental_health": "none"}),
        ("residential", "what", "use would come back", {"staying_stopped": "steady"}),
        ("residential", "hard", "the people and places in it", {"responsibilities": ["caring"]}),
        ("residential", "what", "More is not always better", {"stage": "intensive_not_enough"}),
        ("continuing-care", "hard", "it is easy to let it slide", {"mental_health": "severe"}),
        ("continuing-care", "first_moves", "three signs", {"self_harm": "thoughts"}),
        ("outpatient", "what", "have support in place", {"support": "none"}),
        ("iop-secular", "good", "You keep the control", {"philosophy": "acceptance"}),
        ("day-treatment", "first_moves", "who could take over", {"motivation": "not_ready"}),
    ],
)
def test_a_text_that_would_hurt_or_miss_somebody_is_not_told_to_them(
    rules: RuleSet, path: str, part: str, words: str, change: Answers
) -> None:
    def said(answers: Answers) -> str:
        passages = getattr(rules.path_by_id[path], part)
        return " ".join(each.text for each in told(passages, decide(rules, answers).view))

    near = {"mental_health": "managed", "staying_stopped": "days"}
    somebody = {**DRINKS, **near, "responsibilities": ["job"]}
    assert words in said(somebody)
    assert words not in said({**somebody, **change})


@pytest.mark.parametrize(
    "change", [{"mental_health": "severe"}, {"self_harm": "thoughts"}, {"staying_stopped": "days"}]
)
def test_who_needs_help_now_is_not_told_that_they_may_help_others_along(
    rules: RuleSet, change: Answers
) -> None:
    def said(answers: Answers) -> str:
        like = rules.path_by_id["continuing-care"].like
        return " ".join(each.text for each in told(like, decide(rules, answers).view))

    steady = {**DRINKS, "frequency": "some_days"}
    assert "helps others along" in said(steady)
    assert "helps others along" not in said({**steady, **change})
