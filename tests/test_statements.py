"""The statements that must hold for every set of answers, over 20,000 random ones.

`pathfinder rules verify` proves them for all; here `decide` itself is asked, and the
statements are written a second time, by hand. Those that decide again for each person,
many times over, take the first 4,000. Seeded, unknown answers included. Numbers are
those of the design, section 4. 8 and 9 name a person for each path and each rule; the
people of `rules/cases/` are among these, since some rules speak of few.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import contract
import pytest

from pathfinder import decide
from pathfinder.engine.fit import fit_paths
from pathfinder.engine.flow import view_of
from pathfinder.engine.ruleset import RuleSet
from pathfinder.ruletools.cases.case_file import read_cases

# Some hundred thousand decisions: measuring coverage here would only take time.
pytestmark = [pytest.mark.no_cover, pytest.mark.slow]


RULES = Path(__file__).parents[1] / "rules"
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
    told = [case.answers for case in read_cases(rules, RULES)]
    told += [answers for answers, _, _ in people[:4000]]
    for answers in told:
        found = decide(rules, answers)
        others -= {rule for support in found.supports for rule in support.rules}
        others -= {note.id for note in found.notes}
        others -= {m.id for m in rules.move_rules if m.because in found.next_moves}
        if found.if_not_possible:
            barriers -= {b.id for b in rules.barriers if b.because in found.if_not_possible.because}
    assert not others
    assert not barriers


def test_9_every_argument_of_a_reason_counts_for_somebody(rules: RuleSet, people: People) -> None:
    left = {
        (table.id, answer, argument.because, argument.points)
        for table in rules.reasons
        for answer, row in table.rows.items()
        for argument in row.arguments
    }
    for answers, _, _ in people:
        for fit in fit_paths(rules, answers, view_of(rules, answers)).values():
            left -= {(r.rule, r.answer or "skip", r.does, r.points) for r in fit.told}
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


def test_13_family_comes_in_only_where_it_is_safe(rules: RuleSet, people: People) -> None:
    seen = 0
    for answers, person, _ in people[:DECIDED_AGAIN]:
        offered = {support.id for support in decide(rules, answers).supports}
        if "family-sessions" in offered:
            assert contract.family_is_safe(person), answers
            seen += 1
    assert seen > 100


def test_14_the_first_path_is_never_two_levels_above_the_safe_one(people: People) -> None:
    for answers, _, found in people:
        assert found.top_level <= found.safe + 1, answers


def test_15_hard_withdrawal_is_seen_by_a_doctor(people: People) -> None:
    seen = 0
    for answers, person, found in people:
        used = person.takes("alcohol", "opioids", "sedatives", "other")
        if (
            person.at_least("withdrawal", "hard") is True
            and used is not False
            and person.is_("frequency", "not_lately") is not True
        ):
            assert "medical-evaluation" in found.first, answers
            seen += 1
    assert seen > 1000


def test_16_one_beer_beside_cannabis_moves_nothing(rules: RuleSet, people: People) -> None:
    seen = 0
    for answers, person, _ in people[:DECIDED_AGAIN]:
        alone = {**answers, "substances": ["cannabis"]}
        alone.pop("drinks", None)
        if person.has("health", "pregnant") is not False:
            continue
        alone["withdrawal"] = "none" if len(alone) % 2 else "mild"
        beer = {"alcohol_frequency": "some_days", "drinks": "under_5"}
        before = gist(rules, alone)
        after = gist(rules, {**alone, **beer, "substances": ["alcohol", "cannabis"]})
        assert (after.safe, after.first) == (before.safe, before.first), answers
        seen += 1
    assert seen > 1000


def test_17_two_that_slow_the_breath_bring_the_warning(rules: RuleSet, people: People) -> None:
    seen = 0
    for answers, person, _ in people[:DECIDED_AGAIN]:
        slowing = [person.takes(each) is True for each in ("alcohol", "opioids", "sedatives")]
        if sum(slowing) >= 2 and person.is_("frequency", "not_lately") is not True:
            apart = (
                "heavy-and-how-often-not-known",
                "say-that-you-are-steady-and-use",
                "harm-today",
                "harm-today-and-little-trouble",
                "an-overdose-and-little-trouble",
                "pain-medicine-beside-drink-or-sedatives",
                "drink-beside-medicine-for-drinking",
                "drink-on-a-medicine-for-it-in-an-emergency",
            )
            warned = [w.id for w in decide(rules, answers).warnings if w.id not in apart]
            drinks_on_medicine = person.has("medication", "for_alcohol") is True
            danger = person.has("danger", "pregnancy_emergency") is True
            pregnant = slowing[0] and not danger and person.has("health", "pregnant") is True
            on_medicine = person.has("medication", "for_opioids") is True
            opioids = slowing[1] or on_medicine or person.has("health", "pain") is True
            also = ["medicine-for-opioids-beside-drink"] * (on_medicine and not slowing[1])
            also += ["drinking-in-pregnancy"] * pregnant
            also += ["drinking-in-an-emergency-of-pregnancy"] * (slowing[0] and danger)
            also += ["medicine-for-drinking-beside-opioids"] * (opioids and drinks_on_medicine)
            ill = person.has("severity_signs", "withdrawal_sign") is True
            most = ("most_days", "every_day")
            often = person.value["alcohol_frequency"] in most
            also += ["ill-without-it"] * (
                ill and often and person.is_("withdrawal", "none") is True
            )
            assert warned == ["two-that-slow-the-breath", *also], answers
            seen += 1
    assert seen > 200


def test_18_one_more_sign_never_means_less_care(rules: RuleSet, people: People) -> None:
    seen = 0
    signs = [each for each in contract.QUESTIONS["severity_signs"][1] if each != "none"]
    dice = random.Random(SEED + 18)
    for answers, _, _ in people[:DECIDED_AGAIN]:
        ticked = dice.sample(signs, dice.randrange(1, len(signs)))
        unknown = {each: answer for each, answer in answers.items() if each != "severity"}
        more = dice.choice([each for each in signs if each not in ticked])
        before = gist(rules, {**unknown, "severity_signs": ticked})
        after = gist(rules, {**unknown, "severity_signs": [*ticked, more]})
        assert after.safe >= before.safe, answers
        assert after.top_level >= before.top_level, answers
        seen += 1
    assert seen > 1000
