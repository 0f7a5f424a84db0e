"""`pathfinder explain`: what a person and a counselor read, and the same as JSON."""

from __future__ import annotations

import itertools
import json
import random
from pathlib import Path

import contract
import pytest
from command import Run
from jsonschema import Draft202012Validator
from people import DRINKS
from referencing import Registry, Resource

from pathfinder import decide
from pathfinder.engine.explain import explain
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages import messages
from pathfinder.pages.explanation import Wanted, explanation
from pathfinder.pages.how_firm import how_firm
from pathfinder.pages.would_change import change_told
from pathfinder.render.layout import plain_text

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted((ROOT / "docs" / "examples").glob("*.yaml"))
NOWHERE = str(ROOT / "docs" / "examples" / "nowhere-to-stay.yaml")
WORKER = str(ROOT / "docs" / "examples" / "steady-worker.yaml")
MOTHER = str(ROOT / "docs" / "examples" / "mother-with-two-hours.yaml")


def flat(text: str) -> str:
    return " ".join(text.split())


# --- the examples -----------------------------------------------------------------------


def test_there_are_five_very_different_examples(rules: RuleSet) -> None:
    assert len(EXAMPLES) == 5


@pytest.mark.parametrize("file", EXAMPLES, ids=[file.stem for file in EXAMPLES])
def test_the_explanation_beside_an_example_is_what_the_program_says(
    pathfinder: Run, file: Path
) -> None:
    ran = pathfinder("explain", str(file), "--sources", "--format", "md")
    assert (ran.code, ran.err) == (0, "")
    assert file.with_suffix(".md").read_text(encoding="utf-8") == ran.out


# --- what is shown ----------------------------------------------------------------------


@pytest.mark.slow
def test_strength_is_told_in_words_and_numbers_only_on_request(pathfinder: Run) -> None:
    plain = pathfinder("explain", WORKER).out
    assert messages.STRONGLY in plain
    assert messages.A_LITTLE in plain
    assert messages.points_in_all(1)[:13] not in plain
    assert "(+2)" not in plain
    counted = pathfinder("explain", WORKER, "--numbers").out
    assert "(+2)" in counted
    assert messages.points_in_all(12)[:13] in counted


@pytest.mark.slow
def test_sources_are_named_on_request(pathfinder: Run) -> None:
    assert "[6]" not in pathfinder("explain", WORKER).out
    asked = pathfinder("explain", WORKER, "--sources").out
    assert "[6]" in asked
    assert messages.SOURCES in asked


def test_every_safe_path_is_told_with_all_that_speaks_for_and_against_it(rules: RuleSet) -> None:
    dice = random.Random(5)
    for _ in range(40):
        answers = contract.random_answers(dice, 0.15)
        decision = decide(rules, answers)
        text = flat(plain_text(explanation(rules, answers, decision, Wanted()), 72))
        for entry in decision.ranked:
            for reason in (*entry.for_, *entry.against):
                assert reason.because in text
        for aside in decision.set_aside:
            assert messages.aside(rules.path_by_id[aside.path].name) in text
        for support in decision.supports:
            assert all(because in text for because in support.because)
        for note in decision.notes[:-2]:
            assert note.because in text


@pytest.mark.slow
def test_alerts_and_first_steps_stand_before_any_path_whatever_is_asked(rules: RuleSet) -> None:
    dice = random.Random(6)
    for _ in range(60):
        answers = contract.random_answers(dice, 0.15)
        decision = decide(rules, answers)
        for asked in (Wanted(), Wanted(path="residential"), Wanted(why_not="day-treatment"),
                      Wanted(what_if=True)):  # fmt: skip
            text = flat(plain_text(explanation(rules, answers, decision, asked), 72))
            paths = min(text.index(path.name) for path in rules.paths if path.name in text)
            titles = {alert.id: alert.title for alert in rules.alerts}
            steps = {step.id: step.titled(decision.view) for step in rules.steps}
            for alert in decision.alerts:
                assert text.index(titles[alert.id]) < paths
            assert (rules.texts.once_safe.text in text) is decision.hold
            if not asked.everything:
                for step in decision.first:
                    assert text.index(steps[step.id]) < paths
            assert rules.texts.not_a_diagnosis.text in text


def test_a_change_is_told_as_life(rules: RuleSet, pathfinder: Run) -> None:
    out = flat(pathfinder("explain", MOTHER, "--what-if").out)
    assert messages.LESS_IN_THE_WAY not in out, "neither alone opens it, so only both are told"
    answers = {"severity": "moderate", "home": "none", "staying_stopped": "weeks"}
    explained = explain(rules, answers, decide(rules, answers))
    assert explained is not None
    assert change_told(rules, decide(rules, answers), explained.would_change[0]).startswith(
        "If you slept where it is safe, steady and sober, another path would come first. That is: "
    )


def test_every_change_is_told_in_short_sentences(rules: RuleSet) -> None:
    barriers = {barrier.question for barrier in rules.barriers}
    clauses = {q.id: [could.told for could in q.could_be] for q in rules.questions if q.could_be}
    for lead in (messages.COMES_FIRST, messages.OPENS_UP):
        for path in rules.paths:
            for told in itertools.chain.from_iterable(clauses.values()):
                assert longest_sentence(messages.would_be(told, f"{lead} {path.name}")) <= 20
    for effect in (messages.NOTHING_IN_THE_WAY, messages.LESS_IN_THE_WAY):
        for question in barriers:
            for told in clauses[question]:
                assert longest_sentence(messages.would_be(told, effect)) <= 20
    for one, other in itertools.combinations(clauses.values(), 2):
        for pair in itertools.product(one, other):
            assert longest_sentence(messages.would_be(" and ".join(pair), messages.OPENS_UP)) <= 24


def longest_sentence(text: str) -> int:
    return max(len(sentence.split()) for sentence in text.split(". "))


def test_a_change_that_clears_the_way_says_so(pathfinder: Run) -> None:
    out = flat(pathfinder("explain", NOWHERE, "--what-if").out)
    assert "If a way were found to pay, the first path could be done." in out


@pytest.mark.slow
def test_two_changes_that_clear_the_way_together_are_told_as_two(pathfinder: Run) -> None:
    out = flat(pathfinder("explain", MOTHER, "--what-if").out)
    assert (
        "If 9 hours a week came free and a way were found to pay, "
        "the first path could be done." in out
    )


def test_what_a_change_would_still_leave_in_the_way_is_said(rules: RuleSet) -> None:
    answers = {"severity": "moderate", "home": "none", "staying_stopped": "days",
               "weekly_hours": "3_to_8", "danger": ["none"]}  # fmt: skip
    explained = explain(rules, answers, decide(rules, answers))
    assert explained is not None
    told = change_told(rules, decide(rules, answers), explained.would_change[0])
    assert told.endswith("Still in its way: hours a week.")


@pytest.mark.slow
def test_where_nothing_would_change_it_says_what_was_tried(pathfinder: Run, tmp_path: Path) -> None:
    finished = str(ROOT / "docs" / "examples" / "finished-a-program.yaml")
    out = flat(pathfinder("explain", finished, "--what-if").out)
    assert "We looked at what could change: people who help, hours a week." in out
    file = tmp_path / "a.yaml"
    file.write_text("severity: unsure\n")
    assert messages.TOO_LITTLE_KNOWN in flat(pathfinder("explain", str(file), "--what-if").out)
    file.write_text("danger: [overdose]\nhome: none\n")
    assert messages.WAITS_TILL_SAFE in flat(pathfinder("explain", str(file), "--what-if").out)


def test_one_path_alone_is_not_praised_for_its_fit(pathfinder: Run) -> None:
    out = flat(pathfinder("explain", NOWHERE, "--what-if").out)
    assert messages.ONLY_ONE_THOUGH_OPEN in out
    assert messages.FIRM not in out


@pytest.mark.slow
def test_why_not_names_the_gates_and_the_answers_behind_them(pathfinder: Run) -> None:
    out = flat(pathfinder("explain", NOWHERE, "--why-not", "outpatient").out)
    assert f"{messages.WHY_NOT_NOW}: Outpatient counseling" in out
    assert "You said: “I have nowhere steady to stay”." in out
    assert messages.OPENS in out
    assert messages.MORE_RULES in out
    assert "not eligible" not in out
    assert messages.CAREFUL not in out
    assert messages.beside("", many=False) not in out
    assert messages.beside("", many=False) in flat(
        pathfinder("explain", NOWHERE, "--why-not", "secular-groups").out
    )


def test_why_not_names_the_few_answers_that_decide(pathfinder: Run) -> None:
    out = flat(pathfinder("explain", WORKER, "--why-not", "outpatient").out)
    assert messages.SPEAK_MORE_FOR in out
    assert "Your home is safe and steady, so you can live there" in out
    assert messages.WITHOUT_THEM in out
    assert messages.PLACE_FIRST in pathfinder("explain", WORKER, "--why-not", "iop-twelve-step").out


@pytest.mark.slow
def test_a_tie_is_told_as_what_it_is(pathfinder: Run) -> None:
    out = flat(pathfinder("explain", WORKER, "--why-not", "iop-secular").out)
    assert f"{messages.FITS_AS_WELL} {messages.TIED_ON_ORDER}" in out


def test_a_path_with_more_care_than_is_called_for_says_that_alone(
    rules: RuleSet, pathfinder: Run
) -> None:
    out = flat(pathfinder("explain", WORKER, "--why-not", "residential").out)
    assert rules.texts.above_need.text in out
    assert messages.WITHOUT_THEM not in out


def test_a_counted_answer_is_not_told_as_said(pathfinder: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(
        "substances: [alcohol]\nseverity: unsure\nstaying_stopped: days\n"
        "severity_signs: [cravings, conflict, time_spent, tolerance]\n"
    )
    out = flat(pathfinder("explain", str(file), "--why-not", "secular-groups").out)
    assert f"{messages.ADDS_UP} “Moderate" in out
    assert "You said: “Moderate" not in out


@pytest.mark.slow
def test_a_path_by_itself_says_where_it_stands(pathfinder: Run) -> None:
    aside = flat(pathfinder("explain", NOWHERE, "--path", "day-treatment").out)
    assert messages.SET_ASIDE_NOW in aside
    assert messages.NOT_KNOWN in aside
    behind = flat(pathfinder("explain", WORKER, "--path", "outpatient").out)
    assert messages.place(4, 7) in behind


@pytest.mark.slow
def test_an_answer_that_is_only_read_is_not_put_into_the_persons_mouth(
    pathfinder: Run, tmp_path: Path
) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("substances: [alcohol]\nseverity: unsure\nstaying_stopped: days\n")
    out = flat(pathfinder("explain", str(file), "--why-not", "secular-groups").out)
    assert "How serious the use is: not known yet. To be careful, we count it as “Moderate" in out
    assert messages.CAREFUL in out
    assert "You said: “Moderate" not in out
    file.write_text("substances: [alcohol]\nwithdrawal: hard\nseverity: mild\nsupport: none\n")
    out = flat(pathfinder("explain", str(file), "--why-not", "secular-groups").out)
    assert "you said “Mild" in out
    assert "Other answers don't fit, so we count it as “Moderate" in out


@pytest.mark.slow
def test_what_it_hangs_on_is_named_with_the_path_that_would_come_first(
    pathfinder: Run, tmp_path: Path
) -> None:
    file = tmp_path / "a.yaml"
    text = Path(WORKER).read_text().replace("mental_health: none", "mental_health: unsure")
    file.write_text(text)
    out = flat(pathfinder("explain", str(file), "--what-if").out)
    told = "is known: mental health. With “It makes my days harder”, for example, this would come"
    assert told in out
    assert "mental health" in flat(pathfinder("recommend", str(file)).out).split("How sure:")[1]


def test_under_18_there_is_nothing_to_explain_but_where_help_is(
    pathfinder: Run, tmp_path: Path
) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("age_group: under_18\n")
    assert pathfinder("explain", str(file)).out == pathfinder("recommend", str(file)).out


# --- forms and slips ----------------------------------------------------------------------


@pytest.mark.slow
def test_the_json_carries_the_result_and_the_explanation(
    rules: RuleSet, pathfinder: Run, tmp_path: Path
) -> None:
    docs = ROOT / "docs"
    result = json.loads((docs / "result.schema.json").read_text(encoding="utf-8"))
    schema = json.loads((docs / "explanation.schema.json").read_text(encoding="utf-8"))
    registry = Registry().with_resource("result.schema.json", Resource.from_contents(result))
    validator = Draft202012Validator(schema, registry=registry)
    dice = random.Random(8)
    for number in range(12):
        file = tmp_path / f"{number}.json"
        file.write_text(json.dumps(contract.random_answers(dice, 0.15)))
        told = json.loads(pathfinder("explain", str(file), "--format", "json").out)
        assert list(validator.iter_errors(told)) == []
        assert {entry["path"] for entry in told["paths"]} == set(rules.path_by_id)
        single = json.loads(pathfinder("recommend", str(file), "--format", "json").out)
        assert {key: told[key] for key in single} == single
        answers = json.loads(file.read_text())
        explained = explain(rules, answers, decide(rules, answers))
        assert explained is not None
        assert told["firmness"] == ("firm" if explained.firmness.firm else "close")
        assert told["about_equal"] == list(explained.firmness.about_equal)
        assert [entry["question"] for entry in told["hangs_on"]] == [
            each.question for each in explained.firmness.hangs_on
        ]
        tops = {entry["path"]: entry for entry in told["paths"]}
        first = tops[told["ranked"][0]["path"]]["points"]
        # More care than is needed comes last, however many points it has.
        too_much = {entry["path"]: entry["above_need"] for entry in told["ranked"]}
        for entry in told["why_not"]:
            lead = sum(reason["points"] for reason in entry["against"])
            above_need = too_much.get(entry["path"], False)
            if entry["rank"] is not None and entry["rank"] > 1 and not above_need:
                assert lead >= first - tops[entry["path"]]["points"]
            assert (entry["rank"] is None) is bool(entry["gates"])
        assert told["plan"]["urgent"] == [alert["id"] for alert in told["alerts"]]
        assert {"firmness", "would_change"} <= single.keys()
    with_a_slip = {**told, "plan": None}
    assert list(validator.iter_errors(with_a_slip))


def test_json_tells_one_path_where_one_is_asked_for(pathfinder: Run) -> None:
    ran = pathfinder(
        "explain", WORKER, "--format", "json", "--path", "outpatient", "--why-not", "residential"
    )
    told = json.loads(ran.out)
    assert [entry["path"] for entry in told["paths"]] == ["outpatient"]
    assert [entry["path"] for entry in told["why_not"]] == ["residential"]


@pytest.mark.slow
def test_a_stream_explains_itself_only_on_request(pathfinder: Run) -> None:
    line = json.dumps({"home": "none", "severity": "moderate"})
    bare = json.loads(pathfinder("recommend", "-", "--input", "jsonl", stdin=line).out)
    assert "firmness" not in bare
    full = json.loads(pathfinder("recommend", "-", "--input", "jsonl", "--explain", stdin=line).out)
    assert full["would_change"][0]["changes"] == {"home": "steady"}
    assert {key: full[key] for key in bare} == bare


@pytest.mark.slow
def test_recommend_with_explain_is_the_whole_explanation(pathfinder: Run) -> None:
    assert pathfinder("recommend", WORKER, "--explain").out == pathfinder("explain", WORKER).out


@pytest.mark.parametrize("option", ["--path", "--why-not"])
def test_a_mistyped_path_is_told_the_nearest_one(pathfinder: Run, option: str) -> None:
    ran = pathfinder("explain", WORKER, option, "residental")
    assert (ran.code, ran.out) == (2, "")
    assert 'Did you mean "residential"?' in ran.err


def test_a_stream_is_sent_to_the_command_that_reads_streams(pathfinder: Run) -> None:
    ran = pathfinder("explain", "people.jsonl")
    assert (ran.code, ran.out) == (2, "")
    assert "recommend --explain" in ran.err


# --- two paths for one person ------------------------------------------------------------


def test_compare_says_which_path_the_answers_lean_to_and_why(pathfinder: Run) -> None:
    ran = pathfinder("compare", "outpatient", "iop-secular", "--answers", WORKER)
    head = flat(ran.out.split("side by side")[0])
    assert (ran.code, ran.err) == (0, "")
    assert f"{messages.LEANS_TO} Intensive outpatient program without the 12 Steps." in head
    assert "Your home is safe and steady, so you can live there" in head
    assert "Philosophy" in ran.out


@pytest.mark.slow
def test_compare_never_leans_to_a_path_that_is_set_aside(pathfinder: Run) -> None:
    ran = pathfinder("compare", "iop-secular", "residential", "--answers", NOWHERE)
    head = flat(ran.out.split("side by side")[0])
    assert f"{messages.LEANS_TO} Residential treatment." in head
    assert messages.ONLY_OPEN in head
    assert head.index("Make sure that you have a safe place") < head.index(messages.LEANS_TO)
    both = pathfinder("compare", "iop-secular", "outpatient", "--answers", NOWHERE)
    assert messages.BOTH_ASIDE in flat(both.out)


def test_compare_shows_what_leans_the_other_way_and_nothing_where_a_gate_decided(
    pathfinder: Run,
) -> None:
    out = pathfinder("compare", "outpatient", "iop-secular", "--answers", WORKER).out
    head = flat(out.split("side by side")[0])
    assert head.index(f"{messages.WHY} ") < head.index(messages.FOR_THE_OTHER)
    assert "You are looking for help for the first time" in head.split(messages.FOR_THE_OTHER)[1]
    gated = pathfinder("compare", "iop-secular", "residential", "--answers", NOWHERE).out
    assert messages.FOR_THE_OTHER not in gated.split("side by side")[0]


@pytest.mark.slow
def test_one_path_named_twice_is_wrong_use(pathfinder: Run) -> None:
    ran = pathfinder("compare", "outpatient", "outpatient", "--answers", WORKER)
    assert (ran.code, ran.out) == (2, "")


def test_compare_says_so_where_the_answers_lean_to_neither(pathfinder: Run) -> None:
    ran = pathfinder("compare", "iop-twelve-step", "iop-secular", "--answers", WORKER)
    assert messages.NO_LEAN in flat(ran.out)


def test_what_the_one_open_answer_would_bring_up_is_said_once(rules: RuleSet) -> None:
    drinks = {**DRINKS, "severity": "moderate", "staying_stopped": "unsure"}
    explained = explain(rules, drinks, decide(rules, drinks))
    assert explained is not None
    assert len(explained.firmness.hangs_on) == 1
    text = " ".join(plain_text(how_firm(rules, decide(rules, drinks), explained), 72).split())
    assert text.count("for example, this would come first") == 1
    assert messages.ONE_AT_A_TIME not in text, "nothing is told as an example here"
