"""The plan: on one screen, in order, with ranges from the sources."""

from __future__ import annotations

import random

import contract
import pytest

from pathfinder import decide
from pathfinder.engine.decision import Decision
from pathfinder.engine.plan import plan
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages import messages
from pathfinder.pages.plan_page import plan_page
from pathfinder.pages.reasons import headline_of
from pathfinder.render.layout import plain_text
from pathfinder.terminal import WIDEST

ROWS = 24
THE_SHELLS = 2
"""A prompt, and a line of air above it."""


@pytest.fixture(scope="module")
def decisions(rules: RuleSet) -> list[Decision]:
    dice = random.Random(24)
    return [decide(rules, contract.random_answers(dice, 0.1)) for _ in range(1500)]


@pytest.mark.slow
def test_the_plan_of_everybody_fits_on_one_screen(
    rules: RuleSet, decisions: list[Decision]
) -> None:
    heights = [
        len(plain_text(plan_page(rules, decision), WIDEST).splitlines()) for decision in decisions
    ]
    assert max(heights) <= ROWS - THE_SHELLS
    assert min(heights) >= 6, "now, next, time, length, after and a number at least"


def test_even_every_first_step_and_every_support_fit(rules: RuleSet) -> None:
    decision = decide(rules, {"home": "none"})
    fired = decision.first[0]
    full = decision._replace(
        first=tuple(fired._replace(id=step.id) for step in rules.steps),
        supports=tuple(fired._replace(id=support.id) for support in rules.supports),
    )
    for path in rules.paths:
        top = full.ranked[0]._replace(path=path.id, level=path.level)
        shown = plan_page(rules, full._replace(ranked=(top,)))
        assert len(plain_text(shown, WIDEST).splitlines()) <= ROWS - THE_SHELLS, path.id


@pytest.mark.slow
def test_the_plan_goes_from_now_to_after_and_ends_with_a_number(
    rules: RuleSet, decisions: list[Decision]
) -> None:
    for decision in decisions:
        text = plain_text(plan_page(rules, decision), WIDEST)
        following = messages.IN_SHORT_ONCE_SAFE if decision.hold else messages.PLAN_NEXT
        places = [
            text.index(f"\n  {label}: ") for label in (messages.NOW, following, messages.AFTER)
        ]
        assert places == sorted(places)
        last = text.split(f"\n  {messages.AFTER}: ")[1]
        assert any(line.number in " ".join(last.split()) for line in decision.help_lines)


def test_in_danger_nothing_but_the_call_is_now(rules: RuleSet) -> None:
    answers = {"danger": ["overdose", "violence"], "substances": ["opioids"], "home": "none"}
    decision = decide(rules, answers)
    text = plain_text(plan_page(rules, decision), WIDEST)
    before, later = text.split(f"  {messages.IN_SHORT_ONCE_SAFE}: ")
    now, soon = before.split(f"  {messages.PLAN_AS_SOON}: ")
    short = {alert.id: alert.in_short for alert in rules.alerts}
    steps = {step.id: step.titled(decision.view) for step in rules.steps}
    assert " ".join(now.split("Now: ")[1].split()) == (
        f"{short['call-emergency']}; {short['violence']}."
    )
    # A safe place makes safe, so it isn't told to wait until somebody is.
    assert " ".join(soon.split()) == f"{steps['opioid-medication']}; {steps['safe-place']}."
    assert later.startswith(next(p.name for p in rules.paths if p.id == decision.ranked[0].path))
    assert plan(rules, decision).urgent == ("call-emergency", "violence")


def test_the_plan_says_whom_to_call_about_thoughts_of_dying(rules: RuleSet) -> None:
    both = {"danger": ["overdose"], "self_harm": "thoughts", "substances": ["alcohol"]}
    text = " ".join(plain_text(plan_page(rules, decide(rules, both)), WIDEST).split())
    whom = "988 Suicide and Crisis Lifeline: call, and tell somebody."
    assert f"Now: Call your local emergency number now; {whom}" in text
    assert f"{messages.UNLESS_TOLD}." in text


def test_every_alert_has_a_number_of_its_own_at_the_end(rules: RuleSet) -> None:
    decision = decide(rules, {"danger": ["violence"], "self_harm": "thoughts"})
    end = plain_text(plan_page(rules, decision), WIDEST).split(f"{messages.IN_SHORT_HELP}: ")[1]
    for alert in decision.alerts:
        numbers = {line.id: line.number for line in decision.help_lines}
        assert numbers[alert.lines[0]] in " ".join(end.split())


def test_first_steps_come_before_the_path_and_without_any_the_first_move_does(
    rules: RuleSet, decisions: list[Decision]
) -> None:
    for decision in decisions:
        found = plan(rules, decision)
        assert found.now == tuple(step.id for step in decision.first)
        assert found.path == decision.ranked[0].path
        assert bool(found.today) is not bool(decision.first or decision.alerts)


def test_every_path_says_how_much_of_a_week_how_long_and_what_comes_after(rules: RuleSet) -> None:
    for path in rules.paths:
        assert path.in_short is not None
        for passage in path.in_short:
            assert passage.text
            assert passage.grounds.sources or passage.grounds.judgement
        assert path.in_short.time.when is None


def test_a_rule_set_that_says_nothing_about_weeks_still_gives_a_plan(rules: RuleSet) -> None:
    bare = tuple(path._replace(in_short=None) for path in rules.paths)
    short = rules._replace(paths=bare, path_by_id={path.id: path for path in bare})
    decision = decide(short, {"home": "steady"})
    text = plain_text(plan_page(short, decision), WIDEST)
    assert messages.PLAN_TIME not in text
    assert headline_of(short, decision)[0] in " ".join(text.split())
