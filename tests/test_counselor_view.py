"""The counselor's view: twenty lines that hold what decides, and a line beside each alert."""

from __future__ import annotations

import random

import pytest
from built_in import RULES
from contract import random_answers

from pathfinder import decide
from pathfinder.engine.explain import explain
from pathfinder.pages import counselor as words
from pathfinder.pages.counselor import counselor_view
from pathfinder.pages.how_much_care import level_gates
from pathfinder.pages.phrases import first_sentence
from pathfinder.render.layout import plain_text

STEADY: dict[str, object] = {
    "age_group": "adult", "danger": ["none"], "self_harm": "none", "substances": ["alcohol"],
    "frequency": "some_days", "withdrawal": "none", "severity": "moderate", "home": "steady",
    "staying_stopped": "days", "mental_health": "none", "motivation": "committed",
    "weekly_hours": "under_3", "payment": "limited", "step_away": "cannot",
}  # fmt: skip


def text(answers: dict[str, object]) -> str:
    decision = decide(RULES, answers)
    return plain_text(counselor_view(RULES, decision, explain(RULES, answers, decision)), 79)


@pytest.mark.slow
def test_it_is_twenty_lines_for_nine_of_ten_people() -> None:
    dice = random.Random(6)
    lengths = [len(text(random_answers(dice)).splitlines()) for _ in range(60)]
    assert sorted(lengths)[int(0.9 * len(lengths)) - 1] <= 22
    assert len(text(STEADY).splitlines()) <= 20


def test_the_level_comes_with_the_rule_that_set_it() -> None:
    decision = decide(RULES, STEADY)
    (gate, *_) = level_gates(RULES, decision)
    assert gate[0].id in " ".join(text(STEADY).split())


def test_the_first_three_paths_come_with_their_reasons() -> None:
    shown = " ".join(text(STEADY).split())
    first, *others = decide(RULES, STEADY).ranked[:3]
    assert first.for_[0].because.rstrip(".") in shown
    assert first.against[0].because.rstrip(".") in shown
    for entry in (first, *others):
        assert RULES.path_by_id[entry.path].in_a_row in shown


def test_what_is_unknown_is_named_and_asked_next() -> None:
    answers = {**STEADY, "mental_health": "unsure"}
    shown = " ".join(text(answers).split())
    assert first_sentence(RULES.question_by_id["mental_health"].ask) in shown


@pytest.mark.parametrize(
    ("alert", "said"),
    [
        ("call-emergency", {"danger": ["overdose"]}),
        ("suicide-crisis", {"self_harm": "plan"}),
        ("suicidal-thoughts", {"self_harm": "thoughts"}),
        ("violence", {"danger": ["violence"]}),
    ],
)
def test_an_alert_has_a_line_for_the_counselor(alert: str, said: dict[str, object]) -> None:
    shown = " ".join(text({**STEADY, **said}).split())
    (line,) = (each.for_counselor for each in RULES.alerts if each.id == alert)
    assert line
    assert line in shown


def test_every_alert_of_the_rules_says_what_a_counselor_does() -> None:
    assert [each.id for each in RULES.alerts if not each.for_counselor] == []


def test_the_compromise_stands_where_something_is_in_the_way() -> None:
    assert words.COMPROMISE in text(STEADY)
    assert words.COMPROMISE not in text({**STEADY, "weekly_hours": "20_plus", "payment": "covered"})
