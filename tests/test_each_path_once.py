"""Each path stands in one place, with what is its own; and nothing is said a second time for it.

Each is what readers found who were given random people's results, and hadn't seen the program.
"""

from __future__ import annotations

import random
import re

import pytest
from contract import random_answers
from people import DRINKS
from test_the_whole_page import short, whole

from pathfinder import decide
from pathfinder.engine.plan import barriers_before
from pathfinder.engine.question import Answers
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages import answer_messages, messages
from pathfinder.pages.blocks import Heading
from pathfinder.pages.explanation import Wanted, explanation
from pathfinder.pages.paths_set_aside import set_aside
from pathfinder.pages.phrases import Cites
from pathfinder.pages.plan_page import plan_page
from pathfinder.render.answer import fitted, joined
from pathfinder.render.layout import plain_text

# What these say is said of hundreds of people; the lines behind it, others cover.
pytestmark = pytest.mark.no_cover

MODERATE = {**DRINKS, "severity": "moderate", "frequency": "some_days", "drinks": "under_5",
            "weekly_hours": "9_to_19"}  # fmt: skip


def words_of(rules: RuleSet, answers: Answers) -> str:
    """The short page as plain words."""
    lines = joined(fitted(short(rules, answers), 79, 60, drawn=False))
    return " ".join(" ".join("".join(part.text for part in line) for line in lines).split())


def aside(rules: RuleSet, answers: Answers) -> str:
    blocks = set_aside(rules, decide(rules, answers), Cites(rules, shown=False))
    return " ".join(plain_text(blocks, 72).split())


# --- what is set aside -----------------------------------------------------------------------


def test_a_path_that_is_set_aside_stands_in_one_place(rules: RuleSet) -> None:
    dice = random.Random(20261130)
    for _ in range(120):
        decision = decide(rules, random_answers(dice))
        blocks = set_aside(rules, decision, Cites(rules, shown=False))
        names = [b.text for b in blocks if isinstance(b, Heading) and b.level == 2]
        for entry in decision.set_aside:
            name = rules.path_by_id[entry.path].name
            assert sum(name in each.split(", ") for each in names) <= 1


def test_a_choice_alone_opens_no_care_that_is_less_than_is_safe(rules: RuleSet) -> None:
    cant_cope = {**DRINKS, "mental_health": "severe", "spirituality": "secular_only"}
    text = aside(rules, cant_cope)
    choice = "Your own choice of the 12 Steps after all."
    assert f"{messages.OPENS_BESIDES}: {choice}" in text
    settled = {**MODERATE, "spirituality": "secular_only", "staying_stopped": "steady"}
    open_ = aside(rules, {**settled, "severity": "mild"})
    assert f"{messages.OPENS_BESIDES}: {choice}" not in open_
    assert choice in open_


def test_what_helped_stays_good_beside_a_path_without_a_higher_power(rules: RuleSet) -> None:
    helped = {**MODERATE, "spirituality": "secular_only", "staying_stopped": "days",
              "past_twelve_step": "helped"}  # fmt: skip
    assert "12-Step meetings" in short(rules, helped).beside
    assert "12-Step meetings" not in words_of(rules, helped).split("Beside your path")[0]
    for past in ("never", "unsure"):
        without = {**helped, "past_twelve_step": past}
        assert "12-Step meetings" not in short(rules, without).beside


# --- the other paths -------------------------------------------------------------------------


def test_where_the_same_holds_two_paths_back_each_says_what_is_its_own(rules: RuleSet) -> None:
    unready = {**MODERATE, "severity": "mild", "motivation": "not_ready", "stage": "more_needed",
               "staying_stopped": "unsure", "spirituality": "secular_only"}  # fmt: skip
    text = whole(rules, unready)
    assert text.count("the active part that this asks for may come too early") == 1
    own = "You named no mental health trouble, and this is made for people who have some."
    assert f"{answer_messages.AGAINST_IT}: {own}" in re.sub(r" \[[^]]*\]", "", text)
    rows = {row.path: row.decides for row in short(rules, unready).rows}
    assert rows["iop-dual-diagnosis"] == own


def test_beside_a_stay_no_hour_of_the_day_is_what_decides(rules: RuleSet) -> None:
    stay = {**DRINKS, "substances": ["opioids"], "frequency": "not_lately", "severity": "moderate",
            "staying_stopped": "hours", "home": "others_use", "weekly_hours": "3_to_8",
            "wishes": ["evening"], "payment": "limited", "responsibilities": ["job"]}  # fmt: skip
    first, second = decide(rules, stay).ranked[:2]
    assert (first.path, second.path) == ("residential", "day-treatment")
    assert "takes place by day" not in short(rules, stay).rows[1].decides
    assert short(rules, stay).rows[1].decides


def test_what_comes_after_the_best_path_stands_under_a_word_of_its_own(rules: RuleSet) -> None:
    unready = {**MODERATE, "severity": "mild", "motivation": "not_ready"}
    text = words_of(rules, unready)
    assert f"{answer_messages.LESS_SO}: 2. " in text
    assert text.count(f"{answer_messages.LESS_SO}: ") == 1


def test_three_that_fit_alike_are_counted_and_not_called_both(rules: RuleSet) -> None:
    alike = {**MODERATE, "mental_health": "managed", "stage": "tried_before",
             "company": "professional"}  # fmt: skip
    equal = [entry for entry in decide(rules, alike).ranked if entry.about_equal_to_top]
    assert len(equal) == 3
    made = short(rules, alike)
    assert made.choice == answer_messages.your_choice(3) != answer_messages.your_choice(2)
    assert [row.decides for row in made.rows[:3]] == ["", "", ""], "the line above counts them"
    assert made.choice in whole(rules, alike)
    # What is said of either is true of both.
    second = {reason.because for reason in decide(rules, alike).ranked[1].for_}
    assert made.pros
    assert set(made.pros) <= second


# --- what is in the way ----------------------------------------------------------------------


def test_money_in_the_way_is_met_with_whom_to_ask_about_it(rules: RuleSet) -> None:
    poor = {**MODERATE, "severity": "mild", "payment": "limited", "motivation": "not_ready",
            "staying_stopped": "days"}  # fmt: skip
    way = short(rules, poor).in_the_way
    assert way.startswith("Money and insurance. ")
    assert "low fees" in way


def test_what_could_take_the_place_of_a_path_says_what_is_in_its_way_too(rules: RuleSet) -> None:
    both = {**DRINKS, "mental_health": "severe", "payment": "limited", "weekly_hours": "under_3"}
    decision = decide(rules, both)
    assert barriers_before(rules, decision, "residential") == ["payment"]
    made = short(rules, both)
    assert made.until_label == messages.OR
    assert made.until_then.endswith("Still in its way: money and insurance.")
    assert "24 hours" not in made.until_then, "its row says so"
    assert messages.NEITHER in whole(rules, both)
    assert messages.NEITHER not in whole(rules, {**both, "payment": "covered"})


def test_less_care_to_begin_with_says_why_nothing_between_is_named(rules: RuleSet) -> None:
    stay = {**DRINKS, "substances": ["opioids"], "frequency": "not_lately", "severity": "moderate",
            "staying_stopped": "hours", "home": "others_use", "weekly_hours": "3_to_8",
            "payment": "limited"}  # fmt: skip
    between = "Paths between the two have more in their way: hours a week."
    assert between in whole(rules, stay)
    assert between not in whole(rules, {**stay, "weekly_hours": "9_to_19"})


def test_who_could_live_away_with_help_reads_that_the_help_is_missing(rules: RuleSet) -> None:
    helped = {**DRINKS, "severity": "severe", "staying_stopped": "hours", "home": "unsafe"}
    for away, named in (
        ("with_help", "Needing help with what you leave behind"),
        ("cannot", "Living away from home"),
    ):
        way = short(rules, {**helped, "step_away": away}).in_the_way
        assert way.split(".")[0].split(",")[0] == named


def test_a_plan_that_is_torn_off_says_that_less_is_not_safe(rules: RuleSet) -> None:
    few = {**DRINKS, "severity": "severe", "staying_stopped": "days", "weekly_hours": "9_to_19",
           "step_away": "cannot"}  # fmt: skip
    plan = " ".join(plain_text(plan_page(rules, decide(rules, few)), 72).split())
    assert f"{messages.MEANWHILE}: " in plan
    assert answer_messages.KEEP_ASKING[1] in plan
    # What it doesn't give comes after that, and not in its place.
    hurt = {**DRINKS, "danger": ["violence"], "severity": "severe", "weekly_hours": "under_3"}
    plan = " ".join(plain_text(plan_page(rules, decide(rules, hurt)), 72).split())
    assert f"{answer_messages.KEEP_ASKING[1]} It brings no bed" in plan


# --- what was counted, and what was said ------------------------------------------------------


def test_trouble_that_was_counted_says_from_how_many_signs(rules: RuleSet) -> None:
    signs = ["cravings", "more_than_meant", "cannot_cut_down", "duties_slip", "conflict",
             "given_up"]  # fmt: skip
    known = {option.id for q in rules.questions if q.id == "severity_signs" for option in q.options}
    counted = {**MODERATE, "severity": "unsure", "severity_signs": sorted(known & set(signs))}
    number = len(counted["severity_signs"])
    assert number > 3
    for text in (whole(rules, counted), words_of(rules, counted)):
        assert f"By the {number} signs that you marked, your trouble counts as" in text
    one = {**counted, "severity_signs": counted["severity_signs"][:1], "staying_stopped": "steady"}
    assert "By the one sign that you marked, what you told counts as" in whole(rules, one)
    assert "that you marked" not in whole(rules, MODERATE)


def test_an_answer_that_speaks_for_the_path_is_no_news_for_what_to_add(rules: RuleSet) -> None:
    torn = {**MODERATE, "severity": "mild", "motivation": "torn", "wishes": ["online"]}
    again = "You are in two minds, and such talks don't push you to either side."
    assert "Part of you wants to change and part doesn't, and here" in whole(rules, torn)
    assert again not in whole(rules, torn)
    decision = decide(rules, torn)
    every = " ".join(plain_text(explanation(rules, torn, decision, Wanted()), 72).split())
    assert again in every, "explain gives every reason"
    # What an article claims is shown all the same.
    helped = {**torn, "past_twelve_step": "helped", "motivation": "willing"}
    assert "They helped you, and they can stand beside any path." in whole(rules, helped)


# --- the order of things ----------------------------------------------------------------------


def test_what_to_ask_in_a_call_comes_after_the_call(rules: RuleSet) -> None:
    faith = {**MODERATE, "severity": "severe", "staying_stopped": "days", "wishes": ["faith_based"],
             "spirituality": "important", "frequency": "some_days"}  # fmt: skip
    moves = decide(rules, faith).next_moves
    call = next(n for n, move in enumerate(moves) if move.startswith("Call one program"))
    ask = next(n for n, move in enumerate(moves) if "how, and whose" in move)
    assert call < ask
    plan = " ".join(plain_text(plan_page(rules, decide(rules, faith)), 72).split())
    assert f"{messages.NOW}: Call one program" in plan


def test_danger_stands_above_the_words_on_what_this_is(rules: RuleSet) -> None:
    text = words_of(rules, {**DRINKS, "danger": ["violence"]})
    assert text.index("Your safety comes first") < text.index(answer_messages.TITLE)


def test_thoughts_that_come_back_are_spoken_of_beside_use_that_does(rules: RuleSet) -> None:
    again = "If thoughts of hurting yourself come back"
    assert again in whole(rules, {**DRINKS, "self_harm": "thoughts"})
    assert again not in whole(rules, DRINKS)


def test_a_note_on_ones_use_is_not_asked_of_whom_a_court_may_ask_for_it(rules: RuleSet) -> None:
    mild = {**MODERATE, "severity": "mild"}
    note = "Write down what you drank or took"
    assert note in whole(rules, mild)
    assert note not in whole(rules, {**mild, "responsibilities": ["court"]})


@pytest.mark.parametrize(
    ("home", "told"), [("others_use", True), ("tempting", False), ("steady", False)]
)
def test_care_by_day_speaks_of_nights_among_people_who_use(
    rules: RuleSet, home: str, told: bool
) -> None:
    day = {**DRINKS, "severity": "severe", "staying_stopped": "days", "home": home}
    assert decide(rules, day).ranked[0].path == "day-treatment"
    assert ("At night you would be where people drink or use drugs." in whole(rules, day)) is told


def test_an_article_on_an_iop_late_in_recovery_is_told_where_one_comes_first(
    rules: RuleSet,
) -> None:
    """W3 of the ledger, to whom it concerns."""
    said = "suits people late in recovery, or just out of inpatient care"
    finished = {**MODERATE, "stage": "finished_program", "staying_stopped": "days"}
    assert decide(rules, finished).ranked[0].path.startswith("iop")
    assert said in whole(rules, finished)
    assert said not in whole(rules, {**finished, "stage": "first_time"})


def test_who_is_offered_naloxone_reads_the_signs_of_an_overdose(rules: RuleSet) -> None:
    signs = "Signs of an overdose: someone can't be woken"
    opioids = {**MODERATE, "substances": ["opioids"]}
    assert signs in whole(rules, opioids)
    assert signs not in whole(rules, {**opioids, "danger": ["overdose"]})  # the alert says it
    assert signs not in whole(rules, MODERATE)


def test_what_opens_a_path_that_two_things_close_is_one_sentence(rules: RuleSet) -> None:
    both = {**DRINKS, "substances": ["opioids"], "severity": "moderate", "frequency": "some_days",
            "spirituality": "secular_only"}  # fmt: skip
    text = aside(rules, both)
    meetings = text[text.index("12-Step meetings") :]
    opens = meetings[meetings.index(messages.OPENS_BESIDES) :].split(". ")[0]
    assert "is enough for you; and your own choice of the 12 Steps after all" in opens


def test_the_move_for_today_is_one_that_surely_concerns_the_person(rules: RuleSet) -> None:
    """ "If" and "keep" come after what is to be done, and stand alone where nothing else is."""
    inside = {**DRINKS, "stage": "in_program", "home": "none"}
    assert short(rules, inside).today.startswith("If you are still in residential care")
    unwell = {**inside, "mental_health": "severe"}
    assert short(rules, unwell).today.startswith("Be seen by the staff")


def test_an_emergency_of_the_pregnancy_is_what_the_call_is_about(rules: RuleSet) -> None:
    say = "Say where you are, that you are pregnant, and what you notice."
    alone = {**DRINKS, "health": ["pregnant"], "danger": ["pregnancy_emergency"]}
    assert say in whole(rules, alone)
    assert say not in whole(rules, {**alone, "danger": ["pregnancy_emergency", "overdose"]})
