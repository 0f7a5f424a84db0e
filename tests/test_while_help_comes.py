"""What somebody reads who is in an emergency: what to say and do while help comes, and after."""

from __future__ import annotations

import pytest
from people import DRINKS
from test_the_whole_page import short, whole

from pathfinder import decide
from pathfinder.engine.question import Answers
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages import answer_messages, messages
from pathfinder.pages.blocks import Heading
from pathfinder.pages.handout import handout
from pathfinder.pages.phrases import Cites
from pathfinder.pages.result import before_one_path
from pathfinder.pages.sheet import sheet
from pathfinder.render.answer import fitted, joined

DANGERS = ("overdose", "seizure_or_confusion", "chest_pain_or_bleeding", "pregnancy_emergency")
ILL = {**DRINKS, "withdrawal": "dangerous", "mental_health": "severe", "home": "none",
       "self_harm": "thoughts"}  # fmt: skip


def screen(rules: RuleSet, answers: Answers) -> str:
    lines = joined(fitted(short(rules, answers), 80, 40, drawn=False))
    return " ".join(" ".join(part.text for line in lines for part in line).split())


@pytest.mark.parametrize("danger", DANGERS)
def test_what_makes_safe_stands_before_what_can_wait(rules: RuleSet, danger: str) -> None:
    text = whole(rules, {**ILL, "danger": [danger]})
    order = [
        messages.FIRST_WITH_HELP,
        messages.MORE_HELP,
        messages.CAN_WAIT,
        answer_messages.BY_THE_REST,
    ]
    places = [text.index(each) for each in order]
    assert places == sorted(places)
    assert messages.FIRST_WITH_HELP not in whole(rules, ILL)


@pytest.mark.parametrize("danger", DANGERS)
def test_who_is_being_helped_is_sent_to_nobody_else(rules: RuleSet, danger: str) -> None:
    calm, hurt = whole(rules, ILL), whole(rules, {**ILL, "danger": [danger]})
    for elsewhere, here in (
        ("Call a doctor today; if you reach none", "Tell those who treat you what you take"),
        ("Be seen today by a doctor", "ask to be seen for it before you leave"),
        ("Call a shelter or a housing service today", "to find you a bed before you leave"),
        ("If you took too much of anything, call", "Get emergency help now"),
    ):
        assert elsewhere in calm
        assert here not in calm
        assert here in hurt
        assert elsewhere not in hurt


def test_the_first_screen_of_an_emergency_names_what_is_to_be_done_first(rules: RuleSet) -> None:
    hurt = {**ILL, "danger": ["overdose"]}
    seen = "see a doctor about stopping drinking, and never stop alone"
    steps = f"{seen}; be seen for your mental health"
    assert f"{messages.PLAN_AS_SOON}: {steps}" in screen(rules, hurt)
    assert messages.PLAN_AS_SOON not in screen(rules, {**DRINKS, "danger": ["overdose"]})


def test_a_pregnancy_in_danger_is_no_maybe(rules: RuleSet) -> None:
    expecting = {**DRINKS, "health": ["pregnant"]}
    assert "You are or may be pregnant" in whole(rules, expecting)
    hurt = whole(rules, {**expecting, "danger": ["pregnancy_emergency"]})
    assert "may be pregnant" not in hurt
    assert "the pregnancy from here on" not in hurt  # it may be over by then


def test_who_must_be_seen_first_reads_that_nothing_is_firm_yet(rules: RuleSet) -> None:
    nothing_named = {**DRINKS, "substances": ["none"], "mental_health": "severe"}
    for answers in (nothing_named, {**DRINKS, "mental_health": "severe"}):
        assert messages.FIRM_ONCE_SEEN in whole(rules, answers)
    assert messages.FIRM_ONCE_SEEN not in whole(rules, DRINKS)


def test_just_out_of_a_program_and_in_an_emergency_one_still_says_what_was_taken(
    rules: RuleSet,
) -> None:
    hurt = {**DRINKS, "danger": ["chest_pain_or_bleeding"], "stage": "in_program",
            "frequency": "not_lately", "withdrawal": "dangerous", "home": "none"}  # fmt: skip
    text = whole(rules, hurt)
    assert "Tell a doctor what you took, how much and how often" in text
    assert "call a shelter or a housing service today" not in text
    assert "to find you a bed before you leave" in text


@pytest.mark.parametrize("danger", DANGERS)
def test_on_paper_and_beside_one_path_first_steps_stand_before_what_can_wait(
    rules: RuleSet, danger: str
) -> None:
    decision = decide(rules, {**ILL, "danger": [danger], "health": ["pregnant"]})
    assert decision.warnings
    pieces = handout(rules, decision, "30 November 2026").pieces
    titles = [piece.text for piece in pieces if isinstance(piece, Heading)]
    wait = titles.index(rules.texts.once_safe.text)
    assert titles.index(messages.FIRST_WITH_HELP) < wait
    assert titles.index(messages.CAREFUL_FIRST) < wait
    for title in (messages.FIRST_WITH_HELP, messages.CAREFUL_FIRST):
        assert titles.count(title) == 1
    blocks = before_one_path(rules, decision, Cites(rules))
    titles = [block.text for block in blocks if isinstance(block, Heading)]
    assert titles.index(messages.BEFORE_ANY_PATH) < titles.index(rules.texts.once_safe.text)
    made = sheet(rules, decision, "30 November 2026", None)
    titles = [piece.text for piece in made.pieces if isinstance(piece, Heading)]
    assert titles.index(messages.FIRST) < titles.index(rules.texts.once_safe.text)


def test_the_nearest_help_in_an_emergency_is_named(rules: RuleSet) -> None:
    hurt = {**DRINKS, "danger": ["chest_pain_or_bleeding"]}
    staff = "If you are in care now, tell the staff at once."
    assert staff not in whole(rules, hurt)
    for substances in (["alcohol"], ["opioids"]):
        inside = {**hurt, "stage": "in_program", "substances": substances}
        for form in (whole(rules, inside), short(rules, inside).alerts[0].text):
            assert staff in form
            assert "call your local emergency number now" in form


def test_nobody_without_an_overdose_is_to_be_given_naloxone(rules: RuleSet) -> None:
    """Awake and used to opioids, it brings withdrawal, and in pregnancy danger."""
    given = "should give naloxone"
    for danger in DANGERS:
        text = whole(rules, {**DRINKS, "danger": [danger], "substances": ["opioids"]})
        assert (given in text) is (danger == "overdose")
