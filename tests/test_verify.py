"""Proofs: what holds is proved, what doesn't is shown by the smallest person, decided again."""

from __future__ import annotations

import builtins
import random
import shlex
import sys
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

import contract
import pytest
from built_in import RULES
from scrambled_rules import scrambled

from pathfinder import decide
from pathfinder.engine.conditions import NOT_ASKED, All, AnyOf, Leaf, NoneOf
from pathfinder.engine.flow import view_of
from pathfinder.engine.question import Grounds
from pathfinder.engine.rules import Argument, ReasonRow
from pathfinder.engine.ruleset import RuleSet
from pathfinder.loader.answers_file import check_answers
from pathfinder.ruletools.verify import Statement, Verdict, prove, read_statements
from pathfinder.ruletools.verify.counterexample import judge
from pathfinder.ruletools.verify.statements import (
    Adding,
    Demand,
    Implies,
    Must,
    NeverChanges,
    NeverLoses,
    NeverLowers,
    Worsening,
)

pytest.importorskip("z3")

PATHLESS = ("The rules leave no path at all here.",)


@pytest.fixture(scope="module")
def statements(rules: RuleSet) -> tuple[Statement, ...]:
    return read_statements(rules)


def without(rules: RuleSet, field: str, *ids: str) -> RuleSet:
    kept = tuple(rule for rule in getattr(rules, field) if rule.id not in ids)
    assert len(kept) == len(getattr(rules, field)) - len(ids)
    return rules._replace(**{field: kept})


def verdict(rules: RuleSet, statements: tuple[Statement, ...], id: str, **more: Any) -> Verdict:
    (found,) = prove(rules, statements, only=[id], **more)
    assert found.statement == id
    return found


# --- what holds -----------------------------------------------------------------------


@pytest.mark.slow
def test_the_statements_of_the_design_hold_for_everybody(
    rules: RuleSet, statements: tuple[Statement, ...]
) -> None:
    verdicts = prove(rules, statements)
    assert [v.statement for v in verdicts if v.holds is not True] == []
    assert len(verdicts) == len(statements) >= 12
    assert all(v.proved and v.situation is None for v in verdicts)


def test_only_the_statements_asked_for_are_proved(
    rules: RuleSet, statements: tuple[Statement, ...]
) -> None:
    asked = [statements[5].id, statements[0].id]
    found = prove(rules, statements, only=asked)
    assert [verdict.statement for verdict in found] == [statements[0].id, statements[5].id]


# --- what doesn't ---------------------------------------------------------------------


def test_a_missing_alert_is_shown_by_the_one_answer_that_needs_it(
    rules: RuleSet, statements: tuple[Statement, ...]
) -> None:
    found = verdict(
        without(rules, "alert_rules", "violence-now"),
        statements,
        "every-emergency-brings-its-alert",
    )
    assert found.holds is False
    assert found.smallest
    assert found.situation == {"danger": ("violence",)}
    assert found.broken == ('The alert "violence" isn\'t shown.',)
    assert found.case == found.situation
    assert found.wanted == {"alerts": ["violence"]}


def test_nobody_with_fewer_answers_breaks_the_statement(
    rules: RuleSet, statements: tuple[Statement, ...]
) -> None:
    """The word "smallest" is held to by trying everybody with fewer answers."""
    broken = without(rules, "first_rules", "opioids-and-naloxone")
    found = verdict(broken, statements, "opioids-bring-medication")
    assert found.situation is not None
    assert len(found.situation) == 2
    assert breaks(broken, found.situation)
    for fewer in (0, 1):
        for answers in small_people(broken, fewer):
            assert not breaks(broken, answers), answers


def breaks(rules: RuleSet, answers: Mapping[str, Any]) -> bool:
    found = decide(rules, answers)
    uses = "opioids" in answers.get("substances", ())
    return uses and "opioid-medication" not in [step.id for step in found.first]


def small_people(rules: RuleSet, size: int) -> Iterator[dict[str, Any]]:
    """Everybody with this many answers; of a checklist, one or two choices."""
    pairs: list[tuple[str, Any]] = []
    for question in rules.questions[1:]:
        if question.kind != "many":
            pairs += [(question.id, answer) for answer in question.answers]
        else:
            free = [answer for answer in question.answers if answer != "none"]
            pairs.append((question.id, ("none",)))
            pairs += [(question.id, some) for n in (1, 2) for some in combinations(free, n)]
    for chosen in combinations(pairs, size):
        if len({question for question, _ in chosen}) == size:
            yield dict(chosen)


@pytest.mark.slow
def test_a_step_to_the_worse_that_means_less_care_is_shown_before_and_after(
    rules: RuleSet, statements: tuple[Statement, ...]
) -> None:
    broken = without(rules, "gates", "severe-use-without-a-safe-home")
    found = verdict(broken, statements, "worse-never-means-less-care")
    assert found.situation is not None
    assert found.other is not None
    before, after = decide(broken, found.situation), decide(broken, found.other)
    assert (before.safe_level, after.safe_level) == ("residential", "day")
    assert found.wanted == {"safe_level": "residential"}
    assert found.case == found.other
    changed = [q for q in found.situation if found.situation[q] != found.other.get(q)]
    assert changed == ["home"]


@pytest.mark.slow
def test_points_alone_can_break_a_statement(
    rules: RuleSet, statements: tuple[Statement, ...]
) -> None:
    """The whole ranking is in the proof, not a condition on the tables that is only enough."""
    tables = tuple(
        table._replace(rows={**table.rows, "steady": _with(table.rows["steady"], residential=3)})
        if table.question == "staying_stopped"
        else table
        for table in rules.reasons
    )
    assert any(table.question == "staying_stopped" for table in rules.reasons)
    found = verdict(rules._replace(reasons=tables), statements, "worse-never-means-less-care")
    assert found.holds is False
    assert "level of the first path" in found.broken[0]


def _with(row: ReasonRow, **points: int) -> ReasonRow:
    grounds = Grounds(judgement="For tests.")
    more = tuple(Argument((path,), n, "For tests.", grounds) for path, n in points.items())
    return row._replace(arguments=(*row.arguments, *more))


@pytest.mark.slow
def test_a_rule_that_an_unknown_answer_takes_away_is_named(
    rules: RuleSet, statements: tuple[Statement, ...]
) -> None:
    known = Leaf("stage", "answered", ("true",), frozenset(("true",)))
    gates = tuple(
        gate._replace(when=known) if gate.id == "step-down-after-a-program" else gate
        for gate in rules.gates
    )
    found = verdict(
        rules._replace(gates=gates), statements, "no-safety-rule-is-lost-on-an-unknown-answer"
    )
    assert found.holds is False
    assert '"step-down-after-a-program"' in found.broken[0]
    assert found.situation is not None
    assert list(found.situation) == ["stage"]
    assert found.wanted == {"to_check_targets": ["intensive"]}


def test_preferences_that_reach_the_safe_level_are_found(
    rules: RuleSet, statements: tuple[Statement, ...]
) -> None:
    gate = next(each for each in rules.gates if each.id == "mental-health-needs-a-professional")
    leaf = next(
        rule.when for rule in rules.support_rules if rule.id == "secular-groups-after-meetings"
    )
    gates = tuple(each._replace(unless=leaf) if each == gate else each for each in rules.gates)
    found = verdict(
        rules._replace(gates=gates), statements, "beliefs-never-change-what-is-safe"
    )  # fmt: skip
    assert found.holds is False
    assert found.situation is not None
    assert found.other is not None
    assert "past_twelve_step" in {*found.situation, *found.other}


@pytest.mark.slow
def test_a_path_and_a_rule_for_nobody_are_named(
    rules: RuleSet, statements: tuple[Statement, ...]
) -> None:
    always = next(gate for gate in rules.gates if gate.id == "continuing-care-comes-after")
    closed = tuple(gate._replace(unless=None) if gate == always else gate for gate in rules.gates)
    broken = rules._replace(gates=closed)
    found = verdict(broken, statements, "every-path-is-first-for-somebody")
    assert found.broken == ('The path "continuing-care" comes first for nobody.',)
    assert found.situation is None
    assert found.wanted is None
    rule = rules.note_rules[0]
    silent = rule._replace(unless=rule.when)
    broken = rules._replace(note_rules=(silent, *rules.note_rules[1:]))
    found = verdict(broken, statements, "every-rule-is-at-work-for-somebody")
    assert found.broken == (f'The rule "{silent.id}" is at work for nobody.',)


@pytest.mark.slow
def test_a_rule_at_work_where_nobody_sees_it_is_at_work_for_nobody(
    rules: RuleSet, statements: tuple[Statement, ...]
) -> None:
    """A barrier before a path that is never first."""
    always = rules.gates[0]._replace(
        id="no-day-program", when=All(()), unless=None, at_least=None, set_aside=("day-treatment",)
    )
    (table, *rest) = rules.reasons
    answer = next(iter(table.rows))
    grounds = Grounds(judgement="For tests.")
    row = table.rows[answer]._replace(
        arguments=(Argument(("day-treatment",), 1, "For tests.", grounds),)
    )
    table = table._replace(rows={**table.rows, answer: row})
    broken = rules._replace(gates=(*rules.gates, always), reasons=(table, *rest))
    found = verdict(broken, statements, "every-rule-is-at-work-for-somebody")
    # Its reasons are told all the same: an explanation says what speaks for a path set aside.
    assert found.broken == ('The rule "hours-for-day-treatment" is at work for nobody.',)


@pytest.mark.slow
def test_a_reading_that_is_never_used_is_named(
    rules: RuleSet, statements: tuple[Statement, ...]
) -> None:
    first = next(question for question in rules.questions if question.readings)
    reading = first.readings[0]
    never = reading._replace(when=All((reading.when, NoneOf((reading.when,)))))
    changed = first._replace(readings=(never, *first.readings[1:]))
    questions = tuple(changed if each is first else each for each in rules.questions)
    broken = rules._replace(
        questions=questions, question_by_id={each.id: each for each in questions}
    )
    found = verdict(broken, statements, "every-rule-is-at-work-for-somebody")
    assert f'The rule "{reading.id}" is at work for nobody.' in found.broken


def test_rules_that_leave_somebody_without_a_path_break_the_statement(
    rules: RuleSet, statements: tuple[Statement, ...]
) -> None:
    gate = next(gate for gate in rules.gates if gate.id == "no-drinking-or-drug-use-named")
    everything = tuple(path.id for path in rules.paths)
    gates = tuple(g._replace(set_aside=everything) if g == gate else g for g in rules.gates)
    found = verdict(rules._replace(gates=gates), statements, "everyone-has-a-path")
    assert found.broken == ("The rules leave no path at all here.",)
    assert found.situation == {"substances": ("none",)}
    assert found.wanted == {"scope": "adult"}


def test_a_statement_about_nobody_promises_nothing(rules: RuleSet) -> None:
    when = rules.alert_rules[0].when
    nobody = Implies(All((when, NoneOf((when,)))), Demand(some_path=True))
    (found,) = prove(rules, [Statement("empty", "Nothing.", (nobody,))])
    assert found.holds is False
    assert found.broken == (
        "Nobody can give the answers that this speaks of, so it promises nothing.",
    )


@pytest.mark.parametrize(
    ("then", "words", "wanted"),
    [
        (Demand(alerts=("violence",)), 'The alert "violence" isn\'t shown.',
         {"alerts": ["violence"]}),
        (Demand(first=("safe-place",)), '"safe-place" isn\'t one of the first steps.',
         {"first": ["safe-place"]}),
        (Demand(first_of_first="prenatal-care"),
         '"prenatal-care" doesn\'t lead the first steps: there is no first step.',
         {"first": ["prenatal-care"]}),
        (Demand(at_least="day"), 'The safe level is "outpatient"; it must be "day" or more.',
         {"safe_level": "day"}),
        (Demand(first_path=("residential",)),
         'The first path is "outpatient"; it must be "residential".',
         {"first_path": "residential"}),
        (Demand(not_ranked=("outpatient",)), 'The path "outpatient" is ranked.',
         {"not_ranked": ["outpatient"]}),
    ],
)  # fmt: skip
def test_what_is_missing_is_told_in_words_and_as_a_case(
    rules: RuleSet, then: Demand, words: str, wanted: dict[str, Any]
) -> None:
    (found,) = prove(rules, [Statement("too-much", "Too much.", (Implies(None, then),))])
    assert found.situation == {}
    assert found.broken == (words,)
    assert found.wanted == wanted


def test_a_support_that_must_not_be_offered_is_found(rules: RuleSet) -> None:
    then = Demand(not_supports=("family-sessions",))
    (found,) = prove(rules, [Statement("no-family", "No family.", (Implies(None, then),))])
    assert found.broken == ('The support "family-sessions" is offered.',)
    assert found.situation is not None
    assert {"wishes", "home", "danger"} <= set(found.situation)


@pytest.mark.parametrize(
    ("question", "part", "words"),
    [
        ("self_harm", "alerts", "The alerts change from "),
        ("home", "first", "The first steps change from "),
        ("stage", "safe_level", "The safe level changes from "),
    ],
)
def test_what_changes_is_told_from_what_to_what(
    rules: RuleSet, question: str, part: str, words: str
) -> None:
    must = NeverChanges((question,), (part,))
    (found,) = prove(rules, [Statement("too-much", "Too much.", (must,))])
    assert found.broken[0].startswith(words)
    assert found.situation is not None
    assert found.other is not None
    assert {*found.situation, *found.other} == {question}


def is_(question: str, *answers: str) -> Leaf:
    return Leaf(question, "is", answers, frozenset(answers))


def includes(question: str, *answers: str) -> Leaf:
    return Leaf(question, "includes_any", answers, frozenset(answers))


def proved(rules: RuleSet, *musts: Must) -> Verdict:
    (found,) = prove(rules, [Statement("for-tests", "For tests.", musts)])
    return found


def test_a_first_step_that_stands_behind_another_does_not_lead(rules: RuleSet) -> None:
    must = Implies(is_("home", "none"), Demand(first_of_first="safe-place"))
    found = proved(rules, must)
    assert found.broken[0].startswith('"safe-place" doesn\'t lead the first steps: "')


def test_one_level_less_is_less(rules: RuleSet) -> None:
    """With two paths left, one a level above the other, a step takes the first path one down."""
    two = ("twelve-step-meetings", "outpatient")
    closed = tuple(path.id for path in rules.paths if path.id not in two)
    always = rules.gates[0]._replace(
        id="only-two",
        when=All(()),
        unless=None,
        at_least=None,
        set_aside=closed,
        opens_when="Later.",
    )
    found = proved(
        rules._replace(gates=(always,)),
        NeverLowers((Worsening("support", "down"),), ("first_path_level",)),
    )
    assert found.broken == (
        'One step worse lowers the level of the first path from "outpatient" ("outpatient")'
        ' to "support" ("twelve-step-meetings").',
    )


def test_who_is_not_asked_a_question_takes_no_step_in_it(rules: RuleSet) -> None:
    nobody_uses = Leaf("substances", "alone", ("none",), frozenset(("none",)))
    gate = rules.gates[0]._replace(
        id="for-nobody",
        when=All((nobody_uses, is_("withdrawal", "none"))),
        unless=None,
        at_least="residential",
        set_aside=(),
    )
    must = NeverLowers((Worsening("withdrawal", "up"),), ("safe_level",))
    assert proved(rules._replace(gates=(*rules.gates, gate)), must).holds is True
    asked = gate._replace(when=All((includes("substances", "other"), is_("withdrawal", "none"))))
    assert proved(rules._replace(gates=(*rules.gates, asked)), must).holds is False


def test_what_holds_for_adults_is_not_asked_of_children(
    rules: RuleSet, statements: tuple[Statement, ...]
) -> None:
    def with_exception(exception: Leaf) -> RuleSet:
        given = tuple(
            rule._replace(unless=exception) if rule.id == "thoughts-of-dying" else rule
            for rule in rules.alert_rules
        )
        return rules._replace(alert_rules=given)

    alert = "every-emergency-brings-its-alert"
    children, adults = is_("age_group", "under_18"), is_("age_group", "adult")
    assert verdict(with_exception(children), statements, alert).holds is True
    assert verdict(with_exception(adults), statements, alert).holds is False


def test_other_answers_are_answers_that_a_person_can_give(rules: RuleSet) -> None:
    """Nobody has two homes: a gate for them changes nothing, whatever else is answered."""
    two_homes = All((is_("home", "none"), is_("home", "steady")))
    gate = rules.gates[0]._replace(
        id="two-homes", when=two_homes, unless=None, at_least="residential", set_aside=()
    )
    must = NeverChanges(("home",), ("safe_level",))
    assert proved(rules._replace(gates=(gate,)), must).holds is True


def test_the_smallest_of_all_breaks_is_shown(rules: RuleSet) -> None:
    crisis = Demand(alerts=("suicide-crisis",))
    two_answers = All((is_("home", "steady"), is_("payment", "covered")))
    one_answer = includes("danger", "violence")
    for order in ((one_answer, two_answers), (two_answers, one_answer)):
        found = proved(rules, *[Implies(when, crisis) for when in order])
        assert found.situation == {"danger": ("violence",)}


def test_fewer_questions_count_before_fewer_ticks(rules: RuleSet) -> None:
    """One question with three ticks is a smaller situation than two with one each."""
    three = [
        includes("danger", each) for each in ("overdose", "violence", "chest_pain_or_bleeding")
    ]
    either = AnyOf((All((is_("home", "steady"), is_("payment", "covered"))), All(tuple(three))))
    found = proved(rules, Implies(either, Demand(alerts=("suicide-crisis",))))
    assert found.situation == {"danger": ("overdose", "chest_pain_or_bleeding", "violence")}


def test_the_first_person_found_will_do_where_speed_matters(
    rules: RuleSet, statements: tuple[Statement, ...]
) -> None:
    broken = without(rules, "first_rules", "keep-opioid-medication")
    found = verdict(broken, statements, "opioids-bring-medication", smallest=False)
    assert found.holds is False
    assert not found.smallest
    assert found.situation is not None
    assert breaks(broken, found.situation)


# --- no answer ------------------------------------------------------------------------


@pytest.mark.slow
def test_a_time_limit_ends_in_not_decided_and_never_in_holds(
    rules: RuleSet, statements: tuple[Statement, ...]
) -> None:
    found = prove(rules, statements, time_limit=1e-9)
    assert {verdict.holds for verdict in found} == {None}
    assert not any(verdict.proved or verdict.situation for verdict in found)


@pytest.mark.parametrize("parts", [1, 2])
def test_whoever_is_found_before_the_time_ran_out_is_not_called_the_smallest(
    rules: RuleSet, monkeypatch: pytest.MonkeyPatch, parts: int
) -> None:
    """The time is let run out at each question to the solver in turn."""
    from pathfinder.ruletools.verify.circuit import Solver, Undecided

    ask = Solver.ask
    asked, last = 0, 0

    def out_of_time(solver: Solver, target: Any) -> Any:
        nonlocal asked
        asked += 1
        if last and asked > last:
            raise Undecided
        return ask(solver, target)

    monkeypatch.setattr(Solver, "ask", out_of_time)
    crisis = Demand(alerts=("suicide-crisis",))
    musts = [
        Implies(AnyOf((is_("home", "steady"), includes("danger", "violence"))), crisis),
        Implies(is_("payment", "covered"), crisis),
    ][:parts]
    assert proved(rules, *musts).smallest
    every = asked
    assert every > 3
    verdicts = []
    for answers in range(1, every):
        asked, last = 0, answers
        verdicts.append(proved(rules, *musts))
    assert {found.holds for found in verdicts} == {None, False}
    assert not any(found.smallest for found in verdicts)


def test_without_z3_one_line_says_how_to_get_it(
    rules: RuleSet, statements: tuple[Statement, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    from pathfinder.ruletools.verify.circuit import NoSolver

    real = builtins.__import__

    def no_z3(name: str, *args: Any, **more: Any) -> Any:
        if name == "z3":
            raise ImportError(name)
        return real(name, *args, **more)

    monkeypatch.setattr(builtins, "__import__", no_z3)
    with pytest.raises(NoSolver) as error:
        prove(rules, statements)
    assert str(error.value) == (
        "Proofs need the package z3-solver, which comes with the extra [verify]. "
        f"Type: {shlex.quote(sys.executable)} -m pip install z3-solver"
    )


# --- what is proved of other rules ------------------------------------------------------


@pytest.mark.slow
@pytest.mark.no_cover
def test_what_is_proved_of_scrambled_rules_holds_for_random_people(
    rules: RuleSet, statements: tuple[Statement, ...]
) -> None:
    """`prove` asks `decide` about whoever breaks a statement; here it's asked about the rest."""
    dice = random.Random(20261122)
    asked = [each for each in statements if not each.id.startswith("every-")]
    broken = 0
    for _ in range(2):
        other = scrambled(rules, dice, 6)
        for found in prove(other, asked, smallest=False):
            broken += found.holds is False
            if found.holds is not True:
                continue
            (statement,) = (each for each in asked if each.id == found.statement)
            for _ in range(15):
                answers = check_answers(other, contract.random_answers(dice, 0.3))
                for must in statement.must:
                    for before, after in compared(other, must, answers, dice):
                        wrong = judge(other, must, before, after)
                        # That nobody is left without a path is promised by its own statement.
                        assert wrong is None or wrong.broken == PATHLESS
    assert broken


def compared(
    rules: RuleSet, must: Must, answers: dict[str, Any], dice: random.Random
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Pairs of situations that `must` speaks of, from one random person."""
    if isinstance(must, Implies):
        yield answers, answers
    elif isinstance(must, NeverChanges):
        drawn = check_answers(rules, contract.random_answers(dice))
        kept = {q: a for q, a in answers.items() if q not in must.questions}
        yield answers, {**kept, **{q: a for q, a in drawn.items() if q in must.questions}}
    elif isinstance(must, NeverLoses):
        for question in must.questions:
            derived = rules.question_by_id[question].derived
            blank = {question, derived.source if derived else question}
            yield answers, {q: a for q, a in answers.items() if q not in blank}
    elif isinstance(must, NeverLowers):
        for step in must.steps:
            yield from stepped(rules, step, answers)


def stepped(
    rules: RuleSet, step: Worsening, answers: dict[str, Any]
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    scale = rules.question_by_id[step.question].answers
    given = answers.get(step.question)
    if given in scale and view_of(rules, answers)[step.question] is not NOT_ASKED:
        place = scale.index(given) + (1 if step.direction == "up" else -1)
        if 0 <= place < len(scale):
            yield answers, {**answers, step.question: scale[place]}


# --- what a statement can ask for: for whom it comes out, and for whom it doesn't ----------

OVERDOSE = includes("danger", "overdose")
SLOWED = All((
    includes("substances", "alcohol"), includes("substances", "opioids"),
    is_("frequency", "every_day"),
))  # fmt: skip
CALM = next(rule.when for rule in RULES.note_rules if rule.id == "nothing-points-to-a-problem")


@pytest.mark.parametrize(
    ("then", "good", "bad", "words", "wanted"),
    [
        (Demand(at_most="support"), CALM, is_("self_harm", "plan"),
         'The safe level is "outpatient"; it must be "support" or less.',
         {"safe_level": "support"}),
        (Demand(not_first=("safe-place",)),
         All((is_("home", "steady"), includes("danger", "none"))), is_("home", "none"),
         '"safe-place" is one of the first steps.', {"first": []}),
        (Demand(not_first_path=("outpatient",)), is_("stage", "in_program"), None,
         'The first path is "outpatient".', None),
        (Demand(supports=("cost-help",)), is_("payment", "limited"), None,
         'The support "cost-help" isn\'t offered.', {"supports": ["cost-help"]}),
        (Demand(notes=("nothing-points-to-a-problem",)), CALM, None,
         'The note "nothing-points-to-a-problem" isn\'t told.',
         {"notes": ["nothing-points-to-a-problem"]}),
        (Demand(warnings=("two-that-slow-the-breath",)), SLOWED, None,
         'The warning "two-that-slow-the-breath" isn\'t given.',
         {"warnings": ["two-that-slow-the-breath"]}),
        (Demand(hold=True), OVERDOSE, None, "The paths don't wait.", {"hold": "true"}),
        (Demand(hold=False), All((includes("danger", "none"), is_("self_harm", "none"))), OVERDOSE,
         "The paths wait.", {"hold": "false"}),
    ],
    ids=lambda value: next(k for k, v in value._asdict().items() if v not in ((), None, False))
    if isinstance(value, Demand) and value != Demand(hold=False) else None,
)  # fmt: skip
def test_what_is_asked_for_comes_out_for_some_and_not_for_others(
    rules: RuleSet, then: Demand, good: Any, bad: Any, words: str, wanted: Any
) -> None:
    assert proved(rules, Implies(good, then)).holds is True
    found = proved(rules, Implies(bad, then))
    assert found.holds is False
    assert found.smallest
    assert found.broken == (words,)
    if wanted is not None:
        assert found.wanted == wanted


def test_a_first_path_far_above_the_need_is_found(
    rules: RuleSet, statements: tuple[Statement, ...]
) -> None:
    """Where only the highest level is left, nobody who needs less is kept from it."""
    lower = tuple(path.id for path in rules.paths if path.id != "residential")
    always = rules.gates[0]._replace(
        id="residential-only", when=All(()), unless=None, at_least=None, set_aside=lower,
        opens_when="Later.",
    )  # fmt: skip
    broken = rules._replace(gates=(always,))
    found = verdict(broken, statements, "nobody-is-sent-far-above-their-need")
    assert found.situation == {}
    assert found.broken == ('The first path is "residential", far above the safe level "support".',)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("question", "part", "words"),
    [
        ("spirituality", "first_path", 'The first path changes from "'),
        ("payment", "supports", "The supports change from "),
        ("substances", "notes", "The notes change from "),
    ],
)
def test_paths_supports_and_notes_that_change_are_told(
    rules: RuleSet, question: str, part: str, words: str
) -> None:
    found = proved(rules, NeverChanges((question,), (part,)))
    assert found.broken[0].startswith(words)
    assert proved(rules, NeverChanges(("age_group",), (part,))).holds is True


def test_one_more_of_a_checklist_is_shown_before_and_after(
    rules: RuleSet, statements: tuple[Statement, ...]
) -> None:
    """With the plain rule for cannabis alone, a beer moves the level; opioids move first steps."""
    (statement,) = (s for s in statements if s.id == "one-beer-beside-cannabis-moves-nothing")
    (must,) = statement.must
    assert isinstance(must, Adding)
    assert proved(rules, must).holds is True
    found = proved(rules, must._replace(answers=("alcohol", "opioids"), beside={}))
    assert found.holds is False
    assert found.situation is not None
    assert found.other is not None
    assert found.situation["substances"] == ("cannabis",)
    assert len(found.other["substances"]) == 2
    assert found.broken[0].startswith("The first steps change from ")


def test_one_sign_more_that_means_less_is_found(
    rules: RuleSet, statements: tuple[Statement, ...]
) -> None:
    (statement,) = (s for s in statements if s.id == "one-more-sign-never-means-less-care")
    question = rules.question_by_id["severity"]
    assert question.derived is not None
    counts = tuple(
        (least, "mild" if answer == "severe" else answer)
        for least, answer in question.derived.counts
    )
    changed = question._replace(derived=question.derived._replace(counts=counts))
    questions = tuple(changed if each is question else each for each in rules.questions)
    broken = rules._replace(
        questions=questions, question_by_id={each.id: each for each in questions}
    )
    found = proved(broken, *statement.must)
    assert found.holds is False
    assert found.situation is not None
    assert found.other is not None
    more = set(found.other["severity_signs"]) - set(found.situation["severity_signs"])
    assert len(more) == 1
    assert found.broken[0].startswith("One answer more lowers the safe level from ")


def test_an_alert_that_minors_would_not_see_is_found(rules: RuleSet) -> None:
    must = Implies(OVERDOSE, Demand(alerts=("call-emergency",), hold=True), minors=True)
    assert proved(rules, must).holds is True
    alerts = tuple(rule._replace(unless=is_("age_group", "under_18")) for rule in rules.alert_rules)
    found = proved(rules._replace(alert_rules=alerts), must)
    assert found.situation == {"age_group": "under_18", "danger": ("overdose",)}
    assert found.broken == ('The alert "call-emergency" isn\'t shown.', "The paths don't wait.")
