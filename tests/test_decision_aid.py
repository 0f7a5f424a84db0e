"""The product as a decision aid: both sides of every path, and the page that lists the standard."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from built_in import RULES
from contract import random_answers

from pathfinder import decide
from pathfinder.engine.conditions import questions_in
from pathfinder.engine.question import told
from pathfinder.engine.ruleset import Path as RecoveryPath
from pathfinder.pages import messages
from pathfinder.pages.blocks import Heading
from pathfinder.pages.phrases import Cites
from pathfinder.pages.views import both_sides, if_you_wait, one_path

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "decision-aid.md").read_text(encoding="utf-8")
EVERY_PATH = pytest.mark.parametrize("path", RULES.paths, ids=lambda path: path.id)


DICE = random.Random(20271227)
PEOPLE = [{}, *(random_answers(DICE) for _ in range(150))]
VIEWS = [decide(RULES, person).view for person in PEOPLE]


@EVERY_PATH
def test_good_and_hard_sides_are_told_in_equal_detail_to_everybody(path: RecoveryPath) -> None:
    for view in VIEWS:
        good = [passage.text for passage in told(path.good, view)]
        hard = [passage.text for passage in told(path.hard, view)]
        assert len(good) >= 2
        assert abs(len(good) - len(hard)) <= 1
        words = sum(len(text.split()) for text in good), sum(len(text.split()) for text in hard)
        assert max(words) <= 1.5 * min(words), (words, view)


def test_the_first_screen_of_the_quiz_states_the_decision() -> None:
    assert "choose which kind of help to begin with" in RULES.texts.sensitive.text


@EVERY_PATH
def test_each_path_says_what_it_is_like(path: RecoveryPath) -> None:
    assert len(path.like) >= 3


@EVERY_PATH
def test_the_page_of_a_path_tells_both_sides_before_its_week(path: RecoveryPath) -> None:
    titles = [b.text for b in one_path(RULES, path.id) if isinstance(b, Heading)]
    sides = [title for title, _ in both_sides(path)]
    at = titles.index(sides[0])
    assert titles[at : at + 4] == [*sides, messages.WEEK]


def test_no_side_of_a_path_brings_in_other_people_without_asking_if_that_is_safe() -> None:
    for path in RULES.paths:
        for passage in (*path.good, *path.hard, *path.like):
            if re.search(r"\b(family|partner|loved ones)\b", passage.text):
                assert "danger" in questions_in(passage.when), passage.text


def test_what_waiting_means_for_severe_drinking_is_not_told_of_other_drugs() -> None:
    def sources(substance: str) -> set[str]:
        answers = {"age_group": "adult", "substances": [substance], "severity": "severe"}
        cite = Cites(RULES)
        if_you_wait(RULES, decide(RULES, answers), cite)
        return cite.used

    assert "moos-2006" in sources("alcohol")
    assert "moos-2006" not in sources("stimulants")


@pytest.mark.parametrize(
    ("severity", "mental_health", "told_so"),
    [("severe", "none", True), ("moderate", "affecting", True), ("moderate", "managed", False)],
)
def test_who_may_need_a_longer_program_is_told_so_and_nobody_else(
    severity: str, mental_health: str, told_so: bool
) -> None:
    answers = {"age_group": "adult", "severity": severity, "mental_health": mental_health}
    view = decide(RULES, answers).view
    claims = {
        citation.claim
        for passage in told(RULES.path_by_id["iop-secular"].length, view)
        if passage.when is not None
        for citation in passage.grounds.sources
    }
    assert ("W7" in claims) == told_so


def test_a_rule_set_says_who_paid_and_when_it_is_looked_at_again() -> None:
    assert RULES.texts.who_paid is not None
    assert RULES.texts.update_policy is not None


def test_the_places_that_the_page_of_the_standard_names_exist() -> None:
    places = re.findall(r"`((?:rules|tests|docs)/[\w./-]+|README\.md)`", PAGE)
    assert len(places) > 10
    for place in places:
        assert (ROOT / place).is_file(), place


@pytest.mark.parametrize(("part", "items"), [("Qualifying", 6), ("Certifying", 6), ("Quality", 28)])
def test_each_item_of_the_standard_has_a_row_with_its_place_or_an_honest_no(
    part: str, items: int
) -> None:
    (text,) = re.findall(rf"^## {part}\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    rows = re.findall(r"^\| (?!item |---)(.+?) \| (.+?) \|$", text, re.MULTILINE)
    assert len(rows) == len({item for item, _ in rows}) == items
    for item, answer in rows:
        said_no = answer.startswith(("no: ", "doesn't apply: "))
        assert said_no or "`" in answer or "passport" in answer, item
