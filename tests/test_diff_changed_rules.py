"""Which parts of two rule sets decide: none may change unseen, and words change nobody."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import tiny
from diffs import told

from pathfinder import load_rules
from pathfinder.engine.conditions import Leaf
from pathfinder.engine.ruleset import RuleSet
from pathfinder.ruletools.diff.before_after import before_and_after
from pathfinder.ruletools.diff.changed_rules import (
    ABOUT_EQUAL,
    ALERTS,
    LEVELS,
    PATHS,
    QUESTIONS,
    SCOPE,
    STEPS,
    Item,
    differing,
)
from pathfinder.ruletools.diff.compare import Difference, compare
from pathfinder.ruletools.diff.outcomes import OUT_OF_SCOPE, SHOWN, WAITS
from pathfinder.ruletools.diff.witnesses import worked_people


@pytest.fixture
def twice(tmp_path: Path) -> RuleSet:
    """The tiny rules with a second alert, and a second first step that hangs on substances."""
    small = load_rules(tiny.write(tmp_path / "before"))
    (alert,), (step,), (first,) = small.alerts, small.steps, small.first_rules
    drinking = first._replace(id="drinks", when=DRINKS, unless=None, first="doctor")
    return small._replace(
        alerts=(alert, alert._replace(id="call-a-friend")),
        steps=(step, step._replace(id="doctor")),
        first_rules=(first, drinking),
    )


def rows(difference: Difference, part: str) -> dict[tuple[str | None, str | None], int]:
    return {(row.old, row.new): row.sets for row in difference.rows if row.part == part}


# --- which parts decide -------------------------------------------------------------


def asking(rules: RuleSet, name: str, **fields: Any) -> RuleSet:
    """The rules with this question put otherwise."""
    question = rules.question_by_id[name]._replace(**fields)
    return rules._replace(
        questions=tuple(question if each.id == name else each for each in rules.questions),
        question_by_id={**rules.question_by_id, name: question},
    )


def reading(rules: RuleSet, **fields: Any) -> RuleSet:
    """The rules with the first reading of severity changed."""
    first, *rest = rules.question_by_id["severity"].readings
    return asking(rules, "severity", readings=(first._replace(**fields), *rest))


def turning(rules: RuleSet, section: str) -> RuleSet:
    return rules._replace(**{section: getattr(rules, section)[::-1]})


def changing(rules: RuleSet, section: str, name: str, **fields: Any) -> RuleSet:
    """The rules with this entry of a section changed."""
    entries = getattr(rules, section)
    assert name in {entry.id for entry in entries}
    return rules._replace(**{
        section: tuple(e._replace(**fields) if e.id == name else e for e in entries)
    })  # fmt: skip


def scoring(rules: RuleSet, points: dict[str, int]) -> RuleSet:
    """The rules with these points for home: steady."""
    table = next(each for each in rules.reasons if each.id == "home-reasons")
    first = table.rows["steady"].arguments[0]
    arguments = tuple(first._replace(paths=(path,), points=n) for path, n in points.items())
    row = table.rows["steady"]._replace(arguments=arguments)
    return changing(rules, "reasons", "home-reasons", rows={**table.rows, "steady": row})


def saying(rules: RuleSet) -> RuleSet:
    """The rules with other words for who has a steady home."""
    table = next(each for each in rules.reasons if each.id == "home-reasons")
    row = table.rows["steady"]._replace(says="Other words")
    return changing(rules, "reasons", "home-reasons", rows={**table.rows, "steady": row})


NO_HOME = Leaf("home", "is", ("none",), frozenset({"none"}))
DRINKS = Leaf("substances", "includes", ("alcohol",), frozenset({"alcohol"}))
LESS = "risky-is-less"
CARE = "severe-without-a-home"

BY_ANOTHER_NAME = {"how near is about equal", "question, the order of its readings"}
"""Told among the entries of ruleset.yaml, and as readings."""

Change = Callable[[RuleSet], RuleSet]

DECIDING: dict[str, tuple[Item, Change]] = {
    "scope, the question": (SCOPE, lambda r: r._replace(scope_question="home")),
    "scope, who is out": (SCOPE, lambda r: r._replace(scope_out=frozenset({"adult"}))),
    "order of levels": (LEVELS, lambda r: turning(r, "levels")),
    "order of questions": (QUESTIONS, lambda r: turning(r, "questions")),
    "order of paths": (PATHS, lambda r: turning(r, "paths")),
    "order of alerts": (ALERTS, lambda r: turning(r, "alerts")),
    "order of first steps": (STEPS, lambda r: turning(r, "steps")),
    "question, its kind": (("question", "home"), lambda r: asking(r, "home", kind="one")),
    "question, its answers": (
        ("question", "home"),
        lambda r: asking(r, "home", options=r.question_by_id["home"].options[1:]),
    ),
    "question, when it is asked": (
        ("question", "severity"),
        lambda r: asking(r, "severity", ask_when=None),
    ),
    "question, what it is counted from": (
        ("question", "severity"),
        lambda r: asking(r, "severity", derived=None),
    ),
    "question, the order of its readings": (
        ("question", "severity"),
        lambda r: asking(r, "severity", readings=r.question_by_id["severity"].readings[::-1]),
    ),
    "reading, its value": (("reading", "severity-unknown"), lambda r: reading(r, value="risky")),
    "reading, when": (("reading", "severity-unknown"), lambda r: reading(r, when=NO_HOME)),
    "reading, of what": (("reading", "severity-unknown"), lambda r: reading(r, of_unknown=False)),
    "alert, its hold": (
        ("alert", "call-emergency"),
        lambda r: changing(r, "alerts", "call-emergency", hold=False),
    ),
    "alert rule, when": (
        ("alert rule", "opioids-alert"),
        lambda r: changing(r, "alert_rules", "opioids-alert", when=NO_HOME),
    ),
    "alert rule, unless": (
        ("alert rule", "opioids-alert"),
        lambda r: changing(r, "alert_rules", "opioids-alert", unless=NO_HOME),
    ),
    "alert rule, its alert": (
        ("alert rule", "opioids-alert"),
        lambda r: changing(r, "alert_rules", "opioids-alert", alert="call-a-friend"),
    ),
    "first-step rule, when": (
        ("first-step rule", "no-safe-home"),
        lambda r: changing(r, "first_rules", "no-safe-home", when=NO_HOME),
    ),
    "first-step rule, unless": (
        ("first-step rule", "no-safe-home"),
        lambda r: changing(r, "first_rules", "no-safe-home", unless=NO_HOME),
    ),
    "first-step rule, its step": (
        ("first-step rule", "no-safe-home"),
        lambda r: changing(r, "first_rules", "no-safe-home", first="doctor"),
    ),
    "gate, when": (("gate", CARE), lambda r: changing(r, "gates", CARE, when=NO_HOME)),
    "gate, unless": (("gate", CARE), lambda r: changing(r, "gates", CARE, unless=NO_HOME)),
    "gate, its level": (
        ("gate", CARE),
        lambda r: changing(r, "gates", CARE, at_least="outpatient"),
    ),
    "gate, its paths": (
        ("gate", LESS),
        lambda r: changing(r, "gates", LESS, set_aside=("stay", "talks")),
    ),
    "reasons, their points": (
        ("reasons", "home-reasons"),
        lambda r: scoring(r, {"groups": 1, "talks": 1, "stay": -2}),
    ),
    "reasons, their question": (
        ("reasons", "home-reasons"),
        lambda r: changing(r, "reasons", "home-reasons", question="severity"),
    ),
    "support rule, when": (
        ("support rule", "online-for-adults"),
        lambda r: changing(r, "support_rules", "online-for-adults", when=NO_HOME),
    ),
    "note, unless": (
        ("note", "a-note"),
        lambda r: changing(r, "note_rules", "a-note", unless=NO_HOME),
    ),
    "move, whether it warns": (
        ("move", "a-move"),
        lambda r: changing(r, "move_rules", "a-move", warns=True),
    ),
    "barrier, when": (
        ("barrier", "far-away"),
        lambda r: changing(r, "barriers", "far-away", when=DRINKS),
    ),
    "barrier, what helps": (
        ("barrier", "far-away"),
        lambda r: changing(r, "barriers", "far-away", helps=()),
    ),
    "how near is about equal": (ABOUT_EQUAL, lambda r: r._replace(about_equal_within=3)),
    "path, its level": (
        ("path", "talks"),
        lambda r: changing(r, "paths", "talks", level="residential"),
    ),
}  # fmt: skip

NOT_DECIDING: dict[str, Change] = {
    "no change": lambda r: r._replace(),
    "a title": lambda r: r._replace(title="Another"),
    "sources": lambda r: r._replace(sources=()),
    "the text of an alert": lambda r: changing(r, "alerts", "call-emergency", text="Other words."),
    "the title of a step": lambda r: changing(r, "steps", "safe-place", title="Other words"),
    "what a question asks": lambda r: asking(r, "home", ask="Other words?"),
    "why a gate fires": lambda r: changing(r, "gates", CARE, because="Other words."),
    "why a reading is taken": lambda r: reading(r, because="Other words."),
    "what a reason says": saying,
    "the order in which gates stand": lambda r: turning(r, "gates"),
    "the order in which reasons stand": lambda r: turning(r, "reasons"),
}


@pytest.mark.parametrize("name", DECIDING)
def test_a_change_of_anything_that_decides_is_never_told_as_the_same_rules(
    twice: RuleSet, name: str
) -> None:
    item, change = DECIDING[name]
    found = differing(twice, change(twice))
    assert found.changed == (item,)
    assert found.deciding == (item,)


@pytest.mark.parametrize("name", [*DECIDING, *NOT_DECIDING])
def test_every_change_is_told_in_words(twice: RuleSet, name: str) -> None:
    change = DECIDING[name][1] if name in DECIDING else NOT_DECIDING[name]
    told = before_and_after(twice, change(twice))
    quiet = name == "no change" or name.startswith("the order in which")
    assert bool(told) is not quiet
    if name in DECIDING and name not in BY_ANOTHER_NAME:
        assert DECIDING[name][0] in {(each.kind, each.id) for each in told}


@pytest.mark.parametrize("name", NOT_DECIDING)
def test_a_change_of_what_decides_nothing_leaves_the_rules_the_same(
    twice: RuleSet, name: str
) -> None:
    assert differing(twice, NOT_DECIDING[name](twice)).deciding == ()


def test_the_order_in_which_a_gate_names_its_paths_decides_nothing(twice: RuleSet) -> None:
    one = changing(twice, "gates", LESS, set_aside=("stay", "talks"))
    other = changing(twice, "gates", LESS, set_aside=("talks", "stay"))
    assert differing(one, other).deciding == ()


def test_first_steps_that_change_places_are_counted_and_shown_in_a_person(twice: RuleSet) -> None:
    found = compare(twice, turning(twice, "steps"))
    assert found.counted is not None
    assert (found.counted.questions, found.counted.sets) == (("substances", "home"), 10 * 5)
    places = ("safe-place, then doctor", "doctor, then safe-place")
    # Who drinks, with whatever else, and is at home nowhere or in no safe place.
    assert rows(found, "first") == {places: 4 * 2}
    assert found.touched["first"] == found.any == 4 * 2
    (person,) = worked_people(found, found.rows)
    assert person.shows == {("first", *places)}
    assert (person.before["first"], person.after["first"]) == (
        ("safe-place", "doctor"), ("doctor", "safe-place"),
    )  # fmt: skip
    assert "from safe-place, then doctor to doctor, then safe-place" in told(found)


def test_alerts_that_change_places_are_counted(twice: RuleSet) -> None:
    (rule,) = twice.alert_rules
    friend = rule._replace(id="friend", when=NO_HOME, alert="call-a-friend")
    both = twice._replace(alert_rules=(rule, friend))
    found = compare(both, turning(both, "alerts"))
    assert rows(found, "alerts") == {
        ("call-emergency, then call-a-friend", "call-a-friend, then call-emergency"): 4 * 1
    }


def test_a_list_of_paths_that_no_longer_waits_is_counted(twice: RuleSet) -> None:
    (rule,) = twice.alert_rules
    friend = rule._replace(id="friend", when=NO_HOME, alert="call-a-friend")
    both = twice._replace(alert_rules=(rule, friend))
    found = compare(both, changing(both, "alerts", "call-emergency", hold=False))
    assert found.counted is not None
    assert found.counted.questions == ("substances", "home"), "the other hold bears on it"
    # Who uses opioids, with whatever else, and for whom the other alert doesn't make it wait.
    assert rows(found, "hold") == {(WAITS, SHOWN): 4 * 4}
    assert found.any == 4 * 4
    assert "List of paths: 16 of 50" in told(found)


def test_a_first_step_comes_and_goes_only_where_no_other_rule_asks_for_it(twice: RuleSet) -> None:
    shared = changing(twice, "first_rules", "drinks", first="safe-place")
    found = compare(shared, changing(shared, "first_rules", "no-safe-home", when=NO_HOME))
    assert found.counted is not None
    assert found.counted.questions == ("substances", "home")
    # Who is at home in no safe place; the step goes only where nobody drinks.
    assert rows(found, "told") == {("no-safe-home", None): 10}
    assert rows(found, "first") == {("safe-place", None): 6}


@pytest.mark.slow
@pytest.mark.parametrize("of", ["an alert that hangs on age", "another scope"])
def test_people_out_of_scope_are_drawn_too_where_their_result_may_change(
    rules: RuleSet, of: str
) -> None:
    fewer = rules._replace(gates=rules.gates[1:])
    counted = compare(rules, fewer, sample=100_000).counted
    assert counted is not None
    assert (counted.sets, counted.seed, counted.in_scope_only) == (100_000, 1, True)
    assert rules.scope_question not in counted.questions, "age changes nothing here"
    young = Leaf(rules.scope_question, "is", tuple(rules.scope_out), rules.scope_out)
    if of == "another scope":
        changed = fewer._replace(scope_out=frozenset())
    else:
        for_all = rules.alert_rules[0]._replace(when=young, unless=None)
        changed = fewer._replace(alert_rules=(for_all, *rules.alert_rules[1:]))
    found = compare(rules, changed, sample=100_000)
    assert found.counted is not None
    assert found.counted.in_scope_only is False
    part, row = ("first_path", OUT_OF_SCOPE) if of == "another scope" else ("alerts", None)
    assert any(old == row for old, _ in rows(found, part))
