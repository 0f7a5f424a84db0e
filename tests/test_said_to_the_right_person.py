"""What a result says holds for the very person it is said to: no text presumes or frightens.

Each test is one kind of fault that a counselor found when reading results aloud.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from typing import Any

import pytest
from contract import random_answers
from people import DRINKS, anybody, on_the_path

from pathfinder import decide
from pathfinder.engine.explain import explain
from pathfinder.engine.plan import refused
from pathfinder.engine.question import Answers, Passage, told
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages import messages
from pathfinder.pages.answer import answer
from pathfinder.pages.answer_messages import may_be_danger
from pathfinder.pages.blocks import Bullet
from pathfinder.pages.explanation import Wanted, explanation
from pathfinder.pages.open_answers import able_to_move
from pathfinder.pages.paths_set_aside import set_aside
from pathfinder.pages.phrases import Cites, goes_beside, stands_in
from pathfinder.pages.plan_page import plan_page
from pathfinder.pages.result import page
from pathfinder.render.layout import plain_text

# What these say is said of hundreds of people; the lines behind it, others cover.
pytestmark = pytest.mark.no_cover

SEVERE = {**DRINKS, "withdrawal": "dangerous", "severity": "severe", "staying_stopped": "days"}
NO_HOME = {**SEVERE, "home": "none"}


def said(rules: RuleSet, answers: Answers) -> str:
    """The whole page in one line."""
    return " ".join(plain_text(page(rules, decide(rules, answers)), 72).split())


def everything(rules: RuleSet, answers: Answers) -> str:
    """The whole explanation in one line."""
    blocks = explanation(rules, answers, decide(rules, answers), Wanted())
    return " ".join(plain_text(blocks, 72).split())


def told_of(rules: RuleSet, path: str, part: str, answers: Answers) -> tuple[str, ...]:
    """What a part of a path says to this person, whether or not the path comes first."""
    passages: Iterable[Passage] = getattr(rules.path_by_id[path], part)
    return tuple(each.text for each in told(tuple(passages), decide(rules, answers).view))


# --- home ---------------------------------------------------------------------------------


@pytest.mark.parametrize("home", ["none", "unsafe", "unsure", "skip"])
def test_nobody_without_a_safe_home_hears_that_they_go_back_to_it(
    rules: RuleSet, home: str
) -> None:
    hard = told_of(rules, "residential", "hard", {**SEVERE, "home": home})
    assert not any("home" in text or "come back" in text for text in hard)
    assert any("a safe place to go to" in text for text in hard)


def test_what_is_hard_about_living_there_is_told_to_everybody_alike(rules: RuleSet) -> None:
    parts = [told_of(rules, "residential", part, person)
             for part in ("good", "hard") for person in (SEVERE, NO_HOME)]  # fmt: skip
    assert [len(each) for each in parts] == [3, 3, 3, 3]


def test_who_has_no_home_hears_nothing_of_those_at_home(rules: RuleSet) -> None:
    caring = {**NO_HOME, "responsibilities": ["caring"]}
    text = said(rules, caring)
    assert "Someone relies on you" in text
    assert "on you at home" not in text


@pytest.mark.parametrize("path", ["residential", "iop-sober-living"])
def test_who_cares_for_others_is_told_to_ask_whether_they_may_come(
    rules: RuleSet, path: str
) -> None:
    question = "Can those I care for come with me?"
    caring = {**NO_HOME, "responsibilities": ["caring"]}
    assert any(question in text for text in told_of(rules, path, "ask", caring))
    assert not any(question in text for text in told_of(rules, path, "ask", NO_HOME))
    assert "They come along" not in said(rules, caring)


@pytest.mark.parametrize(
    ("substances", "named"),
    [
        (["opioids"], ""),
        (["alcohol", "cannabis"], "don't stop drinking suddenly"),
        (["sedatives"], "don't stop sedatives suddenly"),
        (["alcohol", "sedatives"], "above all not alcohol or sedatives"),
        # What else is hard to stop, or isn't known, is never left out.
        (["opioids", "alcohol"], "don't stop suddenly on your own, above all"),
        (["other", "alcohol"], "don't stop suddenly on your own, above all"),
        ("unsure", "above all not alcohol or sedatives"),
    ],
)
def test_who_uses_neither_alcohol_nor_sedatives_is_warned_without_their_names(
    rules: RuleSet, substances: Any, named: str
) -> None:
    # Of sedatives on most days another first step is about nothing else.
    often = "some_days" if substances == ["sedatives"] else "every_day"
    answers = {"age_group": "adult", "substances": substances, "frequency": often,
               "withdrawal": "hard"}  # fmt: skip
    for name, asked in (("alcohol", "alcohol_frequency"), ("sedatives", "sedative_frequency")):
        if name in substances and len(substances) > 1:
            answers[asked] = "every_day"
    moves = decide(rules, answers).next_moves
    (warning,) = [move for move in moves if "suddenly on your own" in move]
    assert named in warning
    if not named:
        assert "alcohol" not in warning
        assert "sedatives" not in warning


# --- thoughts of dying ----------------------------------------------------------------------


@pytest.mark.parametrize(("self_harm", "offered"), [("none", True), ("thoughts", False)])
def test_nobody_with_thoughts_of_dying_hears_what_more_people_would_change(
    rules: RuleSet, self_harm: str, offered: bool
) -> None:
    answers = {**SEVERE, "withdrawal": "none", "severity": "mild", "staying_stopped": "weeks",
               "support": "none", "mental_health": "affecting", "self_harm": self_harm,
               "severity_signs": ["cravings", "time_spent", "conflict", "duties_slip"]}  # fmt: skip
    explained = explain(rules, answers, decide(rules, answers))
    assert explained is not None
    assert any("support" in change.changes for change in explained.would_change) is offered


def test_words_of_self_harm_are_given_to_those_alone_who_named_it(rules: RuleSet) -> None:
    words = 'I have thoughts of hurting myself"'
    cannot_cope = {**SEVERE, "mental_health": "severe"}
    assert words not in said(rules, cannot_cope)
    assert "I can't cope" in said(rules, cannot_cope)
    assert words in said(rules, {**cannot_cope, "self_harm": "thoughts"})


def test_who_plans_to_die_is_not_told_that_showing_up_is_enough(rules: RuleSet) -> None:
    (rule,) = (rule for rule in rules.move_rules if rule.id == "showing-up-is-enough")
    torn = {**SEVERE, "motivation": "torn"}
    assert rule.because in decide(rules, torn).next_moves
    assert rule.because not in decide(rules, {**torn, "self_harm": "plan"}).next_moves


# --- what they said and what they didn't --------------------------------------------------


def test_who_has_hard_days_is_not_told_that_they_are_ill(rules: RuleSet) -> None:
    affecting = {**SEVERE, "mental_health": "affecting", "severity": "moderate"}
    for path in rules.paths:
        text = " ".join(told_of(rules, path.id, "length", affecting))
        assert "mental illness" not in text
        assert "Your answers point" not in text


def test_who_is_alone_with_hard_days_is_not_told_that_they_are_ill(rules: RuleSet) -> None:
    alone = {**SEVERE, "withdrawal": "none", "severity": "moderate", "support": "none",
             "mental_health": "affecting"}  # fmt: skip
    assert "mental illness" not in said(rules, alone)


@pytest.mark.parametrize("hours", ["under_3", "3_to_8"])
def test_hours_that_count_evenings_already_are_not_sought_in_the_evening(
    rules: RuleSet, hours: str
) -> None:
    several_days = {**SEVERE, "withdrawal": "none", "severity": "moderate", "weekly_hours": hours}
    text = said(rules, several_days)
    assert "week is full" not in text
    assert "Evening or weekend sessions" not in text


@pytest.mark.parametrize(
    ("danger", "words"),
    [
        ("overdose", "An overdose can happen again"),
        ("seizure_or_confusion", "what the seizure, the confusion or what you saw came from"),
        ("pregnancy_emergency", "who will look after you from here on"),
    ],
)
def test_an_emergency_has_a_next_move_for_the_time_after_it(
    rules: RuleSet, danger: str, words: str
) -> None:
    assert words in said(rules, {**SEVERE, "danger": [danger]})
    assert words not in said(rules, SEVERE)


def test_who_has_a_seizure_now_is_not_told_that_stopping_is_easy(rules: RuleSet) -> None:
    person = {**SEVERE, "withdrawal": "none", "severity": "moderate"}
    easy = "You said that little happens when you stop"
    assert easy in everything(rules, person)
    assert easy not in everything(rules, {**person, "danger": ["seizure_or_confusion"]})


def test_a_held_screen_says_what_the_danger_is(rules: RuleSet) -> None:
    person = {**SEVERE, "danger": ["chest_pain_or_bleeding"], "self_harm": "thoughts"}
    first, second = answer(rules, decide(rules, person), None).alerts
    assert first.text.startswith("Call your local emergency number now")
    assert first.text.endswith("throwing up blood needs emergency help right away.")
    assert second.text.startswith("You have had thoughts of ending your life")


def test_who_is_read_more_seriously_than_they_said_is_told_so_and_why(rules: RuleSet) -> None:
    person = {**SEVERE, "severity": "mild", "withdrawal": "hard"}
    text = said(rules, person)
    assert "So that you are safe, we counted more trouble than you named." in text
    assert "Not known: how serious the use is" not in text


def test_whom_somebody_hurts_is_not_told_that_home_holds_them(rules: RuleSet) -> None:
    person = {**SEVERE, "danger": ["violence"]}
    text = everything(rules, person)
    assert "Your home is safe and steady" not in text
    assert "you have no safe place yet" not in text
    assert "Tell whoever helps you what is done to you" in text


@pytest.mark.parametrize("health", ["pregnant", "serious_condition"])
def test_whom_a_rule_warns_of_stopping_is_not_told_that_it_is_easy(
    rules: RuleSet, health: str
) -> None:
    person = {**SEVERE, "withdrawal": "none", "severity": "moderate", "health": [health]}
    assert "You said that little happens when you stop" not in everything(rules, person)


def test_drinking_in_pregnancy_is_warned_of_wherever_pregnancy_was_said(rules: RuleSet) -> None:
    warned = "No amount of alcohol is known to be safe"
    assert warned in said(rules, {**SEVERE, "health": ["pregnant"]})
    assert warned not in said(rules, SEVERE)
    # While a baby may be in danger, only what to tell, and what to ask for.
    hurt = said(rules, {**SEVERE, "danger": ["pregnancy_emergency"]})
    assert warned not in hurt
    assert "Ask those who treat you for help to stop drinking, or to stay without it." in hurt


def test_a_group_beside_medical_care_is_open_today_and_still_no_way_without_it(
    rules: RuleSet,
) -> None:
    person = {**SEVERE, "substances": ["opioids"], "withdrawal": "none"}
    aside = set_aside(rules, decide(rules, person), Cites(rules, shown=False))
    text = " ".join(plain_text(aside, 72).split())
    opens = "A professional who finds that a group beside medical care is enough for you."
    assert f"{messages.OPENS_BESIDES}: {opens}" in text


def test_an_explanation_tells_what_to_ask_and_which_rules_were_used(rules: RuleSet) -> None:
    text = everything(rules, {**SEVERE, "wishes": ["lgbtq"]})
    assert "Ask each program if it has a group for LGBTQ people." in text
    assert f"Rules used: {rules.id} {rules.version}" in text


def test_who_has_not_used_for_a_month_is_not_told_to_be_seen_before_they_stop(
    rules: RuleSet,
) -> None:
    (step,) = (each for each in rules.steps if each.id == "medical-evaluation")
    stopped = decide(rules, {**SEVERE, "frequency": "not_lately"})
    assert "medical-evaluation" in [fired.id for fired in stopped.first]
    assert (
        step.titled(stopped.view) == "See a doctor before you ever stop again, and never stop alone"
    )
    # An overdose or a seizure now tells of more than what was said of the month.
    for danger in ("overdose", "seizure_or_confusion"):
        hurt = decide(rules, {**SEVERE, "frequency": "not_lately", "danger": [danger]})
        assert "ever stop again" not in step.titled(hurt.view)


def test_who_wants_no_twelve_steps_is_not_sent_to_them_for_being_free(rules: RuleSet) -> None:
    for beliefs in ({"spirituality": "secular_only"}, {"past_twelve_step": "not_for_me"}):
        answers = {**SEVERE, **beliefs, "payment": "limited"}
        decision = decide(rules, answers)
        (help_,) = (fired for fired in decision.supports if fired.id == "cost-help")
        (text,) = (support.text for support in rules.supports if support.id == "cost-help")
        assert "12-step" not in " ".join(help_.because)
        assert "12-step meetings" not in text


def test_who_is_at_ease_with_peers_is_not_told_that_professionals_suit_them(
    rules: RuleSet,
) -> None:
    without = {**SEVERE, "spirituality": "secular_only"}
    peers = told_of(rules, "iop-secular", "what", {**without, "company": "peers"})
    assert not any("than peers" in text for text in peers)
    assert any("spiritual language" in text for text in peers)
    assert any("than peers" in text for text in told_of(rules, "iop-secular", "what", without))
    # Whom spiritual language doesn't put off, and who has no strong feeling, it doesn't concern.
    for fine in (SEVERE, {**without, "wishes": ["faith_based"]}):
        assert not any("spiritual" in each for each in told_of(rules, "iop-secular", "what", fine))


def test_who_has_no_withdrawal_is_not_told_to_ask_for_its_treatment(rules: RuleSet) -> None:
    none = told_of(rules, "residential", "ask", {**SEVERE, "withdrawal": "none"})
    assert not any("treat withdrawal" in text for text in none)
    assert any("doctor or nurse" in text for text in none)
    for given in ("mild", "unsure"):
        asked = told_of(rules, "residential", "ask", {**SEVERE, "withdrawal": given})
        assert any("treat withdrawal" in text for text in asked)


@pytest.mark.parametrize(
    ("answers", "named"),
    [
        ({"substances": ["cannabis"]}, False),
        ({"substances": ["alcohol"], "medication": "unsure"}, False),
        ({"substances": ["alcohol"], "medication": ["for_opioids"]}, True),
        ({"substances": ["opioids"]}, True),
        ({"substances": "skip"}, True),
    ],
)
def test_every_program_is_asked_about_medicine_and_of_opioids_only_where_they_may_be_used(
    rules: RuleSet, answers: dict[str, object], named: bool
) -> None:
    for path in rules.paths:
        if path.level == "support":
            continue
        asked = told_of(rules, path.id, "ask", {**SEVERE, **answers})
        (text,) = (text for text in asked if "prescribed medication" in text)
        assert ("opioid" in text) is named, path.id


def test_who_may_be_pregnant_is_told_to_ask_whether_a_program_takes_them(rules: RuleSet) -> None:
    question = "Do you take people who are pregnant"
    for path in rules.paths:
        if path.level == "support":
            continue
        pregnant = told_of(rules, path.id, "ask", {**SEVERE, "health": ["pregnant"]})
        assert any(question in text for text in pregnant), path.id
        emergency = {**SEVERE, "danger": ["pregnancy_emergency"]}
        assert any(question in text for text in told_of(rules, path.id, "ask", emergency))
        assert not any(question in text for text in told_of(rules, path.id, "ask", SEVERE))


def test_who_drinks_in_pregnancy_hears_that_no_amount_is_known_to_be_safe(rules: RuleSet) -> None:
    """And not only that stopping can harm, which some could hear as leave to go on."""
    drinks = {**SEVERE, "health": ["pregnant"]}
    no_amount = "No amount of alcohol is known to be safe"
    assert no_amount in said(rules, drinks)
    assert no_amount not in said(rules, SEVERE)
    assert no_amount not in said(rules, {**drinks, "substances": ["opioids"]})
    assert no_amount not in said(rules, {**drinks, "frequency": "not_lately"})


def test_a_safe_home_that_pulls_back_is_not_told_that_it_could_be_safe(rules: RuleSet) -> None:
    question = rules.question_by_id["home"]
    told = {
        answer: [each.told for each in question.could_be if answer in each.instead_of]
        for answer in ("none", "tempting")
    }
    assert ["safe" in words for words in told["none"]] == [True]
    assert ["safe" in words for words in told["tempting"]] == [False]


def test_nobody_in_a_sober_house_is_told_that_they_are_alone_at_night(rules: RuleSet) -> None:
    table = next(each for each in rules.reasons if each.question == "withdrawal")
    against = [
        each.because
        for each in table.rows["dangerous"].arguments
        if "iop-sober-living" in each.paths and each.points < 0
    ]
    assert against == ["and here no nurse is with you at night."]


def test_a_note_for_work_is_not_told_to_someone_at_school(rules: RuleSet) -> None:
    for duty, word in (("job", "work"), ("school", "school")):
        moves = told_of(
            rules, "day-treatment", "first_moves", {**SEVERE, "responsibilities": [duty]}
        )
        (note,) = (move for move in moves if "a note" in move)
        assert f"If {word} is in the way" in note
    moves = told_of(rules, "day-treatment", "first_moves", SEVERE)
    assert not any("a note" in move for move in moves)


def test_dangerous_withdrawal_from_cannabis_alone_asks_what_else_may_be_in_it(
    rules: RuleSet,
) -> None:
    hint = "Something else may have been in it."
    assert hint in said(rules, {**SEVERE, "substances": ["cannabis"]})
    assert hint not in said(rules, {**SEVERE, "substances": ["cannabis"], "withdrawal": "mild"})
    assert hint not in said(rules, {**SEVERE, "substances": ["cannabis", "sedatives"]})


# --- questions for a professional -------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "asked"),
    [("danger", 1), ("stage", 1), ("home", 2), ("self_harm", 1), ("staying_stopped", 1)],
)
def test_an_open_answer_brings_one_question_and_not_one_for_each_rule(
    rules: RuleSet, question: str, asked: int
) -> None:
    calm = {**SEVERE, "withdrawal": "none", "severity": "moderate", "staying_stopped": "weeks"}
    checks = decide(rules, {**calm, question: "skip"}).to_check
    mine = [check.because for check in checks if check.questions == (question,)]
    assert len(mine) > asked
    assert len(set(mine)) == asked


PRESUMED = {
    "danger": ("overdose", "baby", "seizure"),
    "self_harm": ("my thoughts",),
    "stage": ("my return", "just left", "was not enough"),
    "substances": ("my use", "my drinking", "I drink", "sedatives"),
    "home": ("no safe home, do", "With no"),
    "health": ("my illness,", "while I'm pregnant", "my pain medicine"),
    "medication": ("my medicine",),
    "support": ("With nobody", "while I have nobody"),
}


@pytest.mark.parametrize("question", list(PRESUMED))
def test_what_to_ask_presumes_nothing_that_was_not_said(rules: RuleSet, question: str) -> None:
    people = (
        SEVERE,
        NO_HOME,
        {**SEVERE, "withdrawal": "none", "severity": "moderate"},
        {**SEVERE, "withdrawal": "mild", "substances": ["opioids", "sedatives"]},
    )
    for answers in people:
        for check in decide(rules, {**answers, question: "skip"}).to_check:
            if question in check.questions and not check.because.startswith("If "):
                for words in PRESUMED[question]:
                    assert words not in check.because, check.rule


# --- said once, in words that are explained ---------------------------------------------------


@pytest.fixture(scope="module")
def pages_of_many(rules: RuleSet) -> list[str]:
    dice = random.Random(20261128)
    return [said(rules, random_answers(dice, unknown=dice.choice((0.0, 0.2)))) for _ in range(80)]


@pytest.mark.slow
def test_the_first_iop_of_a_page_is_spelled_out(pages_of_many: list[str]) -> None:
    named = [page for page in pages_of_many if re.search(r"\bIOP\b", page)]
    assert len(named) > 50
    for text in named:
        before = text.split("IOP", 1)[0]
        assert before.endswith(("intensive outpatient program (", "] The Difference Between ")), (
            before[-80:]
        )


def test_an_asam_assessment_is_named_with_what_happens_there(rules: RuleSet) -> None:
    said = f"{rules.texts.not_a_diagnosis.text} {rules.texts.assessment.text}"
    assert "not an ASAM assessment. The best way to choose is such an assessment:" in said
    assert "a professional finds out with you how much care you need" in said


@pytest.mark.slow
def test_too_little_care_and_what_opens_it_is_explained_once(pages_of_many: list[str]) -> None:
    for text in pages_of_many:
        aside = text.split("Not now, and what would open them")[-1]
        assert aside.count("The reasons stand under") <= 1
        assert aside.count("A professional can help you see when that is.") <= 1
        assert "This opens up" not in aside
        assert aside.count("In one study, people with no belief") <= 1


def test_a_path_that_two_things_close_says_that_both_are_needed(rules: RuleSet) -> None:
    person = {**OPIOIDS, "spirituality": "secular_only", "severity": "moderate"}
    meetings = plain_text(set_aside(rules, decide(rules, person), Cites(rules, shown=False)), 72)
    text = " ".join(meetings.split())
    care, belief = (
        "A professional who finds that a group beside medical care is enough for you",
        "your own choice of the 12 Steps after all",
    )
    assert text.count("12-Step meetings") == 1
    told_of = text[text.index("12-Step meetings") :]
    assert all(opens in told_of for opens in (care, belief))
    assert text.count(rules.texts.level_opens_when.text) == 1
    settled = {**SEVERE, "home": "steady", "stage": "finished_program"}
    once = plain_text(set_aside(rules, decide(rules, settled), Cites(rules, shown=False)), 72)
    assert messages.LESS_CARE in " ".join(once.split())


def test_each_thing_in_the_way_is_said_once_for_all_the_paths_it_closes(rules: RuleSet) -> None:
    dice = random.Random(20271213)
    for _ in range(40):
        decision = decide(rules, on_the_path(rules, anybody(dice, rules)))
        text = plain_text(set_aside(rules, decision, Cites(rules, shown=False)), 72)
        told = [line for line in text.split("\n\n") if len(line.split()) > 6]
        told = [line for line in told if messages.OPENS[:-3] not in line]
        assert len(told) == len(set(told)), text
        begin = stands_in(rules, decision)  # what stands in its way is told where one may begin
        for entry in decision.set_aside:
            told_of = rules.path_by_id[entry.path].name in " ".join(text.split())
            assert told_of or entry.path == begin


def test_what_one_may_begin_with_is_not_told_to_wait(rules: RuleSet) -> None:
    busy = {**DRINKS, "severity": "severe", "weekly_hours": "3_to_8", "step_away": "cannot"}
    decision = decide(rules, busy)
    assert stands_in(rules, decision) == "outpatient"
    text = said(rules, busy)
    later = text.split(messages.SET_ASIDE)[1].split(messages.SUPPORTS)[0]
    assert "Outpatient counseling" not in later
    assert "Continuing care" in later
    free = said(rules, {**busy, "weekly_hours": "20_plus"})
    assert "Outpatient counseling" in free.split(messages.SET_ASIDE)[1].split(messages.SUPPORTS)[0]


def test_why_an_open_answer_could_count_is_told_once(rules: RuleSet) -> None:
    person = {**SEVERE, "support": "unsure", "responsibilities": "skip"}
    decision = decide(rules, person)
    text = plain_text(explanation(rules, person, decision, Wanted()), 72)
    assert len(decision.ranked) > 1
    assert " ".join(text.split()).count("It is easier with people at your side.") == 1


def test_the_plan_names_the_line_for_each_danger(rules: RuleSet) -> None:
    person = {**SEVERE, "danger": ["violence"], "self_harm": "thoughts"}
    plan = " ".join(plain_text(plan_page(rules, decide(rules, person)), 72).split())
    help_now = plan.split("Help right now:")[1]
    assert [number in help_now for number in ("988", "911", "1-800-799-7233")] == [True] * 3


def test_one_study_of_sober_homes_is_told_once(rules: RuleSet) -> None:
    person = {**NO_HOME, "withdrawal": "none", "severity": "moderate", "staying_stopped": "weeks"}
    assert decide(rules, person).ranked[0].path == "iop-sober-living"
    text = said(rules, person)
    assert text.count("finished outpatient") == 1
    assert text.count("apartment") + text.count("flats") == 1


def test_that_one_need_not_be_ready_to_stop_is_told_once(rules: RuleSet) -> None:
    person = {**SEVERE, "withdrawal": "none", "severity": "mild", "motivation": "not_ready"}
    assert decide(rules, person).ranked[0].path == "outpatient"
    text = said(rules, person)  # the reason says it, and the talks that start where they are
    assert text.count("talks can begin before you do") == 1
    before = "You may come before you know what you want."
    assert before not in text
    unknown = said(rules, {**person, "motivation": "unsure"})
    assert unknown.count(before) == 1


def test_the_full_result_does_not_point_to_itself(rules: RuleSet) -> None:
    assert "in the full result" not in said(rules, SEVERE)


def test_who_is_alone_hears_that_a_crisis_line_counts(rules: RuleSet) -> None:
    alone = {**SEVERE, "support": "none"}
    assert "Call a crisis line, before" in said(rules, {**alone, "self_harm": "thoughts"})
    assert "If there is nobody, stay on the line" in said(rules, {**alone, "self_harm": "plan"})
    hurt = {**alone, "self_harm": "plan", "danger": ["overdose"]}
    assert "Stay on the line: they will tell you what to do next." in said(rules, hurt)


def test_an_explanation_never_tells_a_fact_without_what_the_path_makes_of_it(
    rules: RuleSet,
) -> None:
    alone = {**SEVERE, "support": "none", "past_twelve_step": "not_for_me", "severity": "mild",
             "withdrawal": "none", "staying_stopped": "weeks"}  # fmt: skip
    decision = decide(rules, alone)
    blocks = explanation(rules, alone, decision, Wanted())
    lines = [block.text for block in blocks if isinstance(block, Bullet)]
    reasons = [r for entry in decision.ranked for r in (*entry.for_, *entry.against)]
    facts = {f"{reason.says}." for reason in reasons if reason.says}
    assert len(facts) > 3
    assert facts.isdisjoint(lines)


def test_nobody_is_told_to_find_one_person_for_what_they_leave_behind(rules: RuleSet) -> None:
    alone = {**SEVERE, "support": "none", "responsibilities": ["caring"]}
    moves = told_of(rules, "residential", "first_moves", alone)
    assert not any("one person" in move for move in moves)
    assert any("who and what needs looking after" in move for move in moves)


NO_USE = {
    **SEVERE, "substances": ["none"], "mental_health": "severe", "health": ["pregnant"],
    "home": "others_use", "past_twelve_step": "not_for_me", "philosophy": "skills",
}  # fmt: skip


def test_who_named_no_drug_is_not_spoken_to_as_if_they_used_any(rules: RuleSet) -> None:
    decision = decide(rules, NO_USE)
    assert not {"secular-groups-alongside", "sober-housing"} & {s.id for s in decision.supports}
    told = (
        *(text for part in ("what", "like", "next", "first_moves")
          for text in told_of(rules, decision.ranked[0].path, part, NO_USE)),
        *decision.next_moves,
    )  # fmt: skip
    for words in ("you use", "ready to stop", "for drinking and drugs"):
        assert not any(words in text for text in told), words


def test_who_uses_or_did_not_say_hears_all_of_that(rules: RuleSet) -> None:
    for substances in (["alcohol"], "skip"):
        person = {**NO_USE, "substances": substances}
        assert any(
            "if harmful use comes back" in t for t in told_of(rules, "outpatient", "next", person)
        )
        assert any("what you use" in t for t in told_of(rules, "outpatient", "like", person))
        assert "sober-housing" in {support.id for support in decide(rules, person).supports}


# --- what a frightened person can bear, and what another line already said --------------------


def anyone(seed: int, fixed: Answers, number: int = 60) -> Iterable[Answers]:
    """Random adults who share some answers."""
    dice = random.Random(seed)
    return [{**random_answers(dice), **fixed} for _ in range(number)]


def test_who_has_nobody_hears_what_help_brings_and_never_that_they_are_left(rules: RuleSet) -> None:
    for person in anyone(1, {"support": "none"}):
        text = said(rules, person)
        for unkind in ("obody stands by you", "be on your own", "leave you alone"):
            assert unkind not in text


def test_who_has_nobody_is_not_sent_to_somebody_with_a_shift_or_a_pet(rules: RuleSet) -> None:
    cover = "Think of who could take over"
    moves = [told_of(rules, "day-treatment", "first_moves",
                     {**SEVERE, "responsibilities": ["job"], "support": support})
             for support in ("none", "some", "unsure")]  # fmt: skip
    assert [any(cover in text for text in each) for each in moves] == [False, True, True]


@pytest.mark.parametrize("stage", ["more_needed", "intensive_not_enough", "returned_to_use"])
@pytest.mark.parametrize("severity", ["risky", "mild"])
def test_little_trouble_speaks_for_less_care_by_itself_alone(
    rules: RuleSet, severity: str, stage: str
) -> None:
    person = {**SEVERE, "withdrawal": "none", "severity": severity, "stage": stage}
    for entry in decide(rules, person).ranked:
        for reason in (*entry.for_, *entry.against):
            if reason.question == "severity" and "enough" in reason.because:
                assert "for that alone" in reason.because


def test_who_is_told_to_call_a_doctor_first_is_not_told_so_again_by_the_path(
    rules: RuleSet,
) -> None:
    """First steps that call a doctor; the path's own call would be the same one."""
    call, again = "Call your doctor's office", "a clinic for a visit about your use"
    doctor = {"medical-evaluation", "prenatal-care", "psychiatric-evaluation", "opioid-medication"}
    met = 0
    for person in anyone(2, {"substances": ["alcohol"], "motivation": "not_ready"}, 200):
        decision = decide(rules, person)
        if decision.ranked and decision.ranked[0].path == "outpatient":
            moves = " ".join(decision.next_moves)
            assert not (call in moves and again in moves)
            if {step.id for step in decision.first} & doctor:
                met += 1
                assert call not in moves
    assert met > 3


def test_no_move_is_the_same_call_that_another_move_already_asks_for(rules: RuleSet) -> None:
    returned = decide(rules, {**SEVERE, "stage": "returned_to_use"}).next_moves
    assert not any(move.startswith("Call your last program") for move in returned)
    steady = {**SEVERE, "withdrawal": "none", "staying_stopped": "steady", "severity": "mild"}
    finished = decide(rules, {**steady, "stage": "finished_program"})
    assert finished.ranked[0].path == "continuing-care"
    assert sum(move.startswith("Call ") and "program" in move for move in finished.next_moves) == 1
    no_home = decide(rules, {**NO_HOME, "severity": "moderate"}).next_moves
    assert sum("tonight" in move for move in no_home) == 1


def test_a_place_by_day_is_not_offered_as_care_for_trouble_that_nobody_named(
    rules: RuleSet,
) -> None:
    """Day and residential care are made for more than mental health."""
    for entry in decide(rules, {**SEVERE, "withdrawal": "none"}).ranked:
        said_of = " ".join(reason.because for reason in entry.against)
        made = "this is made for people who have some" in said_of
        assert made is (entry.path == "iop-dual-diagnosis" and "mental health" in said_of)


def test_alcohol_with_sedatives_is_spoken_of_to_those_alone_who_take_both(rules: RuleSet) -> None:
    together = "Alcohol and sedatives together"
    pain = {**SEVERE, "substances": ["alcohol", "opioids"], "health": ["pain"]}
    assert "taper-with-prescriber" in {step.id for step in decide(rules, pain).first}
    assert together not in said(rules, pain)
    assert together in said(rules, {**SEVERE, "substances": ["alcohol", "sedatives"]})


def test_who_uses_no_opioids_now_is_not_told_how_to_go_through_withdrawal(rules: RuleSet) -> None:
    alone, taking = (
        "Don't settle for detox with nothing after it",
        {**SEVERE, "substances": ["opioids"]},
    )
    assert alone in said(rules, taking)
    assert alone in said(rules, {**taking, "frequency": "unsure"})
    assert alone not in said(rules, {**taking, "frequency": "not_lately", "withdrawal": "none"})


@pytest.mark.parametrize("stage", ["unsure", "skip", "tried_before", "steady_recovery"])
def test_help_for_use_is_not_added_for_who_named_none_whatever_is_known_of_the_way(
    rules: RuleSet, stage: str
) -> None:
    person = {**NO_USE, "stage": stage, "past_twelve_step": "mixed"}
    added = {support.id for support in decide(rules, person).supports}
    for_use = {"meetings-alongside", "sober-housing", "secular-groups-alongside"}
    assert bool(added & for_use) is (stage == "steady_recovery")


@pytest.mark.parametrize(
    ("more", "called"),
    [
        ({"health": ["pregnant"]}, True),
        ({"mental_health": "severe"}, None),  # to be seen today is enough
        ({"health": ["serious_condition"]}, False),
        ({"health": "skip", "mental_health": "unsure"}, False),
    ],
)
def test_who_named_no_drug_hears_of_one_call_to_a_doctor(
    rules: RuleSet, more: dict[str, str | list[str]], called: bool | None
) -> None:
    person = {**NO_USE, "mental_health": "affecting", "health": ["none"], **more}
    moves = " ".join(decide(rules, person).next_moves)
    assert ("what worries you, too" in moves) is bool(called)
    assert ("Call your doctor's office" in moves) is (called is False)


# --- beside the first path ----------------------------------------------------------------


def test_nobody_hears_that_what_they_said_no_to_is_good_beside_their_path(rules: RuleSet) -> None:
    person = {**SEVERE, "past_twelve_step": "not_for_me"}
    for beliefs in ("no_preference", "important"):
        decision = decide(rules, {**person, "spirituality": beliefs})
        assert "12-Step meetings" not in answer(rules, decision, None).beside
        (entry,) = (e for e in decision.set_aside if e.path == "twelve-step-meetings")
        assert not goes_beside(rules, decision, entry)
    for no in ({"past_twelve_step": "not_for_me"}, {"spirituality": "secular_only"}):
        told_next = told_of(
            rules, "iop-secular", "what", {**SEVERE, "past_twelve_step": "never", **no}
        )
        assert not any("may go to 12-Step meetings" in text for text in told_next)
    told_next = told_of(rules, "iop-secular", "what", {**SEVERE, "past_twelve_step": "never"})
    assert any("may go to 12-Step meetings" in text for text in told_next)
    welcome = decide(rules, {**person, "past_twelve_step": "mixed"})
    assert "12-Step meetings" in answer(rules, welcome, None).beside


def test_a_path_good_beside_others_has_a_support_that_can_be_refused(rules: RuleSet) -> None:
    standing = {support.stands_for for support in rules.supports} - {None}
    assert standing == {path.id for path in rules.paths if path.alongside}
    dice = random.Random(11)
    for _ in range(300):
        decision = decide(rules, random_answers(dice))
        offered = {fired.id for fired in decision.supports}
        for support in rules.supports:
            if support.stands_for is not None and refused(support, decision.view):
                assert support.id not in offered


@pytest.mark.slow
def test_a_support_is_told_in_words_that_are_true_beside_the_first_path(rules: RuleSet) -> None:
    """A day program leaves no days free, and a bed that comes with it need not be looked for."""
    dice, seen = random.Random(20261128), set()
    for _ in range(300):
        answers = random_answers(dice)
        decision = decide(rules, answers)
        if not decision.ranked:
            continue
        first, text = rules.path_by_id[decision.ranked[0].path], said(rules, answers)
        offered = {fired.id for fired in decision.supports}
        traits, whole_day = dict(first.traits), first.level in ("day", "residential")
        if "evening-track" in offered and whole_day:
            seen.add("evening")
            assert "Evening or weekend sessions, later on" in text
            assert "leaves your days free" not in text
        if "sober-housing" in offered:
            seen.add(f"bed {traits['housing']}")
            later = "A sober place to live, later on" in text
            assert later is (traits["housing"] == "true")
        if "meetings-alongside" in offered and first.level == "residential":
            seen.add("stay")
            assert "12-step meetings, in the program and after it" in text
            assert "Look up a meeting near you." not in text
        if "motivational-counseling" in offered and first.id == "outpatient":
            seen.add("talks")
            assert "Your own pace in these talks" in text
    assert seen == {"evening", "bed true", "bed false", "stay", "talks"}


@pytest.mark.parametrize("hurt", [{"danger": ["violence"], "home": "steady"}, {"home": "unsafe"}])
def test_a_step_that_sends_people_home_says_so_to_who_may_be_hurt_there(
    rules: RuleSet, hurt: dict[str, object]
) -> None:
    person = {**SEVERE, "staying_stopped": "hours", "step_away": "with_help"}
    decision = decide(rules, {**person, **hurt})
    blocked = decision.if_not_possible
    assert blocked is not None
    assert blocked.compromise is not None
    text = said(rules, {**person, **hurt})
    assert "The safest step" not in text
    part = text[text.index(messages.COMPROMISE) :]
    assert "less care than is safe" in part[:300]
    assert "It brings no bed, and a safe one comes first." in part
    assert "a safe one comes first" in answer(rules, decision, None).until_then
    assert "a safe place comes first" not in said(rules, person)


def test_a_step_without_a_bed_says_so_to_who_has_none(rules: RuleSet) -> None:
    person = {**NO_HOME, "step_away": "with_help"}
    assert "This step brings no bed." in said(rules, person)
    assert "a safe place comes first" not in said(rules, person)


def test_an_answer_that_was_given_is_not_told_as_open(rules: RuleSet) -> None:
    """It hangs on another that is open: what is used isn't known, how often is."""
    person = {"age_group": "adult", "danger": ["none"], "self_harm": "none", "health": ["none"],
              "substances": "unsure", "frequency": "most_days", "alcohol_frequency": "most_days",
              "sedative_frequency": "not_lately", "withdrawal": "mild"}  # fmt: skip
    decision = decide(rules, person)
    assert any("alcohol_frequency" in each.questions for each in decision.to_check)
    part = said(rules, person).split("Ask a professional about")[1].split("Good to know")[0]
    assert "all that is used" in part
    assert "drinking days" not in part


# --- what is told beside what was answered ----------------------------------------------------


@pytest.mark.parametrize("open_", ["unsure", "skip"])
def test_the_whole_page_says_whom_to_call_before_any_path_where_danger_is_open(
    rules: RuleSet, open_: str
) -> None:
    text = said(rules, {**SEVERE, "danger": open_})
    line = may_be_danger("911")
    assert line in text
    assert text.index(line) < text.index(messages.FIRST)
    assert line not in said(rules, SEVERE)


def test_only_who_has_a_first_step_is_told_that_it_cannot_wait(rules: RuleSet) -> None:
    calm = {**SEVERE, "withdrawal": "none", "frequency": "some_days", "drinks": "under_5",
            "severity": "moderate"}  # fmt: skip
    assert decide(rules, SEVERE).first
    assert not decide(rules, calm).first
    assert messages.FIRST_NOW in said(rules, SEVERE)
    assert messages.FIRST_NOW not in said(rules, calm)


def test_who_can_pay_is_not_told_what_to_do_when_money_is_short(rules: RuleSet) -> None:
    for path in rules.paths:
        for part in ("cost", "ask"):
            covered = told_of(rules, path.id, part, {**SEVERE, "payment": "covered"})
            limited = told_of(rules, path.id, part, {**SEVERE, "payment": "limited"})
            assert not [text for text in limited if "money is short" in text]  # its support says so
            assert not [
                text for text in covered if "money is short" in text or "little money" in text
            ], path.id
            about = (
                "may be covered",
                "Prices differ",
                "Which insurance",
            )  # who can't pay reads what helps
            assert {each for each in covered if not any(a in each for a in about)} <= set(limited)
    assert any(
        "money is short" in text for text in told_of(rules, "residential", "cost", SEVERE | OPEN)
    )


OPEN = {"payment": "unsure"}


def test_no_reading_calls_dangerous_withdrawal_hard(rules: RuleSet) -> None:
    reading = next(
        each
        for question in rules.questions
        for each in question.readings
        if each.id == "hard-withdrawal-says-moderate"
    )
    assert "hard withdrawal" not in f"{reading.because} {reading.check}".casefold()


def test_a_note_on_staying_in_ones_own_life_needs_a_path_lived_at_home(rules: RuleSet) -> None:
    note = next(each for each in rules.note_rules if each.id == "a-program-beside-your-life")
    told_with = [p for p in rules.paths if note.about is not None and p.id in note.about]
    assert told_with
    assert not [path.id for path in told_with if ("housing", "true") in path.traits]


def test_no_level_question_is_asked_whose_answer_is_settled(rules: RuleSet) -> None:
    """A gate that asks for no more than is certain can't change anything for this person."""
    rnd = random.Random(11)
    left_out = 0
    for _ in range(400):
        decision = decide(rules, random_answers(rnd))
        if decision.safe_level is None:
            continue
        kept = {check.rule for check in able_to_move(rules, decision)}
        at_work = {rule for entry in decision.set_aside for rule in entry.rules}
        for check in decision.to_check:
            if check.rule not in kept:
                if check.effect == "first":
                    asked = {rule for step in decision.first for rule in step.rules}
                    today = {step.id for step in rules.steps if step.lines}
                    if today.intersection(check.target):  # who is seen today needn't ask how soon
                        assert {*check.target} <= {step.id for step in decision.first}
                        continue
                    assert check.because in {r.check for r in rules.first_rules if r.id in asked}
                    continue
                left_out += 1
                assert check.effect == "gate"
                assert check.rule not in at_work
                safe = rules.level_rank[decision.safe_level]
                for each in check.target:
                    path = rules.path_by_id.get(each)
                    if path is None:
                        assert rules.level_rank[each] <= safe
                    else:
                        assert rules.level_rank[path.level] < safe
    assert left_out


@pytest.mark.parametrize("severity", ["risky", "mild"])
def test_who_is_counted_as_moderate_is_not_told_that_all_answers_say_less(
    rules: RuleSet, severity: str
) -> None:
    """What was told of the trouble speaks for itself alone: another answer was counted."""
    table = next(each for each in rules.reasons if each.id == "severity-reasons")
    assert "by your answers" not in table.rows[severity].says.casefold()


def said_first(rules: RuleSet, person: dict[str, object]) -> str:
    """What first steps ask of the person, and the warnings above them."""
    decision = decide(rules, person)
    steps = {step.id: step for step in rules.steps}
    moves = [move.text for fired in decision.first
             for move in told(steps[fired.id].moves, decision.view)]  # fmt: skip
    return " ".join([*(each.because for each in decision.warnings), *moves])


OPIOIDS = {**SEVERE, "substances": ["opioids"], "withdrawal": "mild"}


def test_who_wants_no_medicine_is_not_sent_to_start_one(rules: RuleSet) -> None:
    start = "Ask a doctor or clinic today about medication"
    assert start in said_first(rules, {**OPIOIDS, "medication": ["interested"]})
    assert start in said_first(rules, {**OPIOIDS, "medication": "skip"})
    no = said_first(rules, {**OPIOIDS, "medication": ["none"]})
    assert start not in no
    assert "You said no for now" in no


def test_who_takes_a_medicine_for_drinking_asks_which_one_goes_with_it(rules: RuleSet) -> None:
    said_ = said_first(rules, {**OPIOIDS, "medication": ["for_alcohol"]})
    assert "about medicine for opioid use that goes with yours" in said_
    assert "today about medication, such as" not in said_
    both = said_first(rules, {**OPIOIDS, "medication": ["for_opioids", "for_alcohol"]})
    assert "Ask a doctor or pharmacist today about your medicine for drinking" in both


def test_the_old_dose_is_a_warning_after_a_break_and_not_on_methadone(rules: RuleSet) -> None:
    after = {**OPIOIDS, "frequency": "not_lately"}
    assert "your old opioid dose can kill" in said_first(rules, after)
    assert "your old opioid dose" not in said_first(rules, OPIOIDS)
    assert "your old opioid dose" not in said_first(rules, {**after, "medication": ["for_opioids"]})


def test_a_medicine_for_opioids_is_warned_of_beside_drink_that_is_named_alone(
    rules: RuleSet,
) -> None:
    drinks = {**SEVERE, "substances": ["alcohol"], "medication": ["for_opioids"]}
    assert "with methadone or buprenorphine they can stop the breath" in said_first(rules, drinks)
    assert "Methadone or buprenorphine with" not in said_first(
        rules, {**drinks, "medication": "skip"}
    )


def test_thoughts_of_dying_are_to_be_said_to_whoever_treats_the_person(rules: RuleSet) -> None:
    for calls, times in (("mild", 0), ("none", 1)):
        person = {**SEVERE, "withdrawal": calls, "self_harm": "thoughts", "mental_health": "none"}
        moves = told_of(rules, "outpatient", "first_moves", person)
        # Who calls a doctor for another reason is told by the alert what to say there.
        assert sum("thoughts of hurting yourself" in text for text in moves) == times
        assert "Tell whoever treats you" in said(rules, person)
        assert not any("is enough" in text for text in moves)


def test_who_has_stopped_is_not_told_how_to_stop(rules: RuleSet) -> None:
    past = {**SEVERE, "withdrawal": "dangerous", "frequency": "not_lately"}
    assert "suddenly on your own" in said_first(rules, {**past, "frequency": "every_day"})
    assert "suddenly on your own" not in said_first(rules, past)


def test_who_names_no_drink_or_drug_hears_once_why_no_path_is_for_them(rules: RuleSet) -> None:
    nobody = {**NO_USE, "self_harm": "thoughts", "spirituality": "secular_only", "home": "none"}
    decision = decide(rules, nobody)
    assert any(len(entry.rules) > 1 for entry in decision.set_aside)  # there are other reasons, too
    text = plain_text(set_aside(rules, decision, Cites(rules, shown=False)), 72)
    assert " ".join(text.split()).count("so we can't tell what help with those is for you") == 1
    assert said(rules, nobody).count("You named no drink or drug") == 1
    assert "12-step paths out of your ranking" not in " ".join(text.split())
    assert answer(rules, decision, None).set_aside == ()


@pytest.mark.parametrize("first", [{"danger": ["overdose"]}, {"mental_health": "severe"}])
def test_less_care_is_no_beginning_for_who_must_be_helped_or_seen_first(
    rules: RuleSet, first: Answers
) -> None:
    person = {**SEVERE, "staying_stopped": "hours", "step_away": "with_help"}
    assert messages.COMPROMISE in said(rules, person)
    urgent = decide(rules, {**person, **first})
    assert urgent.if_not_possible is not None
    assert urgent.if_not_possible.compromise is not None, "it stays in the JSON"
    text = said(rules, {**person, **first})
    assert messages.COMPROMISE not in text
    assert "Ask a program, or a doctor, who could help with what you leave behind." in text
    assert messages.NO_COMPROMISE not in text  # it would ask for the same once more
    # What helps to pay says whom to ask.
    poor = {**SEVERE, "staying_stopped": "hours", "payment": "limited", **first}
    assert "Ways to pay less" in said(rules, poor)
    assert messages.NO_COMPROMISE not in said(rules, poor)
