"""The pure interview: which questions apply, going back, alerts, and how it ends."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import pytest
from contract import random_answers
from scripted import ListPrompter, ScriptedPrompter
from small_rules import ELSEWHERE, UK, US, small_rules

from pathfinder import decide, load_rules
from pathfinder.ask.interview import AskedQuestion, Ended, Enough, Move, Outcome, conduct
from pathfinder.engine.conditions import NOT_ASKED
from pathfinder.engine.flow import applicable, view_of
from pathfinder.engine.gates import questions_of_care
from pathfinder.engine.question import Answer, Answers
from pathfinder.engine.ruleset import Alert, lines_for, region_of
from pathfinder.errors import QuickExit

RULES = small_rules()
BACK = Move.BACK


def path(answers: Answers) -> list[str]:
    return [question.id for question in applicable(RULES, answers)]


def say(*says: Any, answers: Answers | None = None) -> tuple[Outcome, ListPrompter]:
    prompter = ListPrompter(says)
    return conduct(RULES, prompter, answers), prompter


# --- what answers count as ----------------------------------------------------


@pytest.mark.parametrize("answer", ["unsure", "skip", None, ("unsure",), []])
def test_not_answering_in_any_way_is_unknown_and_never_no(answer: Any) -> None:
    given = {} if answer is None else {"use": answer}
    view = view_of(RULES, given)
    assert view["use"] is None
    assert view["often"] is None, "a question that hangs on an unknown answer applies"


@pytest.mark.parametrize("none", ["none", ("none",), ["none"], frozenset(("none",))])
def test_none_is_an_answer_and_takes_its_questions_off_the_path(none: Any) -> None:
    view = view_of(RULES, {"use": none, "often": "daily"})
    assert view["use"] == frozenset(("none",))
    assert view["often"] is NOT_ASKED


def test_one_answer_is_its_id_and_several_are_a_set() -> None:
    view = view_of(RULES, {"age": "adult", "use": ["alcohol", "opioids"]})
    assert view["age"] == "adult"
    assert view["use"] == frozenset(("alcohol", "opioids"))


@pytest.mark.parametrize(
    ("signs", "severity"),
    [(["none"], "mild"), (["sign_1"], "mild"), (["sign_1", "sign_2"], "severe"), ("skip", None)],
)
def test_an_answer_is_worked_out_from_the_signs_when_it_is_not_known(
    signs: Any, severity: str | None
) -> None:
    for unknown in ({}, {"severity": "unsure"}, {"severity": "skip"}):
        assert view_of(RULES, {**unknown, "signs": signs})["severity"] == severity


def test_a_given_answer_is_not_overruled_by_signs_that_no_longer_apply() -> None:
    view = view_of(RULES, {"severity": "mild", "signs": ["sign_1", "sign_2"]})
    assert view["severity"] == "mild"
    assert view["signs"] is NOT_ASKED


def test_the_questions_that_work_an_answer_out_stay_on_the_path_once_it_is_worked_out() -> None:
    assert "signs" in path({"severity": "unsure", "signs": ["sign_1"]})


# --- the path -----------------------------------------------------------------


def test_the_path_is_at_its_longest_before_anything_is_known() -> None:
    assert path({}) == [question.id for question in RULES.questions]


def test_the_path_follows_the_answers() -> None:
    assert path({"use": ["opioids"], "severity": "mild"}) == [
        "age",
        "danger",
        "use",
        "often",
        "severity",
        "place",
    ]


def test_an_age_out_of_scope_ends_the_path_with_that_question() -> None:
    assert path({"age": "young", "use": ["alcohol"]}) == ["age"]


def test_the_total_never_grows_while_a_person_answers() -> None:
    prompter = ScriptedPrompter({"use": ("opioids",), "severity": "mild"}, otherwise="skip")
    conduct(RULES, prompter)
    totals = [step.total for step in prompter.steps]
    assert totals == sorted(totals, reverse=True)
    assert totals[-1] == prompter.steps[-1].number == len(prompter.asked)


# --- the interview ------------------------------------------------------------


def test_every_question_of_the_path_is_asked_once_and_in_order() -> None:
    prompter = ScriptedPrompter({"age": "adult"}, otherwise="unsure")
    outcome = conduct(RULES, prompter)
    assert prompter.asked == [question.id for question in RULES.questions]
    assert outcome.ended is Ended.FINISHED
    assert [step.number for step in prompter.steps] == list(range(1, 9))


def test_each_step_tells_the_part_by_the_title_of_its_factor() -> None:
    prompter = ScriptedPrompter({})
    conduct(RULES, prompter)
    assert [step.part for step in prompter.steps[:3]] == ["You", "Danger", "You"]


def test_only_what_the_given_answers_leave_open_is_asked() -> None:
    given = {"age": "adult", "danger": ("none",), "use": ("none",), "place": "own"}
    outcome, prompter = say("mild", answers=given)
    assert prompter.asked == ["severity"]
    assert (prompter.steps[0].number, prompter.steps[0].total) == (4, 6)
    assert outcome.answers == {**given, "severity": "mild"}


def test_nothing_is_asked_when_everything_is_given() -> None:
    given = {"age": "adult", "danger": "skip", "use": "none", "severity": "mild", "place": "own"}
    outcome, prompter = say(answers=given)
    assert prompter.asked == []
    assert outcome == Outcome(given, Ended.FINISHED)


def test_under_age_ends_at_once_and_is_out_of_scope() -> None:
    outcome, prompter = say("young")
    assert outcome == Outcome({"age": "young"}, Ended.OUT_OF_SCOPE)
    assert prompter.asked == ["age"]


def test_the_first_question_can_not_go_back_and_the_second_can() -> None:
    _, prompter = say("adult", BACK, "young")
    assert [step.can_go_back for step in prompter.steps] == [False, True, False]


def test_going_back_puts_the_question_before_with_its_old_answer() -> None:
    _, prompter = say("adult", ("none",), BACK, BACK, "young")
    assert prompter.asked == ["age", "danger", "use", "danger", "age"]
    assert [step.old for step in prompter.steps[-2:]] == [("none",), "adult"]


def test_after_going_back_twice_the_questions_are_walked_again_with_their_answers() -> None:
    _, prompter = say("adult", ("none",), BACK, BACK, "adult", ("none",), ("none",), "mild", "own")
    assert prompter.asked == [
        "age",
        "danger",
        "use",
        "danger",
        *prompter.asked[:3],
        "severity",
        "place",
    ]
    assert prompter.steps[5].old == ("none",)


def test_going_back_leads_to_given_answers_too() -> None:
    """Who goes on with a draft isn't at the first question, and can't be told so."""
    given = {"age": "adult", "danger": "none"}
    outcome, prompter = say(BACK, BACK, "adult", "unsure", ("none",), "mild", "own", answers=given)
    assert prompter.asked == ["use", "danger", "age", "danger", "use", "severity", "place"]
    assert [step.can_go_back for step in prompter.steps[:3]] == [True, True, False]
    assert [step.old for step in prompter.steps[1:3]] == ["none", "adult"]
    assert outcome.answers["danger"] == "unsure"


def test_going_back_steps_over_questions_that_no_longer_apply() -> None:
    outcome, prompter = say(
        *("adult", "none", ("opioids",), "rarely"),
        *(BACK, BACK, ("none",)),  # from severity over often to use: often is off the path now
        *(BACK, ("none",), "mild", "own"),
    )
    assert prompter.asked[4:9] == ["severity", "often", "use", "severity", "use"]
    assert "often" not in path(outcome.answers)


def test_an_answer_off_the_path_is_kept_but_not_used() -> None:
    given = {"age": "adult", "danger": "none", "use": "none", "often": "daily", "place": "own"}
    outcome, prompter = say("mild", answers=given)
    assert outcome.answers["often"] == "daily"
    assert view_of(RULES, outcome.answers)["often"] is NOT_ASKED
    assert prompter.alerts == []


def test_an_answer_off_the_path_comes_back_with_its_question() -> None:
    _, prompter = say(
        *("adult", "none", ("opioids",), "rarely"),
        *(BACK, BACK, ("none",), BACK),  # on severity after none: often is off the path
        *(("opioids",), "rarely", "mild", "own"),
    )
    assert prompter.asked[-3:] == ["often", "severity", "place"]
    assert prompter.steps[-3].old == "rarely"


def test_the_answers_given_at_the_start_are_not_changed_in_place() -> None:
    given = {"age": "adult"}
    conduct(RULES, ScriptedPrompter({}), given)
    assert given == {"age": "adult"}


# --- the review, saving, going on ------------------------------------------------

ALL: Answers = {"age": "adult", "danger": "none", "use": "none", "severity": "mild", "place": "own"}


def reviewed(
    *says: Any, picks: Sequence[str | None] = (), answers: Answers | None = None
) -> tuple[Outcome, ListPrompter]:
    prompter = ListPrompter(says, picks=picks)
    return conduct(RULES, prompter, answers, review=True), prompter


def test_every_answer_is_looked_at_before_the_end() -> None:
    outcome, prompter = reviewed("adult", "none", "none", "mild", "own")
    assert outcome.ended is Ended.FINISHED
    (rows,) = prompter.reviews
    assert {row.question.id: row.answer for row in rows} == ALL
    assert [row.question.id for row in rows] == path(outcome.answers)


def test_without_review_nothing_is_looked_at() -> None:
    _, prompter = say("adult", "none", "none", "mild", "own")
    assert prompter.reviews == []


def test_answers_that_leave_nothing_open_can_be_looked_at_and_changed() -> None:
    outcome, prompter = reviewed("friends", picks=["place"], answers=ALL)
    assert prompter.asked == ["place"]
    assert prompter.steps[0].old == "own"
    assert outcome.answers["place"] == "friends"
    assert len(prompter.reviews) == 2


def test_after_an_edit_only_what_newly_applies_is_asked() -> None:
    _, prompter = reviewed(("alcohol",), "rarely", "few", picks=["use"], answers=ALL)
    assert prompter.asked == ["use", "often", "drinks"]
    assert [row.question.id for row in prompter.reviews[-1]][2:5] == ["use", "often", "drinks"]


def test_an_edit_that_changes_nothing_else_comes_straight_back_to_the_review() -> None:
    _, prompter = reviewed("severe", "mild", picks=["severity", "severity"], answers=ALL)
    assert prompter.asked == ["severity", "severity"]
    assert len(prompter.reviews) == 3


def test_answers_that_leave_the_path_are_kept_and_come_back_with_it() -> None:
    given = {**ALL, "use": ("alcohol",), "often": "daily", "drinks": "many"}
    outcome, prompter = reviewed("none", ("alcohol",), picks=["use", "use"], answers=given)
    assert prompter.asked == ["use", "use"], "what comes back isn't asked again"
    without, back_again = prompter.reviews[1:]
    assert "often" not in [row.question.id for row in without]
    assert {row.question.id: row.answer for row in back_again}["often"] == "daily"
    assert outcome.answers["drinks"] == "many"
    assert view_of(RULES, outcome.answers)["often"] == "daily"


@pytest.mark.parametrize("move", [BACK, Move.REVIEW])
def test_going_back_from_an_edit_leaves_the_answer_as_it_was(move: Move) -> None:
    outcome, prompter = reviewed(move, picks=["place"], answers=ALL)
    assert outcome.answers == ALL
    assert prompter.steps[0].can_go_back
    assert len(prompter.reviews) == 2


def test_an_edit_of_the_first_question_can_be_left_too() -> None:
    _, prompter = reviewed(BACK, picks=["age"], answers=ALL)
    assert prompter.steps[0].can_go_back


def test_an_edit_that_ends_the_scope_ends_the_interview() -> None:
    outcome, _ = reviewed("young", picks=["age"], answers=ALL)
    assert outcome.ended is Ended.OUT_OF_SCOPE


def test_an_answer_out_of_scope_can_be_taken_back_in_the_review() -> None:
    outcome, prompter = reviewed("adult", picks=["age"], answers={**ALL, "age": "young"})
    assert [row.question.id for row in prompter.reviews[0]] == ["age"]
    assert outcome == Outcome(ALL, Ended.FINISHED)


def test_an_edit_may_bring_an_alert_and_stop_there() -> None:
    prompter = ListPrompter([("overdose",)], picks=["danger"], goes_on_after_alerts=False)
    outcome = conduct(RULES, prompter, ALL, review=True)
    assert prompter.alerts == [("call",)]
    assert outcome.ended is Ended.STOPPED_AT_ALERT


def test_looking_at_the_review_forces_nothing() -> None:
    _, prompter = say("adult", Move.REVIEW, "none", "none", "mild", "own")
    assert prompter.asked == ["age", "danger", "danger", "use", "severity", "place"]
    assert [row.question.id for row in prompter.reviews[0]] == ["age"]


def test_the_review_after_going_back_leaves_no_answer_out() -> None:
    _, prompter = say("adult", "none", BACK, Move.REVIEW, "none", "none", "mild", "own")
    assert prompter.asked[:4] == ["age", "danger", "use", "danger"]
    rows = {row.question.id: row.answer for row in prompter.reviews[0]}
    assert rows == {"age": "adult", "danger": "none"}, "gone back to, and still answered"


def test_the_review_works_at_every_question_and_comes_back_to_it() -> None:
    for number in range(5):
        says: list[Any] = ["adult", "none", "none", "mild", "own"]
        says.insert(number, Move.REVIEW)
        outcome, prompter = say(*says)
        assert outcome.answers == ALL
        assert prompter.asked[number] == prompter.asked[number + 1]


def test_an_answer_can_be_changed_in_the_middle_of_the_interview() -> None:
    prompter = ListPrompter(
        ["adult", "none", "none", Move.REVIEW, ("opioids",), "daily", "mild", "own"],
        picks=["use"],
    )
    outcome = conduct(RULES, prompter)
    assert prompter.asked == [
        *("age", "danger", "use", "severity", "use", "often", "severity", "place")
    ]
    assert outcome.answers["often"] == "daily"
    assert len(prompter.reviews) == 2, "an edit comes back to the review"


def test_the_answers_are_kept_after_each_one_and_saved_when_asked_for() -> None:
    kept: list[Answers] = []
    saved: list[Answers] = []
    prompter = ListPrompter(["adult", Move.SAVE, "none", "none", "mild", "own"])
    conduct(RULES, prompter, keep=kept.append, save=saved.append)
    assert [len(each) for each in kept] == [1, 2, 3, 4, 5]
    assert saved == [{"age": "adult"}]
    assert prompter.asked[1:3] == ["danger", "danger"], "saving comes back to the question"


def test_saving_in_an_edit_comes_back_to_the_edit() -> None:
    saved: list[Answers] = []
    prompter = ListPrompter([Move.SAVE, "none"], picks=["place"])
    conduct(RULES, prompter, ALL, review=True, save=saved.append)
    assert prompter.asked == ["place", "place"]
    assert saved == [ALL]


def test_what_is_kept_does_not_change_afterwards() -> None:
    kept: list[Answers] = []
    conduct(RULES, ScriptedPrompter({"age": "adult"}), keep=kept.append)
    assert kept[0] == {"age": "adult"}


def test_going_on_asks_what_is_open_and_nothing_else() -> None:
    for missing in ALL:
        rest = {key: value for key, value in ALL.items() if key != missing}
        prompter = ScriptedPrompter(ALL)
        outcome = conduct(RULES, prompter, rest)
        assert prompter.asked == [missing]
        assert outcome.answers == ALL


def test_skipping_is_an_answer_and_is_not_asked_again() -> None:
    outcome, prompter = reviewed(*["skip"] * 8)
    assert prompter.asked == [question.id for question in RULES.questions]
    again = ScriptedPrompter({})
    conduct(RULES, again, outcome.answers)
    assert again.asked == []


def test_a_quick_exit_goes_through() -> None:
    class Gone(ScriptedPrompter):
        def ask(self, step: AskedQuestion) -> Answer | Move:
            raise QuickExit

    with pytest.raises(QuickExit):
        conduct(RULES, Gone({}))


# --- alerts -------------------------------------------------------------------


def test_an_alert_comes_before_the_next_question() -> None:
    prompter = ScriptedPrompter({"danger": ("overdose",)}, goes_on_after_alerts=False)
    outcome = conduct(RULES, prompter)
    assert prompter.alerts == [("call",)]
    assert prompter.asked == ["age", "danger"]
    assert outcome.ended is Ended.STOPPED_AT_ALERT
    assert outcome.answers["danger"] == ("overdose",)


def test_alerts_that_are_due_together_are_shown_together_in_their_order() -> None:
    prompter = ScriptedPrompter({"danger": ("violence", "overdose")})
    conduct(RULES, prompter)
    assert prompter.alerts == [("call", "violence")]


def test_an_alert_of_given_answers_is_shown_before_the_first_question() -> None:
    prompter = ScriptedPrompter({}, goes_on_after_alerts=False)
    conduct(RULES, prompter, {"danger": ("overdose",)})
    assert (prompter.alerts, prompter.asked) == ([("call",)], [])


@pytest.mark.parametrize("unknown", ["unsure", "skip"])
def test_an_unknown_answer_rings_no_alert(unknown: str) -> None:
    prompter = ScriptedPrompter({}, otherwise=unknown)
    conduct(RULES, prompter)
    assert prompter.alerts == []


def test_the_same_answer_given_again_does_not_show_its_alert_again() -> None:
    _, prompter = say("adult", ("overdose",), BACK, ("overdose",), "none", "mild", "own")
    assert prompter.alerts == [("call",)]


REST = ("none", "mild", "own")


class BackAtAlerts(ListPrompter):
    """Goes back at the first alerts, and then does as the list says."""

    def __init__(self, *given: Any, backs: int = 1, stops: bool = False) -> None:
        super().__init__(list(given), goes_on_after_alerts=not stops)
        self._backs = backs

    def alert(self, alerts: Sequence[Alert]) -> bool | Move:
        goes_on = super().alert(alerts)
        self._backs -= 1
        return Move.BACK if self._backs >= 0 else goes_on


def test_back_at_an_alert_puts_its_question_again_and_keeps_the_answer() -> None:
    prompter = BackAtAlerts(("overdose",), "none", *REST)
    outcome = conduct(RULES, prompter, {"age": "adult"})
    assert prompter.asked[:2] == ["danger", "danger"]
    assert prompter.steps[1].old == ("overdose",)
    assert outcome.answers["danger"] == "none"


def test_the_same_answer_after_going_back_rings_again_and_can_be_stopped_at() -> None:
    prompter = BackAtAlerts(("overdose",), ("overdose",), stops=True)
    outcome = conduct(RULES, prompter, {"age": "adult"})
    assert prompter.alerts == [("call",), ("call",)]
    assert outcome.ended is Ended.STOPPED_AT_ALERT


def test_back_at_an_alert_of_given_answers_puts_the_question_that_called_for_it() -> None:
    prompter = BackAtAlerts("none", *REST)
    conduct(RULES, prompter, {"age": "adult", "danger": ("overdose",)})
    assert prompter.asked[0] == "danger"


def test_a_changed_answer_shows_its_alert_again() -> None:
    _, prompter = say("adult", ("overdose",), BACK, ("overdose", "violence"), "none", "mild", "own")
    assert prompter.alerts == [("call",), ("call", "violence")]


def test_an_alert_taken_back_and_given_again_is_shown_again() -> None:
    _, prompter = say(
        *("adult", ("overdose",), BACK, "none", BACK, ("overdose",), "none", "mild", "own")
    )
    assert prompter.alerts == [("call",), ("call",)]


def test_another_reason_for_an_alert_shows_it_once_more() -> None:
    prompter = ScriptedPrompter({"danger": ("violence",), "often": "daily"})
    conduct(RULES, prompter)
    assert prompter.alerts == [("violence",), ("violence",)]


# --- help lines ---------------------------------------------------------------


@pytest.mark.parametrize("text", ["us", "US", " usa ", "U.S.", "united states", ""])
def test_a_region_is_found_by_id_name_or_alias_and_none_is_the_default(text: str) -> None:
    assert region_of(RULES, text) is US


def test_an_unknown_region_is_elsewhere() -> None:
    assert region_of(RULES, "atlantis") is ELSEWHERE


def test_help_lines_come_in_the_order_of_the_kinds() -> None:
    ids = [line.id for line in lines_for(RULES, "us", ("suicide", "emergency"))]
    assert ids == ["us-988", "us-911"]


def test_a_country_without_such_a_line_gives_its_emergency_number() -> None:
    assert [line.number for line in lines_for(RULES, UK, ("suicide",))] == ["999"]


def test_elsewhere_always_gives_the_local_emergency_number() -> None:
    lines = lines_for(RULES, "atlantis", ("violence", "drugs"))
    assert [line.id for line in lines] == ["elsewhere-emergency"]


# --- enough is told -------------------------------------------------------------


def real(says: dict[str, Answer], enough: Enough, answers: Answers | None = None) -> list[str]:
    """An interview on the built-in rules: the questions that were put."""
    prompter = ScriptedPrompter({"age_group": "adult", "danger": ("none",), **says})
    conduct(load_rules(), prompter, answers, enough=enough)
    return prompter.asked


def test_once_all_that_sets_the_least_safe_care_is_told_there_is_a_pause() -> None:
    told: list[Answers] = []
    asked = real({}, lambda answers: not told.append(answers))
    (answers,) = told
    care = questions_of_care(load_rules())
    assert list(answers) == asked[: len(answers)]
    assert not care & set(asked[len(answers) :])
    assert asked[len(answers) - 1] in care, "not one question later than it could be"
    assert len(asked) - len(answers) >= 8


def test_back_at_the_pause_leads_to_the_question_before_and_to_the_pause_again() -> None:
    told: list[Answers] = []

    def enough(answers: Answers) -> bool:
        told.append(answers)
        return len(told) == 2

    asked = real({}, enough)
    last = list(told[0])[-1]
    assert asked.count(last) == 2
    assert told[1] == told[0]


def test_who_goes_on_after_the_pause_is_not_held_up_again() -> None:
    answers = dict.fromkeys((each.id for each in load_rules().questions[:18]), "skip")
    told: list[Answers] = []
    asked = real({}, lambda each: not told.append(each), {**answers, "age_group": "adult"})
    assert asked
    assert told == []


def test_no_other_question_moves_a_level_an_alert_or_a_first_step() -> None:
    """What the pause promises, tried with people whose other answers are drawn anew."""
    rules = load_rules()
    care = questions_of_care(rules)
    dice = random.Random(12)

    def settled(answers: dict[str, Any]) -> tuple[Any, ...]:
        decision = decide(rules, answers)
        steps = [each.id for each in decision.first]
        return decision.safe_level, steps, [each.id for each in decision.alerts], decision.hold

    for _ in range(200):
        one, other = random_answers(dice, 0.2), random_answers(dice, 0.2)
        if "under_18" in (one.get("age_group"), other.get("age_group")):
            continue
        kept = {key: each for key, each in one.items() if key in care}
        rest = {key: each for key, each in other.items() if key not in care}
        assert settled({**kept, **rest}) == settled(kept)
