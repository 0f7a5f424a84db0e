"""The rule set and the engine, held to the contract that `contract.py` states by hand."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

import contract
import pytest

from pathfinder import decide
from pathfinder.engine.conditions import Leaf
from pathfinder.engine.decision import Decision
from pathfinder.engine.question import Grounds, Passage, told
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import RulesError

# Some hundred thousand decisions: measuring coverage here would only take time.
pytestmark = [pytest.mark.no_cover, pytest.mark.slow]


def ids(entries: tuple[object, ...]) -> list[str]:
    return [entry.id for entry in entries]  # type: ignore[attr-defined]


def test_the_questions_are_those_of_the_contract_in_their_order(rules: RuleSet) -> None:
    assert [q.id for q in rules.questions] == list(contract.QUESTIONS)
    for question in rules.questions:
        assert (question.kind, question.answers) == contract.QUESTIONS[question.id], question.id


def test_levels_paths_steps_alerts_and_supports_have_the_contracts_names(rules: RuleSet) -> None:
    assert tuple(level.id for level in rules.levels) == contract.LEVELS
    assert {p.id: (p.level, p.approach) for p in rules.paths} == contract.PATHS
    assert [p.id for p in rules.paths] == list(contract.PATHS)
    assert tuple(step.id for step in rules.steps) == contract.FIRST_STEPS
    assert tuple(alert.id for alert in rules.alerts) == contract.ALERTS
    assert {support.id for support in rules.supports} == set(contract.SUPPORTS)


@pytest.mark.parametrize(("seed", "unknown"), [(1, 0.0), (2, 0.12), (3, 0.5)])
def test_alerts_steps_safe_level_and_safe_paths_come_out_as_worked_out_by_hand(
    rules: RuleSet, seed: int, unknown: float
) -> None:
    dice = random.Random(seed)
    for _ in range(4000):
        answers = contract.random_answers(dice, unknown)
        found, wanted = decide(rules, answers), contract.expected(answers)
        assert ids(found.alerts) == wanted["alerts"], answers
        assert ids(found.first) == wanted["first"], answers
        assert found.safe_level == wanted["safe_level"], answers
        assert {entry.path for entry in found.ranked} == wanted["ranked"], answers


def test_a_level_that_an_unknown_answer_leaves_open_stands_under_to_check(rules: RuleSet) -> None:
    dice = random.Random(4)
    for _ in range(2000):
        answers = contract.random_answers(dice, 0.3)
        found = decide(rules, answers)
        open_levels = {
            name for c in found.to_check if c.effect == "gate" for name in c.target
        } & set(contract.LEVELS)
        rank = contract.LEVELS.index(str(found.safe_level))
        higher = set(contract.LEVELS[rank + 1 :])
        # A clause of one sentence in the contract may be several rules here, and one that
        # another rule of its level covers may be none: what counts is more care left open.
        assert open_levels >= contract.expected(answers)["open_levels"] & higher, answers


def test_nothing_is_left_to_check_when_everything_is_known_and_fits(rules: RuleSet) -> None:
    dice = random.Random(7)
    for _ in range(2000):
        answers = contract.random_answers(dice, 0.0)
        checks = decide(rules, answers).to_check
        # Contradicted answers still take a reading.
        # So do answers that are only taken over from another question.
        assumed = contract.Person(answers).assumed
        others = {name for check in checks if check.effect != "reading" for name in check.questions}
        assert others <= assumed, answers


def test_family_is_never_suggested_where_home_may_not_be_safe(rules: RuleSet) -> None:
    dice = random.Random(5)
    offered = 0
    for _ in range(4000):
        answers = {**contract.random_answers(dice), "wishes": ["family", "online"]}
        found = decide(rules, answers)
        safe = contract.family_is_safe(contract.Person(answers))
        assert ("family-sessions" in ids(found.supports)) is safe, answers
        offered += safe
        if not safe:
            said = " ".join((*found.next_moves, *(n.because for n in found.notes)))
            assert "family" not in said.lower(), (answers, said)
    assert offered > 500


def opioid_rules(found: Decision) -> tuple[str, ...]:
    return next(step.rules for step in found.first if step.id == "opioid-medication")


def test_opioids_bring_exactly_one_of_keep_start_and_naloxone(rules: RuleSet) -> None:
    dice = random.Random(6)
    seen = set()
    for _ in range(3000):
        answers = {**contract.random_answers(dice), "substances": ["opioids"]}
        fired = opioid_rules(decide(rules, answers))
        assert len(fired) == 1, answers
        person = contract.Person(answers)
        if "for_opioids" in answers.get("medication", ()):
            wanted = "keep-opioid-medication"
        elif person.at_least("severity", "moderate") is not False:
            wanted = "start-opioid-medication"
        else:
            wanted = "opioids-and-naloxone"
        assert fired == (wanted,), answers
        seen.add(wanted)
    assert len(seen) == 3


def test_the_approach_questions_give_all_paths_of_one_approach_the_same_points(
    rules: RuleSet,
) -> None:
    for table in rules.reasons:
        if table.question not in ("spirituality", "philosophy", "past_twelve_step"):
            continue
        for row in table.rows.values():
            for approach in ("twelve-step", "secular"):
                points = {row.most(path.id) for path in rules.paths if path.approach == approach}
                assert len(points) == 1, (table.id, row.answer)
            assert not any(
                row.most(path.id) for path in rules.paths if path.approach == "either"
            ), (table.id, row.answer)


@pytest.mark.parametrize("question", ["severity", "mental_health", "withdrawal", "staying_stopped"])
def test_each_step_worse_helps_a_higher_level_at_least_as_much(
    rules: RuleSet, question: str
) -> None:
    scale = list(contract.QUESTIONS[question][1])
    if question == "staying_stopped":
        scale.reverse()
    rows = next(table.rows for table in rules.reasons if table.question == question)
    for better, worse in itertools.pairwise(scale):
        gains: dict[int, list[int]] = {}
        for path in rules.paths:
            gain = rows[worse].most(path.id) - rows[better].most(path.id)
            gains.setdefault(rules.level_rank[path.level], []).append(gain)
        for rank in range(len(contract.LEVELS) - 1):
            assert max(gains[rank]) <= min(gains[rank + 1]), (better, worse, rank)


# --- the parts of a result ------------------------------------------------------------


def people(seed: int, count: int = 2000, unknown: float = 0.15) -> Iterator[contract.Answers]:
    dice = random.Random(seed)
    for _ in range(count):
        yield contract.random_answers(dice, unknown)


def test_points_rank_the_paths_and_ties_go_to_the_lower_level_then_to_file_order(
    rules: RuleSet,
) -> None:
    order = list(contract.PATHS)
    by_level = by_file = 0
    for answers in people(11):
        found = decide(rules, answers)
        ranked, safe = found.ranked, found.safe_level
        places = [
            (
                entry.above_need,
                -entry.points,
                contract.LEVELS.index(entry.level),
                order.index(entry.path),
            )
            for entry in ranked
        ]
        assert places == sorted(places), answers
        assert [entry.rank for entry in ranked] == list(range(1, len(ranked) + 1))
        for entry in ranked:
            above = contract.LEVELS.index(entry.level) > 1 + contract.LEVELS.index(str(safe))
            assert entry.above_need is above
            about_equal = not above and entry.points >= ranked[0].points - 1
            assert entry.about_equal_to_top is about_equal, answers
            weights = [reason.points for reason in (*entry.for_, *entry.against)]
            assert sum(weights) == entry.points
            assert all(reason.points > 0 for reason in entry.for_)
            assert all(reason.points < 0 for reason in entry.against)
            for reasons in (entry.for_, entry.against):
                strength = [abs(reason.points) for reason in reasons]
                assert strength == sorted(strength, reverse=True)
        for one, other in itertools.pairwise(places):
            by_level += one[:2] == other[:2] and one[2] < other[2] and one[3] > other[3]
            by_file += one[:3] == other[:3]
    assert by_level > 5  # where the order of the file alone would say something else
    assert by_file > 20


def test_reasons_name_the_answer_that_was_given_or_worked_out(rules: RuleSet) -> None:
    for answers in people(12, 500, 0.3):
        person = contract.Person(answers)
        for entry in decide(rules, answers).ranked:
            for reason in (*entry.for_, *entry.against):
                value = person.value[reason.question]
                if value == "?":  # a row may say what it makes of no answer
                    assert reason.answer == answers.get(reason.question)
                    continue
                assert value == reason.answer or reason.answer in value  # type: ignore[operator]
            open_ = {table.question for table in rules.reasons if person.unknown(table.question)}
            assert {reason.question for reason in entry.unknown} == {
                table.question
                for table in rules.reasons
                if table.question in open_
                and not {"unsure", "skip"} & set(table.rows)
                and any(row.most(entry.path) for row in table.rows.values())
            }, answers
            for reason in entry.unknown:
                assert reason.answer == answers.get(reason.question)
                assert reason.points == 0


def test_every_path_is_ranked_or_set_aside_by_exactly_the_gates_that_take_it_out(
    rules: RuleSet,
) -> None:
    gates = {gate.id: gate for gate in rules.gates}
    for answers in people(13):
        found = decide(rules, answers)
        aside = {entry.path: entry for entry in found.set_aside}
        assert {entry.path for entry in found.ranked} == set(contract.PATHS) - set(aside)
        seen = contract.read(contract.Person(answers))
        fired = {rule for entry in found.set_aside for rule in entry.rules}
        for path, entry in aside.items():
            mine = [gates[rule] for rule in entry.rules]
            assert len(mine) == len(entry.because) == len(entry.grounds)
            rank = rules.level_rank[entry.level]
            assert {gate.id for gate in mine} == {
                rule
                for rule in fired
                if path in gates[rule].set_aside
                or rules.level_rank.get(gates[rule].at_least or "", 0) > rank
            }, answers
            own = [gate for gate in mine if gate.set_aside]
            assert bool(own) is any(
                path in paths and truth is True for paths, truth in contract.set_aside_clauses(seen)
            )
            low = rank < rules.level_rank[str(found.safe_level)]
            assert low is any(gate.at_least for gate in mine)
            assert (rules.texts.level_opens_when.text in entry.opens_when) is low
            assert all(gate.opens_when in entry.opens_when for gate in own)


def test_what_helps_alongside_is_the_persons_own_no_and_groups_below_the_safe_level(
    rules: RuleSet,
) -> None:
    groups = {"twelve-step-meetings", "secular-groups"}
    for answers in people(14):
        person = contract.Person(answers)
        secular = person.is_("spirituality", "secular_only") is True
        no_use = "no-drinking-or-drug-use-named"
        for entry in decide(rules, answers).set_aside:
            if secular and contract.PATHS[entry.path][1] == "twelve-step":
                assert entry.alongside, answers
            else:
                # Groups for people who use are no help beside to somebody who uses nothing.
                assert entry.alongside is (entry.path in groups and no_use not in entry.rules)


def test_each_rule_stands_under_to_check_once_with_the_questions_that_are_not_known(
    rules: RuleSet,
) -> None:
    for answers in people(15, unknown=0.3):
        person = contract.Person(answers)
        checks = decide(rules, answers).to_check
        assert len({check.rule for check in checks}) == len(checks)
        for check in checks:
            assert check.questions, (check.rule, answers)
            assert check.target
            if check.effect != "reading":
                open_ones = (person.unknown(n) or n in person.assumed for n in check.questions)
                assert all(open_ones), (check, answers)
        used = [
            (check.questions[0], check.target[0]) for check in checks if check.effect == "reading"
        ]
        assert used == contract.readings(person), answers


def test_a_question_that_could_settle_a_rule_is_named_and_no_other(rules: RuleSet) -> None:
    def named(rule: str, **answers: contract.Answer) -> tuple[str, ...]:
        return next(c.questions for c in decide(rules, answers).to_check if c.rule == rule)

    # "Not lately" would settle it too, and `unless` is where that stands.
    assert named("hard-withdrawal", substances=["alcohol"]) == ("withdrawal", "frequency")
    too_little = named("severe-use-within-days", severity="severe")
    assert too_little == ("staying_stopped", "substances", "alcohol_frequency", "drinks")
    # An unknown severity starts the medication as a severe one does: it settles nothing.
    assert named("start-opioid-medication", medication=["interested"]) == ("substances",)


def test_barriers_helps_and_the_compromise_are_those_worked_out_by_hand(rules: RuleSet) -> None:
    named: set[str | None] = set()
    for answers in people(16, 4000):
        found, person = decide(rules, answers), contract.Person(answers)
        first = found.ranked[0].path
        beside = found.if_not_possible
        wanted = contract.barriers(person, first)
        assert set(beside.barriers if beside else ()) == wanted, answers
        if beside is None:
            continue
        assert len(beside.barriers) == len(set(beside.barriers))
        standing = [b for b in rules.barriers if b.because in beside.because]
        offered = {support for barrier in standing for support in barrier.helps}
        assert beside.helps == tuple(s for s in ids(found.supports) if s in offered)
        ranked = [entry.path for entry in found.ranked]
        allowed = contract.compromises(person, first, str(found.safe_level), ranked)
        assert (beside.compromise in allowed) if allowed else beside.compromise is None, answers
        named.add(beside.compromise)
    assert {None, "outpatient", "day-treatment", "secular-groups"} <= named


def test_among_paths_below_the_safe_level_the_compromise_is_the_one_that_fits_best(
    rules: RuleSet,
) -> None:
    answers = {
        "severity": "severe", "staying_stopped": "days", "weekly_hours": "9_to_19",
        "home": "steady", "support": "strong", "mental_health": "none",
    }  # fmt: skip
    for faith, path in (("important", "iop-twelve-step"), ("secular_only", "iop-secular")):
        found = decide(rules, {**answers, "spirituality": faith})
        assert found.ranked[0].path == "day-treatment"
        assert found.if_not_possible is not None
        assert found.if_not_possible.compromise == path


def test_a_step_names_every_rule_that_asks_for_it(rules: RuleSet) -> None:
    answers = {"substances": ["alcohol"], "withdrawal": "hard", "health": ["pregnant"]}
    evaluation = decide(rules, {**answers, "frequency": "some_days"}).first[0]
    assert evaluation.rules == ("hard-withdrawal", "pregnant-and-using")
    assert len(evaluation.because) == len(evaluation.grounds) == 2


def test_the_region_chooses_the_help_lines_and_nothing_else(rules: RuleSet) -> None:
    answers = {"self_harm": "plan", "home": "none"}
    here, there = decide(rules, answers), decide(rules, answers, region="uk")
    assert {line.region for line in here.help_lines} == {"us"}
    assert {line.region for line in there.help_lines} == {"uk"}
    assert there.alerts[0].lines != here.alerts[0].lines
    same = {"alerts": here.alerts, "help_lines": here.help_lines, "region": here.region}
    assert there._replace(**same) == here


def test_a_passage_is_told_only_to_those_for_whom_its_condition_is_known_to_hold() -> None:
    home = Leaf("home", "is", ("none",), frozenset({"none"}))
    passages = (Passage("For all.", Grounds()), Passage("For some.", Grounds(), home))
    for value, count in (("none", 2), ("steady", 1), (None, 1)):
        assert len(told(passages, {"home": value})) == count


def test_the_paths_wait_exactly_while_an_emergency_or_a_plan_to_die_stands(rules: RuleSet) -> None:
    for answers in people(17, 500):
        found = decide(rules, answers)
        assert found.hold is bool({"call-emergency", "suicide-crisis"} & set(ids(found.alerts)))


def test_under_18_keeps_alerts_and_help_lines_and_nothing_else(rules: RuleSet) -> None:
    for answers in people(18, 300):
        adult = decide(rules, answers)
        found = decide(rules, {**answers, "age_group": "under_18"})
        assert (found.scope, found.safe_level) == ("under_18", None)
        assert (found.alerts, found.hold) == (adult.alerts, adult.hold)
        assert found.help_lines == adult.help_lines != ()
        lists = (found.first, found.ranked, found.set_aside, found.supports, found.to_check)
        assert (*lists, found.notes, found.if_not_possible) == ((), (), (), (), (), (), None)
        for alert in rules.alerts:
            assert (alert.text in found.next_moves) is (alert.id in ids(found.alerts))


def test_next_moves_come_most_urgent_first_and_none_twice(rules: RuleSet) -> None:
    for answers in people(19, 500):
        found = decide(rules, answers)
        assert len(set(found.next_moves)) == len(found.next_moves)
        urgent = [alert.text for alert in rules.alerts if alert.id in ids(found.alerts)]
        assert list(found.next_moves[: len(urgent)]) == urgent
        lines = [line for alert in found.alerts for line in alert.lines]
        assert {line.id for line in found.help_lines[: len(set(lines))]} == set(lines)


def test_nobody_is_sent_away_without_a_path_when_gates_close_them_all(rules: RuleSet) -> None:
    every = tuple(contract.PATHS)
    closing = rules.gates[0]._replace(at_least=None, set_aside=every, unless=None)
    broken = rules._replace(gates=(closing,))
    with pytest.raises(RulesError, match=closing.id):
        decide(broken, closing.fires or {})


def test_an_answer_left_out_counts_as_skipped_and_is_named_as_left_out(rules: RuleSet) -> None:
    table = next(table for table in rules.reasons if table.question == "payment")
    argument = table.rows["limited"].arguments[0]._replace(paths=("residential",), points=2)
    row = table.rows["limited"]._replace(answer="skip", arguments=(argument,))
    given = rules._replace(reasons=(table._replace(rows={**table.rows, "skip": row}),))
    answers = {"home": "none", "severity": "severe", "staying_stopped": "hours"}
    for payment, named in ({}, None), ({"payment": "skip"}, "skip"):
        (reason,) = decide(given, {**answers, **payment}).ranked[0].for_
        assert (reason.answer, reason.points) == (named, 2)
    assert decide(given, {**answers, "payment": "unsure"}).ranked[0].for_ == ()
