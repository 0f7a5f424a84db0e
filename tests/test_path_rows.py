"""The rows of the short answer: each says what puts its path where it stands, in one line."""

from __future__ import annotations

from people import DRINKS
from test_the_whole_page import short

from pathfinder.engine.question import Answers
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages import answer_messages
from pathfinder.pages.phrases import first_sentence

BUSY = {**DRINKS, "severity": "moderate", "staying_stopped": "days", "weekly_hours": "9_to_19"}


def decides(rules: RuleSet, answers: Answers) -> dict[str, str]:
    return {row.path: row.decides for row in short(rules, answers).rows}


def test_more_care_than_is_called_for_is_said_before_what_is_a_paths_own(rules: RuleSet) -> None:
    poor = {**BUSY, "payment": "limited", "step_away": "with_help", "staying_stopped": "weeks"}
    rows = decides(rules, poor)
    assert rows["day-treatment"] == first_sentence(rules.texts.above_need.text)
    # Said once, the next row has room for what speaks against that path alone.
    assert rows["residential"].startswith("Paying may be hard for you, and care day and night")


def test_what_is_in_its_way_is_said_before_what_speaks_against_it(rules: RuleSet) -> None:
    poor = {**BUSY, "payment": "limited", "step_away": "with_help", "weekly_hours": "20_plus"}
    what = answer_messages.in_its_way(
        "needing help with what you leave behind, money and insurance"
    )
    assert decides(rules, poor)["iop-sober-living"] == what


def test_what_holds_back_one_path_after_another_is_named_once(rules: RuleSet) -> None:
    few = {**BUSY, "staying_stopped": "weeks", "weekly_hours": "3_to_8", "step_away": "cannot",
           "payment": "limited"}  # fmt: skip
    rows = decides(rules, few)
    assert rows["iop-twelve-step"] == answer_messages.in_its_way(
        "hours a week, money and insurance"
    )
    assert rows["iop-secular"] == rows["iop-dual-diagnosis"] == "The same is in its way."
    assert rows["iop-sober-living"] == answer_messages.in_its_way(
        "hours a week, living away from home, money and insurance"
    )
