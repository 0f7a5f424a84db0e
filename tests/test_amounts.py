"""Where a number is asked, the number itself is the answer, and never a place in a list."""

from __future__ import annotations

import pytest
from built_in import RULES

from pathfinder.ask.phrases import LETTERS, NoMatch, amounts, is_lettered, match, taken_as

DRINKS, HOURS, AGE = (RULES.question_by_id[i] for i in ("drinks", "weekly_hours", "age_group"))


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("0", "under_5"), ("3", "under_5"), ("5", "5_to_9"), ("9", "5_to_9"), ("10", "10_to_14"),
        ("14", "10_to_14"), ("15", "15_plus"), ("40", "15_plus"),
        ("a", "under_5"), ("d", "15_plus"), ("e", "unsure"), ("f", "skip"),
        ("5 to 9", "5_to_9"), ("not sure", "unsure"), ("15_plus", "15_plus"),
    ],
)  # fmt: skip
def test_so_many_drinks_are_so_many_drinks(typed: str, answer: str) -> None:
    assert match(DRINKS, typed) == answer


@pytest.mark.parametrize(
    ("typed", "answer"),
    [("2", "under_3"), ("3", "3_to_8"), ("6", "3_to_8"), ("9", "9_to_19"), ("25", "20_plus")],
)
def test_so_many_hours_are_so_many_hours(typed: str, answer: str) -> None:
    assert match(HOURS, typed) == answer


@pytest.mark.parametrize(
    ("typed", "answer"), [("16", "under_18"), ("18", "adult"), ("34", "adult"), ("2", "adult")]
)
def test_an_age_is_taken_as_an_age(typed: str, answer: str) -> None:
    assert match(AGE, typed) == answer


def test_every_amount_has_one_answer() -> None:
    for question in (DRINKS, HOURS, AGE):
        for number in range(200):
            holding = [id_ for id_, span in amounts(question).items() if number in span]
            assert len(holding) == 1
            assert taken_as(question, number) == holding[0]


def test_lists_of_amounts_alone_are_lettered() -> None:
    assert {q.id for q in RULES.questions if is_lettered(q)} == {"drinks", "weekly_hours"}
    assert len(LETTERS) > max(len(q.answers) for q in (DRINKS, HOURS)) + 2


def test_a_line_that_is_no_amount_is_told_what_would_be_one() -> None:
    found = match(DRINKS, "")
    assert isinstance(found, NoMatch)
    assert "a to f" in found.message
