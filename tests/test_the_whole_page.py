"""The whole page: what can harm comes first, each thing stands once, and all of it is for this
person.

Each is what counselors found who read random people's results aloud.
"""

from __future__ import annotations

import html
import random

import pytest
from people import DRINKS, anybody

from pathfinder import decide
from pathfinder.engine.decision import Decision
from pathfinder.engine.explain import explain
from pathfinder.engine.plan import plan
from pathfinder.engine.question import Answers
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages import answer_messages, messages
from pathfinder.pages.answer import Answer, answer
from pathfinder.pages.behind import Result, page_of
from pathfinder.pages.blocks import Heading
from pathfinder.pages.explanation import Wanted, explanation
from pathfinder.pages.how_much_care import overruled
from pathfinder.pages.result import page
from pathfinder.render.handout import handout_html, handout_md
from pathfinder.render.layout import plain_text

CANT_COPE = {**DRINKS, "mental_health": "severe"}
NO_USE = {**DRINKS, "substances": "none"}


def blocks(rules: RuleSet, answers: Answers) -> tuple[object, ...]:
    decision = decide(rules, answers)
    return page(rules, decision, explain(rules, answers, decision))


def whole(rules: RuleSet, answers: Answers) -> str:
    return " ".join(plain_text(blocks(rules, answers), 72).split())


def headings(rules: RuleSet, answers: Answers) -> list[str]:
    return [each.text for each in blocks(rules, answers) if isinstance(each, Heading)]


def short(rules: RuleSet, answers: Answers) -> Answer:
    decision = decide(rules, answers)
    return answer(rules, decision, explain(rules, answers, decision))


def decided(rules: RuleSet, answers: Answers, first: str) -> Decision:
    decision = decide(rules, answers)
    assert decision.ranked[0].path == first
    return decision


# --- what comes first -------------------------------------------------------------------


def test_a_warning_stands_before_the_steps_and_not_again_among_the_moves(rules: RuleSet) -> None:
    two = {**DRINKS, "substances": ["alcohol", "opioids"], "alcohol_frequency": "every_day"}
    found = headings(rules, two)
    assert found.index(messages.CAREFUL_FIRST) < found.index(messages.FIRST)
    (warning,) = decide(rules, two).warnings
    assert whole(rules, two).count(warning.because) == 1
    assert messages.CAREFUL_FIRST not in headings(rules, DRINKS)


@pytest.mark.slow
def test_every_form_of_the_whole_result_has_every_warning(rules: RuleSet) -> None:
    dice = random.Random(29)
    warned = 0
    for _ in range(60):
        answers = anybody(dice, rules)
        decision = decide(rules, answers)
        if not decision.ranked:
            continue
        explained = explain(rules, answers, decision)
        forms = (
            plain_text(page(rules, decision, explained), 72),
            plain_text(explanation(rules, answers, decision, Wanted()), 72),
            plain_text(explanation(rules, answers, decision, Wanted(what_if=True)), 72),
            plain_text(page_of(Result(rules, answers, decision, explained), "first"), 72),
            handout_md(rules, decision, date="today", explained=explained),
            handout_html(rules, decision, date="today", explained=explained),
        )
        for form in (" ".join(html.unescape(each).split()) for each in forms):
            assert all(warning.because in form for warning in decision.warnings)
        warned += len(decision.warnings)
    assert warned > 10


def test_numbers_to_call_stand_before_what_is_said_of_the_rules(rules: RuleSet) -> None:
    found = headings(rules, DRINKS)
    assert found.index(messages.HELP) < found.index(messages.ABOUT_RESULT)
    assert found[-1] == messages.IN_SHORT  # the end is what a scrolling terminal leaves


def test_who_must_be_seen_hears_of_it_wherever_care_is_called_enough(rules: RuleSet) -> None:
    seen = short(rules, {**CANT_COPE, "severity": "skip", "severity_signs": "skip"})
    assert seen.how_sure == ""
    level = answer_messages.once_seen("Day treatment")
    assert seen.safe == level
    assert messages.FIRM_ONCE_SEEN in whole(rules, CANT_COPE)
    calm = {**DRINKS, "severity": "severe"}
    assert messages.SAFE_LEVEL_ONCE_SEEN not in whole(rules, calm)
    assert "once you have been seen" not in short(rules, calm).safe


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, False),
        ({"substances": "skip", "alcohol_frequency": "every_day"}, True),
        ({"substances": "skip", "sedative_frequency": "most_days"}, True),
        ({"substances": "skip", "alcohol_frequency": "not_lately"}, False),
    ],
)
def test_who_drinks_now_is_told_not_to_stop_at_once_whatever_else_was_not_used_lately(
    rules: RuleSet, change: Answers, told: bool
) -> None:
    answers = {**DRINKS, "frequency": "not_lately", "withdrawal": "dangerous", **change}
    assert ("suddenly on your own" in whole(rules, answers)) is told


def test_who_takes_sedatives_now_is_told_to_call_the_prescriber(rules: RuleSet) -> None:
    call = "Call the person who prescribes them"
    taken = {**DRINKS, "substances": "skip", "frequency": "not_lately", "health": ["pain"]}
    assert call in whole(rules, {**taken, "sedative_frequency": "most_days"})
    pills = {**taken, "substances": ["opioids"], "sedative_frequency": "not_lately"}
    assert call not in whole(rules, pills)


@pytest.mark.parametrize(
    ("change", "warned"),
    [
        ({}, True),
        ({"withdrawal": "skip"}, False),  # a first step says so
        ({"withdrawal": "skip", "substances": "skip"}, True),
        ({"drinks": "5_to_9"}, False),
        ({"frequency": "some_days"}, False),
    ],
)
def test_who_drinks_much_and_does_not_say_how_often_is_warned(
    rules: RuleSet, change: Answers, warned: bool
) -> None:
    answers = {**DRINKS, "frequency": "skip", "drinks": "10_to_14", **change}
    found = [each.id for each in decide(rules, answers).warnings]
    assert ("heavy-and-how-often-not-known" in found) is warned


def test_who_has_a_fit_now_is_not_told_once_more_that_one_would_be_an_emergency(
    rules: RuleSet,
) -> None:
    sick = {**DRINKS, "withdrawal": "hard"}
    words = "in withdrawal, is an emergency"
    assert words in whole(rules, sick)
    assert words not in whole(rules, {**sick, "danger": ["seizure_or_confusion"]})


# --- once -------------------------------------------------------------------------------


def test_reasons_that_other_answers_overrule_are_named_together(rules: RuleSet) -> None:
    well = {**CANT_COPE, "staying_stopped": "steady", "stage": "steady_recovery",
            "frequency": "some_days"}  # fmt: skip
    less = overruled(rules, decide(rules, well))
    assert len(less) > 1
    text = whole(rules, well)
    (line,) = [each for each in text.split("- ") if answer_messages.LESS_ALONE in each]
    for said in (
        "counts as mild",
        "harmful use is not close",
        "have been steady for some months",
    ):
        assert said in line
    assert not any(reason.because in text for reason in less)
    # What a warning doubts argues for nothing.
    often = whole(rules, {**well, "frequency": "most_days"})
    assert "two of your answers don't fit: one says steady, the other doesn't" in often
    (line,) = [each for each in often.split("- ") if answer_messages.LESS_ALONE in each]
    assert "harmful use is not close" not in line


def test_what_two_rules_of_one_step_both_say_is_said_once(rules: RuleSet) -> None:
    both = {
        **DRINKS, "substances": ["alcohol", "sedatives"], "withdrawal": "unsure",
        "alcohol_frequency": "every_day", "sedative_frequency": "every_day",
    }  # fmt: skip
    text = whole(rules, both)
    assert text.count("It can be dangerous, so ask a doctor first.") == 1
    assert "We don't know what happens when you stop drinking." in text
    assert "We don't know what happens when you go without sedatives." in text


def test_what_is_not_sure_is_said_once_of_all_gates_that_hang_on_it(rules: RuleSet) -> None:
    open_ = {**CANT_COPE, "severity": "skip", "severity_signs": "skip", "staying_stopped": "hours",
             "support": "none", "home": "none"}  # fmt: skip
    text = whole(rules, open_)
    assert text.count(messages.with_care("how serious the use is").removesuffix(".")) == 1
    assert text.split(messages.WHY_LEVEL_PERHAPS)[1].count("Care on most days") > 1
    known = whole(rules, {**open_, "severity": "severe"})
    assert messages.WHY_LEVEL in known
    assert messages.WHY_LEVEL_PERHAPS not in known


def test_what_stands_in_the_way_is_not_told_again_as_what_would_change(rules: RuleSet) -> None:
    poor = {**DRINKS, "severity": "moderate", "payment": "limited"}
    explained = explain(rules, poor, decide(rules, poor))
    obstacles = [each for each in explained.would_change if each.effect == "obstacle"]
    assert [set(each.changes) for each in obstacles] == [{"payment"}]
    assert messages.NOT_POSSIBLE in headings(rules, poor)
    assert messages.NOTHING_IN_THE_WAY not in whole(rules, poor)


def test_more_time_is_no_reason_to_take_less_care(rules: RuleSet) -> None:
    alone = {**DRINKS, "substances": ["stimulants"], "withdrawal": "dangerous", "support": "none",
             "severity": "moderate", "mental_health": "affecting", "home": "tempting",
             "stage": "intensive_not_enough", "motivation": "not_ready", "step_away": "skip",
             "weekly_hours": "under_3"}  # fmt: skip
    explained = explain(rules, alone, decided(rules, alone, "residential"))
    less = [set(each.changes) for each in explained.would_change if each.less_care]
    assert {"weekly_hours"} in less
    assert "20 hours a week came free" not in whole(rules, alone)


def test_beside_first_steps_nobody_is_told_how_to_wait(rules: RuleSet) -> None:
    later = "If you wait all the same, look at this again soon"
    assert later in whole(rules, DRINKS)
    pregnant = {**DRINKS, "health": ["pregnant"]}
    assert messages.BOTH_NOW in whole(rules, pregnant), "a warning stands above"
    ill = {**DRINKS, "withdrawal": "hard"}
    assert messages.FIRST_NOW in whole(rules, ill)
    assert later not in whole(rules, pregnant)
    known = whole(rules, {**pregnant, "severity": "moderate"})
    study = "One study followed people"
    assert study in known.split(messages.BOTH_NOW)[1]
    # It is about help that is sought for the first time.
    again = {**pregnant, "severity": "moderate", "stage": "returned_to_use"}
    assert study not in whole(rules, again)
    assert study in whole(rules, {**again, "stage": "unsure"})


def test_what_is_more_care_than_answers_call_for_is_said_of_all_such_paths_at_once(
    rules: RuleSet,
) -> None:
    well = {**DRINKS, "severity": "moderate", "staying_stopped": "steady"}
    far = [each for each in decide(rules, well).ranked if each.above_need]
    assert len(far) > 1
    text = whole(rules, well)
    assert text.count(rules.texts.above_need.text) == 1
    told = text[text.index(rules.texts.above_need.text) :].removeprefix(rules.texts.above_need.text)
    assert told.split("] ", 1)[1].startswith(messages.true_of([e.rank for e in far[1:]]))


def test_an_answer_that_was_given_is_not_called_open(rules: RuleSet) -> None:
    read = {**DRINKS, "withdrawal": "hard"}
    (check,) = [each for each in decide(rules, read).to_check if each.effect == "reading"]
    assert check.because in whole(rules, read)
    assert f"{check.because} (Open" not in whole(rules, read)


def test_what_a_first_step_answers_is_not_asked_once_more(rules: RuleSet) -> None:
    shakes = {
        **DRINKS,
        "substances": "skip",
        "withdrawal": "hard",
        "alcohol_frequency": "every_day",
    }
    asks = "How do I stop safely, now or if I start again?"
    assert asks in [each.because for each in decide(rules, shakes).to_check]
    assert asks not in whole(rules, shakes)
    calm = {**DRINKS, "substances": "skip", "frequency": "some_days", "withdrawal": "none"}
    calm = {**calm, "alcohol_frequency": "skip", "sedative_frequency": "skip", "drinks": "15_plus"}
    assert "medical-evaluation" not in [each.id for each in decide(rules, calm).first]
    assert asks in [each.because for each in decide(rules, calm).to_check]
    assert asks in whole(rules, calm)


def test_a_question_of_two_steps_is_kept_for_the_step_that_is_still_open(rules: RuleSet) -> None:
    expecting = {**DRINKS, "substances": "skip", "frequency": "some_days", "health": ["pregnant"]}
    decision = decide(rules, expecting)
    assert [each.id for each in decision.first] == ["prenatal-care"]
    assert "Does a pregnancy, an illness or an earlier overdose change" in whole(rules, expecting)


def test_of_paths_that_are_less_than_is_safe_nothing_need_be_asked(rules: RuleSet) -> None:
    groups = next(g for g in rules.gates if g.id == "opioids-need-more-than-groups")
    open_ = {**DRINKS, "substances": "skip", "severity": "severe", "staying_stopped": "days"}
    assert groups.id in [each.rule for each in decide(rules, open_).to_check]
    assert groups.check not in whole(rules, open_)
    free = {**open_, "severity": "moderate", "staying_stopped": "steady"}
    assert decide(rules, free).safe_level == "support"
    assert groups.check in whole(rules, free)


# --- for this person --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("support", "no"),
    [
        ("craving-medication", {"medication": "none"}),
        ("sober-housing", {"step_away": "cannot"}),
    ],
)
def test_what_somebody_refused_is_told_and_is_no_part_of_the_plan(
    rules: RuleSet, support: str, no: Answers
) -> None:
    asked = {**DRINKS, "severity": "moderate", "home": "others_use", "medication": ["interested"]}
    assert support in plan(rules, decide(rules, asked)).alongside
    refused = decide(rules, {**asked, **no})
    assert support in [each.id for each in refused.supports]
    assert support not in plan(rules, refused).alongside


def test_what_stands_before_another_path_alone_is_told_with_it(rules: RuleSet) -> None:
    stays = {**CANT_COPE, "severity": "risky", "stage": "finished_program", "substances": "none",
             "home": "unsafe", "step_away": "cannot", "payment": "limited"}  # fmt: skip
    decision = decided(rules, stays, "continuing-care")
    (house,) = [each for each in decision.ranked if each.path == "iop-sober-living"]
    still = messages.still_in_the_way("living away from home")
    (row,) = [each for each in short(rules, stays).rows if each.path == house.path]
    assert row.equal
    assert row.decides == answer_messages.as_good("living away from home, money and insurance", "")
    assert still in whole(rules, stays)
    free = short(rules, {**stays, "step_away": "can"}).rows
    assert all("living elsewhere" not in each.decides for each in free)


def test_the_step_until_then_says_what_stands_before_it_as_well(rules: RuleSet) -> None:
    poor = {**DRINKS, "severity": "moderate", "home": "none", "payment": "limited"}
    decided(rules, poor, "iop-sober-living")
    assert f", {answer_messages.IF_YOU_CAN}." in short(rules, poor).until_then
    less = messages.the_same_but_less("money and insurance")
    assert less in whole(rules, poor)
    away = {**poor, "payment": "covered", "step_away": "cannot"}
    assert f", {answer_messages.IF_YOU_CAN}." not in short(rules, away).until_then
    assert "asks for less" not in whole(rules, away)


def test_few_hours_do_not_decide_for_a_place_where_all_hours_are_spent(rules: RuleSet) -> None:
    ill = {**CANT_COPE, "severity": "severe", "staying_stopped": "days", "withdrawal": "hard",
           "weekly_hours": "under_3"}  # fmt: skip
    _, *others = decided(rules, ill, "residential").ranked
    (day,) = [each for each in others if each.path == "day-treatment"]
    assert any(each.question == "weekly_hours" for each in day.against)
    text = whole(rules, ill)
    assert "You can give less than 3 hours a week" not in text.split(messages.OTHERS)[1]
    assert "less than 3 hours" not in " ".join(row.decides for row in short(rules, ill).rows)


def test_who_names_no_use_reads_no_guide_to_a_path_for_it(rules: RuleSet) -> None:
    found = headings(rules, NO_USE)
    assert messages.WHY in found
    assert messages.MOVES in found
    assert not {messages.WHAT, messages.LIKE, messages.ASK, messages.COST} & set(found)
    assert messages.HOW_FIRM not in whole(rules, NO_USE)
    assert messages.IF_YOU_WAIT not in found
    assert not any("SAMHSA" in each for each in short(rules, NO_USE).help)
    assert short(rules, {**NO_USE, "stage": "skip"}).how_sure == ""
    assert any("SAMHSA" in each for each in short(rules, DRINKS).help)
    assert messages.WHAT in headings(rules, DRINKS)


def test_a_path_that_opens_up_is_called_less_care_by_its_own_level(rules: RuleSet) -> None:
    steady = {
        "age_group": "adult", "substances": ["stimulants", "cannabis", "other"],
        "frequency": "most_days", "withdrawal": "hard", "health": ["gambling_or_eating"],
        "severity": "mild", "staying_stopped": "steady", "mental_health": "managed",
        "home": "none", "support": "some", "stage": "steady_recovery",
        "weekly_hours": "20_plus", "payment": "limited", "spirituality": "important",
        "philosophy": "acceptance",
    }  # fmt: skip
    decision = decided(rules, steady, "iop-sober-living")
    levels = {path.id: rules.level_rank[path.level] for path in rules.paths}
    told = explain(rules, steady, decision).would_change
    assert {each.effect for each in told} >= {"top", "opens"}
    for each in told:
        assert each.less_care == (levels[each.path] < levels["iop-sober-living"])
