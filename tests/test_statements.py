"""The statements that must hold for every set of answers, over 20,000 random ones.

`pathfinder rules verify` proves them for all; here `decide` itself is asked, and the
statements are written a second time, by hand. Those that decide again for each person,
many times over, take the first 4,000. Seeded, unknown answers included. Numbers are
those of the design, section 4. 8 and 9 name a person for each path and each rule.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import contract
import pytest

from pathfinder import decide
from pathfinder.engine.ruleset import RuleSet

# Some hundred thousand decisions: measuring coverage here would only take time.
pytestmark = [pytest.mark.no_cover, pytest.mark.slow]


SEED = 20261122
COUNT = 20_000
DECIDED_AGAIN = 4_000
BELIEFS = ("spirituality", "philosophy", "company", "past_twelve_step")
LIFE = ("payment", "weekly_hours", "step_away", "responsibilities")


@dataclass(frozen=True, slots=True)
class Gist:
    """What the statements speak of."""

    safe: int
    top: str
    top_level: int
    ranked: tuple[str, ...]
    alerts: tuple[str, ...]
    first: tuple[str, ...]
    fired: frozenset[str]
    open: frozenset[str]


def gist(rules: RuleSet, answers: contract.Answers) -> Gist:
    found = decide(rules, answers)
    assert found.safe_level is not None
    fired = [rule for entry in (*found.alerts, *found.first) for rule in entry.rules]
    fired += [rule for entry in found.set_aside for rule in entry.rules]
    return Gist(
        safe=rules.level_rank[found.safe_level],
        top=found.ranked[0].path if found.ranked else "",
        top_level=rules.level_rank[found.ranked[0].level] if found.ranked else -1,
        ranked=tuple(entry.path for entry in found.ranked),
        alerts=tuple(entry.id for entry in found.alerts),
        first=tuple(entry.id for entry in found.first),
        fired=frozenset(fired),
        open=frozenset(check.rule for check in found.to_check),
    )


@pytest.fixture(scope="module")
def people(rules: RuleSet) -> list[tuple[contract.Answers, contract.Person, Gist]]:
    dice = random.Random(SEED)
    sets = [contract.random_answers(dice) for _ in range(COUNT)]
    return [(answers, contract.Person(answers), gist(rules, answers)) for answers in sets]


People = list[tuple[contract.Answers, contract.Person, Gist]]


def test_1_dangerous_withdrawal_puts_medical_evaluation_first(people: People) -> None:
    seen = 0
    for answers, person, found in people:
        if person.is_("withdrawal", "dangerous") is True:
            assert found.first[0] == "medical-evaluation", answers
            seen += 1
    assert seen > 1000


def test_2_every_emergency_answer_brings_its_alert(people: People) -> None:
    for answers, person, found in people:
        wanted = [name for name, truth in contract.alerts(person).items() if truth is True]
        assert list(found.alerts) == wanted, answers


def test_3_severe_use_without_a_safe_home_or_time_leads_to_residential(people: People) -> None:
    seen = 0
    for answers, person, found in people:
        if contract.both(
            person.is_("severity", "severe"),
            person.is_("home", "none", "unsafe"),
            person.at_most("staying_stopped", "days"),
        ):
            assert found.top == "residential", answers
            seen += 1
    assert seen > 300


def one_step_worse(answers: contract.Answers, person: contract.Person) -> Iterator[tuple[str, str]]:
    for question, worse in (
        ("severity", 1),
        ("mental_health", 1),
        ("withdrawal", 1),
        ("home", -1),
        ("staying_stopped", -1),
    ):
        given = answers.get(question)
        scale = contract.QUESTIONS[question][1]
        if given in scale and person.value[question] is not None:
            place = scale.index(str(given)) + worse
            if 0 <= place < len(scale):
                yield question, scale[place]


def test_4_one_step_worse_never_lowers_the_safe_level_or_the_first_paths_level(
    rules: RuleSet, people: People
) -> None:
    steps = 0
    for answers, person, found in people[:DECIDED_AGAIN]:
        for question, worse in one_step_worse(answers, person):
            then = gist(rules, {**answers, question: worse})
            assert then.safe >= found.safe, (question, worse, answers)
            if question != "home":
                assert then.top_level >= found.top_level, (question, worse, answers)
            steps += 1
    assert steps > 10_000


def test_5_beliefs_and_company_never_change_level_first_steps_or_alerts(
    rules: RuleSet, people: People
) -> None:
    dice = random.Random(SEED + 5)
    for answers, _, found in people[:DECIDED_AGAIN]:
        other = contract.random_answers(dice)
        changed = {k: v for k, v in answers.items() if k not in BELIEFS}
        changed.update({k: other[k] for k in BELIEFS if k in other})
        then = gist(rules, changed)
        assert (then.safe, then.first, then.alerts) == (found.safe, found.first, found.alerts)


def test_6_who_wants_no_spiritual_part_gets_no_twelve_step_path(people: People) -> None:
    for answers, person, found in people:
        if person.is_("spirituality", "secular_only") is True:
            assert not {"twelve-step-meetings", "iop-twelve-step"} & set(found.ranked), answers


def test_7_everyone_has_a_path(people: People) -> None:
    for answers, _, found in people:
        assert found.ranked, answers


def test_8_every_path_is_first_for_somebody(rules: RuleSet, people: People) -> None:
    named: dict[str, contract.Answers] = {}
    for answers, _, found in people:
        named.setdefault(found.top, answers)
    assert set(named) == {path.id for path in rules.paths}


def test_9_every_rule_fires_for_somebody(rules: RuleSet, people: People) -> None:
    named: dict[str, contract.Answers] = {}
    for answers, _, found in people:
        for rule in found.fired | found.open:
            named.setdefault(rule, answers)
    # Open rules count only for readings: a reading that is used is listed there.
    fired = {rule for _, _, found in people for rule in found.fired}
    readings = {reading.id for q in rules.questions for reading in q.readings}
    quiet = {r.id for r in (*rules.alert_rules, *rules.first_rules, *rules.gates)} - fired
    assert not quiet
    assert readings <= set(named)
    others = {r.id for r in (*rules.support_rules, *rules.note_rules, *rules.move_rules)}
    barriers = {barrier.id for barrier in rules.barriers}
    for answers, _, _ in people[:4000]:
        found = decide(rules, answers)
        others -= {rule for support in found.supports for rule in support.rules}
        others -= {note.id for note in found.notes}
        others -= {m.id for m in rules.move_rules if m.because in found.next_moves}
        if found.if_not_possible:
            barriers -= {b.id for b in rules.barriers if b.because in found.if_not_possible.because}
    assert not others
    assert not barriers


def test_9_every_fit_row_with_points_counts_for_somebody(rules: RuleSet, people: People) -> None:
    left = {
        (table.id, row.answer) for table in rules.fit for row in table.rows.values() if row.points
    }
    for answers, _, _ in people:
        found = decide(rules, answers)
        for entry in found.ranked:
            left -= {(r.rule, r.answer) for r in (*entry.for_, *entry.against) if r.answer}
        if not left:
            break
    assert not left


def test_10_money_time_and_duties_never_remove_a_step_or_lower_the_level(
    rules: RuleSet, people: People
) -> None:
    dice = random.Random(SEED + 10)
    for answers, _, found in people[:DECIDED_AGAIN]:
        other = contract.random_answers(dice)
        changed = {k: v for k, v in answers.items() if k not in LIFE}
        changed.update({k: other[k] for k in LIFE if k in other})
        then = gist(rules, changed)
        assert (then.safe, then.first, then.alerts) == (found.safe, found.first, found.alerts)


def test_11_no_safety_rule_is_lost_when_a_safety_answer_is_not_known(
    rules: RuleSet, people: People
) -> None:
    dice = random.Random(SEED + 11)
    for answers, person, found in people[:DECIDED_AGAIN]:
        for question in contract.SAFETY:
            if question not in answers or person.value[question] in (None, "?"):
                continue
            changed = {k: v for k, v in answers.items() if k != question}
            # Unsure, skipped and left out take turns by chance.
            word = dice.choice(("unsure", "skip", None))
            if word is not None:
                changed[question] = word
            if question == "severity":
                changed.pop("severity_signs", None)
            then = gist(rules, changed)
            lost = found.fired - then.fired - then.open
            assert not lost, (question, word, lost, answers)


def test_12_opioids_always_bring_opioid_medication(people: People) -> None:
    for answers, person, found in people:
        if person.takes("opioids") is True:
            assert "opioid-medication" in found.first, answers
